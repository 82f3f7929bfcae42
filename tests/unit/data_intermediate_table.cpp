// The transaction table in its two representations.
#include <gtest/gtest.h>

#include <stdexcept>

#include "data/intermediate_table.hpp"

namespace levee::testing {
namespace {

constexpr int goods = 2, regions = 3, nodes = goods * regions;

/// Factors with a zero flow and shares that do not add up to 1 for one composite.
IntermediateTable factors() {
  Eigen::MatrixXd share(nodes, regions), use(goods, nodes);
  for (int origin = 0; origin < nodes; ++origin) {
    for (int region = 0; region < regions; ++region) share(origin, region) = (1.0 + (3 * origin + 5 * region) % 7) / 20;
  }
  share(4, 0) = 0;
  for (int good = 0; good < goods; ++good) {
    for (int user = 0; user < nodes; ++user) use(good, user) = 10.0 + (7 * good + 3 * user) % 11;
  }
  return {share, use};
}

IntermediateTable dense_of(const IntermediateTable& table) { return {table.expanded(), table.sectors()}; }

void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  ASSERT_EQ(a.rows(), b.rows());
  ASSERT_EQ(a.cols(), b.cols());
  EXPECT_LE((a - b).cwiseAbs().maxCoeff(), 1e-13 * (1 + b.cwiseAbs().maxCoeff()));
}

TEST(IntermediateTable, FactorsMultiplyToDeliveries) {
  const IntermediateTable table = factors();
  EXPECT_TRUE(table.factored());
  EXPECT_EQ(table.nodes(), nodes);
  EXPECT_EQ(table.regions(), regions);
  // origin (2, 1) has share (1 + (15 + 5) % 7) / 20 in region 1, whose user (1, 0) uses 10 + (7 + 6) % 11 of good 1
  EXPECT_DOUBLE_EQ(table(5, 2), 7.0 / 20 * 12);
  EXPECT_EQ(table(4, 0), 0);
}

TEST(IntermediateTable, RepresentationsAgree) {
  const IntermediateTable table = factors(), dense = dense_of(table);
  ASSERT_FALSE(dense.factored());
  expect_near(dense.expanded(), table.expanded());
  expect_near(table.row_sums(), dense.row_sums());
  expect_near(table.column_sums(), dense.column_sums());
  expect_near(table.deliveries(), dense.deliveries());
  expect_near(table.purchases(), dense.purchases());
  Eigen::MatrixXd weight(nodes, regions);
  for (Eigen::Index k = 0; k < weight.size(); ++k) weight.data()[k] = 1 + 0.1 * static_cast<double>(k);
  expect_near(table.purchases(weight), dense.purchases(weight));
  EXPECT_NEAR(table.purchases(weight).sum(), dense.dense().cwiseProduct(weight(Eigen::all, {0, 0, 1, 1, 2, 2})).sum(),
              1e-12);
}

TEST(IntermediateTable, DroppingANodeLeavesTheOthers) {
  IntermediateTable table = factors(), dense = dense_of(table);
  Eigen::MatrixXd expected = table.expanded();
  const double money = expected.row(3).sum() + expected.col(3).sum();
  expected.row(3).setZero();
  expected.col(3).setZero();
  EXPECT_NEAR(table.drop(3), money, 1e-12);
  EXPECT_NEAR(dense.drop(3), money, 1e-12);
  expect_near(table.expanded(), expected);
  expect_near(dense.expanded(), expected);
}

TEST(IntermediateTable, TheLargestInputIsLowered) {
  IntermediateTable table = factors(), dense = dense_of(table);
  const Eigen::MatrixXd before = table.expanded();
  const Eigen::VectorXd weight = Eigen::VectorXd::LinSpaced(nodes, 1.0, 1.5);
  Eigen::Index largest = 0;
  before.col(2).maxCoeff(&largest);
  const auto one = dense.lower_largest_input(2, 1.2, weight);
  EXPECT_DOUBLE_EQ(one.cost, 1.2);
  ASSERT_EQ(one.sales.size(), 1U);
  EXPECT_EQ(one.sales[0].first, largest);
  EXPECT_NEAR(before(largest, 2) - dense(static_cast<int>(largest), 2), 1.2 / weight[largest], 1e-14);

  // the factored table takes the same share from every origin of the good that the user buys most of
  const auto all = table.lower_largest_input(2, 1.2, weight);
  EXPECT_NEAR(all.cost, 1.2, 1e-14);
  ASSERT_EQ(all.sales.size(), static_cast<std::size_t>(regions));
  const Eigen::VectorXd taken = before.col(2) - table.expanded().col(2);
  EXPECT_NEAR(taken.dot(weight), 1.2, 1e-13);
  const double part = taken[all.sales[0].first] / before(all.sales[0].first, 2);
  EXPECT_GT(part, 0);
  for (const auto& [origin, amount] : all.sales) {
    EXPECT_NEAR(taken[origin], amount, 1e-14);
    EXPECT_NEAR(amount, part * before(origin, 2), 1e-14);
  }
  expect_near(table.expanded()(Eigen::all, {0, 1, 3, 4, 5}), before(Eigen::all, {0, 1, 3, 4, 5}));

  // and nothing goes below zero
  EXPECT_LT(dense.lower_largest_input(0, 1e6, weight).cost, 1e6);
  EXPECT_GE(dense.dense().minCoeff(), 0);
  EXPECT_LT(table.lower_largest_input(0, 1e6, weight).cost, 1e6);
  EXPECT_GE(table.expanded().minCoeff(), 0);
}

TEST(IntermediateTable, CopiesShareTheMatrixUntilOneIsChanged) {
  const IntermediateTable original = dense_of(factors());
  IntermediateTable copy = original;
  const IntermediateTable& reading = copy;
  EXPECT_EQ(reading.dense().data(), original.dense().data());
  copy.dense()(0, 0) = 99;
  EXPECT_EQ(copy(0, 0), 99);
  EXPECT_NE(original(0, 0), 99);
}

TEST(IntermediateTable, AsksForTheRightRepresentation) {
  IntermediateTable table = factors(), dense = dense_of(table);
  EXPECT_THROW(table.dense(), std::logic_error);
  EXPECT_THROW(static_cast<void>(dense.share()), std::logic_error);
  EXPECT_THROW(static_cast<void>(dense.use()), std::logic_error);
  EXPECT_THROW(IntermediateTable(Eigen::MatrixXd::Ones(4, 2), Eigen::MatrixXd::Ones(2, 6)), std::logic_error);
}

}  // namespace
}  // namespace levee::testing
