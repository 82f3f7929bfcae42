#include <gtest/gtest.h>

#include "calibration/carbon_intensity.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

Benchmark benchmark_of(const Dataset& data) { return make_benchmark(std::make_shared<const Dataset>(data)); }

/// One region: ELEC makes 100 and STEEL 50; a tenth of ELEC is own use, each buys from the other.
///     A = | 0.1  0.4 |    emissions per unit of output: ELEC 1.8, STEEL 0.5 (t per thousand)
///         | 0.1  0.1 |
Dataset two_sectors() {
  Dataset data = blank_world({"A"}, {"ELEC", "STEEL"});
  data.table.Z.dense() << 10, 20,  //
      10, 5;
  final_demand(data, 0, 0, household) = 70;
  final_demand(data, 1, 0, household) = 35;
  balance(data);
  data.stressors[0].industry << 180, 25;
  return data;
}

Eigen::VectorXd intensity(const Dataset& data, IntensityScope scope, const std::vector<char>& covered = {0, 1}) {
  return 1e3 * carbon_intensity(benchmark_of(data), scope, {"CO2"}, covered);
}

void expect_near(const Eigen::VectorXd& now, const Eigen::VectorXd& expected) {
  ASSERT_EQ(now.size(), expected.size());
  for (Eigen::Index k = 0; k < now.size(); ++k) EXPECT_NEAR(now[k], expected[k], 1e-12) << k;
}

TEST(CalibrationIntensity, DirectIsEmissionsOverOutput) {
  expect_near(intensity(two_sectors(), IntensityScope::direct), Eigen::Vector2d(1.8, 0.5));
}

TEST(CalibrationIntensity, ElectricityCountsWhatLeavesThePowerSector) {
  // 180 / (100 - 10) = 2 t per thousand delivered
  const Benchmark benchmark = benchmark_of(two_sectors());
  EXPECT_NEAR(electricity_factor(benchmark, {"CO2"})[0], 2e-3, 1e-15);
  expect_near(intensity(two_sectors(), IntensityScope::direct_electricity),
              Eigen::Vector2d(1.8 + 0.1 * 2, 0.5 + 0.4 * 2));
}

TEST(CalibrationIntensity, PrecursorsAreCoveredGoodsOnly) {
  // STEEL in STEEL: 1.3 / (1 - 0.1); ELEC is not covered, so the STEEL in it is not counted
  expect_near(intensity(two_sectors(), IntensityScope::direct_precursors), Eigen::Vector2d(2, 1.3 / 0.9));
}

TEST(CalibrationIntensity, PrecursorsDoNotCountElectricityTwice) {
  // with ELEC covered its own precursor is STEEL; STEEL's figure stays, for ELEC in STEEL is in already
  const double steel = 1.3 / 0.9;
  expect_near(intensity(two_sectors(), IntensityScope::direct_precursors, {1, 1}),
              Eigen::Vector2d(2 + 0.1 * steel, steel));
}

TEST(CalibrationIntensity, WholeChainIsTheLeontiefInverse) {
  // (I - A)^-1 = | 0.9  0.4 | / 0.77
  //              | 0.1  0.9 |
  const Eigen::Vector2d expected((1.8 * 0.9 + 0.5 * 0.1) / 0.77, (1.8 * 0.4 + 0.5 * 0.9) / 0.77);
  expect_near(intensity(two_sectors(), IntensityScope::whole_chain), expected);
  // times final demand it is all that is emitted
  EXPECT_NEAR(expected.dot(Eigen::Vector2d(70, 35)), 180 + 25, 1e-9);
}

TEST(CalibrationIntensity, TreatedTableCountsNotTheSource) {
  Dataset data = two_sectors();
  final_demand(data, 1, 0, npish) = 0;
  data.table.x[0] = 99;  // as published, rounded
  expect_near(intensity(data, IntensityScope::direct), Eigen::Vector2d(1.8, 0.5));
}

/// Two regions with the same two sectors: STEEL of A buys 6 of B's electricity and 4 of B's STEEL; B's power is twice
/// as dirty.
Dataset two_regions() {
  Dataset data = blank_world({"A", "B"}, {"ELEC", "STEEL"});
  const Dataset one = two_sectors();
  for (int r = 0; r < 2; ++r) {
    data.table.Z.dense().block(2 * r, 2 * r, 2, 2) = one.table.Z.dense();
    for (int i = 0; i < 2; ++i) final_demand(data, 2 * r + i, r, household) = one.table.Y(i, household);
  }
  data.table.Z.dense()(2, 1) = 6;
  data.table.Z.dense()(3, 1) = 4;
  final_demand(data, 2, 1, household) -= 6;
  final_demand(data, 3, 1, household) -= 4;
  balance(data);
  data.stressors[0].industry << 180, 25, 360, 25;
  return data;
}

TEST(CalibrationIntensity, ElectricityIsCountedWhereItIsMade) {
  const Benchmark benchmark = benchmark_of(two_regions());
  const Eigen::VectorXd factor = electricity_factor(benchmark, {"CO2"});
  expect_near(1e3 * electricity_intensity(benchmark, factor, 1), Eigen::Vector2d(0.4 * 2, 6.0 / 50 * 4));
  expect_near(1e3 * electricity_intensity(benchmark, factor, 3), Eigen::Vector2d(0, 0.4 * 4));
  expect_near(intensity(two_regions(), IntensityScope::direct_electricity),
              Eigen::Vector4d(2, 0.5 + 0.8 + 0.48, 3.6 + 0.4, 0.5 + 1.6));
}

TEST(CalibrationIntensity, PrecursorsCrossBorders) {
  const double steel_b = 2.1 / 0.9, steel_a = (1.78 + 4.0 / 50 * steel_b) / 0.9;
  expect_near(intensity(two_regions(), IntensityScope::direct_precursors), Eigen::Vector4d(2, steel_a, 4, steel_b));
}

TEST(CalibrationIntensity, WholeChainOfTwoRegionsIsTheExplicitInverse) {
  const Dataset data = two_regions();
  const Eigen::MatrixXd A = data.table.Z.dense() * data.table.x.cwiseInverse().asDiagonal();
  const Eigen::MatrixXd inverse = (Eigen::MatrixXd::Identity(4, 4) - A).inverse();
  const Eigen::VectorXd direct = data.stressors[0].industry.cwiseQuotient(data.table.x);
  expect_near(intensity(data, IntensityScope::whole_chain), inverse.transpose() * direct);
}

TEST(CalibrationIntensity, OnlyTheStressorsNamedCount) {
  Dataset data = two_sectors();
  data.stressors.push_back(blank_stressor("CH4", 1, 2));
  data.stressors[1].industry << 20, 5;
  const Benchmark benchmark = benchmark_of(data);
  expect_near(1e3 * carbon_intensity(benchmark, IntensityScope::direct, {"CO2", "CH4"}, {0, 1}),
              Eigen::Vector2d(2, 0.6));
  expect_near(1e3 * carbon_intensity(benchmark, IntensityScope::direct, {"CH4"}, {0, 1}), Eigen::Vector2d(0.2, 0.1));
  EXPECT_NEAR(direct_emissions(benchmark, {"CO2", "CH4"})[0], 0.2, 1e-15);
}

TEST(CalibrationIntensity, NodesWithoutOutputAndWorldsWithoutPowerHaveNone) {
  Dataset data = blank_world({"A"}, {"STEEL", "SER"});
  final_demand(data, 1, 0, household) = 10;
  balance(data);
  data.stressors[0].industry << 5, 1;
  expect_near(intensity(data, IntensityScope::whole_chain), Eigen::Vector2d(0, 0.1));
  expect_near(intensity(data, IntensityScope::direct_electricity), Eigen::Vector2d(0, 0.1));
}

}  // namespace
}  // namespace levee::testing
