// An ensemble through the program: every member solved and recorded with what was drawn for it, and the same when it is
// run by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Ensemble, MembersAreRecordedAndRunAloneAlike) {
  const Workspace folder;
  folder.write("draws.yaml",
               "extends: study.yaml\n"
               "study: draws\n"
               "ensemble:\n"
               "  members: 3\n"
               "  seed: 7\n"
               "  draw: {carbon_price.EU: {uniform: [20, 200]}, parameters.scale.armington: {log_normal: [1, 0.3]}}\n");
  const auto run = [&](const std::string& out, const std::vector<std::string>& scenarios) {
    std::vector<std::string> words{"run", "draws.yaml", "--solver", "newton", "--out", out, "--quiet", "--scenario"};
    words.insert(words.end(), scenarios.begin(), scenarios.end());
    const Ran ran = folder.levee(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json_of(folder, out + "/summary.json");
  };
  const Json all = run("all", {"ets_only", "cbam_direct"});
  EXPECT_THAT(names_of(all),
              ElementsAre("reference/member=0001", "reference/member=0002", "reference/member=0003",
                          "ets_only/member=0001", "ets_only/member=0002", "ets_only/member=0003",
                          "cbam_direct/member=0001", "cbam_direct/member=0002", "cbam_direct/member=0003"));
  for (const Json& scenario : all.at("scenarios")) {
    const std::string name = scenario.at("name"), member = name.substr(name.size() - 4);
    SCOPED_TRACE(name);
    EXPECT_EQ(scenario.at("status"), "solved");
    EXPECT_EQ(scenario.at("sweep").at("member"), member);
    const Json& priced = scenario_of(all, "ets_only/member=" + member);
    EXPECT_EQ(scenario.at("sweep").at("parameters.scale.armington"),
              priced.at("sweep").at("parameters.scale.armington"));
    if (scenario.at("base") == "reference") continue;
    EXPECT_EQ(scenario.at("reference"), "reference/member=" + member);
    EXPECT_EQ(scenario.at("sweep").at("carbon_price.EU"), priced.at("sweep").at("carbon_price.EU"));
  }
  const Json one = run("one", {"cbam_direct/member=0002"});
  EXPECT_THAT(names_of(one), ElementsAre("reference/member=0002", "cbam_direct/member=0002"));
  for (const char* figure : {"sweep", "walras", "emissions_mt", "leakage_rate", "welfare_ev_percent", "cbam_revenue"}) {
    EXPECT_EQ(scenario_of(one, "cbam_direct/member=0002").at(figure),
              scenario_of(all, "cbam_direct/member=0002").at(figure))
        << figure;
  }
}

TEST(Ensemble, CheckNamesNotEveryMember) {
  const Workspace folder;
  folder.write("draws.yaml",
               "extends: study.yaml\nensemble: {members: 500, draw: {carbon_price.EU: {uniform: [20, 200]}}}\n");
  const Ran ran = folder.levee({"check", "draws.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out,
              HasSubstr("scenario ets_only: 500 members, ets_only/member=0001 to ets_only/member=0500\nscenario "
                        "free_allocation: 500 members"));
}

}  // namespace
}  // namespace levee::testing
