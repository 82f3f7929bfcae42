#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/cost_path.hpp"
#include "tests/unit/rules_small_book.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// "line: message" of every fault that reading and reckoning finds. The head of the file has three lines.
std::vector<std::string> faults(const std::string& text, const std::string& years = "[2026]") {
  std::vector<std::string> result;
  try {
    cost_path(small_file(text, years));
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics()) {
      EXPECT_EQ(one.where.file, "firm.yaml") << one.message;
      result.push_back(fmt::format("{}: {}", one.where.line, one.message));
    }
  }
  return result;
}

std::string firm(const std::string& keys) { return "prices: {certificate: 80}\nfirms:\n  a: {" + keys + "}\n"; }

const std::string good = "cn: 30, route: A, origin: Far, emissions: {direct: 0.8}";

TEST(FirmReader, AcceptsWhatTheFaultyFilesAreMadeOf) { EXPECT_THAT(faults(firm(good)), ElementsAre()); }

TEST(FirmReader, UnknownCodesCountriesRoutesAndKeys) {
  EXPECT_THAT(faults(firm("cn: 9999, origin: Far, emissions: {direct: 1}")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("9999"))));
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Fra, emissions: {direct: 1}")),
              ElementsAre("6: the rules know no country 'Fra', did you mean 'Far'?; one without default values of its "
                          "own is 'elsewhere'"));
  EXPECT_THAT(faults(firm("cn: 30, route: Q, origin: Far, emissions: {direct: 1}")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("Q"))));
  EXPECT_THAT(faults(firm("cn: 30, origin: Far, emissions: {direct: 1}")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("A"), HasSubstr("B"))))
      << "several routes with actual data";
  EXPECT_THAT(faults(firm(good + ", tones: 3")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("did you mean 'tonnes'"))));
  EXPECT_THAT(faults("prices: {certificate: {table: cbm}}\nfirms: {a: {" + good + "}}"),
              ElementsAre(AllOf(StartsWith("4:"), HasSubstr("did you mean 'cbam'"))));
}

TEST(FirmReader, FiguresOutOfRange) {
  EXPECT_THAT(faults(firm(good + ", tonnes: -3")), ElementsAre("6: found -3, expected a figure that is not negative"));
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Far, emissions: {direct: -0.1}")),
              ElementsAre(HasSubstr("not negative")));
  EXPECT_THAT(faults(firm(good + ", price: 0")), ElementsAre("6: found 0, expected a price > 0"));
  EXPECT_THAT(faults(firm(good + ", carbon_price: {price: 10, share_paid: 1.2}")),
              ElementsAre(HasSubstr("a share from 0 to 1")));
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Far, emissions: {attributed: 5, activity_level: 0}")),
              ElementsAre(HasSubstr("an activity level > 0")));
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Far, emissions: {direct: 1, electricity: {mwh_per_tonne: 1, "
                          "sources: [{factor: 1, share: 0.6}]}}")),
              ElementsAre("6: found shares that add up to 0.6, expected 1"));
}

TEST(FirmReader, DefaultValueOfOnesOwn) {
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Far, emissions: {default_value: -1}")),
              ElementsAre(StartsWith("6: found -1")));
  EXPECT_THAT(faults(firm("cn: 30, route: A, origin: Far, emissions: {default_value: 2, direct: 1}")),
              ElementsAre("6: expected `default_value` or `direct`, not both"));
}

TEST(FirmReader, YearsOutsideTheTables) {
  EXPECT_THAT(faults(firm(good), "[2026, 2051]"), ElementsAre(AllOf(StartsWith("3:"), HasSubstr("2051"))));
  EXPECT_THAT(faults(firm(good), "[2027, 2026]"), ElementsAre("3: found 2026 after 2027, expected years in order"));
  EXPECT_THAT(faults(firm(good), "{from: 2027, to: 2026}"),
              ElementsAre("3: the last year 2026 is before the first, 2027"));
  EXPECT_THAT(faults("firms: {a: {" + good + "}}", "[2026, 2027]"),
              ElementsAre(AllOf(StartsWith("1:"), HasSubstr("no figure for 2027"))));
  EXPECT_THAT(faults("prices: {certificate: {2026: 80}}\nfirms: {a: {" + good + "}}", "[2026, 2027]"),
              ElementsAre("4: there is no figure for 2027; expected one of the years 2026 to 2026"));
}

TEST(FirmReader, Precursors) {
  const auto steel = [](const std::string& more) {
    return "prices: {certificate: 80}\nfirms:\n  slab: {cn: 20, origin: Far, emissions: {direct: 2}" + more + "}\n";
  };
  EXPECT_THAT(faults(steel("")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("has no precursors, but is made of some"))));
  EXPECT_THAT(
      faults(steel(", precursors: [{firm: oer, tonnes: 1}]") + "  ore: {cn: 10, origin: Far, emissions: default}\n"),
      ElementsAre("6: missing precursor: there is no firm 'oer', did you mean 'ore'?"));
  EXPECT_THAT(faults(steel(", precursors: [{firm: ore, tonnes: 1}]") +
                     "  ore: {cn: 10, origin: Far, emissions: {direct: 1}, precursors: [{firm: slab, tonnes: 0.1}]}\n"),
              ElementsAre("7: goods are made of each other: slab of ore of slab"));
  EXPECT_THAT(faults(steel(", precursors: [{firm: slab, tonnes: 1}]")),
              ElementsAre("6: goods are made of each other: slab of slab"));
  EXPECT_THAT(faults("prices: {certificate: 80}\nfirms:\n  slab: {cn: 20, origin: Far, emissions: default, precursors: "
                     "[{firm: slab, tonnes: 1}]}\n"),
              ElementsAre(HasSubstr("default values count the precursors already")));
  EXPECT_THAT(faults(steel(", precursors: [{cn: 10, tonnes: 1, emissions: default}]")),
              ElementsAre(HasSubstr("origin")));
}

TEST(FirmReader, CurrenciesWithoutARate) {
  EXPECT_THAT(faults("currency: CNY\n" + firm(good)),
              ElementsAre(AllOf(HasSubstr("there is no rate of EUR in CNY"), StartsWith("4:"))));
  EXPECT_THAT(faults(firm(good + ", currency: CNY")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("there is no rate of CNY in EUR"))));
  EXPECT_THAT(faults(firm(good + ", carbon_price: {price: 60, currency: CNY}")),
              ElementsAre(AllOf(StartsWith("6:"), HasSubstr("CNY"))));
  EXPECT_THAT(faults("currency: CNY\nexchange_rates: {EUR: {2026: 8}}\n" + firm(good), "[2026, 2027]"),
              ElementsAre("5: there is no figure for 2027; expected one of the years 2026 to 2026"));
}

TEST(FirmReader, Electricity) {
  const auto source = [](const std::string& keys) {
    return firm("cn: 30, route: A, origin: Far, emissions: {direct: 1, electricity: {mwh_per_tonne: 1, sources: [{" +
                keys + "}]}}");
  };
  EXPECT_THAT(faults(source("grid: Fra")), ElementsAre(AllOf(StartsWith("6:"), HasSubstr("Fra"))));
  EXPECT_THAT(faults(source("technology: natural_gas")),
              ElementsAre("6: 'natural_gas' is in tCO2/TJ, expected a factor in tCO2/MWh"));
  EXPECT_THAT(faults(source("grid: Far, factor: 1")),
              ElementsAre("6: expected one of `grid`, `technology` and `factor`"));
  EXPECT_THAT(faults(firm(good + ", green_supply: {premium: 5}")),
              ElementsAre(HasSubstr("green supply needs the electricity")));
}

TEST(FirmReader, VariantsInheritAndDoNotExtendThemselves) {
  const FirmFile file =
      small_file("prices: {certificate: 80}\nfirms:\n  a: {" + good +
                 ", tonnes: 100, label: base}\n  b: {extends: a, emissions: {indirect: 0.1}, label: b}\n");
  EXPECT_EQ(file.products[1].direct, 0.8);
  EXPECT_EQ(file.products[1].indirect, 0.1);
  EXPECT_EQ(file.firms[1].tonnes, 100);
  EXPECT_THAT(faults("prices: {certificate: 80}\nfirms: {a: {extends: b}, b: {extends: a}}\n"),
              ElementsAre(HasSubstr("extends itself"), HasSubstr("extends itself")));
  EXPECT_THAT(faults("prices: {certificate: 80}\nfirms: {cement: {" + good + "}, b: {extends: cemnt}}\n"),
              ElementsAre("5: there is no firm 'cemnt', did you mean 'cement'?"));
}

TEST(FirmReader, ImportersAndUncertainty) {
  EXPECT_THAT(faults("importers: {tradr: 5}\nprices: {certificate: 80}\nfirms: {a: {" + good + ", importer: trader}}"),
              ElementsAre("4: no firm has the importer 'tradr', did you mean 'trader'?"));
  EXPECT_THAT(faults("uncertainty: {certificate_price: {uniform: [2, 1]}}\n" + firm(good)),
              ElementsAre(HasSubstr("figures in order")));
  EXPECT_THAT(faults("uncertainty: {draws: 0}\n" + firm(good)), ElementsAre(HasSubstr("1 to 1000000 draws")));
  EXPECT_THAT(faults("readings: {law: {emissions: indirect}}\n" + firm(good)),
              ElementsAre(AllOf(StartsWith("4:"), HasSubstr("indirect"))));
}

}  // namespace
}  // namespace levee::testing
