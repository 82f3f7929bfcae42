// Generated worlds through every scenario of their study; the layout of the table changes no result.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/study_runner.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

StudyResult run(const WorldFolder& folder) {
  RunOptions options;
  options.solver.backend = Backend::newton;
  options.solver.tolerance = 1e-12;
  options.channels = false;
  return run_study(std::make_shared<const Study>(read_study(folder.path("study.yaml"))), options);
}

void expect_solved(const StudyResult& result) {
  ASSERT_EQ(result.results.size(), 8U);
  for (const ScenarioResult& scenario : result.results) {
    const std::string& name = result.study->scenarios[static_cast<std::size_t>(scenario.scenario)].name;
    ASSERT_TRUE(scenario.outcome) << name;
    EXPECT_TRUE(scenario.solved()) << name << ": " << scenario.solution.message;
    EXPECT_LE(scenario.walras, 1e-8) << name;
  }
}

class GeneratedStudies : public ::testing::TestWithParam<unsigned> {};

/// Elasticities between 0 and their largest, the ends themselves included.
TEST_P(GeneratedStudies, EveryScenarioIsSolved) {
  WorldOptions options;
  options.seed = GetParam();
  options.regions = 2 + static_cast<int>(GetParam() * 7 % 11);
  options.sectors = 3 + static_cast<int>(GetParam() * 5 % 18);
  if (GetParam() % 2 == 0) {
    options.armington = DrawnRange{0, 12};
    options.substitution = DrawnRange{0, 2};
  }
  const GeneratedWorld world = generate_world(options);
  SCOPED_TRACE(world.dataset.name);
  expect_solved(run(WorldFolder(world, TableLayout::use_trade)));
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedStudies, ::testing::Range(1U, 13U),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  const double scale = b.cwiseAbs().maxCoeff();
  for (Eigen::Index k = 0; k < a.size(); ++k) EXPECT_NEAR(a.data()[k], b.data()[k], 1e-12 * scale) << what << ' ' << k;
}

TEST(GeneratedStudy, LayoutsGiveTheSameResults) {
  WorldOptions options;
  options.regions = 4;
  options.sectors = 12;
  options.seed = 6;
  const GeneratedWorld world = generate_world(options);
  SCOPED_TRACE(world.dataset.name);
  const WorldFolder wide(world, TableLayout::wide), factored(world, TableLayout::use_trade);
  const StudyResult a = run(wide), b = run(factored);
  expect_solved(a);
  expect_solved(b);
  for (std::size_t k = 0; k < a.results.size(); ++k) {
    SCOPED_TRACE(a.study->scenarios[k].name);
    const Outcome &x = *a.results[k].outcome, &y = *b.results[k].outcome;
    EXPECT_EQ(a.results[k].solution.iterations, b.results[k].solution.iterations);
    expect_near(x.price, y.price, "price");
    expect_near(x.output, y.output, "output");
    expect_near(x.trade, y.trade, "trade");
    expect_near(x.consumption, y.consumption, "consumption");
    for (std::size_t z = 0; z < x.carbon_price.size(); ++z)
      EXPECT_NEAR(x.carbon_price[z], y.carbon_price[z], 1e-12 * (1 + x.carbon_price[z]));
  }
}

}  // namespace
}  // namespace levee::testing
