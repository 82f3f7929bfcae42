#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calibration/benchmark.hpp"
#include "calibration/regional_model.hpp"
#include "model/economy_system.hpp"
#include "scenarios/outcome.hpp"
#include "scenarios/study.hpp"
#include "solver/homotopy.hpp"
#include "solver/ipopt_solver.hpp"
#include "tests/unit/calibration_worlds.hpp"

// Equilibria of regional models, and their figures by name so that two can be compared whatever their order is.
namespace levee::testing {

/// Scaled residuals; two solutions then agree to about this times the condition of the equations.
inline constexpr double solve_tolerance = 1e-12;

/// The model of measures over a dataset, and its systems at any share of the policy's prices.
struct Equation {
  std::shared_ptr<const RegionalModel> model;
  std::vector<FixedValue> numeraire;

  Equation(std::shared_ptr<const Benchmark> benchmark, const Measures& measures)
      : model(std::make_shared<const RegionalModel>(
            make_regional_model(std::move(benchmark), {}, measures.zones, measures.policy))),
        numeraire(model->numeraire) {}
  Equation(const Dataset& data, const Measures& measures) : Equation(benchmark_of(data), measures) {}

  static std::shared_ptr<const Benchmark> benchmark_of(const Dataset& data) {
    return std::make_shared<const Benchmark>(make_benchmark(std::make_shared<const Dataset>(data)));
  }
  EconomySystem system(double share = 1) const {
    std::vector<double> values = model->economy->parameter_values();
    for (double& value : values) value *= share;
    return EconomySystem(*model->economy, values, numeraire);
  }
};

/// A solution; it keeps what it was solved from.
struct Equilibrium {
  Equation equation;
  EconomySystem system;
  Solution solution;
  Outcome outcome;

  const Benchmark& benchmark() const { return *equation.model->benchmark; }
  const Dataset& data() const { return *benchmark().dataset; }
};

/// The benchmark in units of the numeraire.
inline std::vector<double> benchmark_start(const Equation& equation) {
  const EconomySystem system = equation.system(0);
  const double unit = equation.numeraire.empty() ? 1 : equation.numeraire.front().value;
  if (unit == 1) return system.start();
  EconomyState state = system.state(system.start());
  for (double& price : state.prices) price = unit;
  for (double& income : state.incomes) income *= unit;
  for (const int index : equation.model->price_index) state.auxiliaries[static_cast<std::size_t>(index)] = unit;
  state.auxiliaries[static_cast<std::size_t>(equation.model->world_price_index)] = unit;
  return system.point(state);
}

/// Solves from `start`, or from the benchmark as `levee run` does.
inline Equilibrium solve(const Equation& equation, const std::optional<std::vector<double>>& start = std::nullopt) {
  EconomySystem system = equation.system();
  const ProblemPath path = [&](double share) {
    return std::make_unique<EquationSystem>(equation.system(share).equations());
  };
  const SolverOptions options{.tolerance = solve_tolerance};
  Solution solution = start ? solve_with_ipopt(system.equations(), *start, options)
                            : solve_along_path(path, benchmark_start(equation), options, solve_with_ipopt);
  EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
  Outcome outcome = read_outcome(*equation.model, system, solution.x);
  return {equation, std::move(system), std::move(solution), std::move(outcome)};
}

inline Equilibrium solve(const Dataset& data, const Measures& measures) { return solve(Equation(data, measures)); }

/// The default dataset's study, which holds the measures of its scenarios.
inline const Study& default_study() {
  static const Study study = read_study(LEVEE_SOURCE_DIR "/scenarios/eu-cbam/study.yaml");
  return study;
}

inline Measures measures_of(const std::string& scenario) {
  for (const Scenario& candidate : default_study().scenarios) {
    if (candidate.name == scenario) return {candidate.zones, candidate.policy};
  }
  ADD_FAILURE() << "the study has no scenario " << scenario;
  return {};
}

/// An outcome's figures by kind and by what they are about, in codes. Amounts of one name add up, so that regions can
/// be joined by giving them one name; prices of one name must agree.
class Figures {
 public:
  using Namer = std::function<std::string(int)>;

  Figures(const Outcome& outcome, const RegionalModel& model, const Namer& region_name = nullptr)
      : data_(*model.benchmark->dataset), namer_(region_name) {
    add_nodes(outcome);
    add_regions(outcome);
    for (const Outcome::Emission& e : outcome.emissions) {
      amount("emissions " + model.benchmark->emissions[e.account].stressor, user(e.user) + source(e), e.mt);
    }
    for (const Outcome::Charge& charge : outcome.charges) add_charge(charge);
  }

  const std::map<std::string, std::map<std::string, double>>& kinds() const { return values_; }

 private:
  std::string region(int r) const { return namer_ ? namer_(r) : data_.regions[static_cast<std::size_t>(r)].code; }
  std::string node(int n) const {
    return region(n / data_.sector_count()) + "." +
           data_.sectors[static_cast<std::size_t>(n % data_.sector_count())].code;
  }
  std::string user(int u) const {
    return u < data_.node_count() ? node(u) : region(u - data_.node_count()) + ".households";
  }
  std::string source(const Outcome::Emission& e) const {
    return fmt::format(" kind {} {}", static_cast<int>(e.kind),
                       e.fuel < 0 ? "" : data_.sectors[static_cast<std::size_t>(e.fuel)].code);
  }
  void amount(const std::string& kind, const std::string& name, double value) { values_[kind][name] += value; }
  void price(const std::string& kind, const std::string& name, double value) {
    const auto [place, fresh] = values_[kind].emplace(name, value);
    if (fresh) return;
    EXPECT_NEAR(place->second, value, 1e-8) << kind << " " << name << " in the parts of a region";
  }

  void add_nodes(const Outcome& outcome) {
    for (int n = 0; n < data_.node_count(); ++n) {
      const int r = n / data_.sector_count(), i = n % data_.sector_count();
      amount("output", node(n), outcome.output[n]);
      price("price", node(n), outcome.price[n]);
      price("composite price", node(n), outcome.composite_price[n]);
      price("resource price", node(n), outcome.resource_price[n]);
      amount("consumption", node(n), outcome.consumption(i, r));
      amount("government", node(n), outcome.government(i, r));
      amount("investment", node(n), outcome.investment(i, r));
      for (int to = 0; to < data_.region_count(); ++to)
        amount("trade", node(n) + ">" + region(to), outcome.trade(n, to));
    }
  }

  void add_regions(const Outcome& outcome) {
    for (int r = 0; r < data_.region_count(); ++r) {
      price("wage", region(r), outcome.wage[r]);
      price("rental", region(r), outcome.rental[r]);
      price("utility", region(r), outcome.utility[r]);
      amount("expenditure", region(r), outcome.expenditure[r]);
      const Outcome::Budget& b = outcome.budget[static_cast<std::size_t>(r)];
      const std::vector<std::pair<const char*, double>> parts = {{"labour", b.labour},
                                                                 {"capital", b.capital},
                                                                 {"resources", b.resources},
                                                                 {"tariffs", b.tariffs},
                                                                 {"carbon price", b.carbon_price},
                                                                 {"free allocation", b.free_allocation},
                                                                 {"border charge", b.border_charge},
                                                                 {"export rebate", b.export_rebate},
                                                                 {"foreign saving", b.foreign_saving},
                                                                 {"public", b.government},
                                                                 {"invested", b.investment},
                                                                 {"stocks", b.inventories}};
      for (const auto& [name, value] : parts) amount("budget", region(r) + " " + name, value);
    }
    for (std::size_t z = 0; z < outcome.zone_index.size(); ++z)
      price("zone index", std::to_string(z), outcome.zone_index[z]);
  }

  void add_charge(const Outcome::Charge& charge) {
    const BookedWedge& b = charge.booked;
    const std::string name =
        fmt::format("{} zone {} {}>{}", static_cast<int>(b.instrument), b.zone, node(b.origin), region(b.region));
    amount("charges", name, charge.revenue);
  }

  const Dataset& data_;
  Namer namer_;
  std::map<std::string, std::map<std::string, double>> values_;
};

inline Figures figures(const Equilibrium& equilibrium, const Figures::Namer& region_name = nullptr) {
  return Figures(equilibrium.outcome, *equilibrium.equation.model, region_name);
}

/// Equal to `tolerance`, relative, for figures above 1e-8 of the largest of their kind; below that, to its share of
/// that size. With `money` > 1 amounts of money are counted in units that many times as large in `b`.
inline void expect_same(const Figures& a, const Figures& b, double tolerance, const std::string& what) {
  ASSERT_EQ(a.kinds().size(), b.kinds().size()) << what;
  for (const auto& [kind, values] : a.kinds()) {
    const std::map<std::string, double>& others = b.kinds().at(kind);
    ASSERT_EQ(values.size(), others.size()) << what << ": " << kind;
    double largest = 0;
    for (const auto& [name, value] : values) largest = std::max(largest, std::abs(value));
    for (const auto& [name, value] : values) {
      const auto other = others.find(name);
      ASSERT_NE(other, others.end()) << what << ": " << kind << " " << name;
      const double size = std::max({std::abs(value), std::abs(other->second), 1e-8 * largest});
      EXPECT_NEAR(value, other->second, tolerance * size) << what << ": " << kind << " " << name;
    }
  }
}

/// The imbalance of the market that is not imposed, over the world's income, at the numeraire's price.
inline double walras(const Equilibrium& equilibrium) {
  double income = 0;
  for (const double value : equilibrium.system.state(equilibrium.solution.x).incomes) income += std::max(0.0, value);
  const auto rows = equilibrium.system.dropped_rows(equilibrium.solution.x);
  EXPECT_EQ(rows.size(), 1u);
  return std::abs(rows.at(0).value) * equilibrium.equation.numeraire.at(0).value / income;
}

}  // namespace levee::testing
