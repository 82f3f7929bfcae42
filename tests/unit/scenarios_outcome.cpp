#include <gtest/gtest.h>

#include "scenarios/outcome.hpp"
#include "tests/unit/calibration_three_regions.hpp"

namespace levee::testing {
namespace {

TEST(ScenariosOutcome, AtTheBenchmarkIsTheBenchmark) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(::testing::Message() << "random world of seed " << seed);
    const Dataset data = RandomWorld(seed).make();
    const Equation equation(data, without_prices(all_measures(data)));
    const EconomySystem system = equation.system();
    const Outcome o = read_outcome(*equation.model, system, system.start());
    const Benchmark& b = *equation.model->benchmark;
    EXPECT_NEAR((o.output - b.x).cwiseAbs().maxCoeff(), 0, 1e-9);
    EXPECT_NEAR((o.trade - b.flow).cwiseAbs().maxCoeff(), 0, 1e-9);
    EXPECT_NEAR((o.consumption - b.consumption).cwiseAbs().maxCoeff(), 0, 1e-9);
    EXPECT_NEAR((o.government - b.government).cwiseAbs().maxCoeff(), 0, 1e-9);
    EXPECT_NEAR((o.investment - b.investment).cwiseAbs().maxCoeff(), 0, 1e-9);
    for (int r = 0; r < data.region_count(); ++r) {
      const Outcome::Budget& budget = o.budget[r];
      EXPECT_NEAR(o.utility[r], 1, 1e-12);
      EXPECT_NEAR(o.expenditure[r], b.consumption.col(r).sum(), 1e-9);
      EXPECT_NEAR(budget.total(), o.expenditure[r], 1e-9);
      EXPECT_NEAR(budget.foreign_saving, b.foreign_saving[r], 1e-9);
      EXPECT_NEAR(budget.tariffs, b.flow.col(r).dot(b.tariff.col(r)), 1e-9);
      EXPECT_NEAR(budget.inventories, -b.inventory.col(r).sum(), 1e-9);
      EXPECT_EQ(budget.carbon_price + budget.free_allocation + budget.border_charge + budget.export_rebate, 0);
    }
  }
}

TEST(ScenariosOutcome, MoneyIsDeflatedWithTheWorldsPrices) {
  const ThreeRegions world;
  Equation equation(world.data, world.charging(50));
  equation.numeraire[0].value = 7;
  const Equilibrium e = solve(equation);
  const Benchmark& b = e.benchmark();
  // consumption at today's composite prices over the same at benchmark prices, of the world: 1 in its own units
  double cost = 0;
  for (int r = 0; r < 3; ++r) {
    for (int i = 0; i < 3; ++i) cost += b.consumption(i, r) * e.outcome.composite_price[world.node(r, i)];
  }
  EXPECT_NEAR(cost / b.consumption.sum(), 1, 1e-10);
  // and of the zone's own household
  const double in_a = e.outcome.composite_price.head(3).dot(b.consumption.col(0)) / b.consumption.col(0).sum();
  EXPECT_NEAR(e.outcome.zone_index[0], in_a, 1e-10);
  EXPECT_EQ(e.outcome.carbon_price[0], 50);
}

TEST(ScenariosOutcome, UtilityOfCobbDouglasIsConsumptionOverItsCost) {
  const ThreeRegions world;
  const Equilibrium e = solve(world.data, world.charging(50));
  const Benchmark& b = e.benchmark();
  for (int r = 0; r < 3; ++r) {
    // goods and electricity at unit elasticity: the cost of living is the weighted geometric mean of prices
    double log_cost = 0;
    for (int i = 0; i < 3; ++i) {
      log_cost +=
          b.consumption(i, r) / b.consumption.col(r).sum() * std::log(e.outcome.composite_price[world.node(r, i)]);
    }
    EXPECT_NEAR(e.outcome.utility[r], e.outcome.expenditure[r] / b.consumption.col(r).sum() / std::exp(log_cost),
                1e-10);
  }
}

TEST(ScenariosOutcome, IncomesAreEndowmentsAtTheirPrices) {
  const Dataset data = RandomWorld(4).make();
  const Equilibrium e = solve(data, all_measures(data));
  for (int r = 0; r < data.region_count(); ++r) {
    double labour = 0, capital = 0, resources = 0;
    for (int n = data.node(r, 0); n < data.node(r, 0) + data.sector_count(); ++n) {
      labour += e.benchmark().labour[n];
      capital += e.benchmark().capital[n];
      resources += e.benchmark().resource[n] * e.outcome.resource_price[n];
    }
    EXPECT_NEAR(e.outcome.labour_income[r], labour * e.outcome.wage[r], 1e-9 * labour);
    EXPECT_NEAR(e.outcome.capital_income[r], capital * e.outcome.rental[r], 1e-9 * capital);
    EXPECT_NEAR(e.outcome.resource_income[r], resources, 1e-9 * (1 + resources));
    EXPECT_EQ(e.outcome.budget[r].labour, e.outcome.labour_income[r]);
  }
}

TEST(ScenariosOutcome, RegionEmissionsIncludeHouseholds) {
  const ThreeRegions world;
  const Equation equation(world.data, {});
  const EconomySystem system = equation.system();
  const Outcome o = read_outcome(*equation.model, system, system.start());
  EXPECT_NEAR(o.region_emissions(0, 0, world.data), (30 + 21 + 10) * 1e-3, 1e-15);
  EXPECT_NEAR(o.region_emissions(0, 1, world.data), (60 + 84 + 10) * 1e-3, 1e-15);
}

}  // namespace
}  // namespace levee::testing
