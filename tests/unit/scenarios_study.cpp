// What studies mean: extends, measures, sweeps, parameters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/study.hpp"
#include "scenarios/study_caps.hpp"
#include "tests/unit/scenarios_study_files.hpp"

namespace levee {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::scenario_named;
using testing::StudyFiles;

TEST(Study, CodesAreTexts) {
  const Study study = StudyFiles().read();
  EXPECT_EQ(study.dataset->regions[0].code, "NO");
  EXPECT_THAT(study.zones.at(0).regions, ElementsAre(0));
  EXPECT_THAT(study.zones.at(0).sectors, ElementsAre(0, 1, 1));
  EXPECT_THAT(study.zones.at(0).stressors, ElementsAre("CO2"));
  EXPECT_EQ(study.model.technology, "tree");
  EXPECT_EQ(study.model.household, "ces");
}

TEST(Study, SectorsMayBeGroupsOrOneText) {
  StudyFiles files;
  files.edit("sectors: [COAL, ELEC]", "sectors: all");
  EXPECT_THAT(files.read().zones[0].sectors, ElementsAre(1, 1, 1));
  files.edit("sectors: all", "sectors: [non-fuel]");
  EXPECT_THAT(files.read().zones[0].sectors, ElementsAre(1, 0, 1));
  files.edit("sectors: [non-fuel]", "sectors: \"ELEC, FOOD\"");
  EXPECT_THAT(files.read().zones[0].sectors, ElementsAre(1, 0, 1));
}

TEST(Study, ExtendsMergesMapsReplacesListsDropsNulls) {
  const Study study = StudyFiles(R"(scenarios:
  full:                       # stands before what it extends
    extends: border
    cbam: {Z: {export_rebate: full, exempt: null}}
  reference:
  price: {carbon_price: {Z: 50}}
  border: {extends: price, cbam: {Z: {goods: [ELEC, COAL], scope: direct, exempt: [B], mark_up: 0.1}}}
  narrow: {extends: full, cbam: {Z: {goods: [ELEC]}}, carbon_price: {Z: 70}}
  nothing: {extends: border, carbon_price: null, cbam: null}
)")
                          .read();
  EXPECT_THAT(testing::names_of(study), ElementsAre("full", "reference", "price", "border", "narrow", "nothing"));
  const ZonePolicy& full = scenario_named(study, "full").policy.zones[0];
  EXPECT_EQ(full.carbon_price, 50);
  EXPECT_EQ(full.border.rebate, ExportRebate::full);
  EXPECT_THAT(full.border.exempt, ElementsAre(0, 0));
  EXPECT_EQ(full.border.mark_up, 0.1);
  EXPECT_THAT(scenario_named(study, "border").policy.zones[0].border.exempt, ElementsAre(0, 1));
  const ZonePolicy& narrow = scenario_named(study, "narrow").policy.zones[0];
  EXPECT_EQ(narrow.carbon_price, 70);
  EXPECT_THAT(narrow.border.scope, ElementsAre(std::nullopt, std::nullopt, IntensityScope::direct));
  const ZonePolicy& nothing = scenario_named(study, "nothing").policy.zones[0];
  EXPECT_EQ(nothing.carbon_price, 0);
  EXPECT_FALSE(nothing.border.active);
  EXPECT_EQ(scenario_named(study, "full").where.line, 7);
}

TEST(Study, ReadsEveryMeasure) {
  const Study study = StudyFiles(R"(scenarios:
  reference: {cap: null}
  all:
    carbon_price: {Z: 0}
    free_allocation: {Z: {method: grandfathering, goods: [fuel, ELEC], share: {ELEC: 0.4}}}
    cbam:
      Z:
        goods: [FOOD, COAL, ELEC]
        scope: {FOOD: whole-chain, fuel: direct+precursors, ELEC: direct+electricity}
        basis: zone
        mark_up: 0.3
        coverage: {FOOD: 0.5}
        exempt: [B]
        revenue: origin
        export_rebate: benchmark
        response: frozen
)")
                          .read();
  const ZonePolicy& all = study.scenarios[1].policy.zones[0];
  EXPECT_EQ(all.carbon_price, 0);
  EXPECT_THAT(all.allocation_share, ElementsAre(0, 0, 0));
  EXPECT_THAT(all.grandfathered_share, ElementsAre(0, 1, 0.4));
  EXPECT_THAT(all.border.scope, ElementsAre(IntensityScope::whole_chain, IntensityScope::direct_precursors,
                                            IntensityScope::direct_electricity));
  EXPECT_EQ(all.border.basis, IntensityBasis::zone);
  EXPECT_EQ(all.border.mark_up, 0.3);
  EXPECT_THAT(all.border.coverage, ElementsAre(0.5, 1, 1));
  EXPECT_THAT(all.border.exempt, ElementsAre(0, 1));
  EXPECT_TRUE(all.border.revenue_to_origin);
  EXPECT_EQ(all.border.rebate, ExportRebate::benchmark);
}

TEST(Study, AScopeByGoodMayNameTheGoods) {
  const Study study =
      StudyFiles("scenarios: {reference: {}, a: {carbon_price: {Z: 1}, cbam: {Z: {scope: {ELEC: direct}}}}}\n").read();
  EXPECT_THAT(study.scenarios[1].policy.zones[0].border.scope,
              ElementsAre(std::nullopt, std::nullopt, IntensityScope::direct));
}

TEST(Study, AScenarioMayChangeItsZones) {
  const Study study =
      StudyFiles(
          "scenarios: {reference: {}, wide: {carbon_price: {Z: 1}, zones: {Z: {sectors: [all], regions: [NO, B]}}}}\n")
          .read();
  EXPECT_THAT(study.scenarios[1].zones[0].sectors, ElementsAre(1, 1, 1));
  EXPECT_THAT(study.scenarios[1].zones[0].regions, ElementsAre(0, 1));
  EXPECT_THAT(study.scenarios[0].zones[0].sectors, ElementsAre(0, 1, 1));
}

TEST(StudySweep, IsTheProductOfWhatApplies) {
  const Study study = StudyFiles(R"(sweep: {carbon_price.Z: [50, 1e2], parameters.scale.armington: [0.5, 2]}
scenarios: {reference: {}, price: {carbon_price: {Z: 7}}}
)")
                          .read();
  EXPECT_THAT(testing::names_of(study),
              ElementsAre("reference/parameters.scale.armington=0.5", "reference/parameters.scale.armington=2",
                          "price/carbon_price.Z=50,parameters.scale.armington=0.5",
                          "price/carbon_price.Z=50,parameters.scale.armington=2",
                          "price/carbon_price.Z=1e2,parameters.scale.armington=0.5",
                          "price/carbon_price.Z=1e2,parameters.scale.armington=2"));
  EXPECT_EQ(study.scenarios[5].policy.zones[0].carbon_price, 100);
  EXPECT_EQ(study.scenarios[5].base_name, "price");
  EXPECT_THAT(study.scenarios[5].sweep_values,
              ElementsAre(Pair("carbon_price.Z", "1e2"), Pair("parameters.scale.armington", "2")));
  for (int k = 0; k < 6; ++k) EXPECT_EQ(study.reference_of(k), k % 2);
  EXPECT_EQ(study.scenarios[4].resolved_yaml, "{carbon_price: {Z: 1e2}, parameters: {scale: {armington: 0.5}}}");
}

TEST(StudySweep, ACapHasAMemberForEachOfWhatItFollows) {
  const Study study = StudyFiles(
                          "scenarios:\n"
                          "  reference: {}\n"
                          "  priced: {carbon_price: {Z: 10}}\n"
                          "  capped: {cap: {Z: {as_in: priced}}}\n"
                          "  tighter: {cap: {Z: {as_in: capped, share: 0.9}}}\n"
                          "  own: {cap: {Z: 5}}\n"
                          "sweep: {carbon_price.Z: [10, 20], cap.Z: [4, 6]}\n")
                          .read();
  // cap.Z replaces the caps of all three; carbon_price.Z reaches those that followed `priced`
  EXPECT_THAT(testing::names_of(study),
              ElementsAre("reference", "priced/carbon_price.Z=10", "priced/carbon_price.Z=20",
                          "capped/carbon_price.Z=10,cap.Z=4", "capped/carbon_price.Z=10,cap.Z=6",
                          "capped/carbon_price.Z=20,cap.Z=4", "capped/carbon_price.Z=20,cap.Z=6",
                          "tighter/carbon_price.Z=10,cap.Z=4", "tighter/carbon_price.Z=10,cap.Z=6",
                          "tighter/carbon_price.Z=20,cap.Z=4", "tighter/carbon_price.Z=20,cap.Z=6", "own/cap.Z=4",
                          "own/cap.Z=6"));
  const Study followed = StudyFiles(
                             "scenarios:\n"
                             "  reference: {}\n"
                             "  tighter: {cap: {Z: {as_in: capped, share: 0.9}}}\n"
                             "  capped: {cap: {Z: {as_in: priced}}}\n"
                             "  priced: {carbon_price: {Z: 10}}\n"
                             "sweep: {carbon_price.Z: [10, 20]}\n")
                             .read();
  EXPECT_THAT(
      testing::names_of(followed),
      ElementsAre("reference", "tighter/carbon_price.Z=10", "tighter/carbon_price.Z=20", "capped/carbon_price.Z=10",
                  "capped/carbon_price.Z=20", "priced/carbon_price.Z=10", "priced/carbon_price.Z=20"));
  EXPECT_EQ(followed.scenarios[2].policy.zones[0].carbon_price, 0);
  EXPECT_EQ(followed.member_of("priced", 2), 6);
  EXPECT_THAT(needed_for_caps(followed, 2), ElementsAre(4));
  EXPECT_THAT(solving_order(followed, {0, 1, 2, 3, 4, 5, 6}), ElementsAre(0, 5, 3, 1, 6, 4, 2));
}

TEST(StudySweep, TakesWordsListsAndNamedMembers) {
  const Study study = StudyFiles(R"(sweep:
  cbam.Z.scope: [direct, direct+electricity]
  cbam.Z.goods: [[ELEC], [ELEC, COAL]]
  zones.Z.sectors: {power: [ELEC], everything: [all]}
scenarios: {reference: {}, b: {carbon_price: {Z: 7}, cbam: {Z: {goods: [FOOD], scope: whole-chain}}}}
)")
                          .read();
  ASSERT_EQ(study.scenarios.size(), 9U);
  EXPECT_EQ(study.scenarios[0].name, "reference");
  const Scenario& last = study.scenarios[8];
  EXPECT_EQ(last.name, "b/cbam.Z.scope=direct+electricity,cbam.Z.goods=ELEC+COAL,zones.Z.sectors=everything");
  EXPECT_THAT(last.policy.zones[0].border.scope,
              ElementsAre(std::nullopt, IntensityScope::direct_electricity, IntensityScope::direct_electricity));
  EXPECT_THAT(last.zones[0].sectors, ElementsAre(1, 1, 1));
  EXPECT_EQ(study.reference_of(8), 0);
}

TEST(StudySweep, VariantsChangeOnlyMeasuresThatAre) {
  const Study study = StudyFiles(R"(sweep:
  v:
    none:
    some: {carbon_price: {Z: 9}, cbam: {Z: {mark_up: 0.2}}, parameters: {set: {tariffs: 0}}}
scenarios: {reference: {}, price: {carbon_price: {Z: 7}}}
)")
                          .read();
  EXPECT_THAT(testing::names_of(study),
              ElementsAre("reference/v=none", "reference/v=some", "price/v=none", "price/v=some"));
  EXPECT_EQ(study.scenarios[1].resolved_yaml, "{parameters: {set: {tariffs: 0}}}");
  EXPECT_EQ(study.scenarios[2].resolved_yaml, "{carbon_price: {Z: 7}}");
  EXPECT_EQ(study.scenarios[3].resolved_yaml, "{carbon_price: {Z: 9}, parameters: {set: {tariffs: 0}}}");
}

TEST(StudyParameters, ScaleAndSetByNode) {
  const Study study = StudyFiles(R"(scenarios:
  reference: {}
  p:
    parameters:
      scale: {armington: {all: 2, ELEC: 3, B.ELEC: 4}, fossil_supply: 0.5, tariffs: {B.all: 2}, household: {fuels: 2}}
      set: {top: {non-fuel: 0.7}, labour_share: {NO.FOOD: 0.1}, fuel_weight: {COAL: 3}, resource_share: 0}
)")
                          .read();
  EXPECT_EQ(apply_parameters(study.dataset, {}), study.dataset);
  const auto data = apply_parameters(study.dataset, study.scenarios[1].parameters);
  const auto& elasticities = data->parameters.elasticities.by_node;
  EXPECT_THAT(elasticities.at("armington_origins"), ElementsAre(8, 12, 6, 8, 12, 8));
  EXPECT_THAT(elasticities.at("armington_domestic_import"), ElementsAre(4, 6, 3, 4, 6, 4));
  EXPECT_THAT(elasticities.at("top"), ElementsAre(0.7, 0, 0.7, 0.7, 0, 0.7));
  EXPECT_EQ(data->parameters.labour_share[0], 0.1);
  EXPECT_EQ(data->parameters.labour_share[3], 0.6);
  EXPECT_EQ(data->parameters.supply_elasticity[1], 2);
  EXPECT_TRUE(std::isnan(data->parameters.supply_elasticity[0]));
  EXPECT_EQ(data->parameters.fuel_weight[1], 3);
  EXPECT_EQ(data->parameters.resource_share.maxCoeff(), 0);
  EXPECT_EQ(data->tariff(0, 1), 0.2);   // food of NO into B
  EXPECT_EQ(data->tariff(3, 0), -0.2);  // food of B into NO
  EXPECT_EQ(data->households.at("ces").utility.nests.at(0).elasticity, 1);
  EXPECT_EQ(data->households.at("ces").utility.elasticity, 1);
  EXPECT_EQ(study.dataset->tariff(0, 1), 0.1);
}

TEST(StudyParameters, SetHasTheLastWord) {
  const Study study =
      StudyFiles("scenarios: {reference: {parameters: {set: {top: {ELEC: 5}}, scale: {top: 3}}}}\n").read();
  const auto data = apply_parameters(study.dataset, study.scenarios[0].parameters);
  EXPECT_THAT(data->parameters.elasticities.by_node.at("top"), ElementsAre(1.5, 0, 5, 1.5, 0, 5));
}

TEST(StudyExtends, MergesFiles) {
  StudyFiles files;
  files.set("base.yaml", std::string(StudyFiles::head) + R"(scenarios:
  reference: {}
  a: {carbon_price: {Z: 50}}
  b: {extends: a, cbam: {Z: {goods: [ELEC], scope: direct}}}
  c: {extends: b}
)");
  files.set("study.yaml", R"(extends: base.yaml
study: other
zones: {Z: {sectors: [all]}}
scenarios: {a: {carbon_price: {Z: 60}}, c: null, d: {extends: b, cbam: null}, e: {extends: a, carbon_price: null}}
)");
  const Study study = files.read();
  EXPECT_EQ(study.name, "other");
  EXPECT_THAT(study.zones[0].sectors, ElementsAre(1, 1, 1));
  EXPECT_THAT(study.zones[0].regions, ElementsAre(0));
  EXPECT_THAT(testing::names_of(study), ElementsAre("reference", "a", "b", "d", "e"));
  EXPECT_EQ(scenario_named(study, "b").policy.zones[0].carbon_price, 60);
  EXPECT_TRUE(scenario_named(study, "b").policy.zones[0].border.active);
  EXPECT_FALSE(scenario_named(study, "d").policy.zones[0].border.active);
  EXPECT_EQ(scenario_named(study, "e").policy.zones[0].carbon_price, 0);
  EXPECT_THAT(study.files[0], ::testing::EndsWith("base.yaml"));
}

}  // namespace
}  // namespace levee
