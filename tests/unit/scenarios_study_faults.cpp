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
  EXPECT_THAT(faults_with("world/dataset.yaml", "world/datset.yaml"), ElementsAre("?"));
  EXPECT_THAT(faults_with("dataset: world/dataset.yaml\n", ""), ElementsAre("?"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "").faults(), ElementsAre("?"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "[study]").faults(), ElementsAre("?"));
  try {
    read_study("nowhere/study.yaml");
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "nowhere/study.yaml: cannot read this file");
  }
  StudyFiles broken;
  broken.dataset().edit("dataset.yaml", "year: 2011", "year: never");
  EXPECT_THAT(broken.faults(), ElementsAre("?"));
}

TEST(StudyFaults, FilesThatExtend) {
  EXPECT_THAT(StudyFiles().set("study.yaml", "study: x\nextends: base.yml\n").faults(), ElementsAre("?"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "extends: study.yaml\n").faults(), ElementsAre("?"));
  EXPECT_THAT(StudyFiles().set("study.yaml", "extends: a.yaml\n").set("a.yaml", "extends: ./study.yaml").faults(),
              ElementsAre("?"));
}

TEST(StudyFaults, Keys) {
  EXPECT_THAT(faults_with("study: tiny", "stdy: tiny"), ElementsAre("?"));
  EXPECT_THAT(faults_with("study: tiny", "study: tiny\nstudy: tiny"), ElementsAre("?"));
  EXPECT_THAT(faults_with("{technology: tree}", "{technology: tre, closre: standard, armington: agent}"),
              ElementsAre("?"));
  EXPECT_THAT(faults_with("{technology: tree}", "{technology: tre, household: les, armington: agent}"),
              ElementsAre("?"));
  EXPECT_THAT(faults_with("model: {technology: tree}\n", ""), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_prise: {Z: 1}}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {z: 1}}\n  a: {cbam: {Z: {gods: [ELEC], scope: direct}}}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  reference: {}\n"), ElementsAre("?"));
}

TEST(StudyFaults, Zones) {
  EXPECT_THAT(faults_with("[COAL, ELEC]", "[COAL, ELCE]"), ElementsAre("?"));
  EXPECT_THAT(faults_with("regions: [NO]", "regions: [N]"), ElementsAre("?"));
  EXPECT_THAT(faults_with("regions: [NO]", "regions: []"), ElementsAre("?"));
  EXPECT_THAT(faults_with("regions: [NO], sectors: [COAL, ELEC]", "regions: [NO], sectors: []"), ElementsAre("?"));
  EXPECT_THAT(faults_with("regions: [NO], ", ""), ElementsAre("?"));
  EXPECT_THAT(
      faults_with("regions: [NO], sectors: [COAL, ELEC]", "regions: [NO, NO], sectors: [COAL, fuel], stressors: [CO3]"),
      ElementsAre("?"));
  EXPECT_THAT(faults_with("[COAL, ELEC]}", "[COAL, ELEC], stressors: []}"), ElementsAre("?"));
  EXPECT_THAT(faults_with("zones: {Z:", "zones: {a.b:"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {zones: {ZZ: {sectors: all}}}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {zones: {Z: {sectors: []}}}\n"), ElementsAre("?"));
}

TEST(StudyFaults, Scenarios) {
  EXPECT_THAT(faults("  reference: {extends: reference}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  a: {extends: b}\n  b: {extends: c}\n  c: {extends: b}\n  d: {extends: a}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  a: {extends: refrence}\n  b: {extends: a}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  refrence: {}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: 5\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  a/b: {}\n"), ElementsAre("?"));
  EXPECT_THAT(faults_with("scenarios: {reference: {}}", "scenarios: {}"), ElementsAre("?"));
  EXPECT_THAT(faults_with("scenarios: {reference: {}}", ""), ElementsAre("?"));
}

TEST(StudyFaults, Prices) {
  EXPECT_THAT(faults("  reference: {}\n  a: {carbon_price: {Z: many}}\n  b: {carbon_price: {Z: -5}}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  a: {carbon_price: 100}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {}\n  a: {cap: {Z: {as_in: b}}, cbam: {Z: {goods: [ELEC], scope: direct}}}\n"),
              ElementsAre("?"));
}

TEST(StudyFaults, FreeAllocation) {
  EXPECT_THAT(faults("  reference: {}\n"
                     "  a:\n"
                     "    carbon_price: {Z: 1}\n"
                     "    free_allocation: {Z: {method: output, goods: [COAL, FOOD], share: 1.2}}\n"
                     "  b: {extends: a, carbon_price: {Z: 2}}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {free_allocation: {Z: {goods: [ELEC], share: {COAL: 1, ELEC: -1}}}}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 1}, free_allocation: {Z: {goods: []}}}\n"), ElementsAre("?"));
}

TEST(StudyFaults, BorderCharges) {
  EXPECT_THAT(faults("  reference: {}\n"
                     "  a: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC], scope: direct}}}\n"
                     "  b: {extends: a, carbon_price: null}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference:\n"
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
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {scope: direct}}}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC]}}}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 5}, cbam: {Z: {goods: [ELEC, FOOD], scope: {all: direct, ELEC: "
                     "direct}}}}\n"),
              ElementsAre("?"));
}

TEST(StudyFaults, Sweeps) {
  const std::string price = "  reference: {}\n  a: {carbon_price: {Z: 5}}\n";
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Y: [1], carbon_prise.Z: [1], price: [1], carbon_price.: [1]}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Y: [1], cbam.Z.scope: [direct]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: []}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: 5}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [1, 1]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [1, {a: b}]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {carbon_price.Z: [50, -1]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {parameters.scale.armingtn: [1, 2]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {parameters.scale.top.NO.FODD: [1, 2]}\n"), ElementsAre("?"));
  EXPECT_THAT(faults(price + "sweep: {v: {a: {carbonprice: {Z: 1}}}}\n"), ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {carbon_price: {Z: 1}}\n  a: {}\nsweep: {carbon_price.Z: [1, 2]}\n"),
              ElementsAre("?"));
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
      ElementsAre("?"));
  EXPECT_THAT(faults("  reference:\n"
                     "    parameters:\n"
                     "      scale: {armington: -1, armington_origins: 2, top: {FOD: 1, C.FOOD: 1, NO.ELEC: x, COAL: 1, "
                     "fuel: 1, non-extraction: 1, non-fuel: 2}}\n"
                     "      set: {top: -1, labour_share: 1.5, fossil_supply: {FOOD: 1}, household: {fuel: 1, utility: "
                     "-2}, tarifs: 0}\n"),
              ElementsAre("?"));
  EXPECT_THAT(faults("  reference: {parameters: {scale: {labour_share: 2, resource_share: {COAL: 3}, fuel_weight: "
                     "{NO.COAL: 1}}, set: {tariffs: -1}}}\n"),
              ElementsAre("?"));
}

}  // namespace
}  // namespace levee
