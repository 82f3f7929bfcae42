// Figures by year and exchange rates as users give them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rules/exchange_rates.hpp"
#include "rules/year_path.hpp"

namespace levee {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

YearPath path_of(const std::string& text, const FigureRange& range = {}) {
  return read_year_path(YamlView::parse("price: " + text, "plant.yaml").at("price"), 2026, range);
}

/// What an InputError thrown by `work` says, with its place.
template <class Work>
std::string fault(Work&& work) {
  try {
    work();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

TEST(YearPath, OneNumberHoldsEveryYear) {
  const YearPath path = path_of("80");
  EXPECT_EQ(path.at(1990), 80);
  EXPECT_EQ(path.at(2050), 80);
}

TEST(YearPath, YearsBetweenThoseNamedLieOnALine) {
  const YearPath path = path_of("{2026: 80, 2030: 120, 2032: 100}");
  EXPECT_EQ(path.at(2026), 80);
  EXPECT_DOUBLE_EQ(path.at(2027), 90);
  EXPECT_EQ(path.at(2030), 120);
  EXPECT_DOUBLE_EQ(path.at(2031), 110);
  EXPECT_FALSE(path.has(2025));
  EXPECT_FALSE(path.has(2033));
}

TEST(YearPath, GrowthStartsInTheYearNamedOrInTheFilesFirst) {
  EXPECT_DOUBLE_EQ(path_of("{start: 100, growth: 0.1}").at(2028), 121);
  EXPECT_DOUBLE_EQ(path_of("{start: 100, growth: -0.5, from: 2024}").at(2026), 25);
  EXPECT_EQ(path_of("{start: 100, growth: 0}").at(2040), 100);
}

TEST(YearPath, AYearOutsideIsNamedWithThoseThatAreThere) {
  EXPECT_THAT(fault([] { path_of("{2026: 80, 2030: 120}").at(2031); }),
              AllOf(StartsWith("plant.yaml:1:8: "), HasSubstr("no figure for 2031"), HasSubstr("2026 to 2030")));
  EXPECT_THAT(fault([] { path_of("{2026: 80}").at(2027); }), HasSubstr("expected one of the years 2026 to 2026"));
  EXPECT_THAT(fault([] { path_of("{start: 1, growth: 0.1}").at(2025); }), HasSubstr("2026 or later"));
}

TEST(YearPath, GrowthBeyondAnyNumberIsRefused) {
  EXPECT_THAT(fault([] { path_of("{start: 1, growth: 1e200}").at(2028); }), HasSubstr("beyond any number by 2028"));
}

TEST(YearPath, WhatIsNoPathIsRefusedAtItsPlace) {
  EXPECT_THAT(fault([] { path_of("-1"); }), AllOf(StartsWith("plant.yaml:1:8: "), HasSubstr("-1 is below 0")));
  EXPECT_THAT(fault([] { path_of("{2026: 1, 2027: -2}"); }), AllOf(StartsWith("plant.yaml:1:24: "), HasSubstr("-2")));
  EXPECT_THAT(fault([] { path_of("1.5", {0, 1}); }), HasSubstr("1.5 is not from 0 to 1"));
  EXPECT_THAT(fault([] { path_of("{year: 3}"); }),
              AllOf(StartsWith("plant.yaml:1:9: "), HasSubstr("'year' is no year")));
  EXPECT_THAT(fault([] { path_of("{start: 1, groth: 2}"); }), HasSubstr("did you mean 'growth'?"));
  EXPECT_THAT(fault([] { path_of("{start: 1}"); }), HasSubstr("growth"));
  EXPECT_THAT(fault([] { path_of("{start: 1, growth: -1}"); }), HasSubstr("leaves nothing"));
  EXPECT_THAT(fault([] { path_of("{start: 1, growth: 0, from: 26}"); }), HasSubstr("26 is no year"));
  EXPECT_THAT(fault([] { path_of("{}"); }), HasSubstr("no year is given"));
}

ExchangeRates rates_of(const std::string& text) {
  return read_exchange_rates(YamlView::parse(text, "plant.yaml"), 2026);
}

TEST(ExchangeRates, MoneyOfTheReportNeedsNoRateAndOtherMoneyTheUsers) {
  const ExchangeRates rates = rates_of("currency: CNY\nexchange_rates: {EUR: 8, USD: {2026: 7, 2028: 6}}\n");
  const Location asked{"plant.yaml", 9, 3};
  EXPECT_EQ(rates.currency(), "CNY");
  EXPECT_EQ(rates.rate("CNY", 2026, asked), 1);
  EXPECT_EQ(rates.rate("EUR", 2031, asked), 8);
  EXPECT_DOUBLE_EQ(rates.rate("USD", 2027, asked), 6.5);
  EXPECT_THAT(fault([&] { rates.rate("GBP", 2026, asked); }),
              AllOf(StartsWith("plant.yaml:9:3: "), HasSubstr("no rate of GBP in CNY")));
  EXPECT_THAT(fault([&] { rates.rate("USD", 2029, asked); }), HasSubstr("no figure for 2029"));
}

TEST(ExchangeRates, RatesThatMeanNothingAreRefused) {
  EXPECT_THAT(fault([] { rates_of("exchange_rates: {EUR: 8}\n"); }), HasSubstr("currency"));
  EXPECT_THAT(fault([] { rates_of("currency: CNY\nexchange_rates: {EUR: 0}\n"); }), StartsWith("plant.yaml:2:23: "));
  EXPECT_THAT(fault([] { rates_of("currency: CNY\nexchange_rates: {CNY: 2}\n"); }),
              AllOf(StartsWith("plant.yaml:2:18: "), HasSubstr("needs no rate")));
}

}  // namespace
}  // namespace levee
