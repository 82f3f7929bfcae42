// Who pays: by region, income group and world, on figures by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/incidence.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

/// The zone is A. Each region makes one good, has a product of 1000 and sells 50 of it to A, at home 400.
class Burden : public ::testing::Test {
 protected:
  Burden() : data_(blank_world({"A", "B", "C", "D", "E"}, {"SER"})) {
    const std::vector<std::string> groups = {"high", "low", "high", "mixed", "low"};
    for (int r = 0; r < 5; ++r) data_.regions[r].income_group = groups[r];
    zone_ = zone_of(data_, "Z", {0}, {"SER"});
    base_.price = Eigen::VectorXd::Ones(5);
    base_.trade = Eigen::MatrixXd::Zero(5, 5);
    base_.trade.col(0).setConstant(50);
    base_.trade.diagonal().setConstant(400);
    base_.utility = Eigen::VectorXd::Ones(5);
    base_.expenditure = Eigen::VectorXd::Constant(5, 600);
    base_.budget.resize(5);
    for (Outcome::Budget& budget : base_.budget) budget.labour = 1000;
    base_.budget[4].labour = 500;
    base_.budget[4].tariffs = 100;
    base_.budget[4].carbon_price = 50;
    base_.budget[4].free_allocation = -20;
    base_.budget[4].government = -300;
    now_ = base_;
    now_.price << 1, 0.9, 1, 1.1, 1;
    now_.trade.col(0) << 410, 40, 50, 50, 25;
    now_.utility << 0.98, 0.99, 1.01, 1, 0.97;
    pay(Instrument::border_charge, 1, 0, 30);
    pay(Instrument::border_charge, 2, 0, 10);
    pay(Instrument::border_charge, 2, 0, 99, 1);  // another zone's
    pay(Instrument::export_rebate, 0, 3, -8);
    pay(Instrument::carbon_price, 0, 0, 70);
  }

  void pay(Instrument instrument, int origin, int region, double revenue, int zone = 0) {
    Outcome::Charge charge;
    charge.booked.instrument = instrument;
    charge.booked.origin = origin;
    charge.booked.region = region;
    charge.booked.zone = zone;
    charge.revenue = revenue;
    now_.charges.push_back(charge);
  }
  std::optional<IncidenceRow> find(const std::string& level, const std::string& name,
                                   const std::string& component) const {
    for (const IncidenceRow& row : measure_incidence(data_, zone_, 0, now_, base_)) {
      if (row.level == level && row.name == name && row.component == component) return row;
    }
    return std::nullopt;
  }
  /// Value, per cent of product, share; the share NaN where none is expected.
  void expect(const std::string& level, const std::string& name, const std::string& component, double value,
              double percent, double share) const {
    const std::optional<IncidenceRow> row = find(level, name, component);
    ASSERT_TRUE(row) << name << " " << component;
    EXPECT_NEAR(row->value, value, 1e-12) << name << " " << component;
    EXPECT_NEAR(row->percent_of_gdp, percent, 1e-12) << name << " " << component;
    if (std::isnan(share)) {
      EXPECT_TRUE(std::isnan(row->share)) << name << " " << component;
    } else {
      EXPECT_NEAR(row->share, share, 1e-12) << name << " " << component;
    }
  }

  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  Dataset data_;
  CarbonZone zone_;
  Outcome base_, now_;
};

TEST_F(Burden, ProductIsIncomeOfFactorsAndRevenue) {
  EXPECT_EQ(value_of_gdp(base_, 0), 1000);
  EXPECT_EQ(value_of_gdp(base_, 4), 500 + 100 + 50 - 20);
}

TEST_F(Burden, PaymentsAreThoseOnGoodsFromOutside) {
  expect("region", "B", "cbam payments", 30, 3, 0.75);
  expect("region", "C", "cbam payments", 10, 1, 0.25);
  expect("region", "D", "cbam payments", 0, 0, 0);
  EXPECT_FALSE(find("region", "A", "cbam payments"));
  expect("group", "high", "cbam payments", 10, 1, 0.25);  // of C alone: A is in the zone
  expect("group", "low", "cbam payments", 30, 100 * 30.0 / 1630, 0.75);
  expect("group", "mixed", "cbam payments", 0, 0, 0);
  expect("world", "world", "cbam payments", 40, 100 * 40.0 / 3630, 1);
}

TEST_F(Burden, RebatesAreTheMembers) {
  expect("region", "A", "export rebates", 8, 0.8, 1);
  expect("group", "high", "export rebates", 8, 0.8, 1);
  EXPECT_FALSE(find("region", "B", "export rebates"));
  EXPECT_FALSE(find("group", "low", "export rebates"));
}

TEST_F(Burden, ExportLossesAreInValueAndSharesOfGrossLosses) {
  expect("region", "B", "export losses", 0.9 * 40 - 50, -1.4, 14.0 / 39);
  expect("region", "C", "export losses", 0, 0, none);
  expect("region", "D", "export losses", 5, 0.5, none);
  expect("region", "E", "export losses", -25, 100 * -25.0 / 630, 25.0 / 39);
  EXPECT_FALSE(find("region", "A", "export losses"));  // its sales at home are no exports
  expect("group", "low", "export losses", -39, 100 * -39.0 / 1630, 1);
  expect("world", "world", "export losses", -34, 100 * -34.0 / 3630, 1);
}

TEST_F(Burden, WelfareCountsMembersAndGainersHaveNoShare) {
  expect("region", "A", "welfare", -12, -1.2, 12.0 / 36);
  expect("region", "C", "welfare", 6, 0.6, none);
  // the group's own losers, though a gainer is in it
  expect("group", "high", "welfare", -6, -0.3, 12.0 / 36);
  expect("group", "low", "welfare", -24, 100 * -24.0 / 1630, 24.0 / 36);
  expect("group", "mixed", "welfare", 0, 0, none);
}

TEST_F(Burden, RoundingIsNoLoss) {
  now_.utility << 1, 1 - 1e-13, 1, 1, 1;
  EXPECT_TRUE(std::isnan(find("region", "B", "welfare")->share));
  EXPECT_TRUE(std::isnan(find("world", "world", "welfare")->share));
}

TEST_F(Burden, RegionsWithoutGroupAreTogetherAndWithoutAnyThereAreNoGroups) {
  data_.regions[1].income_group = "";
  expect("group", "not classified", "cbam payments", 30, 3, 0.75);
  for (Region& region : data_.regions) region.income_group = "";
  for (const IncidenceRow& row : measure_incidence(data_, zone_, 0, now_, base_)) EXPECT_NE(row.level, "group");
}

}  // namespace
}  // namespace levee::testing
