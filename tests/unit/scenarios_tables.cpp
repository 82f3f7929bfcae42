// The figures in the result tables, against outcomes and against each other.
#include <gtest/gtest.h>

#include "scenarios/pass_through.hpp"
#include "tests/unit/scenarios_small_run.hpp"

namespace levee::testing {
namespace {

class ResultTables : public ::testing::Test {
 protected:
  static const SmallRun& small() {
    static const SmallRun run;
    return run;
  }
  static Rows table(const std::string& name) {
    static const std::vector<Table> tables = tables_of(small().run);
    return {tables, name};
  }
  static const Outcome& outcome(int scenario) { return *small().run.find(scenario)->outcome; }
  static const Outcome& now() { return outcome(2); }
  static int node(int region, int sector) { return ThreeRegions::node(region, sector); }
};

TEST_F(ResultTables, EveryTableIsRectangular) {
  for (const Table& table : tables_of(small().run)) {
    EXPECT_FALSE(table.rows.empty()) << table.name;
    for (const std::vector<Cell>& row : table.rows) ASSERT_EQ(row.size(), table.columns.size()) << table.name;
  }
}

TEST_F(ResultTables, PartsOfWelfareAddUpToTheEquivalentVariation) {
  const Rows welfare = table("welfare");
  const std::vector<std::string> parts = {
      "labour income",        "capital income",        "resource income",    "tariff revenue",  "carbon price revenue",
      "free allocation",      "border charge revenue", "export rebates",     "allowance sales", "foreign saving",
      "government purchases", "investment purchases",  "inventory purchases"};
  double world = 0;
  for (int r = 0; r < 3; ++r) {
    const std::string& region = small().data->regions[r].code;
    const auto figure = [&](const std::string& component) {
      return welfare.value({{"scenario", "everything"}, {"region", region}, {"component", component}}, "value");
    };
    double sum = 0;
    for (const std::string& part : parts) sum += figure(part);
    const double variation = figure("equivalent variation");
    EXPECT_NEAR(sum, variation, 1e-9);
    EXPECT_NEAR(variation, outcome(0).expenditure[r] * (now().utility[r] - 1), 1e-9);
    EXPECT_NEAR(figure("equivalent variation percent"), 100 * (now().utility[r] - 1), 1e-9);
    EXPECT_GT(std::abs(variation), 1e-3);
    world += variation;
    // no row is left out of the sum
    EXPECT_EQ(welfare.count({{"scenario", "everything"}, {"region", region}}), parts.size() + 3);
  }
  EXPECT_NEAR(
      welfare.value({{"scenario", "everything"}, {"region", "world"}, {"component", "equivalent variation"}}, "value"),
      world, 1e-9);
}

TEST_F(ResultTables, NothingChangesWithoutAShock) {
  for (const char* name : {"macro", "trade", "output", "prices", "factors", "emissions", "diversion"}) {
    const Rows rows = table(name);
    EXPECT_GT(rows.count({{"scenario", "nothing"}}), 0u) << name;
    for (const std::vector<Cell>& row : rows.table().rows) {
      if (std::get<std::string>(row[0]) != "nothing") continue;
      const auto column =
          std::find(rows.table().columns.begin(), rows.table().columns.end(), "change") - rows.table().columns.begin();
      EXPECT_NEAR(std::get<double>(row[column]), 0, 1e-9) << name;
    }
  }
}

TEST_F(ResultTables, RealGdpIsValueAddedAndTariffsAtTheBenchmark) {
  const Benchmark& b = *small().run.results.front().model->benchmark;
  const Rows macro = table("macro");
  for (int r = 0; r < 3; ++r) {
    const std::string& region = small().data->regions[r].code;
    double product = b.flow.col(r).dot(b.tariff.col(r));
    for (int i = 0; i < 3; ++i) product += b.value_added(node(r, i));
    const auto figure = [&](const std::string& component, const std::string& column) {
      return macro.value({{"scenario", "nothing"}, {"region", region}, {"component", component}}, column);
    };
    EXPECT_NEAR(figure("real GDP", "value"), product, 1e-9);
    EXPECT_NEAR(figure("real GDP", "change_percent"), 0, 1e-9);
    EXPECT_NEAR(figure("terms of trade", "value"), 1, 1e-9);
    const double parts = figure("consumption", "value") + figure("government", "value") +
                         figure("investment", "value") + figure("inventories", "value") + figure("exports", "value") -
                         figure("imports", "value");
    EXPECT_NEAR(figure("real GDP", "value"), parts, 1e-9);
  }
}

TEST_F(ResultTables, TradeIsWithoutInventoriesAndWithoutHome) {
  const Rows trade = table("trade");
  const auto volume = [&](const std::string& scenario, const std::string& origin, const std::string& destination) {
    return trade.value({{"scenario", scenario}, {"good", "STEEL"}, {"origin", origin}, {"destination", destination}},
                       "volume");
  };
  EXPECT_NEAR(volume("nothing", "B", "A"), 0.15 * 42, 1e-9);  // not the 3 that go into stocks
  EXPECT_EQ(trade.count({{"scenario", "nothing"}, {"origin", "A"}, {"destination", "A"}}), 0u);
  EXPECT_NEAR(volume("everything", "B", "A"), now().trade(node(1, 1), 0), 1e-12);
  const Rows::Match flow = {{"scenario", "everything"}, {"good", "STEEL"}, {"origin", "B"}, {"destination", "A"}};
  EXPECT_NEAR(trade.value(flow, "value"), now().trade(node(1, 1), 0) * now().price[node(1, 1)], 1e-12);
  EXPECT_NEAR(trade.value(flow, "change"), now().trade(node(1, 1), 0) - 0.15 * 42, 1e-9);
  EXPECT_LT(trade.value(flow, "change_percent"), 0);
}

TEST_F(ResultTables, DiversionAddsUpToSales) {
  const Rows diversion = table("diversion");
  for (const char* market : {"zone", "others", "home"}) {
    EXPECT_EQ(diversion.count(
                  {{"scenario", "everything"}, {"zone", "ZA"}, {"good", "STEEL"}, {"origin", "B"}, {"market", market}}),
              1u);
  }
  const double sold =
      diversion.sum({{"scenario", "everything"}, {"zone", "ZA"}, {"good", "STEEL"}, {"origin", "B"}}, "value");
  EXPECT_NEAR(sold, now().trade.row(node(1, 1)).sum(), 1e-9);
  EXPECT_NEAR(sold + 3, now().output[node(1, 1)], 1e-8);  // stocks take the rest
  EXPECT_EQ(diversion.count({{"zone", "ZA"}, {"origin", "A"}}), 0u);
}

TEST_F(ResultTables, BorderChargesAreThoseBooked) {
  const Rows cbam = table("cbam");
  double charged = 0, rebated = 0;
  for (const Outcome::Charge& charge : now().charges) {
    if (charge.booked.instrument == Instrument::border_charge) charged += charge.revenue;
    if (charge.booked.instrument == Instrument::export_rebate) rebated += charge.revenue;
  }
  EXPECT_GT(charged, 0);
  EXPECT_LT(rebated, 0);
  EXPECT_NEAR(cbam.sum({{"scenario", "everything"}, {"instrument", "import charge"}}, "revenue"), charged, 1e-12);
  EXPECT_NEAR(cbam.sum({{"scenario", "everything"}, {"instrument", "export rebate"}}, "revenue"), rebated, 1e-12);
  EXPECT_EQ(cbam.count({{"scenario", "nothing"}}), 0u);
  // the equivalent tariff is on today's price of the good
  const Rows::Match steel = {{"scenario", "everything"}, {"instrument", "import charge"}, {"origin", "C"}};
  const double value = now().trade(node(2, 1), 0) * now().price[node(2, 1)];
  EXPECT_NEAR(cbam.value(steel, "rate"), cbam.value(steel, "revenue") / value, 1e-12);
  // C: direct 1 and electricity, less a fifth of the zone's 0.5, kg per USD
  const double electricity = (1.5 * 30 + 1.5 * 60 + 7 * 15) / 26.5 / 42;
  EXPECT_NEAR(cbam.value(steel, "intensity"), 1 + electricity - 0.2 * 0.5, 0.02);
}

TEST_F(ResultTables, CarbonMarketsBalance) {
  const Rows markets = table("carbon_markets");
  const Rows::Match a = {{"scenario", "everything"}, {"zone", "ZA"}};
  const double price = 50 * now().zone_index[0];
  EXPECT_EQ(markets.value(a, "price"), 50);
  EXPECT_NEAR(markets.value(a, "revenue"), price * markets.value(a, "emissions"), 1e-9);
  EXPECT_NEAR(markets.value(a, "net_revenue"), markets.value(a, "revenue") - price * markets.value(a, "allowances"),
              1e-9);
  EXPECT_NEAR(markets.value(a, "allowances"), 0.2 * 0.5e-3 * now().output[node(0, 1)], 1e-12);
  EXPECT_NEAR(markets.value(a, "emissions"), 1e-3 * now().output[node(0, 0)] + 0.5e-3 * now().output[node(0, 1)], 1e-9);
}

TEST_F(ResultTables, LeakageByOriginAndGoodAddUp) {
  const Rows::Match match = {{"scenario", "everything"}, {"zone", "ZA"}};
  Rows::Match outside = match, total = match;
  outside["channel"] = "outside_change";
  total["channel"] = "total";
  const double change = table("leakage").value(outside, "value");
  EXPECT_NEAR(table("leakage_by_origin").sum(match, "value"), change, 1e-12);
  EXPECT_NEAR(table("leakage_by_good").sum(match, "value"), change, 1e-12);
  EXPECT_NEAR(table("leakage_by_origin").sum(match, "rate"), table("leakage").value(total, "value"), 1e-12);
  total["scenario"] = "nothing";
  EXPECT_TRUE(std::isnan(table("leakage").value(total, "value")));
}

TEST_F(ResultTables, RoutesAddUpToLeakage) {
  const Rows routes = table("leakage_by_route");
  for (const char* zone : {"ZA", "ZB"}) {
    const Rows::Match match = {{"scenario", "everything"}, {"zone", zone}};
    Rows::Match outside = match, total = match;
    outside["channel"] = "outside_change";
    total["channel"] = "total";
    EXPECT_NEAR(routes.sum(match, "value"), table("leakage").value(outside, "value"), 1e-12);
    EXPECT_NEAR(routes.sum(match, "rate"), table("leakage").value(total, "value"), 1e-12);
  }
  const Rows::Match steel = {{"scenario", "everything"}, {"zone", "ZA"}, {"good", "STEEL"}, {"origin", "B"}};
  Rows::Match to_zone = steel;
  to_zone["market"] = "zone";
  EXPECT_NEAR(routes.value(to_zone, "volume_change"), now().trade(node(1, 1), 0) - outcome(0).trade(node(1, 1), 0),
              1e-12);
  EXPECT_NEAR(routes.value(to_zone, "zone_volume_change"), now().trade(node(0, 1), 0) - outcome(0).trade(node(0, 1), 0),
              1e-12);
  EXPECT_EQ(routes.count(steel), 4u);
  EXPECT_EQ(routes.count({{"scenario", "everything"}, {"zone", "ZA"}, {"good", "households"}}), 2u);
}

TEST_F(ResultTables, DecompositionAddsUpToTheChangeOfEmissions) {
  const Rows parts = table("decomposition");
  double world = 0;
  for (int r = 0; r < 3; ++r) {
    const Rows::Match match = {{"scenario", "everything"}, {"region", small().data->regions[r].code}};
    const double change = table("emissions").sum(match, "change");
    EXPECT_NEAR(parts.value(match, "change"), change, 1e-12);
    EXPECT_NEAR(parts.value(match, "scale") + parts.value(match, "composition") + parts.value(match, "technique"),
                change, 1e-12);
    world += change;
  }
  EXPECT_NEAR(parts.value({{"scenario", "everything"}, {"region", "world"}}, "change"), world, 1e-12);
}

TEST_F(ResultTables, PaymentsAreTheChargesAndWelfareIsThatOfItsTable) {
  const Rows incidence = table("incidence");
  const Rows::Match all = {{"scenario", "everything"}, {"zone", "ZA"}, {"level", "world"}};
  const auto figure = [&](const std::string& component) {
    Rows::Match match = all;
    match["component"] = component;
    return incidence.value(match, "value");
  };
  const Rows::Match charged = {{"scenario", "everything"}, {"zone", "ZA"}, {"instrument", "import charge"}};
  Rows::Match rebated = charged;
  rebated["instrument"] = "export rebate";
  EXPECT_NEAR(figure("cbam payments"), table("cbam").sum(charged, "revenue"), 1e-12);
  EXPECT_NEAR(figure("export rebates"), -table("cbam").sum(rebated, "revenue"), 1e-12);
  EXPECT_NEAR(figure("welfare"),
              table("welfare").value(
                  {{"scenario", "everything"}, {"region", "world"}, {"component", "equivalent variation"}}, "value"),
              1e-12);
  // what is sold to the zone is what the table of trade says
  double exports = 0;
  for (const char* scenario : {"nothing", "everything"}) {
    exports = table("trade").sum({{"scenario", scenario}, {"destination", "A"}}, "value") - exports;
  }
  EXPECT_NEAR(figure("export losses"), exports, 1e-9);
  EXPECT_LT(exports, 0);
  EXPECT_EQ(incidence.count({{"level", "group"}}), 0u);
}

TEST_F(ResultTables, PassThroughIsOfTheMembersGoods) {
  const Rows rows = table("pass_through");
  EXPECT_EQ(rows.count({{"scenario", "everything"}, {"zone", "ZA"}}), 3u);
  EXPECT_EQ(rows.count({{"scenario", "everything"}, {"zone", "ZB"}, {"region", "B"}}), 3u);
  const Rows::Match steel = {{"scenario", "everything"}, {"zone", "ZA"}, {"region", "A"}, {"good", "STEEL"}};
  EXPECT_NEAR(rows.value(steel, "cge_percent"), 100 * (now().composite_price[node(0, 1)] - 1), 1e-9);
  EXPECT_GT(rows.value(steel, "leontief_percent"), 0);
  EXPECT_NEAR(rows.value(steel, "ratio"), rows.value(steel, "cge_percent") / rows.value(steel, "leontief_percent"),
              1e-12);
  Rows::Match nothing = steel;
  nothing["scenario"] = "nothing";
  EXPECT_EQ(rows.value(nothing, "leontief_percent"), 0);
  EXPECT_TRUE(std::isnan(rows.value(nothing, "ratio")));
}

/// At the benchmark's technology: A's steel emits 0.5 t per thousand and is given a fifth of it.
TEST_F(ResultTables, AddedCostsArePricesTimesBenchmarkEmissionsLessAllocation) {
  const Benchmark& b = *small().run.results.front().model->benchmark;
  const AddedCosts costs = added_costs(b, small().everything.zones, now());
  const double price = 50 * now().zone_index[0], price_in_b = 30 * now().zone_index[1];
  EXPECT_NEAR(costs.production[node(0, 0)], price * 1e-3, 1e-12);
  EXPECT_NEAR(costs.production[node(0, 1)], price * (0.5e-3 - 0.2 * 0.5e-3), 1e-12);
  EXPECT_EQ(costs.production[node(0, 2)], 0);
  EXPECT_EQ(costs.production[node(1, 0)], 0);
  EXPECT_NEAR(costs.production[node(1, 1)], price_in_b * 84e-3 / 45, 1e-12);  // 3 of its 45 go into stocks
  EXPECT_NEAR(costs.delivery(node(2, 1), 0), per_unit(now(), Instrument::border_charge, node(2, 1), 0), 1e-15);
  EXPECT_GT(costs.delivery(node(2, 1), 0), 0);
  EXPECT_LT(costs.delivery(node(0, 1), 2), 0);  // rebated
  EXPECT_EQ(added_costs(b, small().everything.zones, outcome(1)).production.norm(), 0);
}

TEST_F(ResultTables, EmissionsAddUpToTheOutcomes) {
  for (int r = 0; r < 3; ++r) {
    const Rows::Match match = {{"scenario", "everything"}, {"region", small().data->regions[r].code}};
    EXPECT_NEAR(table("emissions").sum(match, "value"), now().region_emissions(0, r, *small().data), 1e-12);
    EXPECT_NEAR(table("emissions").sum(match, "change"),
                now().region_emissions(0, r, *small().data) - outcome(0).region_emissions(0, r, *small().data), 1e-12);
  }
}

TEST(ResultTableUnits, MoneyIsNamed) {
  Dataset data = blank_world({"A"}, {"SER"});
  EXPECT_EQ(money_unit(data), "million USD");
  data.money_unit = 1e9;
  EXPECT_EQ(money_unit(data), "billion USD");
  data.money_unit = 1;
  EXPECT_EQ(money_unit(data), "USD");
  data.money_unit = 1e4;
  EXPECT_EQ(money_unit(data), "10000 USD");
}

}  // namespace
}  // namespace levee::testing
