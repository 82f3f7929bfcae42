// The published tables of a study of China's emissions trading and the CBAM to the digit, and what the rules as written
// make of the same tonne of cement and of aluminium.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

/// What `levee cost` writes of a shipped file.
Json cost_of(const Workspace& folder, const std::string& file) {
  const Ran ran = folder.levee(
      {"cost", fmt::format("{}/scenarios/dual-pressure/{}", LEVEE_SOURCE_DIR, file), "--out", "out", "--quiet"});
  if (ran.status != 0) throw std::runtime_error(ran.err);
  return json_of(folder, "out/cost.json");
}

const Json& row_of(const Json& document, const std::string& reading, const std::string& firm, int year) {
  for (const Json& row : document.at("rows")) {
    if (row.at("reading") == reading && row.at("firm") == firm && row.at("year") == year) return row;
  }
  throw std::runtime_error(fmt::format("no {} of {} in {}", firm, reading, year));
}

std::string written(const Json& row, const std::string& quantity) {
  return fmt::format("{:.2f}", row.at(quantity).get<double>());
}

/// Figures of a row by name, as the study prints them or to a hundredth.
using Figures = std::vector<std::pair<std::string, std::string>>;
void expect_figures(const Json& row, const Figures& expected) {
  for (const auto& [quantity, figure] : expected)
    EXPECT_EQ(written(row, quantity), figure) << quantity << " of " << row;
}

TEST(DualPressure, PublishedTablesToTheDigit) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  for (const int year : {2026, 2030, 2034}) {
    expect_figures(row_of(cost, "published", "cement", year), {{"domestic_carbon_cost", "48.00"},
                                                               {"cost_without_charge", "235.00"},
                                                               {"profit_without_charge", "165.00"},
                                                               {"charge", "512.00"},
                                                               {"cost", "699.00"},
                                                               {"profit", "-299.00"}});
    expect_figures(row_of(cost, "published", "aluminium", year), {{"domestic_carbon_cost", "780.00"},
                                                                  {"cost_without_charge", "11780.00"},
                                                                  {"profit_without_charge", "12220.00"},
                                                                  {"charge", "8320.00"},
                                                                  {"cost", "19320.00"},
                                                                  {"profit", "4680.00"}});
  }
}

TEST(DualPressure, CementsSurgeIsNotThePublishedOne) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  const Json& cement = row_of(cost, "published", "cement", 2026);
  const double before = cement.at("cost_without_charge"), after = cement.at("cost");
  EXPECT_NEAR(after - before, 464, 1e-9);
  EXPECT_EQ(fmt::format("{:.1f}", 100 * (after - before) / before), "197.4");  // the study's text says 97
  const Json& aluminium = row_of(cost, "published", "aluminium", 2026);
  EXPECT_EQ(fmt::format("{:.2f}", aluminium.at("profit").get<double>() /
                                      aluminium.at("profit_without_charge").get<double>() * 100),
            "38.30");
}

TEST(DualPressure, APriceThatIsPaidAtHomeIsDeductedAndStillPaid) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  // (80 EUR - 60/8 EUR) x 8 x emissions at the border, 60 x emissions at home: the EU's price in all.
  expect_figures(row_of(cost, "price_at_origin", "cement", 2026),
                 {{"charge", "464.00"}, {"domestic_carbon_cost", "48.00"}, {"profit", "-299.00"}});
  expect_figures(row_of(cost, "price_at_origin", "aluminium", 2026),
                 {{"charge", "7540.00"}, {"domestic_carbon_cost", "780.00"}, {"profit", "4680.00"}});
  // Allowances that are given free leave nothing to deduct.
  expect_figures(row_of(cost, "price_at_origin", "cement_free_allowances", 2026),
                 {{"charge", "512.00"}, {"domestic_carbon_cost", "0.00"}, {"profit", "-299.00"}});
}

TEST(DualPressure, TheLawChargesAluminiumForDirectEmissions) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  // 1.7 x 72.5 x 8 at the border, 1.7 x 60 at home.
  expect_figures(row_of(cost, "charged_emissions", "aluminium", 2034), {{"charged_emissions", "1.70"},
                                                                        {"charge", "986.00"},
                                                                        {"domestic_carbon_cost", "102.00"},
                                                                        {"profit", "11912.00"}});
  expect_figures(row_of(cost, "charged_emissions", "cement", 2034), {{"charge", "464.00"}, {"profit", "-299.00"}});
}

TEST(DualPressure, FreeAllocationLeavesUntilThePublishedCementIsTheEndState) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  // (0.8 - remaining x 0.666) x 72.5 x 8, and 48 at home.
  expect_figures(row_of(cost, "law", "cement", 2026), {{"charge", "87.38"}, {"profit", "77.62"}});
  expect_figures(row_of(cost, "law", "cement", 2030), {{"charge", "265.07"}, {"profit", "-100.07"}});
  expect_figures(row_of(cost, "law", "cement", 2034), {{"charge", "464.00"}, {"profit", "-299.00"}});
  // (1.7 - remaining x 1.423) x 72.5 x 8, and 102 at home.
  expect_figures(row_of(cost, "law", "aluminium", 2026), {{"charge", "181.29"}, {"profit", "12716.71"}});
  expect_figures(row_of(cost, "law", "aluminium", 2030), {{"charge", "560.95"}, {"profit", "12337.05"}});
  expect_figures(row_of(cost, "law", "aluminium", 2034), {{"charge", "986.00"}, {"profit", "11912.00"}});
}

TEST(DualPressure, ExportingStopsPayingWhereTheMarginIsGone) {
  const Workspace folder;
  const Json cost = cost_of(folder, "published.yaml");
  // At the border 7.5 EUR are off: 7.5 + (165 / 8) / net emissions; (213 + 580 x adjustment) / 640.
  expect_figures(row_of(cost, "law", "cement", 2026),
                 {{"break_even_certificate_price", "144.41"}, {"break_even_emissions", "0.92"}});
  expect_figures(row_of(cost, "law", "cement", 2034),
                 {{"break_even_certificate_price", "33.28"}, {"break_even_emissions", "0.33"}});
}

TEST(DualPressure, ChargesOfTheRulesAsWritten) {
  const Workspace folder;
  const Json cost = cost_of(folder, "charge.yaml");
  const std::vector<std::pair<std::string, std::vector<std::string>>> expected{
      {"aluminium", {"23.56", "77.37", "136.00"}},
      {"aluminium_default", {"144.13", "253.37", "312.00"}},
      {"cement", {"11.35", "36.56", "64.00"}},
      {"cement_default", {"68.78", "120.24", "147.68"}}};
  for (const auto& [firm, charges] : expected) {
    for (std::size_t k = 0; k < charges.size(); ++k) {
      const int year = 2026 + 4 * static_cast<int>(k);
      const Json& row = row_of(cost, "charge", firm, year);
      EXPECT_EQ(written(row, "charge"), charges[k]) << firm << " in " << year;
      // What is paid in China takes 60/8 EUR off each tonne that is charged.
      const Json& after = row_of(cost, "after_price_at_origin", firm, year);
      EXPECT_NEAR(row.at("charge").get<double>() - after.at("charge").get<double>(),
                  7.5 * row.at("net_emissions").get<double>(), 1e-9);
    }
  }
}

}  // namespace
}  // namespace levee::testing
