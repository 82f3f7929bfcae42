#include <gtest/gtest.h>

#include "scenarios/leakage.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

/// Regions A, B, C; sectors ELEC, STEEL; stressors CO2 and CH4. The zone is A's ELEC. Emissions by user, Mt.
class LeakageRate : public ::testing::Test {
 protected:
  LeakageRate() {
    benchmark_.dataset = std::make_shared<const Dataset>(blank_world({"A", "B", "C"}, {"ELEC", "STEEL"}));
    for (const char* stressor : {"CO2", "CH4"}) {
      benchmark_.emissions.emplace_back();
      benchmark_.emissions.back().stressor = stressor;
    }
    zone_ = zone_of(*benchmark_.dataset, "Z", {0}, {"ELEC"});
    base_ = outcome({100, 50, 200, 80, 0, 30}, {10, 20, 5});
  }

  static Outcome outcome(const std::vector<double>& industry, const std::vector<double>& households) {
    Outcome result;
    for (std::size_t n = 0; n < industry.size(); ++n) {
      // in two sources: a user's fuels and process emissions add up
      result.emissions.push_back({0, static_cast<int>(n), EmissionSource::Kind::fuel, 0, 0.4 * industry[n]});
      result.emissions.push_back({0, static_cast<int>(n), EmissionSource::Kind::process, -1, 0.6 * industry[n]});
    }
    for (std::size_t r = 0; r < households.size(); ++r) {
      result.emissions.push_back(
          {0, static_cast<int>(industry.size() + r), EmissionSource::Kind::fuel, 0, households[r]});
    }
    return result;
  }
  Leakage measure(const Outcome& now) const { return measure_leakage(benchmark_, zone_, now, base_); }

  Benchmark benchmark_;
  CarbonZone zone_;
  Outcome base_;
};

TEST_F(LeakageRate, IsMinusTheChangeOutsideOverTheChangeInside) {
  const Leakage leakage = measure(outcome({70, 48, 205, 83, 0, 31}, {9, 21, 5}));
  EXPECT_NEAR(leakage.inside_change, -30 - 2 - 1, 1e-12);
  EXPECT_NEAR(leakage.outside_change, 5 + 3 + 1 + 1, 1e-12);
  ASSERT_TRUE(leakage.rate);
  EXPECT_NEAR(*leakage.rate, 10.0 / 33, 1e-12);
}

TEST_F(LeakageRate, SeparatesCoveredSectorsFromTheRestOfTheZone) {
  const Leakage leakage = measure(outcome({70, 55, 200, 80, 0, 30}, {12, 20, 5}));
  EXPECT_NEAR(leakage.covered_change, -30, 1e-12);
  EXPECT_NEAR(leakage.uncovered_inside, 5 + 2, 1e-12);
  EXPECT_NEAR(leakage.inside_change, leakage.covered_change + leakage.uncovered_inside, 1e-12);
}

TEST_F(LeakageRate, PartsAddUpByOriginAndBySector) {
  const Leakage leakage = measure(outcome({70, 48, 205, 83, 0, 31}, {9, 21, 5.5}));
  EXPECT_NEAR(leakage.by_origin[0], 0, 1e-12);
  EXPECT_NEAR(leakage.by_origin[1], 5 + 3 + 1, 1e-12);
  EXPECT_NEAR(leakage.by_origin[2], 1 + 0.5, 1e-12);
  EXPECT_NEAR(leakage.by_sector[0], 5, 1e-12);
  EXPECT_NEAR(leakage.by_sector[1], 3 + 1, 1e-12);
  EXPECT_NEAR(leakage.by_sector[2], 1.5, 1e-12);  // households
  EXPECT_NEAR(leakage.by_origin.sum(), leakage.outside_change, 1e-12);
  EXPECT_NEAR(leakage.by_sector.sum(), leakage.outside_change, 1e-12);
}

TEST_F(LeakageRate, IsNegativeWhenOthersEmitLessToo) {
  EXPECT_NEAR(*measure(outcome({70, 50, 197, 80, 0, 30}, {10, 20, 5})).rate, -0.1, 1e-12);
}

TEST_F(LeakageRate, IsEmptyWhenNothingHappensInside) {
  EXPECT_FALSE(measure(base_).rate);
  // the world emits 495: below 495e-6 Mt inside there is no rate, whatever happens outside
  EXPECT_FALSE(measure(outcome({100 - 490e-6, 50, 210, 80, 0, 30}, {10, 20, 5})).rate);
  EXPECT_TRUE(measure(outcome({100 - 500e-6, 50, 210, 80, 0, 30}, {10, 20, 5})).rate);
}

TEST_F(LeakageRate, CountsTheZonesStressorsOnly) {
  Outcome now = outcome({70, 50, 206, 80, 0, 30}, {10, 20, 5});
  now.emissions.push_back({1, 3, EmissionSource::Kind::process, -1, 100});
  EXPECT_NEAR(*measure(now).rate, 0.2, 1e-12);
  zone_.stressors = {"CO2", "CH4"};
  EXPECT_NEAR(*measure(now).rate, 106.0 / 30, 1e-12);
}

TEST_F(LeakageRate, KnowsWhatAZonePrices) {
  const auto covered = [&](int account, int user) {
    return is_covered(zone_, {account, user, EmissionSource::Kind::unallocated, -1, 1}, benchmark_);
  };
  EXPECT_TRUE(covered(0, 0));   // all sources of a covered sector
  EXPECT_FALSE(covered(0, 1));  // another sector
  EXPECT_FALSE(covered(0, 2));  // another region
  EXPECT_FALSE(covered(1, 0));  // another stressor
  EXPECT_FALSE(covered(0, 6));  // a household
}

}  // namespace
}  // namespace levee::testing
