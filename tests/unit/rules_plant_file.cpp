// Plant files: what is read of them, and that every fault of one is told at its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "rules/plant_file.hpp"

namespace levee {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string base = R"(allowances: Works
unit: t
currency: EUR
years: {from: 2026, to: 2028}
output: {2022: 100, 2028: 160}
intensity: 0.9
price: 80
methods:
)";

PlantFile read(const std::string& text) { return read_plant(YamlView::parse(text, "plant.yaml")); }

std::string fault(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

const std::string grandfathered = "  g: {method: grandfathering, base_years: [2022, 2024]}\n";

TEST(PlantFile, SaysWhatThePlantMakesAndWhatAllowancesCost) {
  const PlantFile plant = read(
      replaced(base, "price: 80", "price: 600\nprice_currency: CNY\nexchange_rates: {CNY: 0.125}") + grandfathered);
  EXPECT_EQ(plant.name, "Works");
  EXPECT_EQ(plant.study.years, (std::vector<int>{2026, 2027, 2028}));
  EXPECT_DOUBLE_EQ(plant.study.plant.emissions(2026), 140 * 0.9);
  EXPECT_DOUBLE_EQ(plant.study.price.at(2027), 75);
  EXPECT_EQ(plant.prices.at(2027).quoted, 600);
  EXPECT_EQ(plant.prices.at(2027).confidence, "user");
  ASSERT_EQ(plant.study.methods.size(), 1);
  EXPECT_EQ(std::get<Grandfathering>(plant.study.methods[0].rule).base_years, (std::vector<int>{2022, 2024}));
}

TEST(PlantFile, SharesAreMultiplied) {
  const PlantFile plant = read(base +
                               "  o: {method: output_based, benchmark: 0.8, share: {2026: 1, 2028: 0.5}, "
                               "correction_factor: 0.9}\n");
  EXPECT_DOUBLE_EQ(plant.study.methods[0].share.at(2026), 0.9);
  EXPECT_DOUBLE_EQ(plant.study.methods[0].share.at(2027), 0.675);
  EXPECT_DOUBLE_EQ(plant.study.methods[0].share.at(2028), 0.45);
}

/// A plant that asks the shipped rules.
PlantFile of_rules(const std::string& text) {
  return read_plant(YamlView::parse(text, std::string(LEVEE_SOURCE_DIR) + "/scenarios/allowances/tested.yaml"));
}

const std::string steel = R"(allowances: Furnace
rules: ../../data/rules/eu-cbam/rules.yaml
market: eu-ets
product: hot metal
unit: t
currency: EUR
years: {from: 2025, to: 2027}
output: {2022: 100, 2027: 150}
intensity: 1.5
price: 80
methods:
  o: {method: output_based}
)";

std::string fault_of_rules(const std::string& text) {
  try {
    of_rules(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

TEST(PlantFile, BenchmarksComeFromTheRulesWithTheirSource) {
  const AllowanceMethod method = of_rules(steel).study.methods.front();
  EXPECT_EQ(method.benchmarks.at(2025).value, 1.288);
  EXPECT_EQ(method.benchmarks.at(2026).value, 1.248);
  EXPECT_EQ(method.benchmarks.at(2026).confidence, "secondary");
  EXPECT_FALSE(of_rules(steel).sources.empty());
}

TEST(PlantFile, FreeAllocationThatLeavesIsTheShareThatRemainsNotTheOneCharged) {
  const std::string text = replaced(replaced(steel, "from: 2025", "from: 2026"), "{method: output_based}",
                                    "{method: output_based, border_phase_in: true}");
  const AllowanceMethod method = of_rules(text).study.methods.front();
  EXPECT_DOUBLE_EQ(method.share.at(2026), 0.975);
  EXPECT_DOUBLE_EQ(method.share.at(2027), 0.95);
}

TEST(PlantFile, PricesOfTheMarketAreConverted) {
  const std::string text =
      replaced(replaced(replaced(steel, "price: 80", "price: market"), "from: 2025, to: 2027", "from: 2024, to: 2025"),
               "currency: EUR", "currency: CNY\nexchange_rates: {EUR: 8}");
  const PlantFile plant = of_rules(text);
  EXPECT_DOUBLE_EQ(plant.study.price.at(2024), 8 * 66.43);
  EXPECT_EQ(plant.prices.at(2024).currency, "EUR");
}

TEST(PlantFile, TechnologiesHaveBenchmarksOfTheirOwn) {
  const PlantFile plant =
      read_plant(YamlView::load(std::string(LEVEE_SOURCE_DIR) + "/scenarios/allowances/power.yaml"));
  EXPECT_EQ(plant.study.methods[0].benchmarks.at(2022).value, 0.8177);
  EXPECT_EQ(plant.study.methods[1].benchmarks.at(2022).value, 0.8729);
  EXPECT_EQ(plant.study.methods[2].benchmarks.at(2022).value, 0.3901);
}

TEST(PlantFile, WhatIsMissingOrUnknownIsToldAtItsPlace) {
  EXPECT_THAT(fault(replaced(base, "unit: t\n", "") + grandfathered), HasSubstr("unit"));
  EXPECT_THAT(fault(base + "  g: {method: grandfathring, base_years: [2022]}\n"),
              AllOf(HasSubstr("plant.yaml:9:15: "), HasSubstr("did you mean 'grandfathering'?")));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2022], lag: 1}\n"),
              AllOf(HasSubstr("plant.yaml:9:"), HasSubstr("unknown key 'lag'")));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering}\n"), HasSubstr("base_years"));
  EXPECT_THAT(fault(base + "  o: {method: output_based}\n"), HasSubstr("expected the key `rules`"));
  EXPECT_THAT(fault(replaced(base, "methods:\n", "methods: {}\n")), HasSubstr("at least one method"));
  EXPECT_THAT(fault(replaced(base, "unit: t", "units: t") + grandfathered), HasSubstr("did you mean 'unit'?"));
}

TEST(PlantFile, YearsWithoutFiguresAreNamed) {
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2020]}\n"),
              AllOf(HasSubstr("plant.yaml:9:44: "), HasSubstr("`output`: there is no figure for 2020"),
                    HasSubstr("2022 to 2028")));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2027]}\n"), HasSubstr("comes after 2026"));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2022, 2022]}\n"), HasSubstr("given twice"));
  EXPECT_THAT(fault(base + "  o: {method: output_based, benchmark: 0.8, lag: 5}\n"),
              HasSubstr("there is no figure for 2021"));
  EXPECT_THAT(fault(base + "  o: {method: output_based, benchmark: {2026: 0.8, 2027: 0.7}}\n"),
              HasSubstr("there is no figure for 2028"));
  EXPECT_THAT(fault(replaced(base, "to: 2028", "to: 2030") + grandfathered),
              AllOf(HasSubstr("plant.yaml:5:9: "), HasSubstr("there is no figure for 2029")));
  EXPECT_THAT(fault(replaced(base, "to: 2028", "to: 2025") + grandfathered), HasSubstr("before the first"));
}

TEST(PlantFile, FiguresThatMakeNoSenseAreRefused) {
  EXPECT_THAT(fault(replaced(base, "2022: 100", "2022: -100") + grandfathered),
              AllOf(HasSubstr("plant.yaml:5:16: "), HasSubstr("-100 is below 0")));
  EXPECT_THAT(fault(replaced(base, "price: 80", "price: -1") + grandfathered), HasSubstr("-1 is below 0"));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2022], share: 1.2}\n"), HasSubstr("1.2"));
  EXPECT_THAT(fault(base + "  g: {method: grandfathering, base_years: [2022], share: {start: 1, growth: 0.1}}\n"),
              HasSubstr("1.1 in 2027 is not from 0 to 1"));
  EXPECT_THAT(fault(base + "  i: {method: intensity_based, balance: 0, cap: 0.1}\n"), HasSubstr("0 is not above 0"));
  EXPECT_THAT(fault(base + "  o: {method: output_based, benchmark: 1, lag: -1}\n"), HasSubstr("yet to come"));
  EXPECT_THAT(fault(base + "  o: {method: output_based, benchmark: 1, average: 0}\n"), HasSubstr("1 or more"));
  EXPECT_THAT(fault(base + "  o: {method: output_based, benchmark: 1, lag: 2147483647, average: 2147483647}\n"),
              HasSubstr("more than 100 years"));
  EXPECT_THAT(fault(replaced(base, "price: 80", "price: 80\ndiscount_rate: -0.1") + grandfathered),
              HasSubstr("discount rate"));
}

TEST(PlantFile, MoneyOfAnotherCurrencyNeedsARate) {
  EXPECT_THAT(fault(replaced(base, "price: 80", "price: 80\nprice_currency: CNY") + grandfathered),
              AllOf(HasSubstr("plant.yaml:8:17: "), HasSubstr("no rate of CNY in EUR")));
}

TEST(PlantFile, WhatTheRulesDoNotHaveIsNamed) {
  EXPECT_THAT(fault_of_rules(replaced(steel, "product: hot metal", "product: hot metall")), HasSubstr("hot metal"));
  EXPECT_THAT(fault_of_rules(replaced(steel, "market: eu-ets", "market: eu-etz")), HasSubstr("eu-ets"));
  EXPECT_THAT(fault_of_rules(replaced(steel, "market: eu-ets\n", "")), HasSubstr("`market`"));
  EXPECT_THAT(fault_of_rules(replaced(steel, "unit: t", "unit: MWh")), HasSubstr("the same unit of output"));
  EXPECT_THAT(fault_of_rules(replaced(steel, "price: 80", "price: market")), HasSubstr("no price of eu-ets in 2026"));
  EXPECT_THAT(fault_of_rules(replaced(steel, "to: 2027", "to: 2031")), Not(HasSubstr("no fault")));
  EXPECT_THAT(fault_of_rules(replaced(steel, "eu-cbam/rules", "eu-cban/rules")), HasSubstr("no such file"));
  EXPECT_THAT(
      fault_of_rules(replaced(steel, "{method: output_based}", "{method: output_based, border_phase_in: true}")),
      HasSubstr("2025"));
}

TEST(PlantFile, EveryFaultOfTheMethodsIsToldAtOnce) {
  EXPECT_THAT(fault(base + "  a: {method: lottery}\n  b: {method: output_based, benchmark: -1}\n"),
              AllOf(HasSubstr("plant.yaml:9:"), HasSubstr("plant.yaml:10:")));
}

}  // namespace
}  // namespace levee
