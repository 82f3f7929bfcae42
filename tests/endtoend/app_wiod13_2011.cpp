// The shipped table of 41 regions and 35 sectors through the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string source = LEVEE_SOURCE_DIR;

TEST(Wiod13, ChecksWithItsTreatmentsListed) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", source + "/data/wiod13-2011/dataset.yaml"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("41 regions x 35 sectors"), HasSubstr("CO2 35013.4 Mt"),
                             HasSubstr("rows off by 0, columns by 0 of output"),
                             HasSubstr("nodes without output, dropped: 22 nodes")));
}

TEST(Wiod13, LeaksAsWiod2011WhereTheSectorsAreTheSame) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "minutes under the sanitizers";
#endif
  const Workspace folder;
  const Ran ran = folder.levee({"run", source + "/scenarios/wiod13-2011/study.yaml", "--solver", "newton",
                                "--no-decompose", "--out", "out", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json summary = json_of(folder, "out/summary.json");
  for (const char* name : {"ets_only", "cbam_direct"})
    EXPECT_EQ(scenario_of(summary, name).at("status"), "solved") << name;
  // 22.9 and 8.2 % there. The border charge falls on all metals, minerals and chemicals here, so it stops more.
  const auto leakage = [&](const char* name) {
    return scenario_of(summary, name).at("leakage_rate").at("EU").get<double>();
  };
  EXPECT_NEAR(leakage("ets_only"), 0.229, 0.02);
  EXPECT_LT(leakage("cbam_direct"), 0.082);
}

}  // namespace
}  // namespace levee::testing
