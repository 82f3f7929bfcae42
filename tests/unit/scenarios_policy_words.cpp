#include <gtest/gtest.h>

#include "scenarios/policy_words.hpp"

namespace levee {
namespace {

std::string words_of(const Study& study, const std::string& name) {
  for (const Scenario& scenario : study.scenarios)
    if (scenario.name == name) return policy_words(scenario, *study.dataset);
  return "no scenario " + name;
}

TEST(PolicyWords, SayWhatTheShippedDesignsDo) {
  const Study study = read_study(LEVEE_SOURCE_DIR "/scenarios/eu-cbam/study.yaml");
  EXPECT_EQ(words_of(study, "reference"), "No carbon policy.");
  EXPECT_EQ(words_of(study, "ets_only"), "EU: carbon price 100 USD/t.");
  EXPECT_EQ(words_of(study, "free_allocation_cap"),
            "EU: cap on covered emissions, as in ets_only; output-based free allocation to REF, STEEL, ALU, ONFM, CEM, "
            "ONMM, FERT, CHM, PAP (100 %).");
  EXPECT_EQ(words_of(study, "cbam_full_world"),
            "EU: cap on the world's emissions, as in ets_only; import charge on ELEC, STEEL, ALU, CEM, FERT for direct "
            "emissions and those of the electricity used, at each exporter's intensity; exporters get their carbon "
            "cost back.");
}

}  // namespace
}  // namespace levee
