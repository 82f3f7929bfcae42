// What is wrong with a study is said with file, line and column, all at once, and each fault once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/scenarios_study_files.hpp"

namespace levee {
namespace {

using ::testing::ElementsAre;
using testing::StudyFiles;

/// Faults of a study whose scenarios, from line 7 on, are these lines.
std::vector<std::string> faults(const std::string& scenarios) {
  return StudyFiles("scenarios:\n" + scenarios).faults();
}

/// Faults of a study after one replacement in its text.
std::vector<std::string> faults_with(const std::string& from, const std::string& to) {
  return StudyFiles().edit(from, to).faults();
}

TEST(StudyFaults, Files) {
  EXPECT_THAT(faults_with("world/dataset.yaml", "world/datasets.yaml"),
              ElementsAre("study.yaml:2:10: cannot read 'world/datasets.yaml': there is no file 'world/datasets.yaml', "
                          "did you mean 'dataset.yaml'?"));
  EXPECT_THAT(faults_with("dataset: world/dataset.yaml\n", ""), ElementsAre("study.yaml:1:1: missing key 'dataset'"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "").faults(),
              ElementsAre("study.yaml:1:1: expected a map that describes a study"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "[study]").faults(),
              ElementsAre("study.yaml:1:1: expected a map that describes a study"));
  try {
    read_study("nowhere/study.yaml");
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "nowhere/study.yaml: cannot read this file");
  }
  StudyFiles broken;
  broken.dataset().edit("dataset.yaml", "year: 2011", "year: never");
  EXPECT_THAT(broken.faults(), ElementsAre("world/dataset.yaml:2:7: found 'never', expected a whole number"));
}

TEST(StudyFaults, FilesThatExtend) {
  EXPECT_THAT(StudyFiles().set("study.yaml", "study: x\nextends: base.yml\n").faults(),
              ElementsAre("study.yaml:2:10: cannot read 'base.yml': there is no file 'base.yml'"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "extends: study.yaml\n").faults(),
              ElementsAre("study.yaml:1:10: this study extends itself: study.yaml -> study.yaml"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "extends: a.yaml\n").set("a.yaml", "extends: ./study.yaml").faults(),
              ElementsAre("a.yaml:1:10: this study extends itself: study.yaml -> a.yaml -> study.yaml"));
}

TEST(StudyFaults, Keys) {
  EXPECT_THAT(
      faults_with("study: tiny", "stdy: tiny"),
      ElementsAre("study.yaml:1:1: unknown key 'stdy', did you mean 'study'?", "study.yaml:1:1: missing key 'study'"));
  EXPECT_THAT(faults_with("study: tiny", "study: tiny\nstudy: tiny"),
              ElementsAre("study.yaml:2:1: duplicate key 'study', first given in line 1"));
  EXPECT_THAT(faults_with("{technology: tree}", "{technology: tee, closre: standard, armington: agent}"),
              ElementsAre("study.yaml:3:21: unknown technology 'tee', did you mean 'tree'?",
                          "study.yaml:3:26: unknown key 'closre', did you mean 'closure'?",
                          "study.yaml:3:55: unknown armington 'agent'; expected common"));
  EXPECT_THAT(faults_with("{technology: tree}", "{technology: tee, household: les, armington: agent}"),
              ElementsAre("study.yaml:3:21: unknown technology 'tee', did you mean 'tree'?",
                          "study.yaml:3:37: unknown household 'les', did you mean 'ces'?",
                          "study.yaml:3:53: unknown armington 'agent'; expected common"));
  EXPECT_THAT(faults_with("model: {technology: tree}\n", ""),
              ElementsAre("study.yaml:1:1: the dataset lacks the default technology 'gtap-e'; expected tree"));
  EXPECT_THAT(faults("  reference: {carbon_prise: {Z: 1}}\n"),
              ElementsAre("study.yaml:7:15: unknown key 'carbon_prise', did you mean 'carbon_price'?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {z: 1}}\n  a: {cbam: {Z: {gods: [ELEC], scope: direct}}}\n"),
              ElementsAre("study.yaml:7:30: unknown zone 'z', did you mean 'Z'?",
                          "study.yaml:8:18: unknown key 'gods', did you mean 'goods'?"));
  EXPECT_THAT(faults("  reference: {}\n  reference: {}\n"),
              ElementsAre("study.yaml:8:3: duplicate key 'reference', first given in line 7"));
}

TEST(StudyFaults, Zones) {
  EXPECT_THAT(faults_with("[COAL, ELEC]", "[COAL, ELCE]"),
              ElementsAre("study.yaml:4:44: unknown sector or group 'ELCE', did you mean 'ELEC'?"));
  EXPECT_THAT(faults_with("regions: [NO]", "regions: [N]"),
              ElementsAre("study.yaml:4:23: unknown region 'N'; expected one of NO, B"));
  EXPECT_THAT(faults_with("regions: [NO]", "regions: []"),
              ElementsAre("study.yaml:4:22: zone 'Z' is empty: found no regions, expected at least one"));
  EXPECT_THAT(faults_with("regions: [NO], sectors: [COAL, ELEC]", "regions: [NO], sectors: []"),
              ElementsAre("study.yaml:4:37: zone 'Z' is empty: found no sectors, expected at least one"));
  EXPECT_THAT(faults_with("regions: [NO], ", ""), ElementsAre("study.yaml:4:12: missing key 'regions'"));
  EXPECT_THAT(
      faults_with("regions: [NO], sectors: [COAL, ELEC]", "regions: [NO, NO], sectors: [COAL, fuel], stressors: [CO3]"),
      ElementsAre("study.yaml:4:27: region 'NO' appears twice in this list",
                  "study.yaml:4:48: sector 'COAL' appears twice in this list",
                  "study.yaml:4:67: unknown stressor 'CO3', did you mean 'CO2'?"));
  EXPECT_THAT(faults_with("[COAL, ELEC]}", "[COAL, ELEC], stressors: []}"),
              ElementsAre("study.yaml:4:62: zone 'Z' prices no stressor, expected at least one"));
  EXPECT_THAT(faults_with("zones: {Z:", "zones: {a.b:"),
              ElementsAre("study.yaml:4:9: found the zone 'a.b', expected a name without . / = and ,"));
  EXPECT_THAT(faults("  reference: {zones: {ZZ: {sectors: all}}}\n"),
              ElementsAre("study.yaml:7:23: unknown zone 'ZZ', did you mean 'Z'?"));
  EXPECT_THAT(faults("  reference: {zones: {Z: {sectors: []}}}\n"),
              ElementsAre("study.yaml:7:36: zone 'Z' is empty: found no sectors, expected at least one"));
}

TEST(StudyFaults, Scenarios) {
  EXPECT_THAT(faults("  reference: {extends: reference}\n"),
              ElementsAre("study.yaml:7:24: scenario 'reference' extends itself: reference -> reference"));
  EXPECT_THAT(faults("  reference: {}\n  a: {extends: b}\n  b: {extends: c}\n  c: {extends: b}\n  d: {extends: a}\n"),
              ElementsAre("study.yaml:10:16: scenario 'b' extends itself: b -> c -> b"));
  EXPECT_THAT(faults("  reference: {}\n  a: {extends: refeence}\n  b: {extends: a}\n"),
              ElementsAre("study.yaml:8:16: unknown scenario 'refeence', did you mean 'reference'?"));
  EXPECT_THAT(faults("  refeence: {}\n"),
              ElementsAre("study.yaml:5:12: unknown scenario 'reference', did you mean 'refeence'?"));
  EXPECT_THAT(faults("  reference: 5\n"), ElementsAre("study.yaml:7:14: found '5', expected a map"));
  EXPECT_THAT(faults("  reference: {}\n  a/b: {}\n"),
              ElementsAre("study.yaml:8:3: found the scenario 'a/b', expected a name without / = and ,"));
  EXPECT_THAT(faults_with("scenarios: {reference: {}}", "scenarios: {}"),
              ElementsAre("study.yaml:6:12: found no scenarios, expected at least one"));
  EXPECT_THAT(faults_with("scenarios: {reference: {}}", ""), ElementsAre("study.yaml:1:1: missing key 'scenarios'"));
}

TEST(StudyFaults, Prices) {
  EXPECT_THAT(faults("  reference: {}\n  a: {carbon_price: {Z: many}}\n  b: {carbon_price: {Z: -5}}\n"),
              ElementsAre("study.yaml:8:25: found 'many', expected a number",
                          "study.yaml:9:25: found -5, expected a number >= 0"));
  EXPECT_THAT(faults("  reference: {}\n  a: {carbon_price: 100}\n"),
              ElementsAre("study.yaml:8:21: found '100', expected a map"));
}

TEST(StudyFaults, Caps) {
  EXPECT_THAT(faults("  reference: {}\n  a: {cap: {Z: {as_in: b}}}\n"),
              ElementsAre("study.yaml:8:24: unknown scenario 'b'; expected one of reference, a"));
  EXPECT_THAT(
      faults("  reference: {}\n  aa: {cap: {Z: {as_in: bb}}}\n  bb: {cap: {Z: {as_in: aa}}}\n"),
      ElementsAre("study.yaml:8:25: the cap of scenario 'aa' follows a scenario that needs the cap's own result",
                  "study.yaml:9:25: the cap of scenario 'bb' follows a scenario that needs the cap's own result"));
  EXPECT_THAT(
      faults("  reference: {cap: {Z: {share: 0.9}}}\n"),
      ElementsAre("study.yaml:7:24: the cap of scenario 'reference' follows a scenario that needs the cap's own "
                  "result"));
  EXPECT_THAT(
      faults("  reference: {}\n  a: {cap: {Z: {mt: 5, share: 0.5}}}\n"),
      ElementsAre("study.yaml:8:17: the cap is given twice: found mt beside share or as_in, expected one of them"));
  EXPECT_THAT(faults("  reference: {}\n  a: {cap: {Z: {world: true}}}\n"),
              ElementsAre("study.yaml:8:16: the cap has no size, expected mt, share or as_in"));
  EXPECT_THAT(faults("  reference: {}\n  a: {cap: {Z: -4}}\n  b: {cap: {Z: {mt: 0}}}\n"),
              ElementsAre("study.yaml:8:16: found -4, expected a number >= 0",
                          "study.yaml:9:21: found 0, expected more than 0"));
  EXPECT_THAT(faults("  reference: {}\n  a: {cap: {Z: {mt: 4, world: perhaps}}}\n"),
              ElementsAre("study.yaml:8:31: unknown truth value 'perhaps'; expected one of true, false"));
  EXPECT_THAT(
      faults("  reference: {}\n  a: {cap: {Z: 4}, carbon_price: {Z: 5}}\n"),
      ElementsAre("study.yaml:8:35: zone 'Z' has a carbon price and a cap in scenario 'a', expected one of them "
                  "(null removes what a scenario extends)"));
}

TEST(StudyFaults, Links) {
  const auto linked = [](const std::string& scenario) {
    return StudyFiles("scenarios:\n  reference: {}\n  a: {" + scenario + "}\n")
        .edit("zones: {Z: {regions: [NO], sectors: [COAL, ELEC]}}",
              "zones: {Z: {regions: [NO], sectors: [COAL, ELEC]}, Y: {regions: [B], sectors: [ELEC]}}")
        .faults();
  };
  EXPECT_THAT(linked("cap: {Z: 4, Y: 5}, link: [[Z, Y]]"), ElementsAre());
  EXPECT_THAT(linked("cap: {Z: 4, Y: 5}, link: [[Z, X]]"),
              ElementsAre("study.yaml:8:37: unknown zone 'X'; expected one of Z, Y"));
  EXPECT_THAT(linked("cap: {Z: 4}, link: [[Z, Y]]"),
              ElementsAre("study.yaml:8:31: zone 'Y' is linked but has no cap in this scenario"));
  EXPECT_THAT(linked("cap: {Z: 4, Y: 5}, link: [[Z, Z]]"), ElementsAre("study.yaml:8:37: zone 'Z' is linked twice"));
  EXPECT_THAT(linked("cap: {Z: 4, Y: 5}, link: [[Z]]"),
              ElementsAre("study.yaml:8:33: found fewer than two zones, expected a list of zones that share a market"));
  EXPECT_THAT(
      linked("cap: {Z: 4, Y: {mt: 5, world: true}}, link: [[Z, Y]]"),
      ElementsAre("study.yaml:8:56: zone 'Y' is linked: found a cap on the world's emissions, expected one on its "
                  "covered emissions"));
}

TEST(StudyFaults, FreeAllocation) {
  EXPECT_THAT(
      faults("  reference: {}\n"
             "  a:\n"
             "    carbon_price: {Z: 1}\n"
             "    free_allocation: {Z: {method: output, goods: [COAL, FOOD], share: 1.2}}\n"
             "  b: {extends: a, carbon_price: {Z: 2}}\n"),
      ElementsAre(
          "study.yaml:10:35: unknown method of free allocation 'output'; expected one of output-based, grandfathering",
          "study.yaml:10:57: free allocation for 'FOOD', which zone 'Z' does not cover",
          "study.yaml:10:71: found 1.2, expected a share between 0 and 1"));
  EXPECT_THAT(faults("  reference: {free_allocation: {Z: {goods: [ELEC], share: {COAL: 1, ELEC: -1}}}}\n"),
              ElementsAre("study.yaml:7:33: free allocation without a carbon price allocates nothing: scenario "
                          "'reference' has neither a carbon_price nor a cap in 'Z'",
                          "study.yaml:7:60: 'COAL' is not among the goods of this measure",
                          "study.yaml:7:75: found -1, expected a share between 0 and 1"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 1}, free_allocation: {Z: {goods: []}}}\n"),
              ElementsAre("study.yaml:7:66: found no goods, expected at least one"));
}

TEST(StudyFaults, BorderCharges) {
  EXPECT_THAT(faults("  reference: {}\n"
                     "  a: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC], scope: direct}}}\n"
                     "  b: {extends: a, carbon_price: null}\n"),
              ElementsAre("study.yaml:8:36: a border charge without a carbon price charges nothing: scenario 'b' has "
                          "neither a carbon_price nor a cap in 'Z'"));
  EXPECT_THAT(
      faults("  reference:\n"
             "    carbon_price: {Z: 5}\n"
             "    cbam:\n"
             "      Z:\n"
             "        goods: [ELEC, FOOD, STEEL]\n"
             "        scope: {ELEC: indirect, COAL: direct, FOD: direct}\n"
             "        basis: exporters\n"
             "        mark_up: -0.1\n"
             "        coverage: {ELEC: 2, COAL: 1}\n"
             "        exempt: [NO, C]\n"
             "        revenue: zones\n"
             "        export_rebate: fulll\n"
             "        response: firm\n"),
      ElementsAre("study.yaml:11:29: unknown sector or group 'STEEL'; expected one of all, FOOD, COAL, ELEC, "
                  "extraction, non-extraction, fuel, non-fuel",
                  "study.yaml:12:16: no scope for the good 'FOOD'",
                  "study.yaml:12:23: unknown scope 'indirect', did you mean 'direct'?",
                  "study.yaml:12:33: 'COAL' is not among the goods of this measure",
                  "study.yaml:12:47: unknown sector or group 'FOD', did you mean 'FOOD'?",
                  "study.yaml:13:16: unknown basis of intensities 'exporters', did you mean 'exporter'?",
                  "study.yaml:14:18: found -0.1, expected a number >= 0",
                  "study.yaml:15:26: found 2, expected a share between 0 and 1",
                  "study.yaml:15:29: 'COAL' is not among the goods of this measure",
                  "study.yaml:16:17: 'NO' is a member of zone 'Z': its exports are never charged",
                  "study.yaml:16:22: unknown region 'C'; expected one of NO, B",
                  "study.yaml:17:18: unknown use of revenue 'zones', did you mean 'zone'?",
                  "study.yaml:18:24: unknown export rebate 'fulll', did you mean 'full'?",
                  "study.yaml:19:19: the response 'firm' is not available yet in this version; expected frozen"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {scope: direct}}}\n"),
              ElementsAre("study.yaml:7:47: missing key 'goods'"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC]}}}\n"),
              ElementsAre("study.yaml:7:47: missing key 'scope'"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC, FOOD], scope: {all: direct, ELEC: "
                     "direct}}}}\n"),
              ElementsAre("study.yaml:7:77: 'COAL' is not among the goods of this measure",
                          "study.yaml:7:90: sector 'ELEC' is given twice here: by 'all' and by 'ELEC'"));
}

TEST(StudyFaults, Sweeps) {
  const std::string price = "  reference: {}\n  a: {carbon_price: {Z: 5}}\n";
  EXPECT_THAT(
      faults(price + "sweep: {carbon_price.Y: [1], carbon_prise.Z: [1], price: [1], carbon_price.: [1]}\n"),
      ElementsAre(
          "study.yaml:9:30: cannot sweep 'carbon_prise.Z': unknown 'carbon_prise', did you mean 'carbon_price'?",
          "study.yaml:9:58: expected a path to sweep, such as carbon_price.ZONE, or a map of variants under the free "
          "name 'price'",
          "study.yaml:9:63: 'carbon_price.' is not the path of one value"));
  EXPECT_THAT(
      faults(price + "sweep: {carbon_price.Y: [1], cbam.Z.scope: [direct]}\n"),
      ElementsAre("study.yaml:9:9: the sweep of 'carbon_price.Y' applies to no scenario: none has 'carbon_price.Y'",
                  "study.yaml:9:30: the sweep of 'cbam.Z.scope' applies to no scenario: none has 'cbam.Z'"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: []}\n"),
              ElementsAre("study.yaml:9:25: found no values, expected at least one"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: 5}\n"),
              ElementsAre("study.yaml:9:25: found '5', expected a list"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [1, 1]}\n"),
              ElementsAre("study.yaml:9:29: the value '1' appears twice in this sweep"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [1, {a: b}]}\n"),
              ElementsAre("study.yaml:9:29: expected a number, a word or a list of codes"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [50, -1]}\n"),
              ElementsAre("study.yaml:9:30: found -1, expected a number >= 0"));
  EXPECT_THAT(faults(price + "sweep: {parameters.scale.armingtn: [1, 2]}\n"),
              ElementsAre("study.yaml:9:37: unknown parameter 'armingtn', did you mean 'armington'?",
                          "study.yaml:9:40: unknown parameter 'armingtn', did you mean 'armington'?"));
  EXPECT_THAT(faults(price + "sweep: {parameters.scale.top.NO.FODD: [1, 2]}\n"),
              ElementsAre("study.yaml:9:40: unknown sector or group 'FODD', did you mean 'FOOD'?",
                          "study.yaml:9:43: unknown sector or group 'FODD', did you mean 'FOOD'?"));
  EXPECT_THAT(faults(price + "sweep: {v: {a: {carbonprice: {Z: 1}}}}\n"),
              ElementsAre("study.yaml:9:17: unknown key 'carbonprice', did you mean 'carbon_price'?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 1}}\n  a: {}\nsweep: {carbon_price.Z: [1, 2]}\n"),
              ElementsAre("study.yaml:8:3: scenario 'a' has no reference: the sweep varies 'reference' but leaves this "
                          "scenario alone"));
}

TEST(StudyFaults, Parameters) {
  EXPECT_THAT(
      faults(
          "  reference:\n"
          "    parameters:\n"
          "      scale: {armington: -1, armington_origins: 2, top: {FOD: 1, C.FOOD: 1, NO.ELEC: x, COAL: 1, fuel: 1}}\n"
          "      set: {top: -1, labour_share: 1.5, fossil_supply: {FOOD: 1}, household: {fuel: 1, utility: -2}, "
          "tarifs: 0}\n"
          "      add: {}\n"),
      ElementsAre("study.yaml:9:26: found -1, expected a number >= 0",
                  "study.yaml:9:30: 'armington_origins' is given twice here: as 'armington' too",
                  "study.yaml:9:58: unknown sector or group 'FOD', did you mean 'FOOD'?",
                  "study.yaml:9:66: unknown region 'C'; expected one of NO, B",
                  "study.yaml:9:86: found 'x', expected a number", "study.yaml:10:18: found -1, expected a number >= 0",
                  "study.yaml:10:36: found 1.5, expected a share between 0 and 1",
                  "study.yaml:10:57: the dataset gives 'FOOD' no elasticity of supply",
                  "study.yaml:10:79: unknown nest 'fuel' of the household 'ces', did you mean 'fuels'?",
                  "study.yaml:10:97: found -2, expected a number >= 0",
                  "study.yaml:10:102: unknown parameter 'tarifs', did you mean 'tariffs'?",
                  "study.yaml:11:7: unknown key 'add'; expected one of scale, set"));
  EXPECT_THAT(faults("  reference: {parameters: {set: {top: {COAL: 1, fuel: 1, non-extraction: 1, non-fuel: 2}}}}\n"),
              ElementsAre("study.yaml:7:77: 'NO.FOOD' is given twice here"));
  EXPECT_THAT(
      faults("  reference: {parameters: {scale: {labour_share: 2, resource_share: {COAL: 3}, fuel_weight: "
             "{NO.COAL: 1}}, set: {tariffs: -1}}}\n"),
      ElementsAre("study.yaml:7:50: labour_share of NO.FOOD would be 0.7 x 2, expected a share between 0 and 1",
                  "study.yaml:7:76: resource_share of NO.COAL would be 0.5 x 3, expected a share between 0 and 1",
                  "study.yaml:7:94: found a region, but fuel weights are by sector",
                  "study.yaml:7:123: found -1, expected a rate above -1"));
}

}  // namespace
}  // namespace levee
