#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "rules/cost_path.hpp"
#include "rules/cost_quantiles.hpp"
#include "tests/unit/rules_small_book.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const FirmCost& row(const FirmFile& file, const CostPath& path, const std::string& firm, int year,
                    const std::string& reading = "law") {
  for (const FirmCost& one : path.firms) {
    if (file.firms[one.firm].name == firm && one.year == year && file.readings[one.reading].name == reading) return one;
  }
  throw std::logic_error("no such row");
}

TEST(CostPath, MoneyOfAFirmAddsUpInTheReportsCurrency) {
  const FirmFile file = small_file(R"(
currency: CNY
exchange_rates: {EUR: {2026: 8, 2027: 10}, USD: 7}
prices: {certificate: 100}
firms:
  mill:
    cn: 30
    route: A
    origin: Far
    emissions: {direct: 0.8, electricity: {mwh_per_tonne: 0.1, sources: [{factor: 0.5}]}}
    currency: USD
    price: 100
    production_cost: 40
    tonnes: 1000
    carbon_price: {price: 42, currency: CNY, share_paid: 0.5}
)");
  const CostPath path = cost_path(file);
  const FirmCost& first = row(file, path, "mill", 2026);
  EXPECT_NEAR(first.charge.emissions, 0.85, 1e-12);
  EXPECT_NEAR(first.charge.adjustment, 0.75 * 0.6, 1e-12);
  EXPECT_NEAR(first.charge.origin_price, 21.0 / 8, 1e-12);
  EXPECT_NEAR(first.per_tonne_rules, 0.4 * (100 - 21.0 / 8), 1e-12);
  EXPECT_NEAR(first.per_tonne, 8 * first.per_tonne_rules, 1e-12);
  EXPECT_NEAR(first.domestic, 0.8 * 21, 1e-12) << "the origin prices direct emissions";
  EXPECT_NEAR(first.cost, 280 + 16.8 + first.per_tonne, 1e-12);
  EXPECT_NEAR(first.profit, 700 - first.cost, 1e-12);
  EXPECT_NEAR(first.profit_at_home, 700 - 280 - 16.8, 1e-12);
  EXPECT_NEAR(first.ad_valorem, first.per_tonne / 700, 1e-12);
  EXPECT_NEAR(first.total, 1000 * first.per_tonne, 1e-9);
  EXPECT_NEAR(first.certificates * 100 * 8, first.total, 1e-9);
  const FirmCost& second = row(file, path, "mill", 2027);
  EXPECT_NEAR(second.per_tonne, 10 * 0.85 * (100 - 2.1), 1e-12) << "no free allocation is left, the rate has changed";
}

/// The closed forms, put back into the file, leave no profit.
TEST(CostPath, BreakEvensPutBackLeaveNoProfit) {
  const auto text = [](double price, double direct) {
    return fmt::format(R"(
prices: {{certificate: {}}}
firms: {{mill: {{cn: 30, route: A, origin: Far, emissions: {{direct: {}}}, price: 120, production_cost: 60,
  carbon_price: {{price: 10}}}}}}
)",
                       price, direct);
  };
  const FirmFile file = small_file(text(90, 0.8), "[2026]");
  const FirmCost first = cost_path(file).firms[0];
  EXPECT_GT(first.profit, 1);
  EXPECT_NEAR(cost_path(small_file(text(first.break_even_price, 0.8), "[2026]")).firms[0].profit, 0, 1e-9);
  EXPECT_NEAR(cost_path(small_file(text(90, first.break_even_emissions), "[2026]")).firms[0].profit, 0, 1e-9);
}

/// A common error: electricity's emissions are charged for cement, not for metal.
TEST(CostPath, IndirectEmissionsAreChargedWhereTheScopeSaysSo) {
  const FirmFile file = small_file(R"(
prices: {certificate: 100}
firms:
  metal: {cn: 20, origin: Far, emissions: {direct: 2, indirect: 10}, benchmark: 1}
  cement: {cn: 30, route: A, origin: Far, emissions: {direct: 0.7, indirect: 0.1}}
readings: {law: {}, all: {emissions: direct+indirect, free_allocation: none}}
)");
  const CostPath path = cost_path(file);
  EXPECT_NEAR(row(file, path, "metal", 2026).charge.emissions, 2, 1e-12);
  EXPECT_NEAR(row(file, path, "cement", 2026).charge.emissions, 0.8, 1e-12);
  EXPECT_NEAR(row(file, path, "metal", 2026, "all").per_tonne, 1200, 1e-9);
}

/// A common error: the share charged and the share of free allocation that remains are complements.
TEST(CostPath, FreeAllocationIsTheShareThatRemains) {
  const FirmFile file =
      small_file("prices: {certificate: 100}\nfirms: {a: {cn: 30, route: A, origin: Far, emissions: {direct: 0.6}}}\n");
  const CostPath path = cost_path(file);
  EXPECT_NEAR(row(file, path, "a", 2026).per_tonne, 100 * 0.25 * 0.6, 1e-12);
  EXPECT_NEAR(row(file, path, "a", 2027).per_tonne, 100 * 0.6, 1e-12);
}

TEST(CostPath, WhoPaysNothing) {
  const FirmFile file = small_file(R"(
prices: {certificate: 100}
firms:
  friend: {cn: 30, route: A, origin: Friend, emissions: {direct: 0.9}, tonnes: 1000}
  small: {cn: 30, route: A, origin: Far, emissions: {direct: 0.9}, tonnes: 50}
  part: {cn: 30, route: A, origin: Far, emissions: {direct: 0.9}, tonnes: 30, importer: trader}
  rest: {cn: 30, route: B, origin: Far, emissions: {direct: 0.2}, tonnes: 30, importer: trader}
  other: {cn: 30, route: A, origin: Far, emissions: {direct: 0.9}, tonnes: 10, importer: large}
  power: {cn: 2716, origin: Far, emissions: default, tonnes: 10}
importers: {large: 400}
)");
  const CostPath path = cost_path(file);
  EXPECT_EQ(row(file, path, "friend", 2026).status, ChargeStatus::exempt_origin);
  EXPECT_EQ(row(file, path, "friend", 2026).total, 0);
  EXPECT_EQ(row(file, path, "small", 2026).status, ChargeStatus::de_minimis);
  EXPECT_EQ(row(file, path, "small", 2026).per_tonne, 0);
  EXPECT_EQ(row(file, path, "part", 2026).status, ChargeStatus::charged);
  EXPECT_EQ(row(file, path, "rest", 2026).status, ChargeStatus::nothing_due);
  EXPECT_EQ(row(file, path, "other", 2026).status, ChargeStatus::charged);
  EXPECT_EQ(row(file, path, "power", 2026).status, ChargeStatus::charged);
  // What is clean earns nothing for what is not.
  for (const ImporterCost& one : path.importers) {
    if (one.importer == "trader" && one.year == 2026) {
      EXPECT_NEAR(one.total, 30 * 100 * (0.9 - 0.45), 1e-9);
    }
  }
}

/// The readings of somebody who has the charge replace the domestic cost, and charges everything.
TEST(CostPath, ReadingsThatDifferFromTheLaw) {
  const FirmFile file = small_file(R"(
currency: CNY
exchange_rates: {EUR: 8}
prices: {certificate: 80}
readings:
  law: {}
  document: {emissions: direct+indirect, free_allocation: none, origin_price: ignored, domestic_cost: replaced, domestic_emissions: direct+indirect}
firms:
  cement: {cn: 30, route: A, origin: Far, emissions: {direct: 0.8}, price: 400, production_cost: 187, carbon_price: {price: 60}}
  metal: {cn: 20, origin: Far, emissions: {direct: 1.7, indirect: 11.3}, benchmark: 1, price: 24000, production_cost: 11000,
    carbon_price: {price: 60}}
)",
                                   "[2026]");
  const CostPath path = cost_path(file);
  const FirmCost &cement = row(file, path, "cement", 2026, "document"),
                 &metal = row(file, path, "metal", 2026, "document");
  EXPECT_NEAR(cement.cost_at_home, 235, 1e-9);
  EXPECT_NEAR(cement.profit_at_home, 165, 1e-9);
  EXPECT_NEAR(cement.per_tonne, 512, 1e-9);
  EXPECT_NEAR(cement.cost, 699, 1e-9);
  EXPECT_NEAR(cement.profit, -299, 1e-9);
  EXPECT_NEAR(metal.domestic, 780, 1e-9);
  EXPECT_NEAR(metal.cost, 19320, 1e-9);
  EXPECT_NEAR(metal.profit, 4680, 1e-9);
  const FirmCost& lawful = row(file, path, "metal", 2026);
  EXPECT_NEAR(lawful.domestic, 1.7 * 60, 1e-9);
  EXPECT_NEAR(lawful.per_tonne, 8 * (1.7 - 0.75) * (80 - 7.5), 1e-9);
}

TEST(CostPath, GreenSupplyIsLookedAtShareByShare) {
  const FirmFile file = small_file(R"(
prices: {certificate: 100}
firms:
  cement:
    cn: 30
    route: A
    origin: Far
    emissions: {direct: 0.7, electricity: {mwh_per_tonne: 1, sources: [{technology: coal_power}]}}
    green_supply: {premium: 30, above: 0.4, extra: 1, electricity_price: 80, shares: [0, 0.2, 0.4, 0.6]}
)",
                                   "[2027]");
  const CostPath path = cost_path(file);
  ASSERT_THAT(path.green, SizeIs(4));
  EXPECT_NEAR(path.green[0].charge, 160, 1e-9);
  EXPECT_NEAR(path.green[2].charge + path.green[2].green, 100 * (0.7 + 0.54) + 12, 1e-9);
  EXPECT_NEAR(path.green[3].green, 0.6 * 30 + 0.2 * 80, 1e-9);
  // 30 a MWh saves 90 up to 40 %, 110 above does not.
  EXPECT_TRUE(path.green[2].least);
  EXPECT_FALSE(path.green[3].least);
}

TEST(CostPath, SaysWhatItLookedUpAndWhatItAssumed) {
  const FirmFile file = small_file("firms: {a: {cn: 20, origin: Far, emissions: default}}\n", "[2026]");
  const CostPath path = cost_path(file);
  std::vector<std::string> what;
  for (const LookedUp& one : path.looked_up) {
    what.push_back(one.what);
    EXPECT_EQ(one.source, "law") << one.what;
  }
  for (const char* expected :
       {"default value", "mark-up", "benchmark", "free allocation remaining", "certificate price"})
    EXPECT_THAT(what, Contains(expected));
  EXPECT_THAT(path.notes, Contains(HasSubstr("correction factor is published for 2026")));
  EXPECT_THAT(path.notes, Contains(HasSubstr("no `tonnes`")));
}

TEST(CostQuantiles, AreOrderedRepeatableAndGrowWithoutChanging) {
  const auto text = [](int draws) {
    return fmt::format(R"(
prices: {{certificate: 100}}
firms:
  a: {{cn: 30, route: A, origin: Far, emissions: {{direct: 0.9}}, price: 200, production_cost: 50}}
  b: {{cn: 20, origin: Far, emissions: default}}
uncertainty: {{draws: {}, certificate_price: {{uniform: [0.5, 1.5]}}, emissions: {{triangular: [0.9, 1, 1.2]}}}}
)",
                       draws);
  };
  const FirmFile file = small_file(text(4001), "[2026]");
  const std::vector<CostQuantile> first = cost_quantiles(file, cost_path(file)),
                                  again = cost_quantiles(file, cost_path(file));
  ASSERT_THAT(first, SizeIs(10));
  for (std::size_t k = 0; k < first.size(); ++k) {
    EXPECT_EQ(first[k].per_tonne, again[k].per_tonne);
    if (k % 5 > 0) {
      EXPECT_LT(first[k - 1].per_tonne, first[k].per_tonne);
    }
  }
  // Default values are certain: what is left is the price, uniform.
  const double certain = 3.3 - 0.75 * 1.6;
  EXPECT_NEAR(first[7].per_tonne, 100 * certain, 0.03 * 100 * certain);
  EXPECT_NEAR(first[5].per_tonne, 55 * certain, 0.03 * 100 * certain);
  EXPECT_NEAR(first[2].profit, 150 - first[2].per_tonne, 1e-9) << "without a domestic price both medians are one draw";
}

}  // namespace
}  // namespace levee::testing
