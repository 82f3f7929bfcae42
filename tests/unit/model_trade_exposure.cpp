// Exposure to a border charge by hand: a zone Z and two exporters, two covered goods and one that is not.
#include <gtest/gtest.h>

#include <cmath>

#include "data/random_stream.hpp"
#include "model/trade_exposure.hpp"

namespace levee::testing {
namespace {

/// Regions Z, A, B; goods STEEL, CEM, SER. A sells 10 of steel to Z and 30 to B, 20 of cement to Z; B sells 5 of steel
/// to Z; A sells 40 of services to Z and 10 to B.
ExposureInputs by_hand() {
  ExposureInputs in;
  in.cost.resize(9);
  in.cost << 0.10, 0.30, 0.01,  // Z
      0.25, 0.20, 0.02,         // A
      0.05, 0.00, 0.01;         // B
  in.output.resize(9);
  in.output << 100, 50, 500, 80, 40, 300, 60, 0, 100;
  in.value_added.resize(9);
  in.value_added << 40, 20, 300, 30, 10, 160, 25, 0, 75;
  in.deliveries = Eigen::MatrixXd::Zero(9, 3);
  in.deliveries.row(0) << 90, 5, 5;
  in.deliveries.row(3) << 10, 40, 30;
  in.deliveries.row(4) << 20, 20, 0;
  in.deliveries.row(5) << 40, 250, 10;
  in.deliveries.row(6) << 5, 0, 55;
  in.zone = {1, 0, 0};
  in.covered = {1, 1, 0};
  return in;
}

TEST(TradeExposure, GoodsByHand) {
  const TradeExposure found = trade_exposure(by_hand(), ExposureDenominator::covered_exports);
  ASSERT_EQ(found.products.size(), 3U) << "B makes no cement";
  const ProductExposure& steel = found.products[0];
  EXPECT_EQ(steel.region, 1);
  EXPECT_EQ(steel.sector, 0);
  EXPECT_DOUBLE_EQ(steel.exports_to_zone, 10);
  EXPECT_DOUBLE_EQ(steel.exports, 40);
  EXPECT_DOUBLE_EQ(steel.payment, 2.5);
  EXPECT_DOUBLE_EQ(steel.excess_payment, 1.5);
  EXPECT_DOUBLE_EQ(steel.trade.absolute, 2.5 / 40);
  EXPECT_DOUBLE_EQ(steel.trade.relative, 1.5 / 40);
  EXPECT_DOUBLE_EQ(steel.output_exposure.absolute, 2.5 / 80);
  EXPECT_DOUBLE_EQ(steel.output_exposure.relative, 1.5 / 80);
  EXPECT_NEAR(found.products[1].excess_payment, -2, 1e-15) << "A's cement has less carbon than the zone's";
  EXPECT_DOUBLE_EQ(found.products[2].payment, 0.25);
}

TEST(TradeExposure, RegionsByHand) {
  const TradeExposure found = trade_exposure(by_hand(), ExposureDenominator::covered_exports);
  ASSERT_EQ(found.regions.size(), 2U);
  const RegionExposure& a = found.regions[0];
  EXPECT_DOUBLE_EQ(a.exports_to_zone, 30);
  EXPECT_DOUBLE_EQ(a.covered_exports, 60);
  EXPECT_DOUBLE_EQ(a.total_exports, 110);
  EXPECT_DOUBLE_EQ(a.gdp, 200);
  EXPECT_DOUBLE_EQ(a.payment, 6.5);
  EXPECT_NEAR(a.excess_payment, -0.5, 1e-15);
  EXPECT_DOUBLE_EQ(a.payment_rate.absolute, 6.5 / 30);
  EXPECT_DOUBLE_EQ(a.aggregate_trade.absolute, 6.5 / 60);
  EXPECT_NEAR(a.aggregate_trade.relative, -0.5 / 60, 1e-15);
  EXPECT_DOUBLE_EQ(a.economic.absolute, 6.5 / 200);
  const TradeExposure total = trade_exposure(by_hand(), ExposureDenominator::total_exports);
  EXPECT_DOUBLE_EQ(total.regions[0].aggregate_trade.absolute, 6.5 / 110);
  EXPECT_EQ(total.regions[0].economic.absolute, a.economic.absolute);
}

TEST(TradeExposure, AZoneIsTheMeanOfItsMembersByOutput) {
  ExposureInputs in = by_hand();
  in.zone = {1, 0, 1};
  const TradeExposure found = trade_exposure(in, ExposureDenominator::covered_exports);
  EXPECT_DOUBLE_EQ(found.zone_cost[0], (0.10 * 100 + 0.05 * 60) / 160);
  EXPECT_DOUBLE_EQ(found.zone_cost[1], 0.30);
  ASSERT_EQ(found.regions.size(), 1U);
  EXPECT_DOUBLE_EQ(found.products[0].exports_to_zone, 40) << "to both members";
}

TEST(TradeExposure, NothingExportedIsNoIndex) {
  ExposureInputs in = by_hand();
  in.deliveries.row(6) << 0, 0, 60;
  const TradeExposure found = trade_exposure(in, ExposureDenominator::covered_exports);
  EXPECT_TRUE(std::isnan(found.products[2].trade.absolute));
  EXPECT_TRUE(std::isnan(found.regions[1].aggregate_trade.relative));
  EXPECT_EQ(found.regions[1].economic.absolute, 0);
}

/// What the definitions imply: the aggregate is the share of exports that goes to the zone times the trade-weighted
/// payment, and the export-weighted mean of the goods' indices; where a zone's producers are as dirty as an exporter
/// its relative indices vanish.
TEST(TradeExposure, IdentitiesOnRandomTrade) {
  constexpr int regions = 5, sectors = 6;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed, "exposure");
    ExposureInputs in;
    in.cost.resize(regions * sectors);
    in.deliveries.resize(regions * sectors, regions);
    for (double& value : in.cost) value = random.uniform();
    for (double& value : in.deliveries.reshaped()) value = random.uniform();
    in.output = in.deliveries.rowwise().sum();
    in.value_added = 0.4 * in.output;
    in.zone = {1, 1, 0, 0, 0};
    in.covered = {1, 0, 1, 1, 0, 1};
    const TradeExposure found = trade_exposure(in, ExposureDenominator::covered_exports);
    for (const RegionExposure& region : found.regions) {
      EXPECT_NEAR(region.aggregate_trade.relative,
                  region.exports_to_zone / region.covered_exports * region.payment_rate.relative, 1e-14);
      double mean = 0, economic = 0;
      for (const ProductExposure& product : found.products) {
        if (product.region != region.region) continue;
        mean += product.exports / region.covered_exports * product.trade.absolute;
        economic += product.output / region.gdp * product.output_exposure.relative;
      }
      EXPECT_NEAR(region.aggregate_trade.absolute, mean, 1e-14);
      EXPECT_NEAR(region.economic.relative, economic, 1e-14);
    }
    for (int n = 2 * sectors; n < 3 * sectors; ++n) in.cost[n] = found.zone_cost[n % sectors];
    const TradeExposure alike = trade_exposure(in, ExposureDenominator::covered_exports);
    EXPECT_NEAR(alike.regions[0].excess_payment, 0, 1e-14);
    EXPECT_GT(alike.regions[0].payment, 0);
  }
}

}  // namespace
}  // namespace levee::testing
