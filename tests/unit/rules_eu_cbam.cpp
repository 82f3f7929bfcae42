// The rule book that ships: its sizes, samples of its figures, and that its tables agree with each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rules/rule_lookup.hpp"

namespace levee::testing {
namespace {

using ::testing::ElementsAre;

constexpr auto actual = BenchmarkColumn::actual;
constexpr auto by_default = BenchmarkColumn::default_value;

class EuCbam : public ::testing::Test {
 protected:
  static const RuleBook& book() {
    static const RuleBook shipped = read_rule_book(LEVEE_SOURCE_DIR "/data/rules/eu-cbam/rules.yaml");
    return shipped;
  }
  static double benchmark(const std::string& cn, const std::string& route, BenchmarkColumn column) {
    return border_benchmark(book(), cn, route, column, 2026, {}).value;
  }
  static double total(const std::string& country, const std::string& cn, const std::string& route = "") {
    return default_value(book(), country, cn, route, {}).total;
  }
};

TEST_F(EuCbam, Scope) {
  EXPECT_THAT(scope_of(book(), "2814 10 00", {}).gases, ElementsAre("CO2", "N2O"));
  EXPECT_EQ(scope_of(book(), "2814 10 00", {}).sector, "fertilisers");
  EXPECT_EQ(scope_of(book(), "2523 29 00", {}).charged, ChargedEmissions::direct_and_indirect);
  for (const char* direct_only : {"7208 10 00", "7318 15 00", "7601 10 00", "2804 10 00", "2716 00 00"})
    EXPECT_EQ(scope_of(book(), direct_only, {}).charged, ChargedEmissions::direct) << direct_only;
  EXPECT_EQ(scope_of(book(), "2601 12 00", {}).charged, ChargedEmissions::direct_and_indirect)
      << "agglomerated ore is iron and steel, but not in Annex II";
  for (const char* excluded : {"7204 41 10", "7202 21 00", "7202 30 00", "7202 99 80", "3105 60 00"})
    EXPECT_THROW(scope_of(book(), excluded, {}), InputError) << excluded;
  for (const char* outside : {"7602 00 11", "7615 10 10", "7317 00 60", "2507 00 20", "3104 20 10"})
    EXPECT_THROW(scope_of(book(), outside, {}), InputError) << outside;
  EXPECT_EQ(scope_of(book(), "7202 11 20", {}).sector, "iron_steel") << "not one of the ferro-alloys excluded";
}

TEST_F(EuCbam, TheTwoSeriesOfThePhaseIn) {
  const std::map<int, double> charged{{2026, 0.025}, {2027, 0.05},  {2028, 0.1},  {2029, 0.225}, {2030, 0.485},
                                      {2031, 0.61},  {2032, 0.735}, {2033, 0.86}, {2034, 1},     {2040, 1}};
  for (const auto& [year, share] : charged) {
    EXPECT_EQ(phase_in(book(), year, {}).charged, share) << year;
    EXPECT_NEAR(phase_in(book(), year, {}).remaining, 1 - share, 1e-12) << year;
    EXPECT_TRUE(std::isnan(phase_in(book(), year, {}).correction_factor)) << "none is published";
  }
}

TEST_F(EuCbam, BenchmarksOfBothColumns) {
  std::map<BenchmarkColumn, int> rows;
  std::map<BenchmarkColumn, std::set<std::string>> codes;
  for (const BorderBenchmark& row : book().benchmarks) {
    ++rows[row.column];
    codes[row.column].insert(row.cn);
  }
  EXPECT_EQ(rows[actual], 661);
  EXPECT_EQ(rows[by_default], 1804);
  EXPECT_EQ(codes[by_default].size(), 570U);
  EXPECT_EQ(codes[actual], codes[by_default]);
  EXPECT_EQ(benchmark("25231000", "A", by_default), 0.666);
  EXPECT_EQ(benchmark("25231000", "", by_default), 0.859) << "the highest of grey and white";
  EXPECT_EQ(benchmark("25232900", "", actual), 0);
  EXPECT_EQ(benchmark("25232900", "", by_default), 0.666);
  EXPECT_EQ(benchmark("28080000", "", actual), 0.151);
  EXPECT_EQ(benchmark("28080000", "", by_default), 0.582);
  EXPECT_EQ(benchmark("28141000", "", actual), 1.522);
  EXPECT_EQ(benchmark("72061000", "D", actual), 0.027);
  EXPECT_EQ(benchmark("72061000", "", by_default), 1.288);
  EXPECT_EQ(benchmark("72071111", "C", by_default), 1.364);
  EXPECT_EQ(benchmark("72052100", "F", by_default), 1.46) << "of F1 1.460 and F2 1.298";
  EXPECT_EQ(benchmark("72071111", "D", actual), 0.065);
  EXPECT_EQ(benchmark("72081000", "C", actual), 0.044) << "one value for every route";
  EXPECT_EQ(benchmark("72189919", "1", actual), 0.358) << "a forged half-product of stainless steel";
  EXPECT_EQ(benchmark("72223051", "1", actual), 0.303) << "a forged bar: the same column B, another column A";
  EXPECT_EQ(benchmark("72249002", "J", actual), 0.128);
  EXPECT_EQ(benchmark("7601", "K", by_default), 1.423);
  EXPECT_EQ(benchmark("76041090", "K", actual), 0.06);
  EXPECT_EQ(benchmark("76042910", "K", actual), 0.056);
  EXPECT_EQ(benchmark("7601", "L", actual), 0.091);
  EXPECT_EQ(benchmark("76130000", "", by_default), 1.594);
  EXPECT_EQ(benchmark("73269098", "", by_default), 1.491);
}

TEST_F(EuCbam, DefaultValuesByCountry) {
  std::set<std::string> countries, codes;
  for (const DefaultValue& row : book().default_values) {
    countries.insert(row.country);
    codes.insert(row.cn);
    EXPECT_FALSE(row.description.empty()) << row.cn;
  }
  EXPECT_EQ(book().default_values.size(), 10931U);
  EXPECT_EQ(countries.size(), 120U) << "119 and the others";
  EXPECT_EQ(codes.size(), 262U);
  EXPECT_EQ(total("China", "76011000"), 3);
  EXPECT_EQ(total("India", "7601 10 00"), 1.87);
  EXPECT_EQ(total("Canada", "28141000"), 1.98);
  EXPECT_EQ(total("Algeria", "25231000", "A"), 1.28);
  EXPECT_EQ(total("Albania", "28080000"), 2.76) << "not 2.73 + 0.04";
  EXPECT_EQ(total("United States", "25232900"), 1.21) << "not 1.16 + 0.06";
  EXPECT_EQ(total("China", "28041000"), 26.64);
  EXPECT_EQ(total("South Africa", "72111300"), 4.14);
  EXPECT_EQ(total("Malawi not in the table", "7601 10 00"), 2.202644) << "the others'";
}

TEST_F(EuCbam, MarkUpsAreFlatForFertilisers) {
  for (const int year : {2026, 2027, 2028, 2034}) EXPECT_EQ(mark_up(book(), "fertilisers", year, {}).share, 0.01);
  for (const char* sector : {"cement", "iron_steel", "aluminium", "hydrogen"}) {
    EXPECT_EQ(mark_up(book(), sector, 2026, {}).share, 0.1) << sector;
    EXPECT_EQ(mark_up(book(), sector, 2027, {}).share, 0.2) << sector;
    EXPECT_EQ(mark_up(book(), sector, 2034, {}).share, 0.3) << sector;
  }
}

TEST_F(EuCbam, PricesThresholdAndFactors) {
  EXPECT_NEAR(carbon_price(book(), "cbam", 2026)->value, 75.32, 1e-12);
  EXPECT_EQ(carbon_price(book(), "eu-ets", 2024)->value, 66.43);
  EXPECT_NEAR(carbon_price(book(), "eu-ets-quarterly", 2024)->value, 66.3725, 1e-12) << "another series";
  EXPECT_EQ(carbon_price(book(), "china-ets", 2024)->currency, "CNY");
  EXPECT_EQ(carbon_price(book(), "china-ets-stated", 2025)->confidence, "stated");
  EXPECT_TRUE(is_exempt(book(), "Switzerland"));
  EXPECT_EQ(de_minimis(book(), 2026)->tonnes, 50);
  EXPECT_THAT(de_minimis(book(), 2026)->excepted, ElementsAre("electricity", "hydrogen"));
  EXPECT_EQ(emission_factor(book(), "other_bituminous_coal", {}).value, 94.6);
  EXPECT_EQ(grid_factor(book(), "Türkiye", {}).confidence, "indicative");
  EXPECT_EQ(allowance_benchmark(book(), "eu-ets", "hot metal", "", 2026, {}).value, 1.248);
}

/// Rows as the regulation's extract has them, though they contradict its other tables.
bool is_odd(const DefaultValue& row) {
  const bool ore_without_indirect = row.country == "Angola" && row.cn == "26011200";
  const bool out_of_scope = row.country == "Tunisia" && row.cn.starts_with("7615");
  return ore_without_indirect || out_of_scope;
}

TEST_F(EuCbam, GoodsWithDefaultValuesAreInScopeAsTheirTablesSay) {
  int odd = 0;
  for (const DefaultValue& row : book().default_values) {
    if (is_odd(row)) {
      ++odd;
      continue;
    }
    const ScopeRule& rule = scope_of(book(), row.cn, row.where);
    const bool indirect = rule.charged == ChargedEmissions::direct_and_indirect;
    EXPECT_EQ(!std::isnan(row.indirect), indirect) << row.country << " " << row.cn;
    EXPECT_NO_THROW(mark_up(book(), rule.sector, 2026, row.where)) << row.cn;
    const double sum = row.direct + (indirect ? row.indirect : 0);
    EXPECT_NEAR(row.total, sum, 0.0101) << row.country << " " << row.cn << ": more than the rounding of the parts";
    if (!indirect) {
      EXPECT_EQ(row.total, row.direct) << row.country << " " << row.cn;
    }
  }
  EXPECT_EQ(odd, 5);
}

TEST_F(EuCbam, BenchmarksAreOfGoodsInScope) {
  for (const BorderBenchmark& row : book().benchmarks) EXPECT_NO_THROW(scope_of(book(), row.cn, row.where)) << row.cn;
}

/// Column A is what a good's own process is allowed, column B that and its precursors.
TEST_F(EuCbam, ColumnANeverExceedsColumnB) {
  for (const BorderBenchmark& row : book().benchmarks) {
    if (row.column != actual) continue;
    EXPECT_LE(row.value, benchmark(row.cn, row.route, by_default)) << row.cn << " " << row.route;
  }
}

/// The regulation once printed values with mark-ups beside the totals: some of them.
TEST_F(EuCbam, MarkUpsReproducePrintedValues) {
  struct Printed {
    const char *country, *cn, *route;
    double in_2026, in_2027, in_2028;
  };
  const std::vector<Printed> rows{
      {"Algeria", "25231000", "A", 1.408, 1.536, 1.664},   {"Algeria", "25231000", "B", 1.474, 1.608, 1.742},
      {"Albania", "28080000", "", 2.7876, 2.7876, 2.7876}, {"Canada", "28141000", "", 1.9998, 1.9998, 1.9998},
      {"China", "28080000", "", 3.1108, 3.1108, 3.1108},   {"China", "7601", "K", 3.3, 3.6, 3.9},
      {"China", "28041000", "", 29.304, 31.968, 34.632},   {"India", "72111300", "C", 4.708, 5.136, 5.564},
      {"Indonesia", "72111300", "C", 9.053, 9.876, 10.699}};
  for (const Printed& row : rows) {
    const auto in = [&](int year) {
      return total(row.country, row.cn, row.route) *
             (1 + mark_up(book(), scope_of(book(), row.cn, {}).sector, year, {}).share);
    };
    SCOPED_TRACE(std::string(row.country) + " " + row.cn);
    EXPECT_NEAR(in(2026), row.in_2026, 1e-9);
    EXPECT_NEAR(in(2027), row.in_2027, 1e-9);
    EXPECT_NEAR(in(2028), row.in_2028, 1e-9);
  }
}

}  // namespace
}  // namespace levee::testing
