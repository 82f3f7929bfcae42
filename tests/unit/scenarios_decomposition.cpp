// Scale, composition and technique: cases by hand, limits, and that the parts add up.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "scenarios/emission_decomposition.hpp"

namespace levee::testing {
namespace {

Eigen::VectorXd vector(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

EmissionDecomposition decompose(const std::vector<double>& base_volume, const std::vector<double>& now_volume,
                                const std::vector<double>& base_mt, const std::vector<double>& now_mt) {
  return decompose_emissions({vector(base_volume), vector(now_volume), vector(base_mt), vector(now_mt)});
}

double sum(const EmissionDecomposition& parts) { return parts.scale + parts.composition + parts.technique; }

TEST(Decomposition, GrowthAloneIsScale) {
  const EmissionDecomposition parts = decompose({10, 30}, {20, 60}, {5, 1}, {10, 2});
  EXPECT_NEAR(parts.scale, 6, 1e-13);
  EXPECT_NEAR(parts.composition, 0, 1e-13);
  EXPECT_NEAR(parts.technique, 0, 1e-13);
}

TEST(Decomposition, SharesAloneAreComposition) {
  const EmissionDecomposition parts = decompose({10, 30}, {20, 20}, {10, 0}, {20, 0});
  EXPECT_NEAR(parts.scale, 0, 1e-13);
  EXPECT_NEAR(parts.composition, 10, 1e-13);
  EXPECT_NEAR(parts.technique, 0, 1e-13);
}

TEST(Decomposition, IntensityAloneIsTechnique) {
  const EmissionDecomposition parts = decompose({10, 30}, {10, 30}, {10, 6}, {7, 3});
  EXPECT_EQ(parts.scale, 0);
  EXPECT_EQ(parts.composition, 0);
  EXPECT_NEAR(parts.technique, -6, 1e-14);
}

TEST(Decomposition, EqualEmissionsHaveTheirValueAsWeight) {
  // twice the output at half the intensity
  const EmissionDecomposition parts = decompose({10}, {20}, {8}, {8});
  EXPECT_NEAR(parts.scale, 8 * std::log(2), 1e-14);
  EXPECT_NEAR(parts.technique, -8 * std::log(2), 1e-14);
  EXPECT_EQ(parts.change, 0);
  // and the weight is continuous there
  EXPECT_NEAR(decompose({10}, {20}, {8}, {8 * (1 + 1e-12)}).scale, parts.scale, 1e-10);
}

TEST(Decomposition, WhatBeginsOrEndsGoesToWhatWasZero) {
  const EmissionDecomposition begins = decompose({10, 10}, {20, 10}, {0, 0}, {3, 0});
  EXPECT_EQ(begins.technique, 3);
  EXPECT_EQ(begins.scale, 0);
  const EmissionDecomposition ends = decompose({10, 10}, {20, 10}, {3, 0}, {0, 0});
  EXPECT_EQ(ends.technique, -3);
  EXPECT_EQ(ends.composition, 0);
  const EmissionDecomposition opened = decompose({0, 10}, {5, 10}, {0, 0}, {2, 0});
  EXPECT_EQ(opened.composition, 2);
  EXPECT_EQ(opened.technique, 0);
  // the limit itself: an emission of 1e-200 before
  const EmissionDecomposition nearly = decompose({10, 10}, {20, 10}, {1e-200, 0}, {3, 0});
  EXPECT_NEAR(nearly.technique, 3, 0.01);
}

TEST(Decomposition, PartsAddUp) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> draw(0, 1);
  const auto amounts = [&](double zeros) {
    std::vector<double> values(20);
    for (double& value : values) value = draw(random) < zeros ? 0 : std::exp(12 * draw(random) - 6);
    return values;
  };
  for (int k = 0; k < 100; ++k) {
    const auto base_volume = amounts(0), now_volume = amounts(0), base = amounts(0.2), now = amounts(0.2);
    const EmissionDecomposition parts = decompose(base_volume, now_volume, base, now);
    EXPECT_NEAR(parts.change, vector(now).sum() - vector(base).sum(), 1e-11);
    EXPECT_NEAR(sum(parts), parts.change, 1e-12 * (vector(now).sum() + vector(base).sum()));
  }
}

}  // namespace
}  // namespace levee::testing
