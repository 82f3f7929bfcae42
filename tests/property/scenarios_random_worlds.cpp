// Five hundred generated worlds under policies drawn at random: each is solved by Newton's method and keeps every
// identity, or ends with a reason that names an equation of the world.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "data/generated_world.hpp"
#include "data/random_stream.hpp"
#include "scenarios/equilibrium.hpp"
#include "scenarios/leakage.hpp"
#include "tests/property/calibration_accounts.hpp"

namespace levee::testing {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int worlds_a_block = 2;
#else
constexpr int worlds_a_block = 25;
#endif
constexpr int blocks_of_worlds = 20;
constexpr std::uint64_t first_seed = 1000;

GeneratedWorld world_of(std::uint64_t seed) {
  RandomStream random(seed, "shape of a random world");
  WorldOptions options;
  options.regions = 2 + static_cast<int>(random.uniform() * 11);
  options.sectors = 3 + static_cast<int>(random.uniform() * 18);
  options.seed = seed;
  options.armington = {0, 6};  // between origins twice that
  options.substitution = {0, 12};
  return generate_world(options);
}

/// One or two zones with prices up to 500 or caps, and whatever a study may say about them.
class RandomPolicy {
 public:
  RandomPolicy(const Dataset& data, std::vector<int> rich, std::uint64_t seed)
      : data_(data), random_(seed, "policy of a random world") {
    std::vector<int> others;
    for (int r = 0; r < data.region_count(); ++r) {
      if (std::ranges::find(rich, r) == rich.end()) others.push_back(r);
    }
    add_zone("RICH", std::move(rich));
    if (others.size() > 1 && random_.chance(0.4)) add_zone("OTHER", {others.front()});
    const auto on_its_own = [](const ZonePolicy& zone) { return zone.cap && !zone.cap->world; };
    if (measures_.zones.size() == 2 && std::ranges::all_of(measures_.policy.zones, on_its_own) && random_.chance(0.5))
      measures_.policy.links = {{0, 1}};
  }

  const Measures& measures() const { return measures_; }

 private:
  void add_zone(const std::string& name, std::vector<int> regions) {
    CarbonZone zone{name, std::move(regions), {}, {"CO2"}};
    for (int i = 0; i < data_.sector_count(); ++i) zone.sectors.push_back(random_.chance(0.6) ? 1 : 0);
    zone.sectors[static_cast<std::size_t>(random_.uniform() * data_.sector_count())] = 1;
    ZonePolicy policy = no_policy(data_.sector_count(), data_.region_count());
    if (random_.chance(0.7)) {
      policy.carbon_price = random_.chance(0.1) ? 500 : random_.uniform(1, 500);
    } else {
      const bool world = random_.chance(0.25);
      policy.cap = {random_.uniform(world ? 0.97 : 0.6, 1.05) * emitted(zone, world), world};
    }
    if (random_.chance(0.4)) draw_allocation(zone, policy);
    if (random_.chance(0.6)) draw_border(policy);
    measures_.zones.push_back(std::move(zone));
    measures_.policy.zones.push_back(std::move(policy));
  }

  /// In the data: what the zone covers, or all of the world's.
  double emitted(const CarbonZone& zone, bool world) const {
    const Stressor& co2 = data_.stressors.front();
    if (world) return (co2.industry.sum() + co2.household.sum()) * co2.mt_per_unit;
    double sum = 0;
    for (const int r : zone.regions) {
      for (int i = 0; i < data_.sector_count(); ++i) {
        if (zone.sectors[static_cast<std::size_t>(i)] != 0) sum += co2.industry[data_.node(r, i)];
      }
    }
    return sum * co2.mt_per_unit;
  }

  void draw_allocation(const CarbonZone& zone, ZonePolicy& policy) {
    std::vector<double>& shares = random_.chance(0.7) ? policy.allocation_share : policy.grandfathered_share;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (zone.sectors[i] != 0 && random_.chance(0.5)) shares[i] = random_.chance(0.2) ? 1 : random_.uniform();
    }
  }

  template <class Value>
  Value one_of(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(random_.uniform() * static_cast<double>(values.size()))];
  }

  void draw_border(ZonePolicy& policy) {
    BorderCharge& border = policy.border;
    border.active = true;
    for (auto& scope : border.scope) {
      if (random_.chance(0.5))
        scope = one_of<IntensityScope>({IntensityScope::direct, IntensityScope::direct_electricity,
                                        IntensityScope::direct_precursors, IntensityScope::whole_chain});
    }
    border.basis = one_of<IntensityBasis>({IntensityBasis::exporter, IntensityBasis::zone});
    border.rebate = one_of<ExportRebate>({ExportRebate::none, ExportRebate::benchmark, ExportRebate::full});
    border.mark_up = random_.chance(0.5) ? 0 : random_.uniform(0, 0.3);
    for (double& coverage : border.coverage) coverage = random_.chance(0.5) ? 1 : random_.uniform();
    for (char& exempt : border.exempt) exempt = random_.chance(0.1) ? 1 : 0;
    border.revenue_to_origin = random_.chance(0.3);
  }

  const Dataset& data_;
  RandomStream random_;
  Measures measures_;
};

std::string described(const GeneratedWorld& world, const Measures& measures) {
  std::string text = fmt::format("{} regions, {} sectors", world.dataset.region_count(), world.dataset.sector_count());
  for (std::size_t z = 0; z < measures.zones.size(); ++z) {
    const ZonePolicy& policy = measures.policy.zones[z];
    text += fmt::format(
        ", {} ({}{}, {} regions): {}", measures.zones[z].name, policy.border.active ? "border" : "no border",
        policy.border.rebate != ExportRebate::none ? " with rebate" : "", measures.zones[z].regions.size(),
        policy.cap ? fmt::format("cap of {:.4g} Mt{}", policy.cap->mt, policy.cap->world ? " on the world" : "")
                   : fmt::format("{:.4g} USD/t", policy.carbon_price));
  }
  return text + (measures.policy.links.empty() ? "" : ", linked");
}

/// The system of a model at its policy, made as the benchmark's and moved there: rows are scaled by the benchmark's
/// flows.
EconomySystem system_of(const RegionalModel& model) {
  std::vector<double> values = model.economy->parameter_values();
  EconomySystem system(*model.economy, std::vector<double>(values.size(), 0.0), model.numeraire);
  system.set_parameters(values);
  return system;
}

/// Largest residual at x, computed once more.
double residual_at(const EquationSystem& equations, const std::vector<double>& x) {
  std::vector<double> f(x.size());
  equations.residual(x, f);
  double largest = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double lower = equations.lower()[k];
    const double miss = lower == free_unknown ? std::abs(f[k]) : std::abs(std::min(x[k] - lower, f[k]));
    if (!(miss <= largest)) largest = miss;  // not a number stays
    if (std::isnan(largest)) return largest;
  }
  return largest;
}

void expect_under_caps(const Measures& measures, const Outcome& outcome, const Benchmark& benchmark) {
  std::vector<std::vector<int>> markets = measures.policy.links;
  for (int z = 0; markets.empty() && z < static_cast<int>(measures.zones.size()); ++z) {
    if (measures.policy.zones[z].cap) markets.push_back({z});
  }
  for (const std::vector<int>& market : markets) {
    double allowed = 0, emitted = 0;
    for (const int z : market) {
      const EmissionCap& cap = *measures.policy.zones[z].cap;
      allowed += cap.mt;
      emitted += emissions_under_cap(measures.zones[z], cap.world, outcome, benchmark);
      EXPECT_GE(outcome.carbon_price[z], 0);
    }
    EXPECT_LE(emitted, allowed * (1 + 1e-8));
    if (outcome.carbon_price[market.front()] > 1e-6) {
      EXPECT_NEAR(emitted, allowed, 1e-8 * allowed) << "allowances unused at a price";
    }
  }
}

/// A solved world keeps every identity.
void expect_equilibrium(const levee::Equilibrium& found, const Measures& measures) {
  EXPECT_LE(found.walras, 1e-8);
  const EconomySystem system = system_of(*found.model);
  EXPECT_LE(residual_at(system.equations(), found.solution.x), SolverOptions{}.tolerance);
  Outcome outcome = read_outcome(*found.model, system, found.solution.x);
  EXPECT_TRUE(outcome.output.allFinite() && outcome.price.allFinite() && outcome.trade.allFinite());
  EXPECT_GE(outcome.output.minCoeff(), 0);
  EXPECT_GE(outcome.trade.minCoeff(), 0);
  EXPECT_GT(outcome.utility.minCoeff(), 0) << "a household that consumes less than nothing";
  expect_under_caps(measures, outcome, *found.model->benchmark);
  const Equation equation(found.model->benchmark, measures);
  const Equilibrium accounts{equation, equation.system(), found.solution, std::move(outcome)};
  Accounts(accounts, measures).check();
}

/// The reason of an unsolved world can be looked up: a status, words, and equations that name a region or zone of it.
void expect_reason(const levee::Equilibrium& found, const Measures& measures) {
  const Dataset& data = *found.model->benchmark->dataset;
  const Solution& solution = found.solution;
  EXPECT_TRUE(solution.status == SolveStatus::failed || solution.status == SolveStatus::infeasible)
      << to_string(solution.status);
  EXPECT_FALSE(solution.message.empty());
  ASSERT_FALSE(solution.worst.empty());
  EXPECT_GT(std::abs(solution.worst.front().residual), SolverOptions{}.tolerance);
  const std::string& row = solution.worst.front().name;
  const auto named = [&](const std::string& code) { return row.find(code) != std::string::npos; };
  EXPECT_TRUE(std::ranges::any_of(data.regions, [&](const Region& region) { return named(region.code); }) ||
              std::ranges::any_of(measures.zones, [&](const CarbonZone& zone) { return named(zone.name); }))
      << row;
}

/// Why a world has no solution: nothing is left to consume; the path from the benchmark turns back or runs to infinity
/// before the whole policy (a cap out of reach, above all one on the world's emissions where most of what the zone
/// saves leaks; a resource that goes to waste); or a free resource, where the path has a kink.
std::string economic_reason(const levee::Equilibrium& found) {
  const std::string& message = found.solution.message;
  const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  if (says("consume less than nothing")) return "no consumption";
  if (says("turns back there")) return "the path turns back";
  if (says("moves on without end")) return "the path ends";
  const EconomySystem system = system_of(*found.model);
  const EconomyState state = system.state(found.solution.x);
  for (const int resource : found.model->resource) {
    if (resource >= 0 && state.prices[static_cast<std::size_t>(resource)] == 0) return "a free resource";
  }
  return "";
}

class RandomWorlds : public ::testing::TestWithParam<int> {};

TEST_P(RandomWorlds, SolveOrSayWhatTheyFailAt) {
  for (int k = 0; k < worlds_a_block; ++k) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(GetParam() * worlds_a_block + k);
    const GeneratedWorld world = world_of(seed);
    const Measures measures = RandomPolicy(world.dataset, world.zone_regions, seed).measures();
    SCOPED_TRACE(fmt::format("world of seed {}: {}", seed, described(world, measures)));
    const auto benchmark =
        std::make_shared<const Benchmark>(make_benchmark(std::make_shared<const Dataset>(world.dataset)));
    const auto model =
        std::make_shared<const RegionalModel>(make_regional_model(benchmark, {}, measures.zones, measures.policy));
    const levee::Equilibrium found = find_equilibrium(model, {.backend = Backend::newton});
    EXPECT_LE(found.replication, 1e-9) << found.worst_replication;
    if (found.solved()) {
      expect_equilibrium(found, measures);
      continue;
    }
    expect_reason(found, measures);
    const std::string reason = economic_reason(found);
    EXPECT_FALSE(reason.empty()) << found.solution.message;
    const Solution& solution = found.solution;
    std::cout << fmt::format("seed {}: {}, {}: {}; worst {} ({:.3g}); {}\n", seed, to_string(solution.status), reason,
                             solution.message, solution.worst.empty() ? "" : solution.worst.front().name,
                             solution.residual, described(world, measures));
  }
}

INSTANTIATE_TEST_SUITE_P(Blocks, RandomWorlds, ::testing::Range(0, blocks_of_worlds),
                         [](const auto& parameter) { return fmt::format("block_{}", parameter.param); });

}  // namespace
}  // namespace levee::testing
