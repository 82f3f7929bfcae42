// Questions to a small rule book, each with its answers and the message where there is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "rules/rule_lookup.hpp"
#include "tests/unit/rules_files.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Location asked{"firm.yaml", 7, 3};
constexpr auto actual = BenchmarkColumn::actual;
constexpr auto by_default = BenchmarkColumn::default_value;

/// What a question is refused with; it must be where it was asked.
std::string refusal(const std::function<void()>& question) {
  try {
    question();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().size(), 1U);
    EXPECT_EQ(error.diagnostics().front().where, asked);
    return error.diagnostics().front().message;
  }
  return "";
}

class RuleLookup : public ::testing::Test {
 protected:
  RuleFiles files_;
  RuleBook book_ = files_.read();
};

TEST_F(RuleLookup, LongestRowOfScopeDecides) {
  EXPECT_EQ(scope_of(book_, "7207 11 11", asked).cn, "72");
  EXPECT_EQ(scope_of(book_, "2523 10 00", asked).charged, ChargedEmissions::direct_and_indirect);
  EXPECT_THAT(scope_of(book_, "76011000", asked).gases, ElementsAre("CO2", "PFC"));
  EXPECT_EQ(scope_of(book_, "76011000", asked).charged, ChargedEmissions::direct);
}

TEST_F(RuleLookup, ShortCodesAreAnsweredWhereAllRowsAgree) {
  EXPECT_EQ(scope_of(book_, "2523", asked).sector, "cement");
  EXPECT_EQ(border_benchmark(book_, "7601", "K", by_default, 2026, asked).value, 1.423);
  EXPECT_THAT(refusal([&] { border_benchmark(book_, "76", "K", by_default, 2026, asked); }),
              HasSubstr("CN 76 in column B: it is too short, since what begins with it differs; expected one of "
                        "76011010, 76012030, 76041010"));
  EXPECT_THAT(refusal([&] { scope_of(book_, "25", asked); }), "");
}

TEST_F(RuleLookup, WhatIsNotInScopeIsNamed) {
  EXPECT_THAT(refusal([&] { scope_of(book_, "7204 10 00", asked); }),
              AllOf(HasSubstr("CN 7204 10 00 is not in scope: CN 7204 is excluded"), HasSubstr("scope.csv:3")));
  EXPECT_THAT(refusal([&] { scope_of(book_, "25231100", asked); }), HasSubstr("did you mean '25231000'?"));
  EXPECT_THAT(refusal([&] { scope_of(book_, "alu", asked); }), HasSubstr("found 'alu', expected a CN code"));
  EXPECT_THAT(refusal([&] { scope_of(book_, "7", asked); }), HasSubstr("expected a CN code"));
}

TEST_F(RuleLookup, PhaseInByYear) {
  EXPECT_EQ(phase_in(book_, 2027, asked).charged, 0.05);
  EXPECT_EQ(phase_in(book_, 2027, asked).remaining, 0.95);
  EXPECT_EQ(phase_in(book_, 2027, asked).correction_factor, 0.9);
  EXPECT_TRUE(std::isnan(phase_in(book_, 2026, asked).correction_factor));
  EXPECT_EQ(refusal([&] { phase_in(book_, 2025, asked); }), "the phase-in has no year 2025, expected 2026 to 2028");
}

TEST_F(RuleLookup, BenchmarksByColumnRouteAndYear) {
  EXPECT_EQ(border_benchmark(book_, "72071912", "D", actual, 2026, asked).value, 0.065);
  EXPECT_EQ(border_benchmark(book_, "72071912", "D", by_default, 2026, asked).value, 0.475);
  EXPECT_EQ(border_benchmark(book_, "72071111", "", by_default, 2027, asked).value, 1.4);
  EXPECT_EQ(border_benchmark(book_, "72071111", "D", by_default, 2029, asked).value, 1.3) << "no route: for all";
  EXPECT_EQ(border_benchmark(book_, "72071111", "C", by_default, 2031, asked).value, 1.364)
      << "its own row has ended: that of the heading";
  EXPECT_EQ(refusal([&] { border_benchmark(book_, "72071111", "C", by_default, 2025, asked); }),
            "no benchmarks of the year 2025, expected 2026 or later");
}

TEST_F(RuleLookup, SeveralRoutesGiveTheHighestInColumnBAndAnErrorInColumnA) {
  EXPECT_EQ(border_benchmark(book_, "72071912", "", by_default, 2026, asked).value, 1.364);
  EXPECT_EQ(border_benchmark(book_, "72241010", "F", by_default, 2026, asked).value, 1.46);
  EXPECT_EQ(border_benchmark(book_, "72241010", "F2", by_default, 2026, asked).value, 1.298);
  EXPECT_EQ(refusal([&] { border_benchmark(book_, "72071912", "", actual, 2026, asked); }),
            "CN 72071912 has benchmarks by route in column A: expected a route, one of C, D");
  EXPECT_EQ(refusal([&] { border_benchmark(book_, "72071912", "E", actual, 2026, asked); }),
            "no benchmark of CN 72071912 by route 'E' in column A; expected one of C, D");
}

TEST_F(RuleLookup, DefaultValuesAreTheLegalTotals) {
  const DefaultValue& value = default_value(book_, "Albania", "2808 00 00", "", asked);
  EXPECT_EQ(value.total, 2.76);
  EXPECT_EQ(value.direct + value.indirect, 2.73 + 0.04) << "which is not the total";
  EXPECT_TRUE(std::isnan(default_value(book_, "Zambia", "76011000", "", asked).indirect));
}

TEST_F(RuleLookup, DefaultValuesByLongestCodeAndRoute) {
  EXPECT_EQ(default_value(book_, "Zambia", "76011010", "", asked).total, 3);
  EXPECT_EQ(default_value(book_, "Zambia", "76012030", "", asked).total, 3.5);
  EXPECT_EQ(default_value(book_, "Zambia", "25231000", "B", asked).description, "White clinker");
  EXPECT_EQ(default_value(book_, "Zambia", "25231000", "", asked).description, "Grey clinker") << "the highest";
  EXPECT_EQ(default_value(book_, "Zambia", "76011010", "", asked).description, "Unwrought aluminium");
  EXPECT_EQ(refusal([&] { default_value(book_, "Zambia", "25231000", "C", asked); }),
            "no default value of CN 25231000 by route 'C' from 'Zambia'; expected one of A, B");
}

TEST_F(RuleLookup, CountriesAndGoodsWithoutTheirOwnTakeTheFallback) {
  EXPECT_EQ(default_value(book_, "Peru", "76011010", "", asked).country, "Others");
  EXPECT_EQ(default_value(book_, "Zambia", "28080000", "", asked).total, 2.81);
  EXPECT_THAT(refusal([&] { default_value(book_, "Albnia", "28080000", "", asked); }),
              AllOf(HasSubstr("country 'Albnia', did you mean 'Albania'?"), HasSubstr("those of 'Others': name that")));
  EXPECT_THAT(refusal([&] { default_value(book_, "Zambia", "28080001", "", asked); }),
              HasSubstr("no default value of CN 28080001 from 'Zambia', did you mean '28080000'?"));
}

TEST_F(RuleLookup, WithoutAFallbackACountryMustBeThere) {
  book_.fallback_country.clear();
  EXPECT_THAT(refusal([&] { default_value(book_, "Peru", "76011010", "", asked); }),
              HasSubstr("no default values of the country 'Peru'"));
  EXPECT_THAT(refusal([&] { default_value(book_, "Albania", "7601", "", asked); }),
              HasSubstr("no default value of CN 7601 from 'Albania'"));
}

TEST_F(RuleLookup, MarkUpsBySectorAndYear) {
  EXPECT_EQ(mark_up(book_, "cement", 2026, asked).share, 0.1);
  EXPECT_EQ(mark_up(book_, "cement", 2050, asked).share, 0.2);
  EXPECT_EQ(refusal([&] { mark_up(book_, "cemnt", 2026, asked); }), "unknown sector 'cemnt', did you mean 'cement'?");
  EXPECT_EQ(refusal([&] { mark_up(book_, "steel", 2031, asked); }),
            "no mark-up of steel in the year 2031, expected 2026 to 2030");
}

TEST_F(RuleLookup, PricesOfAYearAreItsOwnElseTheMeanOfItsQuarters) {
  EXPECT_NEAR(carbon_price(book_, "cbam", 2026)->value, 75.32, 1e-12);
  EXPECT_EQ(carbon_price(book_, "ets", 2026)->value, 70);
  EXPECT_EQ(carbon_price(book_, "ets", 2026)->currency, "EUR");
  EXPECT_FALSE(carbon_price(book_, "ets", 2027));
  EXPECT_FALSE(carbon_price(book_, "nowhere", 2026));
}

TEST_F(RuleLookup, ExemptOriginsAndTheThreshold) {
  EXPECT_TRUE(is_exempt(book_, "Norway"));
  EXPECT_FALSE(is_exempt(book_, "Zambia"));
  EXPECT_EQ(de_minimis(book_, 2025), nullptr);
  EXPECT_EQ(de_minimis(book_, 2029)->tonnes, 50);
  EXPECT_THAT(de_minimis(book_, 2029)->excepted, ElementsAre("cement", "steel"));
  EXPECT_EQ(de_minimis(book_, 2030)->tonnes, 20);
}

TEST_F(RuleLookup, FactorsByName) {
  EXPECT_EQ(emission_factor(book_, "natural_gas", asked).value, 56.1);
  EXPECT_EQ(refusal([&] { emission_factor(book_, "natural_gs", asked); }),
            "no emission factor 'natural_gs', did you mean 'natural_gas'?");
  EXPECT_EQ(grid_factor(book_, "Serbia", asked).confidence, "indicative");
  EXPECT_THAT(refusal([&] { grid_factor(book_, "Serbai", asked); }), HasSubstr("did you mean 'Serbia'?"));
}

TEST_F(RuleLookup, AllowanceBenchmarksByTechnologyElseTheOneForAll) {
  EXPECT_EQ(allowance_benchmark(book_, "eu", "hot metal", "", 2025, asked).value, 1.288);
  EXPECT_EQ(allowance_benchmark(book_, "eu", "hot metal", "any", 2026, asked).value, 1.248);
  EXPECT_EQ(allowance_benchmark(book_, "cn", "clinker", "dry kiln", 2024, asked).value, 0.85);
  EXPECT_EQ(allowance_benchmark(book_, "cn", "clinker", "", 2024, asked).value, 0.9);
  EXPECT_THAT(refusal([&] { allowance_benchmark(book_, "cn", "anode", "prebakd", 2024, asked); }),
              HasSubstr("unknown technology of anode 'prebakd', did you mean 'prebaked'?"));
  EXPECT_THAT(refusal([&] { allowance_benchmark(book_, "cn", "clinkr", "", 2024, asked); }),
              HasSubstr("did you mean 'clinker'?"));
  EXPECT_THAT(refusal([&] { allowance_benchmark(book_, "uk", "clinker", "", 2024, asked); }),
              HasSubstr("unknown market 'uk'"));
  EXPECT_THAT(refusal([&] { allowance_benchmark(book_, "eu", "hot metal", "", 2031, asked); }),
              HasSubstr("no benchmark of hot metal in the market eu in the year 2031, expected 2021 to 2030"));
}

TEST_F(RuleLookup, ABookWithoutATableSaysSo) {
  RuleBook empty;
  empty.path = "own.yaml";
  EXPECT_EQ(refusal([&] { scope_of(empty, "7601", asked); }), "own.yaml has no table 'scope'");
  EXPECT_EQ(refusal([&] { phase_in(empty, 2026, asked); }), "own.yaml has no table 'phase_in'");
  EXPECT_EQ(refusal([&] { border_benchmark(empty, "7601", "", actual, 2026, asked); }),
            "own.yaml has no table 'benchmarks'");
  EXPECT_EQ(refusal([&] { default_value(empty, "Zambia", "7601", "", asked); }),
            "own.yaml has no table 'default_values'");
  EXPECT_EQ(refusal([&] { mark_up(empty, "cement", 2026, asked); }), "own.yaml has no table 'mark_ups'");
  EXPECT_EQ(refusal([&] { emission_factor(empty, "coke", asked); }), "own.yaml has no table 'emission_factors'");
  EXPECT_EQ(refusal([&] { grid_factor(empty, "Serbia", asked); }), "own.yaml has no table 'grid_factors'");
  EXPECT_EQ(refusal([&] { allowance_benchmark(empty, "eu", "coke", "", 2026, asked); }),
            "own.yaml has no table 'allowance_benchmarks'");
}

}  // namespace
}  // namespace levee::testing
