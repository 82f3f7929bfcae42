// `levee split`: parts that check cleanly, and the map that takes them back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string vehicles = R"(split: vehicles
dataset: data/dataset.yaml
sector: MAC
into:
  AUTO: {output: 0.25, inputs: {STEEL: 0.35}, use: {TRN: 0.6}, emissions: {CO2: 0.2}}
  MACH: {}
)";

TEST(SplitVerb, PartsCheckAndGoBack) {
  const Workspace folder;
  folder.write("split.yaml", vehicles);
  EXPECT_EQ(folder.levee({"check", "split.yaml"}).out, "split 'vehicles' of 'cbam-2011': MAC in 2 parts\n");
  const Ran made = folder.levee({"split", "data/dataset.yaml", "--by", "split.yaml", "--out", "parts"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("AUTO: output "), HasSubstr("MACH: output "), HasSubstr("parts/dataset.yaml")));
  const Ran checked = folder.levee({"check", "parts/dataset.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("12 regions x 21 sectors"), HasSubstr("CO2 35013.4 Mt")));
  const Ran back =
      folder.levee({"aggregate", "parts/dataset.yaml", "--map", "parts/back.yaml", "--out", "back", "--quiet"});
  EXPECT_EQ(back.status, 0) << back.err;
  EXPECT_THAT(folder.levee({"check", "back/dataset.yaml"}).out, HasSubstr("12 regions x 20 sectors"));
}

TEST(SplitVerb, ContradictionsAreNamedAndNothingIsWritten) {
  const Workspace folder;
  std::string text = vehicles;
  text.replace(text.find("use: {TRN: 0.6}"), 15, "final_use: 0, use: {all: 0}");
  folder.write("split.yaml", text);
  const Ran refused = folder.levee({"split", "data/dataset.yaml", "--by", "split.yaml", "--out", "parts"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("totals cannot be met together"), HasSubstr("sales of ")));
  EXPECT_FALSE(std::filesystem::exists(folder.path("parts")));
}

}  // namespace
}  // namespace levee::testing
