// The Leontief price model against solutions by hand.
#include <gtest/gtest.h>

#include "calibration/price_model.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

/// Regions A and B make one good each. A makes 100: 20 for itself, 10 as B's input, 70 for its household. B makes 50
/// for its household.
class TwoMakers : public ::testing::Test {
 protected:
  Benchmark benchmark(double tariff = 0) const {
    Dataset data = blank_world({"A", "B"}, {"SER"});
    data.table.Z.dense()(0, 0) = 20;
    data.table.Z.dense()(0, 1) = 10;
    final_demand(data, 0, 0, household) = 70;
    final_demand(data, 1, 1, household) = 50;
    data.tariff(0, 1) = tariff;
    balance(data);
    return make_benchmark(std::make_shared<const Dataset>(data));
  }
};

TEST_F(TwoMakers, NoCostMovesNoPrice) {
  const Benchmark b = benchmark();
  EXPECT_EQ(PriceModel(b).composite_change(AddedCosts(*b.dataset)).norm(), 0);
  EXPECT_EQ(PriceModel(b).real_composite_change(AddedCosts(*b.dataset)).norm(), 0);
}

TEST_F(TwoMakers, CostOverOneMinusTheInputCoefficient) {
  const Benchmark b = benchmark();
  AddedCosts costs(*b.dataset);
  costs.production[0] = 0.08;
  const Eigen::VectorXd change = PriceModel(b).composite_change(costs);
  EXPECT_NEAR(change[0], 0.08 / (1 - 0.2), 1e-15);
  // B's composite is 10 of A's good and 50 of its own, of which it uses 10 to make 50: q = (p_A + 5 q / 5) / 6
  EXPECT_NEAR(change[1], 0.1 / 5, 1e-15);
}

TEST_F(TwoMakers, ChargesOnDeliveriesReachMakersAndConsumers) {
  const Benchmark b = benchmark();
  AddedCosts costs(*b.dataset);
  costs.delivery(0, 1) = 0.05;
  const Eigen::VectorXd change = PriceModel(b).composite_change(costs);
  EXPECT_EQ(change[0], 0);
  EXPECT_NEAR(change[1], 0.05 / 5, 1e-15);
}

TEST_F(TwoMakers, TariffsAreOnTopOfThePriceAndChargesAreNot) {
  const Benchmark b = benchmark(0.2);
  AddedCosts costs(*b.dataset);
  costs.production[0] = 0.08;
  costs.delivery(0, 1) = 0.05;
  // composite 62, of which B uses 12 to make 50: 62 q = 10 (1.2 p_A + 0.05) + 12 q
  EXPECT_NEAR(PriceModel(b).composite_change(costs)[1], (1.2 * 0.1 + 0.05) / 5, 1e-15);
}

TEST_F(TwoMakers, RealChangesAreOverTheIndexOfConsumption) {
  const Benchmark b = benchmark();
  AddedCosts costs(*b.dataset);
  costs.production[0] = 0.08;
  const Eigen::VectorXd change = PriceModel(b).real_composite_change(costs);
  const double index = (70 * 0.1 + 50 * 0.02) / 120;
  EXPECT_NEAR(change[0], 0.1 - index, 1e-15);
  EXPECT_NEAR(change[1], 0.02 - index, 1e-15);
  // Costs counted in the index: with factors at 1 the index is P, the cost 0.08 P, and prices 1 + 0.1 P and 1 + 0.02 P.
  const double P = 1 / (1 - index);
  EXPECT_NEAR((1 + 0.1 * P) / P - 1, change[0], 1e-15);
  EXPECT_NEAR((70 * (1 + 0.1 * P) + 50 * (1 + 0.02 * P)) / 120, P, 1e-14);
}

}  // namespace
}  // namespace levee::testing
