// What every regional economy must do, on random small worlds under all measures at once: section 6 of the model's
// description.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "scenarios/leakage.hpp"
#include "solver/gradient_check.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

/// Two solutions of one economy, each solved to solve_tolerance: what is left is that tolerance times the condition of
/// the equations, at most 1e4 where Armington elasticities reach 12.
constexpr double same = 1e-8;

class Worlds : public ::testing::TestWithParam<unsigned> {
 protected:
  const Dataset data_ = RandomWorld(GetParam()).make();
  const Measures measures_ = all_measures(data_);
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, fmt::format("random world of seed {}", GetParam())};
};

TEST_P(Worlds, BenchmarkReplicatesBeforeAnySolve) {
  const Equation equation(data_, measures_);
  const EconomySystem system = equation.system(0);
  std::string worst;
  EXPECT_LE(system.replication_error(system.start(), &worst), 1e-9) << worst;
}

TEST_P(Worlds, ZeroShockReturnsTheBenchmark) {
  // the structure of the policy is there, its prices are zero; the start is moved so that there is something to solve
  Equation equation(data_, measures_);
  const EconomySystem system = equation.system(0);
  std::vector<double> start = system.start();
  for (double& value : start) value += 0.01;
  const Solution solution = solve_with_ipopt(system.equations(), start, {.tolerance = solve_tolerance});
  ASSERT_EQ(solution.status, SolveStatus::solved) << solution.message;
  const Outcome at_benchmark = read_outcome(*equation.model, system, system.start());
  const Outcome solved = read_outcome(*equation.model, system, solution.x);
  expect_same(Figures(at_benchmark, *equation.model), Figures(solved, *equation.model), same, "zero shock");
}

TEST_P(Worlds, NumeraireScaledOrChangedChangesNoFigure) {
  Equation equation(data_, measures_);
  const Equilibrium base = solve(equation);
  const Figures expected = figures(base);
  const RegionalModel& model = *equation.model;
  const auto good = *std::find_if(model.good.rbegin(), model.good.rend(), [](int commodity) { return commodity >= 0; });
  const std::vector<std::pair<const char*, FixedValue>> others = {
      {"scaled", {{ReferenceKind::price, model.labour.front()}, 3.7}},
      {"labour elsewhere", {{ReferenceKind::price, model.labour.back()}, 1}},
      {"capital", {{ReferenceKind::price, model.capital.back()}, 0.5}},
      {"a good", {{ReferenceKind::price, good}, 1}}};
  for (const auto& [name, numeraire] : others) {
    equation.numeraire = {numeraire};
    const Equilibrium other = solve(equation);
    expect_same(expected, figures(other), same, name);
    EXPECT_LE(walras(other), 1e-8) << name;
  }
}

TEST_P(Worlds, OrderOfRegionsAndSectorsIsIrrelevant) {
  const Reordering order(data_, GetParam() + 100);
  const Equilibrium one = solve(data_, measures_), two = solve(reordered(data_, order), reordered(measures_, order));
  expect_same(figures(one), figures(two), same, "reordered");
}

TEST_P(Worlds, RegionSplitInTwoChangesNoAggregate) {
  const Equilibrium whole = solve(data_, measures_);
  const std::set<int> regions = {0, 1};  // a member of each zone
  for (const int region : regions) {
    const Split split(data_, region);
    const Equilibrium halves = solve(split.dataset(), split.measures(measures_));
    const auto name = [&](int r) {
      return data_.regions[static_cast<std::size_t>(split.was()[static_cast<std::size_t>(r)])].code;
    };
    expect_same(figures(whole), figures(halves, name), same, "split");
  }
}

TEST_P(Worlds, UnitsOfMoneyAndMassAreIrrelevant) {
  const Equilibrium one = solve(data_, measures_), two = solve(in_larger_units(data_), measures_);
  const Figures a = figures(one), b = figures(two);
  for (const char* kind : {"price", "wage", "utility", "emissions CO2", "emissions CH4", "zone index"}) {
    for (const auto& [name, value] : a.kinds().at(kind)) {
      EXPECT_NEAR(b.kinds().at(kind).at(name), value, same * (1 + std::abs(value))) << kind << " " << name;
    }
  }
  for (const auto& [name, value] : a.kinds().at("charges")) {
    EXPECT_NEAR(1e3 * b.kinds().at("charges").at(name), value, same * (1 + std::abs(value))) << name;
  }
}

TEST_P(Worlds, PerturbedStartLeadsToTheSameSolution) {
  const Equilibrium base = solve(data_, measures_);
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> factor(0.93, 1.08);
  EconomyState state = base.system.state(base.system.start());
  for (auto* values : {&state.prices, &state.levels, &state.incomes}) {
    for (double& value : *values) value *= factor(random);
  }
  const Equilibrium other = solve(base.equation, base.system.point(state));
  expect_same(figures(base), figures(other), same, "perturbed start");
}

INSTANTIATE_TEST_SUITE_P(Seeds, Worlds, ::testing::Range(1u, 11u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

}  // namespace
}  // namespace levee::testing
