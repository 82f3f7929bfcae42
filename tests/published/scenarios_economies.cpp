// Published general equilibrium models: every folder beside this file with an economy.yaml, solved and compared with
// every row of its expected.csv (scenario, quantity, value, tolerance, source). A new case is a new folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "calibration/economy_names.hpp"
#include "data/csv.hpp"
#include "scenarios/economy_runner.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(LEVEE_SOURCE_DIR) / "tests/published";

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "economy.yaml")) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// "rel 1e-6" or "abs 5e-5", as an absolute tolerance around `value`.
double tolerance_around(double value, const std::string& text) {
  const double size = std::stod(text.substr(4));
  if (text.starts_with("rel ")) return size * std::abs(value);
  EXPECT_TRUE(text.starts_with("abs ")) << text;
  return size;
}

class Published : public testing::TestWithParam<std::string> {};

TEST_P(Published, EveryFigureIsReproduced) {
  const EconomyFile file = load_economy((folder / GetParam() / "economy.yaml").string());
  const EconomyRun run = run_economy(file, {});
  std::map<std::string, const EconomyScenario*> scenarios;
  for (const EconomyScenario& scenario : run.scenarios) {
    EXPECT_TRUE(scenario.solved()) << scenario.name << ": " << scenario.solution.message;
    EXPECT_LT(scenario.walras, 1e-8) << scenario.name;
    scenarios[scenario.name] = &scenario;
  }
  const EconomyNames names(file.economy);
  const ReferenceResolver resolve = [&](const std::string& name, const std::string& argument) {
    return names.resolve(name, argument);
  };
  const CsvFile expected = CsvFile::load((folder / GetParam() / "expected.csv").string());
  ASSERT_GT(expected.rows(), 1);
  const auto text = [&](int row, const char* column) {
    return std::string(expected.cell(row, expected.column_named(column)));
  };
  for (int row = 1; row < expected.rows(); ++row) {
    const std::string name = text(row, "scenario");
    ASSERT_TRUE(scenarios.contains(name)) << "no scenario " << name;
    const double value = expected.number(row, expected.column_named("value"));
    const Expression expression = parse_expression(text(row, "quantity"), {}, "", resolve);
    EXPECT_NEAR(scenario_value(*scenarios.at(name), expression), value, tolerance_around(value, text(row, "tolerance")))
        << name << ": " << expression.text << " (" << text(row, "source") << ")";
  }
}

INSTANTIATE_TEST_SUITE_P(Economies, Published, testing::ValuesIn(cases()),
                         [](const auto& parameter) { return parameter.param; });

TEST(PublishedCases, AreThere) { EXPECT_GE(cases().size(), 6u); }

}  // namespace
}  // namespace levee
