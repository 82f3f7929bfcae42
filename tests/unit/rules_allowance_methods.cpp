// Each way of handing out allowances against figures worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "rules/allowance_comparison.hpp"

namespace levee {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

YearPath by_year(std::map<int, double> figures) { return YearPath::by_year(std::move(figures), {}); }
YearPath always(double value) { return YearPath::constant(value, {}); }

/// Output 100, 120, 140, 160 in 2023 to 2026, intensity 0.9 falling to 0.75.
PlantActivity plant() {
  return {by_year({{2023, 100}, {2024, 120}, {2025, 140}, {2026, 160}}),
          by_year({{2023, 0.9}, {2024, 0.9}, {2025, 0.8}, {2026, 0.75}})};
}

/// The rule with a benchmark of 0.8 in every year, all of it given.
AllowanceMethod with(AllocationRule rule, double share = 1) {
  AllowanceMethod method{"tested", std::move(rule), {}, {}};
  for (int year = 2023; year <= 2026; ++year) {
    method.benchmarks[year] = {0.8, "", "user"};
    method.share[year] = share;
  }
  return method;
}

TEST(AllowanceMethods, GrandfatheringGivesTheMeanOfTheBaseYears) {
  const Allocation given = allocate(with(Grandfathering{{2023, 2024}}, 0.9), plant(), 2026);
  EXPECT_DOUBLE_EQ(given.allowances, 0.9 * (90 + 108) / 2);
  EXPECT_THAT(given.per_tonne, ElementsAre(Pair(2023, 0.45), Pair(2024, 0.45)));
  EXPECT_TRUE(given.per_unit.empty());
}

TEST(AllowanceMethods, ABenchmarkTimesTheActivityOfThePast) {
  const Allocation given = allocate(with(ActivityBenchmark{{2023, 2024}, {}}, 0.5), plant(), 2026);
  EXPECT_DOUBLE_EQ(given.allowances, 0.5 * 0.8 * 110);
  EXPECT_THAT(given.per_unit, ElementsAre(Pair(2023, 0.2), Pair(2024, 0.2)));
}

TEST(AllowanceMethods, ActivityFollowsTheTwoYearsBeforeOnlyBeyondTheThreshold) {
  // 2024 and 2025 had 130 on average, 18.2 % above 110; 2023 and 2024 are the base itself.
  const AllowanceMethod strict = with(ActivityBenchmark{{2023, 2024}, 0.15});
  EXPECT_DOUBLE_EQ(allocate(strict, plant(), 2026).allowances, 0.8 * 130);
  EXPECT_THAT(allocate(strict, plant(), 2026).per_unit, ElementsAre(Pair(2024, 0.4), Pair(2025, 0.4)));
  EXPECT_DOUBLE_EQ(allocate(strict, plant(), 2025).allowances, 0.8 * 110);
  EXPECT_DOUBLE_EQ(allocate(with(ActivityBenchmark{{2023, 2024}, 0.2}), plant(), 2026).allowances, 0.8 * 110);
}

TEST(AllowanceMethods, OutputBasedFollowsOutputOfNowOrOfSomeYearsAgo) {
  EXPECT_DOUBLE_EQ(allocate(with(OutputBased{0, 1}), plant(), 2026).allowances, 0.8 * 160);
  EXPECT_DOUBLE_EQ(allocate(with(OutputBased{2, 1}), plant(), 2026).allowances, 0.8 * 120);
  const Allocation averaged = allocate(with(OutputBased{1, 2}), plant(), 2026);
  EXPECT_DOUBLE_EQ(averaged.allowances, 0.8 * 130);
  EXPECT_THAT(averaged.per_unit, ElementsAre(Pair(2024, 0.4), Pair(2025, 0.4)));
  EXPECT_THROW(allocate(with(OutputBased{4, 1}), plant(), 2026), InputError);
}

/// A rule of 15 % of the distance from a balance of 0.8, at most 3 %.
IntensityBased around_balance() { return {always(0.8), always(0.15), always(0.03)}; }

TEST(AllowanceMethods, IntensityBasedGivesMoreToTheCleanAndLessToTheDirtyWithinTheCap) {
  const AllowanceMethod method = with(around_balance());
  const PlantActivity clean{always(100), always(0.76)};  // 5 % below balance: 0.75 % more than emitted
  EXPECT_DOUBLE_EQ(allocate(method, clean, 2025).allowances, 76 * 1.0075);
  const PlantActivity dirty{always(100), always(0.88)};  // 10 % above: 1.5 % less
  EXPECT_DOUBLE_EQ(allocate(method, dirty, 2025).allowances, 88 * 0.985);
  EXPECT_DOUBLE_EQ(allocate(method, {always(100), always(0.4)}, 2025).allowances, 40 * 1.03);
  EXPECT_DOUBLE_EQ(allocate(method, {always(100), always(1.6)}, 2025).allowances, 160 * 0.97);
  EXPECT_DOUBLE_EQ(allocate(method, {always(100), always(0.8)}, 2025).allowances, 80);
  const IntensityBased verified{always(0.8), always(0.15), always(0)};
  EXPECT_DOUBLE_EQ(allocate(with(verified), dirty, 2025).allowances, 88);
}

TEST(AllowanceMethods, ABalanceOfZeroIsRefused) {
  const AllowanceMethod method = with(IntensityBased{always(0), always(1), always(0.1)});
  EXPECT_THROW(allocate(method, plant(), 2025), InputError);
}

AllowanceStudy study_of(const PlantActivity& plant, std::vector<AllowanceMethod> methods) {
  AllowanceStudy study{plant, {2024, 2025, 2026}, {}, {}, 0.25, std::move(methods)};
  study.price = {{2024, 50}, {2025, 60}, {2026, 80}};
  return study;
}

TEST(AllowanceComparison, ShortageIsBoughtAndSurplusSold) {
  const AllowanceResult result = compare_allowances(study_of(plant(), {with(OutputBased{0, 1})})).front();
  ASSERT_EQ(result.years.size(), 3);
  EXPECT_DOUBLE_EQ(result.years[0].shortage, 120 * (0.9 - 0.8));
  EXPECT_DOUBLE_EQ(result.years[0].cost, 50 * 12.0);
  EXPECT_NEAR(result.years[1].cost, 0, 1e-9);  // at the benchmark nothing is short
  EXPECT_DOUBLE_EQ(result.years[2].cost, -80 * 8.0);
  EXPECT_NEAR(result.cost, 600 - 640, 1e-9);
  EXPECT_NEAR(result.present_cost, 600 - 640 / 1.5625, 1e-9);
  EXPECT_DOUBLE_EQ(result.shortage, result.emissions - result.allowances);
}

TEST(AllowanceComparison, UnderOutputBasedATonneIsWorthThePriceAndAUnitCostsTheDistanceFromTheBenchmark) {
  const AllowanceResult result = compare_allowances(study_of(plant(), {with(OutputBased{0, 1})})).front();
  for (const AllowanceYear& year : result.years) {
    EXPECT_DOUBLE_EQ(year.tonne_abated, year.price);
    EXPECT_NEAR(year.unit_net, year.price * (year.emissions / year.output - 0.8), 1e-12);
    EXPECT_EQ(year.unit_later, 0);
  }
}

TEST(AllowanceComparison, LaggedUpdatingPaysLaterAndDiscounted) {
  const auto years = compare_allowances(study_of(plant(), {with(OutputBased{1, 1})})).front().years;
  EXPECT_EQ(years[0].unit_now, 0);
  EXPECT_DOUBLE_EQ(years[0].unit_later, 0.8 * 60 / 1.25);
  EXPECT_NEAR(years[0].unit_net, 50 * 0.9 - 0.8 * 60 / 1.25, 1e-12);
  EXPECT_DOUBLE_EQ(years[1].unit_later, 0.8 * 80 / 1.25);
  EXPECT_TRUE(std::isnan(years[2].unit_later));  // what comes after the path is not known
  EXPECT_TRUE(std::isnan(years[2].unit_net));
}

TEST(AllowanceComparison, AUnitIsWorthNothingKnownWhereTheRuleOutlastsThePath) {
  const auto known = [](const AllocationRule& rule) {
    std::vector<bool> years;
    for (const AllowanceResult& result : compare_allowances(study_of(plant(), {with(rule)}))) {
      for (const AllowanceYear& year : result.years) years.push_back(!std::isnan(year.unit_net));
    }
    return years;
  };
  EXPECT_THAT(known(OutputBased{0, 1}), ElementsAre(true, true, true));
  EXPECT_THAT(known(OutputBased{0, 2}), ElementsAre(true, true, false));
  EXPECT_THAT(known(OutputBased{1, 1}), ElementsAre(true, true, false));
  EXPECT_THAT(known(ActivityBenchmark{{2023}, {}}), ElementsAre(true, true, true));
  EXPECT_THAT(known(Grandfathering{{2023}}), ElementsAre(true, true, true));
}

TEST(AllowanceComparison, EmissionsOfABaseYearStillToComeArePaidBackLater) {
  const auto years = compare_allowances(study_of(plant(), {with(Grandfathering{{2024}})})).front().years;
  // A tonne less in 2024 earns 50 and loses an allowance in 2024, 2025 and 2026.
  EXPECT_NEAR(years[0].tonne_abated, 50 - 50 - 60 / 1.25 - 80 / 1.5625, 1e-12);
  EXPECT_DOUBLE_EQ(years[1].tonne_abated, 60);
  EXPECT_DOUBLE_EQ(years[1].unit_net, 60 * 0.8);
}

TEST(AllowanceComparison, IntensityBasedLeavesATonneAFractionOfThePrice) {
  const PlantActivity at_balance{always(100), always(0.8)};
  const auto inside = compare_allowances(study_of(at_balance, {with(around_balance())})).front().years.front();
  EXPECT_NEAR(inside.tonne_abated, 0.15 * 50, 1e-12);
  EXPECT_NEAR(inside.unit_net, 0, 1e-12);
  const PlantActivity dirty{always(100), always(1.6)};
  const auto short_of = compare_allowances(study_of(dirty, {with(around_balance())})).front().years.front();
  EXPECT_NEAR(short_of.tonne_abated, 0.03 * 50, 1e-12);
  EXPECT_NEAR(short_of.unit_net, 0.03 * 50 * 1.6, 1e-12);
  const PlantActivity clean{always(100), always(0.4)};
  const auto capped = compare_allowances(study_of(clean, {with(around_balance())})).front().years.front();
  EXPECT_NEAR(capped.tonne_abated, -0.03 * 50, 1e-12);  // its surplus shrinks with its emissions
}

TEST(AllowanceComparison, AbatementPaysOnlyWhereATonneIsWorthMoreThanItCosts) {
  AllowanceStudy study = study_of(plant(), {with(OutputBased{0, 1}), with(around_balance())});
  EXPECT_TRUE(std::isnan(compare_allowances(study).front().years.front().abatement_gain));
  study.abatement_cost = {{2024, 40}, {2025, 40}, {2026, 100}};
  const auto results = compare_allowances(study);
  EXPECT_DOUBLE_EQ(results[0].years[0].abatement_gain, 10);
  EXPECT_DOUBLE_EQ(results[0].years[2].abatement_gain, -20);
  EXPECT_LT(results[1].years[0].abatement_gain, 0);
}

}  // namespace
}  // namespace levee
