// Tables that attribute changes: their parts add up on whole equilibria, random ones and the default study's.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "scenarios/emission_decomposition.hpp"
#include "scenarios/incidence.hpp"
#include "scenarios/leakage.hpp"
#include "scenarios/leakage_route.hpp"
#include "scenarios/pass_through.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

/// Every part against the whole; `zones` are both outcomes'.
class Attribution {
 public:
  Attribution(const Benchmark& benchmark, const std::vector<CarbonZone>& zones, const Outcome& now, const Outcome& base)
      : benchmark_(benchmark), data_(*benchmark.dataset), zones_(zones), now_(now), base_(base) {}

  void check() const {
    for (const CarbonZone& zone : zones_) routes_add_up(zone);
    for (int account = 0; account < static_cast<int>(benchmark_.emissions.size()); ++account) parts_add_up(account);
    for (int z = 0; z < static_cast<int>(zones_.size()); ++z) incidence_adds_up(z);
  }

 private:
  double world_emissions() const {
    double sum = 0;
    for (const Outcome::Emission& emission : base_.emissions) sum += emission.mt;
    return sum;
  }

  void routes_add_up(const CarbonZone& zone) const {
    const Leakage leakage = measure_leakage(benchmark_, zone, now_, base_);
    const LeakageRoutes routes = leakage_routes(benchmark_, zone, now_, base_);
    Eigen::VectorXd by_origin = routes.households;
    for (const LeakageRoute& route : routes.makers) {
      const int region = route.node / data_.sector_count();
      by_origin[region] += route.technique;
      double volume = 0;
      for (std::size_t m = 0; m < markets.size(); ++m) {
        by_origin[region] += route.through_market[m];
        volume += route.volume_change[m];
      }
      const double output = base_.output[route.node];
      EXPECT_NEAR(volume, now_.output[route.node] - output, 1e-8 * (1 + output)) << data_.node_label(route.node);
    }
    EXPECT_GT(by_origin.cwiseAbs().sum(), 0);
    EXPECT_NEAR(by_origin.sum(), leakage.outside_change, 1e-12 * world_emissions()) << zone.name;
    for (int r = 0; r < data_.region_count(); ++r)
      EXPECT_NEAR(by_origin[r], leakage.by_origin[r], 1e-12 * world_emissions()) << zone.name;
  }

  void parts_add_up(int account) const {
    const auto parts = decompose_regions(benchmark_, account, now_, base_);
    ASSERT_EQ(static_cast<int>(parts.size()), data_.region_count() + 1);
    EmissionDecomposition sum;
    for (int r = 0; r < data_.region_count(); ++r) {
      const EmissionDecomposition& part = parts[r];
      const double now = now_.region_emissions(account, r, data_), base = base_.region_emissions(account, r, data_);
      EXPECT_NEAR(part.change, now - base, 1e-12 * (now + base));
      EXPECT_NEAR(part.scale + part.composition + part.technique, part.change, 1e-12 * (now + base));
      sum.technique += part.technique;
      sum.change += part.change;
    }
    const EmissionDecomposition& world = parts.back();
    const double size = world_emissions();
    EXPECT_NEAR(world.scale + world.composition + world.technique, world.change, 1e-12 * size);
    EXPECT_NEAR(world.change, sum.change, 1e-12 * size);
    EXPECT_NEAR(world.technique, sum.technique, 1e-12 * size);
  }

  void incidence_adds_up(int z) const {
    double charged = 0, rebated = 0, product = 0;
    for (const Outcome::Charge& charge : now_.charges) {
      if (charge.booked.zone != z) continue;
      if (charge.booked.instrument == Instrument::border_charge) charged += charge.revenue;
      if (charge.booked.instrument == Instrument::export_rebate) rebated -= charge.revenue;
    }
    // expenditure side of the world's product: trade nets out, foreign saving adds to zero
    for (std::size_t r = 0; r < base_.budget.size(); ++r) {
      const Outcome::Budget& budget = base_.budget[r];
      product +=
          base_.expenditure[static_cast<Eigen::Index>(r)] - budget.government - budget.investment - budget.inventories;
    }
    std::map<std::string, double> sum, world, shares;
    for (const IncidenceRow& row : measure_incidence(data_, zones_[z], z, now_, base_)) {
      if (row.level == "region") {
        sum[row.component] += row.value;
        if (!std::isnan(row.share)) shares[row.component] += row.share;
      }
      if (row.level == "world") {
        world[row.component] = row.value;
        if (row.component == "welfare") {
          EXPECT_NEAR(row.percent_of_gdp, 100 * row.value / product, 1e-7);
        }
      }
    }
    ASSERT_EQ(world.size(), 4u);
    EXPECT_NEAR(world.at("cbam payments"), charged, 1e-10 * (1 + charged));
    EXPECT_NEAR(world.at("export rebates"), rebated, 1e-10 * (1 + rebated));
    for (const auto& [component, value] : world) EXPECT_NEAR(sum[component], value, 1e-12 * product) << component;
    for (const auto& [component, share] : shares) EXPECT_NEAR(share, 1, 1e-12) << component;
  }

  const Benchmark& benchmark_;
  const Dataset& data_;
  const std::vector<CarbonZone>& zones_;
  const Outcome& now_;
  const Outcome& base_;
};

class AttributionOnWorlds : public ::testing::TestWithParam<unsigned> {};

TEST_P(AttributionOnWorlds, PartsAddUp) {
  const Dataset data = RandomWorld(GetParam()).make();
  const Measures measures = all_measures(data);
  const Equilibrium now = solve(data, measures), base = solve(data, without_prices(measures));
  Attribution(now.benchmark(), measures.zones, now.outcome, base.outcome).check();
}

INSTANTIATE_TEST_SUITE_P(Seeds, AttributionOnWorlds, ::testing::Range(1u, 7u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

class AttributionOnTheDefaultStudy : public ::testing::TestWithParam<const char*> {};

TEST_P(AttributionOnTheDefaultStudy, PartsAddUp) {
  const Dataset& data = *default_study().dataset;
  const Measures measures = measures_of(GetParam());
  const Equilibrium now = solve(data, measures), base = solve(data, measures_of("reference"));
  Attribution(now.benchmark(), measures.zones, now.outcome, base.outcome).check();
  // where nothing is priced the price model stays where it is; where something is, it moves
  const PriceModel prices(base.benchmark());
  EXPECT_EQ(prices.composite_change(added_costs(base.benchmark(), measures.zones, base.outcome)).norm(), 0);
  const PassThrough changes =
      measure_pass_through(now.benchmark(), prices, measures.zones, now.outcome, measures.zones, base.outcome);
  const int cement = data.node(data.region_index("EUR"), data.sector_index("CEM"));
  EXPECT_GT(changes.leontief[cement], 30);
  EXPECT_GT(changes.leontief[cement], changes.equilibrium[cement]);
  EXPECT_GT(changes.equilibrium[cement], 0.7 * changes.leontief[cement]);
}

INSTANTIATE_TEST_SUITE_P(Designs, AttributionOnTheDefaultStudy, ::testing::Values("ets_only", "cbam_full"),
                         [](const auto& parameter) { return std::string(parameter.param); });

}  // namespace
}  // namespace levee::testing
