// Worked examples of the EU's border charge, from the shipped rules. Where each comes from stands beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rules/cost_path.hpp"
#include "rules/firm_file.hpp"

namespace levee::testing {
namespace {

constexpr double cent = 0.005;

/// The rows of one firm, whose keys are given, in these years.
CostPath priced(const std::string& years, const std::string& prices, const std::string& firm) {
  const std::string text = "cost: known\nrules: data/rules/eu-cbam/rules.yaml\nyears: " + years +
                           "\nprices: {certificate: " + prices + "}\nfirms: {good: {" + firm + "}}\n";
  const FirmFile file = read_firm_file(YamlView::parse(text, std::string(LEVEE_SOURCE_DIR) + "/known.yaml"));
  return cost_path(file);
}

const std::string later = "{2026: 75.36, later: 80}";

void expect_path(const std::string& firm, double in_2026, double in_2030, double in_2034) {
  const CostPath path = priced("[2026, 2030, 2034]", later, firm);
  EXPECT_NEAR(path.firms[0].per_tonne, in_2026, cent);
  EXPECT_NEAR(path.firms[1].per_tonne, in_2030, cent);
  EXPECT_NEAR(path.firms[2].per_tonne, in_2034, cent);
}

/// A developer's worked example after IR (EU) 2025/2620 and 2025/2621.
TEST(BorderCost, AmmoniaFromCanadaIn2030) {
  const CostPath path =
      priced("2030", "126", "cn: 28141000, origin: Canada, emissions: default, carbon_price: {price: 71.75}");
  EXPECT_NEAR(path.firms[0].charge.emissions, 1.9998, 1e-9);
  EXPECT_NEAR(path.firms[0].charge.adjustment, 0.78383, 1e-9);
  EXPECT_NEAR(path.firms[0].per_tonne, 65.97, cent);
}

/// Published for a default value of 1.24 t; the shipped table's total is 1.28, of which 1.24 is the direct part.
TEST(BorderCost, ClinkerFromAlgeria) {
  const CostPath table =
      priced("2026", "75.36", "cn: 25231000, route: A, origin: Algeria, emissions: default, tonnes: 100");
  EXPECT_NEAR(table.firms[0].total, 5717.19, cent);
  const CostPath stated =
      priced("2026", "75.36", "cn: 25231000, route: A, origin: Algeria, emissions: {default_value: 1.24}, tonnes: 100");
  EXPECT_NEAR(stated.firms[0].total, 5385.60, cent);
}

/// 75.36 EUR in 2026 and 80 later, cross-sectoral factor 1; computed by hand from the equations.
TEST(BorderCost, AluminiumByActualData) {
  expect_path("cn: 7601, route: K, origin: China, emissions: {direct: 1.7, indirect: 11.3}", 23.56, 77.37, 136.00);
}

TEST(BorderCost, AluminiumFromChinaByDefault) {
  expect_path("cn: 76011010, route: K, origin: China, emissions: default", 144.13, 253.37, 312.00);
}

TEST(BorderCost, CementByActualData) {
  expect_path("cn: 25232900, origin: China, emissions: {direct: 0.8}, benchmark: 0.666", 11.35, 36.56, 64.00);
}

TEST(BorderCost, GreyPortlandFromChinaByDefault) {
  expect_path("cn: 25232900, origin: China, emissions: default", 68.78, 120.24, 147.68);
}

/// The legal total of 2.76 with 1 %: rounded parts would give 2.73 + 0.04.
TEST(BorderCost, NitricAcidFromAlbaniaByItsLegalTotal) {
  const CostPath path = priced("2026", "75.36", "cn: 28080000, origin: Albania, emissions: default");
  EXPECT_NEAR(path.firms[0].charge.emissions, 2.7876, 1e-9);
}

TEST(BorderCost, EveryFigureNamesItsSource) {
  const CostPath path = priced("2026", "{table: cbam}", "cn: 76011010, route: K, origin: China, emissions: default");
  EXPECT_GE(path.looked_up.size(), 6U);
  for (const LookedUp& one : path.looked_up) {
    EXPECT_FALSE(one.source.empty()) << one.what;
    EXPECT_FALSE(one.confidence.empty()) << one.what;
  }
}

}  // namespace
}  // namespace levee::testing
