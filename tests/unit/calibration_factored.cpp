// A table in factors calibrates to what the same table in full does, without a nodes x nodes matrix.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "calibration/benchmark.hpp"
#include "calibration/carbon_intensity.hpp"
#include "data/generated_world.hpp"

namespace levee::testing {
namespace {

void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const std::string& what) {
  ASSERT_EQ(a.rows(), b.rows()) << what;
  ASSERT_EQ(a.cols(), b.cols()) << what;
  for (Eigen::Index k = 0; k < a.size(); ++k)
    EXPECT_NEAR(a.data()[k], b.data()[k], 1e-12 * std::abs(b.data()[k])) << what << ' ' << k;
}

Dataset expanded(Dataset data) {
  data.table.Z = IntermediateTable(data.table.Z.expanded(), data.sector_count());
  return data;
}

Benchmark benchmark_of(const Dataset& data) { return make_benchmark(std::make_shared<const Dataset>(data)); }

void expect_same(const Benchmark& factored, const Benchmark& dense) {
  ASSERT_TRUE(factored.table.factored());
  ASSERT_FALSE(dense.table.factored());
  EXPECT_EQ(factored.active, dense.active);
  expect_near(factored.table.expanded(), dense.table.expanded(), "table");
  expect_near(factored.flow, dense.flow, "flow");
  expect_near(factored.intermediate, dense.intermediate, "intermediate");
  expect_near(factored.intermediate_basic, dense.intermediate_basic, "intermediate at basic prices");
  expect_near(factored.consumption, dense.consumption, "consumption");
  expect_near(factored.investment, dense.investment, "investment");
  expect_near(factored.x, dense.x, "output");
  expect_near(factored.labour, dense.labour, "labour");
  expect_near(factored.resource, dense.resource, "resource");
  expect_near(factored.emissions[0].by_fuel, dense.emissions[0].by_fuel, "emissions by fuel");
  ASSERT_EQ(factored.treatments.size(), dense.treatments.size());
  for (std::size_t k = 0; k < dense.treatments.size(); ++k) {
    EXPECT_EQ(factored.treatments[k].name, dense.treatments[k].name);
  }
}

class FactoredTables : public ::testing::TestWithParam<unsigned> {
 protected:
  FactoredTables()
      : data(generate_world({.regions = 2 + static_cast<int>(GetParam() % 5),
                             .sectors = 4 + static_cast<int>(GetParam() * 3 % 19),
                             .seed = GetParam(),
                             .armington = {},
                             .substitution = {}})
                 .dataset) {}
  Dataset data;
};

TEST_P(FactoredTables, GiveTheSameBenchmarkAndIntensities) {
  SCOPED_TRACE(fmt::format("world {}", data.name));
  const Benchmark factored = benchmark_of(data), dense = benchmark_of(expanded(data));
  expect_same(factored, dense);
  std::vector<char> covered(data.sectors.size());
  for (int i = 0; i < data.sector_count(); ++i) covered[static_cast<std::size_t>(i)] = data.in_group(i, "cbam");
  for (const IntensityScope scope : {IntensityScope::direct, IntensityScope::direct_electricity,
                                     IntensityScope::direct_precursors, IntensityScope::whole_chain}) {
    expect_near(carbon_intensity(factored, scope, {"CO2"}, covered), carbon_intensity(dense, scope, {"CO2"}, covered),
                fmt::format("intensity of scope {}", static_cast<int>(scope)));
  }
}

/// Nodes without output are dropped from both in the same way.
TEST_P(FactoredTables, DropTheSameNodes) {
  SCOPED_TRACE(fmt::format("world {}", data.name));
  const int empty = data.node(1, data.sector_count() - 2);
  Eigen::MatrixXd share = data.table.Z.share(), use = data.table.Z.use();
  share.row(empty).setZero();
  for (int origin = 0; origin < data.node_count(); ++origin)  // what it bought its household buys
    data.table.Y(origin, 1 * final_demand_count + household) += (1 - 1e-3) * data.table.Z(origin, empty);
  use.col(empty) *= 1e-3;
  data.table.Z = IntermediateTable(share, use);
  data.table.Y.row(empty).setZero();
  const Benchmark factored = benchmark_of(data), dense = benchmark_of(expanded(data));
  EXPECT_EQ(factored.active[static_cast<std::size_t>(empty)], 0);
  EXPECT_EQ(factored.x[empty], 0);
  expect_same(factored, dense);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FactoredTables, ::testing::Range(1U, 9U),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

TEST(FactoredTable, NegativeValueAddedIsRepaired) {
  Dataset data = generate_world({.regions = 3, .sectors = 6, .seed = 4, .armington = {}, .substitution = {}}).dataset;
  const int user = data.node(1, 3);
  Eigen::MatrixXd use = data.table.Z.use();
  data.tariff.setZero();
  const auto sold = [&] { return Eigen::VectorXd(data.table.Z.row_sums() + data.table.Y.rowwise().sum()); };
  for (int k = 0; k < 50; ++k) {  // 1 % more than it makes, part of which is its own
    use.col(user) *= 1.01 * sold()[user] / use.col(user).sum();
    data.table.Z = IntermediateTable(data.table.Z.share(), use);
  }
  ASSERT_NEAR(use.col(user).sum(), 1.01 * sold()[user], 1e-6 * sold()[user]);
  const Benchmark benchmark = benchmark_of(data);
  ASSERT_TRUE(benchmark.table.factored());
  EXPECT_GE(benchmark.value_added(user), 0);
  EXPECT_NEAR(benchmark.value_added(user), 0, 1e-9 * benchmark.x[user]);
  EXPECT_NEAR((benchmark.table.row_sums() + data.table.Y.rowwise().sum() - benchmark.x).cwiseAbs().maxCoeff(), 0,
              1e-9 * benchmark.x[user]);
  EXPECT_EQ(data.table.Z.use()(0, user), use(0, user)) << "the dataset keeps its figures";
}

}  // namespace
}  // namespace levee::testing
