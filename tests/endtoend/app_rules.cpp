// `levee check` on rule books.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string shipped = LEVEE_SOURCE_DIR "/data/rules/eu-cbam/rules.yaml";

TEST(RuleBooks, AreDescribedTableByTable) {
  const Workspace folder;
  const Ran checked = folder.levee({"check", shipped});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out,
              AllOf(HasSubstr("rules 'eu-cbam': charge in EUR, 14 sources\n"),
                    HasSubstr("53 rows (secondary 53): 6 sectors, 11 exclusions\n"),
                    HasSubstr("2026 to 2040; no correction factor\n"), HasSubstr("10931 rows (secondary 10931): 120"),
                    HasSubstr("(secondary 1, indicative 3)\n"), HasSubstr("cbam 2026-Q1 to 2026-Q2, china-ets 2023")));
  const auto answer = nlohmann::json::parse(folder.levee({"check", "--json", shipped}).out);
  EXPECT_EQ(answer["kind"], "rules");
  EXPECT_EQ(answer["valid"], true);
  const auto& rules = answer["rules"];
  EXPECT_EQ(rules["currency"], "EUR");
  EXPECT_EQ(rules["sources"].size(), 14U);
  EXPECT_EQ(rules["years_without_correction_factor"].size(), 15U);
  EXPECT_EQ(rules["tables"].size(), 12U);
  EXPECT_EQ(rules["tables"]["grid_factors"]["confidence"]["indicative"], 3);
  EXPECT_THAT(rules["tables"]["default_values"]["file"].get<std::string>(), HasSubstr("eu-cbam/default_values.csv"));
}

TEST(RuleBooks, OfAUserExtendTheShippedOne) {
  const Workspace folder;
  folder.write("own.yaml",
               "rules: own\nextends: " + shipped + "\nsources: {us: {title: Our view}}\ntables: {phase_in: own.csv}\n");
  folder.write("own.csv",
               "year,charged,remaining,correction_factor,source,confidence\n2026,0.5,0.5,1,us,user\n"
               "2027,1,0,,us,user\n");
  const Ran checked = folder.levee({"check", "own.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("rules 'own': charge in EUR, 15 sources\n"), HasSubstr("10931 rows"),
                                 HasSubstr("2 rows (user 2): 2026 to 2027; no correction factor in 2027\n")));
}

TEST(RuleBooks, AreRefusedWithEveryFault) {
  const Workspace folder;
  folder.write("own.yaml",
               "rules: own\ncurrency: EUR\nsources: {us: {title: Our view}}\ntables: {phase_in: own.csv, "
               "grid_factors: grid.csv}\n");
  folder.write("own.csv", "year,charged,remaining,source,confidence\n2026,0.5,0.4,us,user\n");
  EXPECT_EQ(folder.levee({"check", "own.yaml"}).status, 1) << "a table is missing";
  folder.write("grid.csv", "country,valu,source,confidence\nSerbia,0.65,us,user\n");
  const Ran refused = folder.levee({"check", "own.yaml"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("own.csv:2:10: charged 0.5 and remaining 0.4 add up to 0.9, expected 1"),
                                 HasSubstr("grid.csv:1:9: unknown column 'valu', did you mean 'value'?")));
}

}  // namespace
}  // namespace levee::testing
