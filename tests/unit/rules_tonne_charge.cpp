#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "data/random_stream.hpp"
#include "rules/green_supply.hpp"
#include "rules/tonne_charge.hpp"

namespace levee {
namespace {

double profit(const TonneCharge& charge, const ExportMargin& margin) {
  return margin.before_carbon - margin.domestic_carbon - charge.per_tonne();
}

TEST(TonneCharge, IsNetEmissionsTimesThePriceGap) {
  const TonneCharge ammonia{1.98 * 1.01, 1.522 * 0.515, 126, 71.75};
  EXPECT_NEAR(ammonia.net(), 1.21597, 1e-12);
  EXPECT_NEAR(ammonia.per_tonne(), 65.9663725, 1e-7);
  EXPECT_NEAR(ammonia.certificates() * 126, ammonia.per_tonne(), 1e-12);
}

TEST(TonneCharge, IsNeverNegative) {
  const TonneCharge clean{0.3, 0.9, 80, 0}, dear{2, 0.9, 80, 95};
  for (const TonneCharge& charge : {clean, dear}) {
    EXPECT_EQ(charge.per_tonne(), 0);
    EXPECT_EQ(charge.certificates(), 0);
  }
  EXPECT_EQ(clean.net(), 0);
}

/// Put back, the closed forms leave no profit: on random firms, those below the adjustment among them.
TEST(TonneCharge, BreakEvensLeaveNoProfit) {
  RandomStream stream(11, "break-even");
  int below = 0, priced = 0;
  for (int k = 0; k < 2000; ++k) {
    const TonneCharge charge{stream.uniform(0.1, 3), stream.uniform(0, 2), stream.uniform(20, 150),
                             stream.uniform(0, 60)};
    const ExportMargin margin{stream.uniform(1, 200), stream.uniform(0, 90)};
    const double emissions = break_even_emissions(charge, margin);
    ASSERT_TRUE(std::isfinite(emissions)) << k;
    TonneCharge other = charge;
    other.emissions = emissions;
    const ExportMargin scaled{margin.before_carbon, margin.domestic_carbon * emissions / charge.emissions};
    EXPECT_NEAR(profit(other, scaled), 0, 1e-9) << k;
    below += emissions < charge.adjustment;
    const double price = break_even_price(charge, margin);
    if (std::isnan(price)) continue;
    ++priced;
    other = charge;
    other.certificate_price = price;
    EXPECT_NEAR(profit(other, margin), 0, 1e-9) << k;
  }
  EXPECT_GT(below, 50);
  EXPECT_GT(priced, 200);
}

TEST(TonneCharge, BreakEvensThatAreNone) {
  EXPECT_TRUE(std::isnan(break_even_price({0.5, 0.9, 80, 0}, {100, 0}))) << "nothing is charged at any price";
  EXPECT_TRUE(std::isnan(break_even_price({2, 0.9, 80, 0}, {100, 120}))) << "a loss already";
  EXPECT_TRUE(std::isnan(break_even_emissions({2, 0.9, 40, 60}, {100, 0}))) << "emissions cost nothing";
  EXPECT_TRUE(std::isnan(break_even_emissions({2, 0.9, 80, 0}, {-1, 0})));
  EXPECT_TRUE(std::isnan(break_even_emissions({0, 0.9, 80, 0}, {100, 0})));
}

TEST(GreenSupply, CostIsConvexWithAKinkAtTheThreshold) {
  const GreenSupply supply{5, 0.4, 0.125, 60, {}};
  EXPECT_DOUBLE_EQ(green_cost(supply, 10, 0.4), 20);
  EXPECT_DOUBLE_EQ(green_cost(supply, 10, 0.6), 10 * (0.6 * 5 + 0.2 * 0.125 * 60));
  double before = -1;
  for (double share = 0; share < 0.95; share += 0.1) {
    const double slope = green_cost(supply, 10, share + 0.05) - green_cost(supply, 10, share);
    EXPECT_GE(slope, before - 1e-12) << share;
    before = slope;
  }
}

TEST(GreenSupply, OtherSourcesKeepTheirProportions) {
  Electricity mix;
  mix.mwh_per_tonne = 10;
  mix.sources = {
      {"coal", 0.6, "", "", 0.9, false, {}}, {"gas", 0.2, "", "", 0.4, false, {}}, {"wind", 0.2, "", "", 0, true, {}}};
  const Electricity half = with_green_share(mix, 0.5);
  EXPECT_DOUBLE_EQ(half.sources[0].share, 0.375);
  EXPECT_DOUBLE_EQ(half.sources[1].share, 0.125);
  EXPECT_DOUBLE_EQ(half.sources[2].share, 0.5);
  mix.sources.pop_back();
  mix.sources[0].share = 0.8;
  const Electricity new_green = with_green_share(mix, 1);
  EXPECT_DOUBLE_EQ(green_share(new_green), 1);
  EXPECT_DOUBLE_EQ(new_green.sources[0].share, 0);
}

}  // namespace
}  // namespace levee
