// The shipped table of 41 regions and 46 sectors through the program: it is compressed, it has nodes that do not
// produce, and it gives the answer of cbam-2011 in kind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string source = LEVEE_SOURCE_DIR;

TEST(Wiod2011, ChecksWithItsTreatmentsListed) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", source + "/scenarios/wiod-2011/study.yaml"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(StartsWith("study 'wiod-2011', reference 'reference'"), HasSubstr("zone EU: 26 regions"),
                             HasSubstr("41 regions x 46 sectors"), HasSubstr("CO2 35013.4 Mt"),
                             HasSubstr("nodes without output, dropped: 22 nodes")));
}

TEST(Wiod2011, ATruncatedTableIsRefused) {
  const Workspace folder;
  const std::string shipped = source + "/data/wiod-2011/Y.csv.xz";
  std::filesystem::copy_file(shipped, folder.path("data/Y.csv.xz"));
  std::filesystem::resize_file(folder.path("data/Y.csv.xz"), 100000);
  folder.edit("data/dataset.yaml", "file: Y.csv,", "file: Y.csv.xz,");
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, AllOf(StartsWith("data/Y.csv.xz:"), HasSubstr("truncated or damaged in or after this line")));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
}

TEST(Wiod2011, LeaksAsCbam2011) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "minutes under the sanitizers";
#endif
  const Workspace folder;
  const Ran ran = folder.levee({"run", source + "/scenarios/wiod-2011/study.yaml", "--solver", "newton",
                                "--no-decompose", "--scenario", "ets_only", "cbam_direct", "--out", "out", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json summary = json_of(folder, "out/summary.json");
  // 22.3 and 10.6 % there; docs/results.md explains the distance.
  EXPECT_NEAR(scenario_of(summary, "ets_only").at("leakage_rate").at("EU").get<double>(), 0.223, 0.02);
  EXPECT_NEAR(scenario_of(summary, "cbam_direct").at("leakage_rate").at("EU").get<double>(), 0.106, 0.03);
  for (const char* name : {"ets_only", "cbam_direct"})
    EXPECT_EQ(scenario_of(summary, name).at("status"), "solved") << name;
  std::vector<std::string> inputs;
  const Json record = json_of(folder, "out/run.json");
  for (const Json& input : record.at("inputs")) inputs.push_back(input.at("file"));
  EXPECT_THAT(inputs, Contains(EndsWith("wiod-2011/Z.csv.xz"))) << "a checksum of the file as it is stored";
}

}  // namespace
}  // namespace levee::testing
