// Carbon prices, free allocation and border measures of the regional model, on three regions whose intensities are
// known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/property/calibration_accounts.hpp"
#include "tests/unit/calibration_three_regions.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

constexpr int A = ThreeRegions::A, B = ThreeRegions::B, C = ThreeRegions::C;
constexpr int ELEC = ThreeRegions::ELEC, STEEL = ThreeRegions::STEEL;
constexpr double accuracy = 1e-9;

class RegionalPolicy : public ::testing::Test {
 protected:
  static int steel(int region) { return ThreeRegions::node(region, STEEL); }

  Equilibrium solved(const Measures& measures) const { return solve(world_.data, measures); }
  /// Charge per unit of steel from `origin` into A, in units of the first zone's price index.
  static double charge_on(const Equilibrium& e, int origin) {
    return per_unit(e.outcome, Instrument::border_charge, steel(origin), A) / e.outcome.zone_index[0];
  }
  BorderCharge& border(Measures& measures) const { return measures.policy.zones[0].border; }

  ThreeRegions world_;
};

TEST_F(RegionalPolicy, AChargeIsIntensityTimesPrice) {
  const Equilibrium e = solved(world_.charging(50));
  EXPECT_NEAR(charge_on(e, B), 2e-3 * 50, accuracy);
  EXPECT_NEAR(charge_on(e, C), 1e-3 * 50, accuracy);
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, steel(A), A), nullptr);              // made at home
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, steel(B), C), nullptr);              // imports of others
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, world_.node(B, ELEC), A), nullptr);  // another good
  Accounts(e, world_.charging(50)).check();
}

TEST_F(RegionalPolicy, ElectricityIsInTheChargeWhenTheScopeSaysSo) {
  const Equilibrium e = solved(world_.charging(50, IntensityScope::direct_electricity));
  // a region's power sector uses 3.5 of its own 30; STEEL buys 7 at home and 1.5 from each of the others for 42
  const double a = 30e-3 / 26.5, b = 60e-3 / 26.5, c = 15e-3 / 26.5;
  EXPECT_NEAR(charge_on(e, B), 50 * (2e-3 + (1.5 * a + 7 * b + 1.5 * c) / 42), accuracy);
  EXPECT_NEAR(charge_on(e, C), 50 * (1e-3 + (1.5 * a + 1.5 * b + 7 * c) / 42), accuracy);
}

TEST_F(RegionalPolicy, MarkUpFreeAllocationAndCoverageShapeTheCharge) {
  Measures measures = world_.charging(50);
  border(measures).mark_up = 0.1;
  border(measures).coverage[STEEL] = 0.6;
  measures.policy.zones[0].allocation_share[STEEL] = 0.5;
  // (1 + m) I - phi B, B the zone's 0.5 t per thousand
  EXPECT_NEAR(charge_on(solved(measures), B), 0.6 * 50 * (1.1 * 2e-3 - 0.5 * 0.5e-3), accuracy);
}

TEST_F(RegionalPolicy, GrandfatheredAllowancesCountAsFreeToo) {
  Measures measures = world_.charging(50);
  measures.policy.zones[0].grandfathered_share[STEEL] = 0.4;
  const Equilibrium e = solved(measures);
  EXPECT_NEAR(charge_on(e, B), 50 * (2e-3 - 0.4 * 0.5e-3), accuracy);
  EXPECT_EQ(find_charge(e.outcome, Instrument::free_allocation, steel(A), A), nullptr);  // lump sum: no price moves
}

TEST_F(RegionalPolicy, ACleanExporterPaysNothingAndReceivesNothing) {
  Measures measures = world_.charging(50);
  measures.zones[0].regions = {B};  // its benchmark is 2
  measures.policy.zones[0].allocation_share[STEEL] = 0.6;
  const Equilibrium e = solved(measures);
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, steel(A), B), nullptr);  // 0.5 < 1.2
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, steel(C), B), nullptr);  // 1 < 1.2
}

TEST_F(RegionalPolicy, ExemptOriginsAreNotCharged) {
  Measures measures = world_.charging(50);
  border(measures).exempt[B] = 1;
  const Equilibrium e = solved(measures);
  EXPECT_EQ(find_charge(e.outcome, Instrument::border_charge, steel(B), A), nullptr);
  EXPECT_GT(charge_on(e, C), 0);
}

TEST_F(RegionalPolicy, TheZonesAverageCanStandForAllExporters) {
  Measures measures = world_.charging(50);
  measures.zones[0].regions = {A, B};
  border(measures).basis = IntensityBasis::zone;
  const Equilibrium e = solved(measures);
  EXPECT_NEAR(charge_on(e, C), 50 * (0.5e-3 + 2e-3) / 2, accuracy);  // as much output in A as in B
}

TEST_F(RegionalPolicy, RevenueGoesToTheImporterOrBackToTheOrigin) {
  Measures measures = world_.charging(50);
  const Equilibrium kept = solved(measures);
  EXPECT_GT(kept.outcome.budget[A].border_charge, 0);
  EXPECT_EQ(kept.outcome.budget[B].border_charge, 0);
  border(measures).revenue_to_origin = true;
  const Equilibrium returned = solved(measures);
  EXPECT_EQ(returned.outcome.budget[A].border_charge, 0);
  EXPECT_NEAR(returned.outcome.budget[B].border_charge,
              find_charge(returned.outcome, Instrument::border_charge, steel(B), A)->revenue, accuracy);
  EXPECT_LT(returned.outcome.utility[A], kept.outcome.utility[A]);
  EXPECT_GT(returned.outcome.utility[B], kept.outcome.utility[B]);
  Accounts(returned, measures).check();
}

TEST_F(RegionalPolicy, APriceAtTheOriginIsDeducted) {
  const Equilibrium e = solved(world_.charging(50, 30));
  const double paid = 30 * e.outcome.zone_index[1] / e.outcome.zone_index[0];
  EXPECT_NEAR(charge_on(e, B), 2e-3 * (50 - paid), accuracy);
  EXPECT_NEAR(charge_on(e, C), 1e-3 * 50, accuracy);
}

TEST_F(RegionalPolicy, AHigherPriceAtTheOriginLeavesNoCharge) {
  const Equilibrium e = solved(world_.charging(50, 80));
  EXPECT_NEAR(charge_on(e, B), 0, accuracy);
  EXPECT_NEAR(charge_on(e, C), 1e-3 * 50, accuracy);
  Accounts(e, world_.charging(50, 80)).check();
}

TEST_F(RegionalPolicy, ThePriceAtTheOriginCountsNetOfFreeAllocation) {
  for (const bool lump_sum : {false, true}) {
    Measures measures = world_.charging(50, 40);
    ZonePolicy& origin = measures.policy.zones[1];
    (lump_sum ? origin.grandfathered_share : origin.allocation_share)[STEEL] = 0.25;
    const Equilibrium e = solved(measures);
    const double paid = 40 * 0.75 * e.outcome.zone_index[1] / e.outcome.zone_index[0];
    EXPECT_NEAR(charge_on(e, B), 2e-3 * (50 - paid), accuracy) << "lump sum: " << lump_sum;
  }
}

TEST_F(RegionalPolicy, OnlyThePricedPartOfAnIntensityIsDeducted) {
  // B prices its steel, not its power: with electricity in the scope it has paid for a part
  const Equilibrium e = solved(world_.charging(50, 30, IntensityScope::direct_electricity));
  const double intensity = 2e-3 + (1.5 * 30e-3 + 7 * 60e-3 + 1.5 * 15e-3) / 26.5 / 42;
  const double paid = 30 * (2e-3 / intensity) * e.outcome.zone_index[1] / e.outcome.zone_index[0];
  EXPECT_NEAR(charge_on(e, B), intensity * (50 - paid), accuracy);
}

TEST_F(RegionalPolicy, ADeeperScopeIsPaidForByASmallerShare) {
  const Measures measures = world_.charging(50, 30, IntensityScope::whole_chain);
  const Equilibrium e = solved(measures);
  const double intensity = carbon_intensity(e.benchmark(), IntensityScope::whole_chain, {"CO2"}, {0, 1, 0})[steel(B)];
  const double paid = 30 * (2e-3 / intensity) * e.outcome.zone_index[1] / e.outcome.zone_index[0];
  EXPECT_GT(intensity, 2.5e-3);
  EXPECT_NEAR(charge_on(e, B), intensity * (50 - paid), accuracy);
}

TEST_F(RegionalPolicy, AZoneWithoutAPriceChangesNothing) {
  const Equilibrium with = solved(world_.charging(50, 0)), without = solved(world_.charging(50));
  EXPECT_NEAR(charge_on(with, B), charge_on(without, B), accuracy);
}

TEST_F(RegionalPolicy, OutputBasedAllocationPaysTheBenchmarkPerUnit) {
  Measures measures = world_.charging(50);
  measures.zones[0].regions = {A, B};
  measures.policy.zones[0].allocation_share[STEEL] = 0.8;
  const Equilibrium e = solved(measures);
  const double benchmark = (0.5e-3 + 2e-3) / 2;  // of the zone, not of the maker
  for (const int region : {A, B}) {
    EXPECT_NEAR(per_unit(e.outcome, Instrument::free_allocation, steel(region), region) / e.outcome.zone_index[0],
                -50 * 0.8 * benchmark, accuracy);
  }
  EXPECT_EQ(find_charge(e.outcome, Instrument::free_allocation, world_.node(A, ELEC), A), nullptr);
  Accounts(e, measures).check();
}

TEST_F(RegionalPolicy, AZonePricesItsCoveredSectorsOnly) {
  Measures measures = world_.charging(50);
  measures.zones[0].sectors[ELEC] = 0;
  const Equilibrium e = solved(measures);
  EXPECT_NEAR(per_unit(e.outcome, Instrument::carbon_price, steel(A), A) / e.outcome.zone_index[0], 50 * 0.5e-3,
              accuracy);
  EXPECT_EQ(find_charge(e.outcome, Instrument::carbon_price, world_.node(A, ELEC), A), nullptr);
  EXPECT_EQ(find_charge(e.outcome, Instrument::carbon_price, steel(B), B), nullptr);
}

class ExportRebates : public RegionalPolicy {
 protected:
  Measures rebating(ExportRebate rebate, double free = 0) const {
    Measures measures = world_.charging(50);
    border(measures).rebate = rebate;
    measures.policy.zones[0].allocation_share[STEEL] = free;
    return measures;
  }
  static double rebate_on(const Equilibrium& e, int region) {
    return -per_unit(e.outcome, Instrument::export_rebate, steel(region), C) / e.outcome.zone_index[0];
  }
};

TEST_F(ExportRebates, TheBenchmarkRebateIsTheZonesIntensityLessWhatIsFree) {
  const Measures measures = rebating(ExportRebate::benchmark, 0.3);
  const Equilibrium e = solved(measures);
  EXPECT_NEAR(rebate_on(e, A), 50 * 0.7 * 0.5e-3, accuracy);
  EXPECT_LT(e.outcome.budget[A].export_rebate, 0);
  Accounts(e, measures).check();
}

TEST_F(ExportRebates, TheFullRebateCoversElectricityThatPaysThePrice) {
  const Measures measures = rebating(ExportRebate::full);
  const Equilibrium e = solved(measures);
  // power from B and C is not charged, so what it emitted cost nothing; STEEL uses a little less power than before
  const double most = 50 * (0.5e-3 + 7 * (30e-3 / 26.5) / 42);
  EXPECT_LE(rebate_on(e, A), most + accuracy);
  EXPECT_GT(rebate_on(e, A), 0.9 * most);
  Accounts(e, measures).check();
}

TEST_F(ExportRebates, ImportedElectricityCountsWhenItIsCharged) {
  Measures measures = rebating(ExportRebate::full);
  const double without = rebate_on(solved(measures), A);
  border(measures).scope[ELEC] = IntensityScope::direct;
  const Equilibrium e = solved(measures);
  EXPECT_GT(rebate_on(e, A), without + 50 * (1.5 * 60e-3 / 26.5) / 42 * 0.5);
  Accounts(e, measures).check();
}

TEST_F(ExportRebates, NeverExceedTheCarbonCostPaid) {
  // in a zone of a clean and a dirty member the benchmark is above what the clean one pays
  Measures measures = rebating(ExportRebate::benchmark);
  measures.zones[0].regions = {A, B};
  const Equation equation(world_.data, measures);
  const EconomySystem system = equation.system(0);
  EXPECT_LE(system.replication_error(system.start()), 1e-9);
  const Equilibrium e = solve(equation);
  EXPECT_NEAR(rebate_on(e, A), 50 * 0.5e-3, accuracy);
  EXPECT_NEAR(rebate_on(e, B), 50 * 1.25e-3, accuracy);
  Accounts(e, measures).check();
}

TEST_F(ExportRebates, ASectorOutsideTheMarketHasNoCostToRebate) {
  for (const ExportRebate rebate : {ExportRebate::benchmark, ExportRebate::full}) {
    Measures measures = rebating(rebate);
    measures.zones[0].sectors[STEEL] = 0;
    const Equilibrium e = solved(measures);
    const double most = rebate == ExportRebate::full ? 50 * 7 * (30e-3 / 26.5) / 42 : 0;  // the price is in its power
    EXPECT_LE(rebate_on(e, A), most + accuracy);
    Accounts(e, measures).check();
  }
}

TEST_F(ExportRebates, NothingIsLeftToRebateWhenAllIsFree) {
  const Equilibrium e = solved(rebating(ExportRebate::full, 1));
  EXPECT_EQ(find_charge(e.outcome, Instrument::export_rebate, steel(A), C), nullptr);
}

TEST(RegionalModelOptions, UnknownNamesSuggestTheRightOne) {
  const ThreeRegions world;
  const auto fault = [&](const ModelOptions& options) -> std::string {
    try {
      make_regional_model(Equation::benchmark_of(world.data), options, {}, {});
    } catch (const InputError& error) {
      return error.diagnostics().front().message;
    }
    return "";
  };
  EXPECT_EQ(fault({}), "");
  EXPECT_THAT(fault({.technology = "gtap-f"}), HasSubstr("no technology 'gtap-f', did you mean 'gtap-e'?"));
  EXPECT_THAT(fault({.household = "cess"}), HasSubstr("no household 'cess', did you mean 'ces'?"));
  EXPECT_THAT(fault({.armington = "by-agent"}), HasSubstr("armington 'by-agent' is not known, expected 'common'"));
  EXPECT_THAT(fault({.closure = "open"}), HasSubstr("closure 'open' is not known, expected 'standard'"));
}

}  // namespace
}  // namespace levee::testing
