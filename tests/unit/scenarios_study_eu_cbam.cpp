// The shipped studies, in resolved form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/scenarios_study_files.hpp"

namespace levee {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;

const std::string folder = std::string(LEVEE_SOURCE_DIR) + "/scenarios/eu-cbam/";
const std::vector<std::string> ets{"ELEC", "REF", "STEEL", "ALU", "ONFM", "CEM", "ONMM", "FERT", "CHM", "PAP"};

const Study& study() {
  static const Study result = read_study(folder + "study.yaml");
  return result;
}

const ZonePolicy& measures(const std::string& scenario) {
  return testing::scenario_named(study(), scenario).policy.zones.at(0);
}

/// Codes of the sectors that a test picks.
template <class Pick>
std::vector<std::string> codes(Pick pick) {
  std::vector<std::string> result;
  for (int i = 0; i < study().dataset->sector_count(); ++i) {
    if (pick(i)) result.push_back(study().dataset->sectors[i].code);
  }
  return result;
}

std::vector<std::string> allocated(const std::string& scenario) {
  return codes([&](int i) { return measures(scenario).allocation_share[i] == 1.0; });
}

std::vector<std::string> charged(const std::string& scenario, IntensityScope scope) {
  return codes([&](int i) { return measures(scenario).border.scope[i] == scope; });
}

TEST(EuCbamStudy, HasSeventeenScenarios) {
  EXPECT_EQ(study().name, "eu-cbam");
  EXPECT_EQ(study().dataset->name, "cbam-2011");
  EXPECT_EQ(study().reference, "reference");
  EXPECT_THAT(testing::names_of(study()),
              ElementsAre("reference", "ets_only", "free_allocation", "cbam_direct", "cbam_indirect", "cbam_full",
                          "cbam_law", "free_allocation_cap", "cbam_direct_cap", "cbam_indirect_cap", "cbam_full_cap",
                          "cbam_law_cap", "free_allocation_world", "cbam_direct_world", "cbam_indirect_world",
                          "cbam_full_world", "cbam_law_world"));
  EXPECT_TRUE(study().channels);
  for (int k = 0; k < 17; ++k) EXPECT_EQ(study().reference_of(k), 0);
  EXPECT_EQ(study().files.front(), folder + "study.yaml");
  EXPECT_GT(study().files.size(), 10U);
}

TEST(EuCbamStudy, TheZoneIsTheUnionsTradingSystem) {
  ASSERT_EQ(study().zones.size(), 1U);
  const CarbonZone& zone = study().zones[0];
  EXPECT_EQ(zone.name, "EU");
  EXPECT_THAT(zone.regions, ElementsAre(study().dataset->region_index("EUR")));
  EXPECT_THAT(zone.stressors, ElementsAre("CO2"));
  EXPECT_THAT(codes([&](int i) { return zone.sectors[i] != 0; }), ::testing::UnorderedElementsAreArray(ets));
  for (const Scenario& scenario : study().scenarios) EXPECT_EQ(scenario.zones.at(0).sectors, zone.sectors);
}

TEST(EuCbamStudy, PricesAndParameters) {
  for (const Scenario& scenario : study().scenarios) {
    const bool world = scenario.name.ends_with("_world"), capped = world || scenario.name.ends_with("_cap");
    const double price = scenario.name == "reference" || capped ? 0 : 100;
    EXPECT_EQ(scenario.policy.zones.at(0).carbon_price, price) << scenario.name;
    ASSERT_EQ(scenario.caps.at(0).has_value(), capped) << scenario.name;
    if (capped) {
      EXPECT_EQ(scenario.caps[0]->as_in, "ets_only");
      EXPECT_EQ(scenario.caps[0]->world, world);
      EXPECT_EQ(scenario.caps[0]->share, 1);
      EXPECT_FALSE(scenario.caps[0]->mt);
    }
    EXPECT_THAT(scenario.parameters, IsEmpty());
    EXPECT_EQ(std::ranges::count(scenario.policy.zones[0].grandfathered_share, 0.0), 20);
  }
}

TEST(EuCbamStudy, FreeAllocation) {
  for (const char* name : {"reference", "ets_only", "cbam_direct", "cbam_indirect", "cbam_full"}) {
    EXPECT_THAT(allocated(name), IsEmpty()) << name;
    EXPECT_EQ(std::ranges::count(measures(name).allocation_share, 0.0), 20);
  }
  EXPECT_THAT(allocated("free_allocation"),
              UnorderedElementsAre("REF", "STEEL", "ALU", "ONFM", "CEM", "ONMM", "FERT", "CHM", "PAP"));
  EXPECT_THAT(allocated("cbam_law"), UnorderedElementsAre("REF", "ONFM", "ONMM", "CHM", "PAP"));
}

TEST(EuCbamStudy, BorderCharges) {
  for (const char* name : {"reference", "ets_only", "free_allocation"}) EXPECT_FALSE(measures(name).border.active);
  const auto goods = UnorderedElementsAre("STEEL", "ALU", "CEM", "FERT", "ELEC");
  EXPECT_THAT(charged("cbam_direct", IntensityScope::direct), goods);
  EXPECT_THAT(charged("cbam_indirect", IntensityScope::direct_electricity), goods);
  EXPECT_THAT(charged("cbam_full", IntensityScope::direct_electricity), goods);
  EXPECT_THAT(charged("cbam_law", IntensityScope::direct), UnorderedElementsAre("STEEL", "ALU", "ELEC"));
  EXPECT_THAT(charged("cbam_law", IntensityScope::direct_electricity), UnorderedElementsAre("CEM", "FERT"));
  for (const char* name : {"cbam_direct", "cbam_indirect", "cbam_full", "cbam_law"}) {
    const BorderCharge& border = measures(name).border;
    EXPECT_TRUE(border.active);
    EXPECT_EQ(border.basis, IntensityBasis::exporter);
    EXPECT_EQ(border.mark_up, 0);
    EXPECT_FALSE(border.revenue_to_origin);
    EXPECT_EQ(std::ranges::count(border.coverage, 1.0), 20);
    EXPECT_EQ(std::ranges::count(border.exempt, 0), 12);
    EXPECT_EQ(border.rebate, std::string(name) == "cbam_full" ? ExportRebate::full : ExportRebate::none);
  }
}

TEST(EuCbamStudy, ResolvedTextReadsAsWritten) {
  EXPECT_EQ(testing::scenario_named(study(), "cbam_full").resolved_yaml,
            "{carbon_price: {EU: 100}, cbam: {EU: {goods: [STEEL, ALU, CEM, FERT, ELEC], scope: direct+electricity, "
            "basis: exporter, revenue: zone, export_rebate: full}}}");
  EXPECT_EQ(study().scenarios[0].resolved_yaml, "{}");
}

TEST(EuCbamSensitivity, ElasticitiesSweepEveryScenario) {
  for (const char* file : {"sensitivity-armington.yaml", "sensitivity-fossil-supply.yaml"}) {
    const Study swept = read_study(folder + file);
    ASSERT_EQ(swept.scenarios.size(), 21U);
    for (int k = 0; k < 21; ++k) EXPECT_EQ(swept.reference_of(k), k % 3);
    EXPECT_EQ(swept.files[0], folder + "study.yaml");
    EXPECT_EQ(swept.files[1], folder + "price-designs.yaml");
    EXPECT_EQ(swept.files[2], folder + file);
    EXPECT_FALSE(swept.channels);
  }
  const Study armington = read_study(folder + "sensitivity-armington.yaml");
  EXPECT_EQ(armington.name, "eu-cbam-armington");
  EXPECT_EQ(armington.scenarios[3].name, "ets_only/parameters.scale.armington=0.5");
  EXPECT_EQ(armington.scenarios[3].base_name, "ets_only");
  const auto changed = apply_parameters(armington.dataset, armington.scenarios[3].parameters);
  const auto& before = armington.dataset->parameters.elasticities.by_node;
  const auto& after = changed->parameters.elasticities.by_node;
  EXPECT_EQ(after.at("armington_origins"), before.at("armington_origins") * 0.5);
  EXPECT_EQ(after.at("armington_domestic_import"), before.at("armington_domestic_import") * 0.5);
  EXPECT_EQ(after.at("value_added"), before.at("value_added"));
}

TEST(EuCbamSensitivity, CoverageLeavesTheReferenceAlone) {
  const Study swept = read_study(folder + "sensitivity-coverage.yaml");
  EXPECT_THAT(testing::names_of(swept),
              ElementsAre("reference", "ets_only/coverage=as_studied", "ets_only/coverage=cbam_sectors_only",
                          "ets_only/coverage=border_as_wide_as_ets", "ets_only/coverage=whole_economy",
                          "free_allocation/coverage=as_studied", "free_allocation/coverage=cbam_sectors_only",
                          "free_allocation/coverage=border_as_wide_as_ets", "free_allocation/coverage=whole_economy",
                          "cbam_direct/coverage=as_studied", "cbam_direct/coverage=cbam_sectors_only",
                          "cbam_direct/coverage=border_as_wide_as_ets", "cbam_direct/coverage=whole_economy",
                          "cbam_indirect/coverage=as_studied", "cbam_indirect/coverage=cbam_sectors_only",
                          "cbam_indirect/coverage=border_as_wide_as_ets", "cbam_indirect/coverage=whole_economy"));
  const Scenario& wide = testing::scenario_named(swept, "ets_only/coverage=whole_economy");
  EXPECT_EQ(std::ranges::count(wide.zones[0].sectors, 1), 20);
  EXPECT_FALSE(wide.policy.zones[0].border.active);
  const Scenario& narrow = testing::scenario_named(swept, "cbam_direct/coverage=cbam_sectors_only");
  EXPECT_EQ(std::ranges::count(narrow.zones[0].sectors, 1), 5);
  EXPECT_EQ(std::ranges::count(swept.zones[0].sectors, 1), 10);
  const Scenario& border = testing::scenario_named(swept, "cbam_direct/coverage=border_as_wide_as_ets");
  EXPECT_EQ(std::ranges::count(border.policy.zones[0].border.scope, std::optional(IntensityScope::direct)), 10);
}

TEST(EuCbamSensitivity, ArtefactsAreTakenAway) {
  const Study swept = read_study(folder + "sensitivity-artefacts.yaml");
  ASSERT_EQ(swept.scenarios.size(), 49U);
  for (int k = 0; k < 49; ++k) EXPECT_EQ(swept.reference_of(k), k % 7);
  const auto data = [&](const std::string& variant) {
    return apply_parameters(swept.dataset, testing::scenario_named(swept, "reference/data=" + variant).parameters);
  };
  EXPECT_EQ(data("as_is"), swept.dataset);
  EXPECT_EQ(data("zone_intensities"), swept.dataset);
  EXPECT_EQ(data("no_tariffs")->tariff.maxCoeff(), 0);
  const int gas = swept.dataset->node(swept.dataset->region_index("EUR"), swept.dataset->sector_index("GAS"));
  EXPECT_EQ(swept.dataset->parameters.supply_elasticity[gas], 4);
  EXPECT_EQ(data("gas_extraction_in_eur")->parameters.supply_elasticity[gas], 1);
  EXPECT_EQ(data("coal_weight_halved")->parameters.fuel_weight[swept.dataset->sector_index("COAL")], 13.5);
  EXPECT_EQ(data("household_rigid")->households.at("ces").utility.elasticity, 0.5);
  EXPECT_EQ(data("household_rigid")->households.at("ces").utility.nests.at(0).elasticity, 0.5);
  EXPECT_EQ(testing::scenario_named(swept, "cbam_law/data=zone_intensities").policy.zones[0].border.basis,
            IntensityBasis::zone);
}

}  // namespace
}  // namespace levee
