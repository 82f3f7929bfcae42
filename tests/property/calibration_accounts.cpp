// Accounts, marginal welfare and derivatives of random regional economies.
#include "tests/property/calibration_accounts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "solver/gradient_check.hpp"

namespace levee::testing {
namespace {

class WorldAccounts : public ::testing::TestWithParam<unsigned> {
 protected:
  const Dataset data_ = RandomWorld(GetParam()).make();
  Measures measures_ = all_measures(data_);
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, fmt::format("random world of seed {}", GetParam())};
};

TEST_P(WorldAccounts, AreBalancedUnderAllMeasures) { Accounts(solve(data_, measures_), measures_).check(); }

TEST_P(WorldAccounts, AreBalancedWhenRevenueGoesToOriginsAndRebatesAreTheBenchmark) {
  for (ZonePolicy& zone : measures_.policy.zones) {
    zone.border.revenue_to_origin = true;
    zone.border.rebate = ExportRebate::benchmark;
    zone.border.basis = IntensityBasis::zone;
  }
  Accounts(solve(data_, measures_), measures_).check();
}

TEST_P(WorldAccounts, BudgetsHoldWithoutAnyMeasure) {
  const Measures none = without_prices(measures_);
  const Equilibrium equilibrium = solve(data_, none);
  Accounts(equilibrium, none).check();
  for (const Outcome::Charge& charge : equilibrium.outcome.charges)
    EXPECT_EQ(charge.booked.instrument, Instrument::tariff);
}

TEST_P(WorldAccounts, MarginalWelfareIsTheSumOfWedgesTimesQuantities) {
  const MarginalWelfare sum = marginal_welfare(Equation(data_, measures_), 1e-3);
  // central differences: (1e-3)^2 times a third derivative of order one, relative
  EXPECT_NEAR(sum.gains, sum.wedges, 2e-5 * sum.size);
}

/// The blocks of equations, by the words in the names of their rows.
const std::vector<std::string> known_blocks = {"zero profit",
                                               "market clearing",
                                               "income balance",
                                               "unit cost of",
                                               "definition of the price of",
                                               "consumer price index of",
                                               "less the price paid for",
                                               "rebate shortfall",
                                               "export rebate of"};

/// How many rows of a system belong to each block; rows of none count as "other".
std::map<std::string, int> blocks(const EconomySystem& system) {
  std::map<std::string, int> found;
  for (int row = 0; row < system.equations().size(); ++row) {
    const std::string name = system.equations().row_name(row);
    const auto block = std::find_if(known_blocks.begin(), known_blocks.end(),
                                    [&](const std::string& words) { return name.find(words) != std::string::npos; });
    ++found[block == known_blocks.end() ? "other: " + name : *block];
  }
  return found;
}

TEST_P(WorldAccounts, DerivativesOfEveryBlockAreRight) {
  const Equation equation(data_, measures_);
  const EconomySystem system = equation.system();
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> shift(-0.1, 0.1);
  // away from the benchmark, where prices of one would hide a wrong exponent; auxiliaries off their bound
  std::vector<double> x = system.start();
  for (double& value : x) value += shift(random);
  const GradientReport report = check_gradient(system.equations(), x);
  EXPECT_TRUE(report.passed) << report.text();
  // a block that is new, or no longer reached from here, shows up as a difference
  std::vector<std::string> found;
  for (const auto& [block, rows] : blocks(system)) found.push_back(block);
  EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(known_blocks));
}

INSTANTIATE_TEST_SUITE_P(Seeds, WorldAccounts, ::testing::Range(1u, 9u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

}  // namespace
}  // namespace levee::testing
