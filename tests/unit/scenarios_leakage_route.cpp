// Routes of leakage on figures by hand; tests/property adds that they add up on whole equilibria.
#include <gtest/gtest.h>

#include "scenarios/leakage_route.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

/// The zone is A and B; C and D are outside. One good; D has stocks of 10 in C, and makes nothing of its own in one
/// test.
class Routes : public ::testing::Test {
 protected:
  Routes() {
    benchmark_.dataset = std::make_shared<const Dataset>(blank_world({"A", "B", "C", "D"}, {"STEEL"}));
    for (const char* stressor : {"CO2", "CH4"}) {
      benchmark_.emissions.emplace_back();
      benchmark_.emissions.back().stressor = stressor;
    }
    benchmark_.active.assign(4, 1);
    benchmark_.inventory = Eigen::MatrixXd::Zero(4, 4);
    benchmark_.inventory(2, 3) = 10;
    zone_ = zone_of(*benchmark_.dataset, "Z", {0, 1}, {"STEEL"});
    base_.trade.resize(4, 4);
    base_.trade << 50, 10, 20, 5, 10, 60, 5, 5, 15, 5, 60, 10, 0, 0, 10, 90;
    now_ = base_;
    // C: 8 more to the zone, 3 less to D, 5 more at home
    now_.trade.row(2) << 20, 8, 65, 7;
    // the zone's own makers: 12 less in the zone, 6 less in C, 1 less in D
    now_.trade.row(0) << 42, 8, 15, 4;
    now_.trade.row(1) << 9, 59, 4, 5;
    set(base_, {30, 40, 200, 50}, {1, 2, 3, 4});
    set(now_, {20, 35, 231, 60}, {1, 2, 5, 3.5});
  }

  static void set(Outcome& outcome, const std::vector<double>& makers, const std::vector<double>& households) {
    outcome.emissions.clear();
    for (int n = 0; n < 4; ++n) {
      outcome.emissions.push_back({0, n, EmissionSource::Kind::fuel, 0, 0.5 * makers[n]});
      outcome.emissions.push_back({0, n, EmissionSource::Kind::process, -1, 0.5 * makers[n]});
      outcome.emissions.push_back({1, n, EmissionSource::Kind::process, -1, 7.0 * makers[n]});  // methane
      outcome.emissions.push_back({0, 4 + n, EmissionSource::Kind::fuel, 0, households[n]});
    }
  }
  LeakageRoutes routes() const { return leakage_routes(benchmark_, zone_, now_, base_); }

  Benchmark benchmark_;
  CarbonZone zone_;
  Outcome base_, now_;
};

TEST_F(Routes, MeanIntensityTimesDeliveriesAndMeanOutputTimesIntensity) {
  const LeakageRoute c = routes().makers.at(0);
  EXPECT_EQ(c.node, 2);
  const double before = 200.0 / 100, after = 231.0 / 110, mean = 0.5 * (before + after);  // stocks are output
  EXPECT_NEAR(c.through_market[0], 8 * mean, 1e-12);
  EXPECT_NEAR(c.through_market[1], -3 * mean, 1e-12);
  EXPECT_NEAR(c.through_market[2], 5 * mean, 1e-12);
  EXPECT_NEAR(c.technique, 105 * (after - before), 1e-12);
  EXPECT_NEAR(c.through_market[0] + c.through_market[1] + c.through_market[2] + c.technique, 31, 1e-12);
}

TEST_F(Routes, VolumesAreTheMakersAndTheZones) {
  const LeakageRoutes all = routes();
  ASSERT_EQ(all.makers.size(), 2u);
  EXPECT_EQ(all.makers[0].volume_change, (std::array<double, 3>{8, -3, 5}));
  // in the zone, in D, in C
  EXPECT_EQ(all.makers[0].zone_volume_change, (std::array<double, 3>{-12, -1, -6}));
  EXPECT_EQ(all.makers[1].volume_change, (std::array<double, 3>{0, 0, 0}));
  // from D others is C and home is D
  EXPECT_EQ(all.makers[1].zone_volume_change, (std::array<double, 3>{-12, -6, -1}));
  EXPECT_NEAR(all.makers[1].technique, 10, 1e-12);
}

TEST_F(Routes, HouseholdsOutsideAreApart) {
  const Eigen::VectorXd households = routes().households;
  EXPECT_EQ(households[0], 0);
  EXPECT_EQ(households[1], 0);
  EXPECT_NEAR(households[2], 2, 1e-12);
  EXPECT_NEAR(households[3], -0.5, 1e-12);
}

TEST_F(Routes, WhoMakesNothingHasNoRoute) {
  benchmark_.active[3] = 0;
  ASSERT_EQ(routes().makers.size(), 1u);
  EXPECT_EQ(routes().makers[0].node, 2);
}

}  // namespace
}  // namespace levee::testing
