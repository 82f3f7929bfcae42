#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calibration/benchmark.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

Benchmark benchmark_of(const Dataset& data) { return make_benchmark(std::make_shared<const Dataset>(data)); }

double treated(const Benchmark& benchmark, const std::string& name) {
  for (const Treatment& treatment : benchmark.treatments) {
    if (treatment.name.find(name) != std::string::npos) return treatment.value;
  }
  ADD_FAILURE() << "no treatment " << name;
  return 0;
}

std::string fault_of(const Dataset& data) {
  try {
    benchmark_of(data);
  } catch (const InputError& error) {
    return error.diagnostics().front().message;
  }
  return "";
}

/// One region with FOOD (output 50), COAL (7) and ELEC (16).
Dataset closed() {
  Dataset data = blank_world({"A"}, {"FOOD", "COAL", "ELEC"});
  data.table.Z.dense() << 10, 0, 0,  //
      0, 0, 6,                       //
      5, 0, 2;
  final_demand(data, 0, 0, household) = 40;
  final_demand(data, 1, 0, household) = 1;
  final_demand(data, 2, 0, household) = 9;
  balance(data);
  return data;
}

TEST(CalibrationBenchmark, NonProfitInstitutionsJoinTheHousehold) {
  Dataset data = closed();
  final_demand(data, 0, 0, household) = 37;
  final_demand(data, 0, 0, npish) = 3;
  const Benchmark benchmark = benchmark_of(data);
  EXPECT_EQ(benchmark.consumption(0, 0), 40);
  EXPECT_EQ(benchmark.consumption_basic(0, 0), 40);
  EXPECT_EQ(benchmark.government.sum(), 0);
  EXPECT_EQ(treated(benchmark, "non-profit"), 3);
  EXPECT_EQ(benchmark.x, Eigen::Vector3d(50, 7, 16));
}

TEST(CalibrationBenchmark, NodesWithoutOutputAreDroppedOneAfterTheOther) {
  Dataset data = blank_world({"A"}, {"FOOD", "MILL", "SEED"});
  // MILL sells nothing; SEED sells to MILL alone, so it goes too; FOOD loses what both bought
  data.table.Z.dense() << 10, 3, 2,  //
      0, 0, 0,                       //
      0, 5, 0;
  final_demand(data, 0, 0, household) = 40;
  balance(data);
  const Benchmark benchmark = benchmark_of(data);
  EXPECT_EQ(benchmark.active, (std::vector<char>{1, 0, 0}));
  EXPECT_EQ(benchmark.x, Eigen::Vector3d(50, 0, 0));
  EXPECT_EQ(benchmark.intermediate.sum(), 10);
  EXPECT_EQ(treated(benchmark, "dropped"), 2);
  EXPECT_EQ(treated(benchmark, "bought and sold"), 3 + 5 + 2);
  EXPECT_EQ(treated(benchmark, "largest change"), 5);
}

TEST(CalibrationBenchmark, ANodeWhoseStocksOutweighItsSalesIsDropped) {
  Dataset data = closed();
  final_demand(data, 1, 0, household) = 0;
  final_demand(data, 1, 0, inventories) = -6;  // all that ELEC buys comes out of stocks
  balance(data);
  const Benchmark benchmark = benchmark_of(data);
  EXPECT_EQ(benchmark.active, (std::vector<char>{1, 0, 1}));
  EXPECT_EQ(benchmark.inventory.sum(), 0);
  EXPECT_EQ(treated(benchmark, "bought and sold"), 6 + 6);
}

TEST(CalibrationBenchmark, ValueAddedSlightlyBelowZeroLowersTheLargestInput) {
  Dataset data = closed();
  data.table.Z.dense()(1, 0) = 30;  // FOOD: output 50, inputs 10 + 30 + 11
  data.table.Z.dense()(2, 0) = 11;
  balance(data);
  const Benchmark benchmark = benchmark_of(data);
  EXPECT_NEAR(benchmark.table(1, 0), 29, 1e-12);
  EXPECT_EQ(benchmark.table(2, 0), 11);
  EXPECT_NEAR(benchmark.value_added(0), 0, 1e-12);
  EXPECT_NEAR(benchmark.x[1], data.table.x[1] - 1, 1e-12);  // the seller makes less
  EXPECT_NEAR(benchmark.value_added(1), benchmark.x[1], 1e-12);
  EXPECT_NEAR(treated(benchmark, "negative value added"), 1, 1e-12);
}

TEST(CalibrationBenchmark, LoweringAnInputCanPushItsSellerBelowZero) {
  Dataset data = closed();
  data.table.Z.dense()(1, 0) = 30;
  data.table.Z.dense()(2, 0) = 11;
  data.table.Z.dense()(2, 1) = 37;  // all that COAL sells: 6 to ELEC, 30 to FOOD, 1 to the household
  balance(data);
  ASSERT_EQ(data.table.value_added[1], 0);
  const Benchmark benchmark = benchmark_of(data);
  for (int node = 0; node < 3; ++node) EXPECT_GE(benchmark.value_added(node), 0) << node;
  const Eigen::VectorXd output = benchmark.table.row_sums() + benchmark.consumption.col(0);
  EXPECT_NEAR((benchmark.x - output).cwiseAbs().maxCoeff(), 0, 1e-12);
  EXPECT_NEAR(benchmark.table(2, 1), 36, 1e-12);
  EXPECT_NEAR(treated(benchmark, "negative value added"), 2, 1e-12);
}

TEST(CalibrationBenchmark, ValueAddedFarBelowZeroIsAnError) {
  Dataset data = closed();
  data.table.Z.dense()(1, 0) = 43;  // 8 of 50 too much, the limit is 5 %
  balance(data);
  EXPECT_THAT(fault_of(data), HasSubstr("value added of A.FOOD is -8 with an output of 50"));
}

TEST(CalibrationBenchmark, NegativeFinalDemandOtherThanInventoriesIsAnError) {
  Dataset data = closed();
  final_demand(data, 0, 0, investment) = -1;
  balance(data);
  EXPECT_THAT(fault_of(data), HasSubstr("final demand of A for A.FOOD is -1"));
}

/// A buys FOOD from B, 10 for its ELEC and 20 for its household, at a tariff of a fifth; B buys ELEC of A.
Dataset trading() {
  Dataset data = blank_world({"A", "B"}, {"FOOD", "ELEC"});
  const int a_food = 0, a_elec = 1, b_food = 2, b_elec = 3;
  data.table.Z.dense()(b_food, a_elec) = 10;
  data.table.Z.dense()(a_elec, b_food) = 4;
  final_demand(data, b_food, 0, household) = 20;
  final_demand(data, b_food, 1, household) = 50;
  final_demand(data, a_food, 0, household) = 30;
  final_demand(data, a_elec, 0, government) = 26;
  final_demand(data, a_elec, 0, inventories) = -2;
  final_demand(data, b_elec, 1, investment) = 12;
  final_demand(data, b_food, 0, inventories) = 1;
  data.tariff(b_food, 0) = 0.2;
  data.tariff(a_food, 0) = 0.9;  // at home: nobody pays it
  balance(data);
  return data;
}

TEST(CalibrationBenchmark, TariffsComeOutOfValueAddedOrOnTopOfPurchases) {
  const Benchmark benchmark = benchmark_of(trading());
  EXPECT_EQ(benchmark.tariff(0, 0), 0);
  EXPECT_DOUBLE_EQ(benchmark.intermediate(0, 1), 12);
  EXPECT_DOUBLE_EQ(benchmark.intermediate_basic(0, 1), 10);
  EXPECT_DOUBLE_EQ(benchmark.value_added(1), 28 - 12);  // the table's own is 18
  EXPECT_DOUBLE_EQ(benchmark.consumption(0, 0), 30 + 24);
  EXPECT_DOUBLE_EQ(benchmark.consumption_basic(0, 0), 50);
  EXPECT_DOUBLE_EQ(benchmark.composite(0, 0), 12 + 54);
  EXPECT_DOUBLE_EQ(treated(benchmark, "tariffs"), 0.2 * 30);
  // what inventories buy pays no tariff and is no trade flow
  EXPECT_EQ(benchmark.flow(2, 0), 30);
  EXPECT_EQ(benchmark.inventory(2, 0), 1);
  EXPECT_EQ(benchmark.inventory(1, 0), -2);
  EXPECT_EQ(treated(benchmark, "inventories"), 3);
}

TEST(CalibrationBenchmark, ForeignSavingIsTheTradeDeficit) {
  const Benchmark benchmark = benchmark_of(trading());
  EXPECT_NEAR(benchmark.foreign_saving[0], 10 + 20 + 1 - 4, 1e-12);
  EXPECT_NEAR(benchmark.foreign_saving.sum(), 0, 1e-12);
}

TEST(CalibrationBenchmark, ResourcesTakeAtMostFourFifthsOfWhatLabourLeaves) {
  Dataset data = closed();
  data.parameters.labour_share.setConstant(0.4);
  data.parameters.resource_share << 0.2, 0.55, 0;
  const Benchmark benchmark = benchmark_of(data);
  const Eigen::Vector3d value_added(35, 7, 8);
  EXPECT_NEAR((benchmark.labour - 0.4 * value_added).norm(), 0, 1e-12);
  EXPECT_NEAR(benchmark.resource[0], 0.2 * 35, 1e-12);
  EXPECT_NEAR(benchmark.capital[0], 0.4 * 35, 1e-12);
  EXPECT_NEAR(benchmark.resource[1], 0.8 * 0.6 * 7, 1e-12);  // wanted 0.55
  EXPECT_NEAR(benchmark.capital[1], 0.2 * 0.6 * 7, 1e-12);
  EXPECT_NEAR(treated(benchmark, "cut to 0.8"), (0.55 - 0.48) * 7, 1e-12);
}

TEST(CalibrationBenchmark, FeedstockAndOwnUseAreReported) {
  Dataset data = closed();
  data.parameters.fuel_use = {{2, 2, 1, false}, {1, 2, 0.25, true}};
  const Benchmark benchmark = benchmark_of(data);
  EXPECT_EQ(benchmark.share_outside(2, 2), 1);
  EXPECT_EQ(benchmark.share_outside(1, 2), 0.25);
  EXPECT_EQ(benchmark.share_outside(2, 0), 0);
  EXPECT_DOUBLE_EQ(treated(benchmark, "feedstock"), 2 + 0.25 * 6);
}

TEST(CalibrationBenchmark, TreatedAccountsAreExactInEveryWorld) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(::testing::Message() << "random world of seed " << seed);
    const Benchmark b = benchmark_of(RandomWorld(seed).make());
    for (int n = 0; n < b.x.size(); ++n) {
      const double sold = b.flow.row(n).sum() + b.inventory.row(n).sum();
      EXPECT_NEAR(b.x[n], sold, 1e-12 * (1 + b.x[n]));
      EXPECT_NEAR(b.x[n], b.intermediate.col(n).sum() + b.value_added(n), 1e-12 * (1 + b.x[n]));
    }
    EXPECT_NEAR(b.foreign_saving.sum(), 0, 1e-12 * b.x.sum());
  }
}

}  // namespace
}  // namespace levee::testing
