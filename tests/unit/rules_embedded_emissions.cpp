#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/benchmark_adjustment.hpp"
#include "rules/embedded_emissions.hpp"
#include "tests/unit/rules_small_book.hpp"

namespace levee::testing {
namespace {

/// Slabs of ore of the firm's own, of which a half is bought from Far.
const char* const slabs = R"(
firms:
  slabs:
    cn: 20
    origin: Far
    emissions: {attributed: 150, activity_level: 100, electricity: {mwh_per_tonne: 2, sources: [{grid: Far, share: 0.5},
      {technology: coal_power, share: 0.3}, {name: hydro, factor: 0, share: 0.2}]}}
    precursors: [{firm: ore, tonnes: 1.2}, {cn: 10, origin: Far, tonnes: 0.4, emissions: default}]
  ore: {cn: '1 0', origin: Far, emissions: {direct: 0.25, indirect: 0.1}}
)";

RuleYear in(const FirmFile& file, int year) { return {file.book, year, true, {}, nullptr}; }

TEST(EmbeddedEmissions, PrecursorsAddTheirsDirectAndIndirectApart) {
  const FirmFile file = small_file(std::string("prices: {certificate: 80}") + slabs);
  const EmbeddedEmissions slab = embedded_emissions(file.products, 0, in(file, 2026));
  const double bought = 0.4 * 0.5 * 1.1;  // default value with its mark-up
  EXPECT_NEAR(slab.direct, 1.5 + 1.2 * 0.25 + bought, 1e-12);
  EXPECT_NEAR(
      file.products[0].electricity->mwh_per_tonne * electricity_factor(*file.products[0].electricity, in(file, 2026)),
      2 * (0.5 * 0.5 + 0.3 * 0.9), 1e-12);
  EXPECT_NEAR(slab.total, 1.5 + 1.04 + 1.2 * 0.35 + bought, 1e-12);
}

/// Column A of the last step, to which precursors add their own: with default data column B.
TEST(BenchmarkAdjustment, PrecursorsAddTheirs) {
  const FirmFile file = small_file(std::string("prices: {certificate: 80}") + slabs);
  EXPECT_NEAR(benchmark_adjustment(file.products, 0, in(file, 2026)), 0.75 * (1 + 1.2 * 0.2 + 0.4 * 0.15), 1e-12);
  EXPECT_NEAR(benchmark_adjustment(file.products, 1, in(file, 2026)), 0.75 * 0.2, 1e-12);
  EXPECT_EQ(benchmark_adjustment(file.products, 0, in(file, 2027)), 0);
}

TEST(BenchmarkAdjustment, TakesAnAssumedFactorForOneAndTheUsersForItself) {
  const FirmFile file = small_file(std::string("prices: {certificate: 80}") + slabs);
  RuleYear rules = in(file, 2026);
  EXPECT_TRUE(correction_factor_is_assumed(rules, {}));
  rules.correction_factor = 0.9;
  EXPECT_FALSE(correction_factor_is_assumed(rules, {}));
  EXPECT_NEAR(benchmark_adjustment(file.products, 1, rules), 0.9 * 0.75 * 0.2, 1e-12);
}

/// A common error: which column goes with which data, and the highest route where several are possible.
TEST(BenchmarkAdjustment, ColumnFollowsTheData) {
  const FirmFile file = small_file(R"(
prices: {certificate: 80}
firms:
  by_default: {cn: 20, origin: Far, emissions: default}
  told: {cn: 20, origin: Far, emissions: {direct: 2}, benchmark_column: default}
  own: {cn: 20, origin: Far, emissions: {direct: 2}, benchmark: 1.1}
  cement: {cn: 30, origin: Far, emissions: default}
)");
  const RuleYear rules = in(file, 2026);
  EXPECT_NEAR(benchmark_adjustment(file.products, 0, rules), 0.75 * 1.6, 1e-12);
  EXPECT_NEAR(benchmark_adjustment(file.products, 1, rules), 0.75 * 1.6, 1e-12);
  EXPECT_NEAR(benchmark_adjustment(file.products, 2, rules), 0.75 * 1.1, 1e-12);
  EXPECT_NEAR(benchmark_adjustment(file.products, 3, rules), 0.75 * 0.9, 1e-12);
}

/// A common error: the sum of parts that are rounded is not the default value.
TEST(EmbeddedEmissions, DefaultIsTheLegalTotalWithItsMarkUp) {
  const FirmFile file =
      small_file("prices: {certificate: 80}\nfirms: {a: {cn: 30, origin: Far, emissions: default}}\n");
  RuleYear rules = in(file, 2026);
  EXPECT_NEAR(embedded_emissions(file.products, 0, rules).total, 0.76 * 1.1, 1e-12);
  rules.marked_up = false;
  EXPECT_NEAR(embedded_emissions(file.products, 0, rules).total, 0.76, 1e-12);
}

TEST(EmbeddedEmissions, WhatIsChargedIsDirectOrTheTotal) {
  const EmbeddedEmissions both{1.7, 11.3, 13}, total_only{no_figure, no_figure, 3};
  EXPECT_EQ(charged_emissions(both, ChargedEmissions::direct), 1.7);
  EXPECT_EQ(charged_emissions(both, ChargedEmissions::direct_and_indirect), 13);
  EXPECT_EQ(charged_emissions(total_only, ChargedEmissions::direct), 3);
}

TEST(EmbeddedEmissions, ElectricityIsChargedByTheGridWithoutBenchmarkOrMarkUp) {
  const FirmFile file =
      small_file("prices: {certificate: 80}\nfirms: {a: {cn: 2716, origin: Far, emissions: default}}\n");
  EXPECT_EQ(embedded_emissions(file.products, 0, in(file, 2026)).direct, 0.5);
  EXPECT_EQ(benchmark_adjustment(file.products, 0, in(file, 2026)), 0);
}

}  // namespace
}  // namespace levee::testing
