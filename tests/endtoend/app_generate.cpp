// `levee generate`: a world that checks cleanly and whose study is solved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <map>
#include <string>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> generate(const std::string& out, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"generate", "--regions", "5", "--sectors", "7", "--seed", "3", "--out", out};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::map<std::string, std::string> content(const Workspace& folder, const std::string& name) {
  std::map<std::string, std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path(name))) {
    const std::string file = entry.path().filename().string();
    result[file] = folder.read((std::filesystem::path(name) / file).string());
  }
  return result;
}

TEST(Generate, WritesAWorldThatChecksCleanlyAndIsSolved) {
  const Workspace folder;
  const Ran made = folder.levee(generate("world"));
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("[2/2] its files are written"));
  EXPECT_THAT(made.out, AllOf(HasSubstr("synthetic-5x7-seed-3: 5 regions x 7 sectors"), HasSubstr("zone Z: "),
                              HasSubstr("layout: wide, chosen by size"), HasSubstr("world/study.yaml")));
  const Ran checked = folder.levee({"check", "world/study.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("scenario cbam_indirect_cap"), Not(HasSubstr("note:")),
                                 HasSubstr("nodes without output, dropped: 0 nodes")));
  const Ran run = folder.levee({"run", "world/study.yaml", "--solver", "newton", "--no-decompose", "--out", "results"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(ContainsRegex("ets_only +Z +[0-9.]+ %"), ContainsRegex("cbam_indirect_cap +Z ")));
  EXPECT_THAT(run.out + run.err, Not(HasSubstr("failed")));
}

TEST(Generate, TheSameSeedGivesTheSameFiles) {
  const Workspace folder;
  ASSERT_EQ(folder.levee(generate("one")).status, 0);
  ASSERT_EQ(folder.levee(generate("two")).status, 0);
  EXPECT_EQ(content(folder, "one"), content(folder, "two"));
  ASSERT_EQ(folder.levee({"generate", "--regions", "5", "--sectors", "7", "--seed", "4", "--out", "three"}).status, 0);
  EXPECT_NE(content(folder, "one").at("Z.csv"), content(folder, "three").at("Z.csv"));
}

TEST(Generate, WritesEveryLayout) {
  const Workspace folder;
  const std::map<std::string, std::string> table{
      {"wide", "layout: wide"}, {"long", "layout: long"}, {"use-trade", "trade: {file: trade.csv"}};
  for (const auto& [layout, key] : table) {
    SCOPED_TRACE(layout);
    const Ran made = folder.levee(generate(layout, {"--layout", layout}));
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("layout: " + layout + "\n"));
    EXPECT_THAT(folder.read(layout + "/dataset.yaml"), HasSubstr(key));
    const Ran checked = folder.levee({"check", layout + "/dataset.yaml"});
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_THAT(checked.out, Not(HasSubstr("note:")));
  }
}

TEST(Generate, NeverOverwritesUnasked) {
  const Workspace folder;
  const Ran quiet = folder.levee(generate("world", {"--quiet"}));
  ASSERT_EQ(quiet.status, 0) << quiet.err;
  EXPECT_THAT(quiet.out + quiet.err, IsEmpty());
  const Ran again = folder.levee(generate("world"));
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.err, AllOf(HasSubstr("world"), HasSubstr("--force")));
  // another layout takes the place of all files
  ASSERT_EQ(folder.levee(generate("world", {"--force", "--layout", "use-trade"})).status, 0);
  EXPECT_FALSE(std::filesystem::exists(folder.path("world/Z.csv")));
  // but never of somebody else's
  folder.write("world/mine.txt", "work");
  EXPECT_EQ(folder.levee(generate("world", {"--force"})).status, 1);
  EXPECT_EQ(folder.read("world/mine.txt"), "work");
}

TEST(Generate, RefusesSizesThatMakeNoWorld) {
  const Workspace folder;
  const auto refused = [&](const std::vector<std::string>& words, const std::string& option) {
    const Ran ran = folder.levee(words);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr(option));
    EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
  };
  refused({"generate", "--regions", "1", "--sectors", "7", "--seed", "3", "--out", "out"}, "--regions");
  refused({"generate", "--regions", "5", "--sectors", "2", "--seed", "3", "--out", "out"}, "--sectors");
  refused({"generate", "--regions", "5", "--sectors", "7", "--seed", "one", "--out", "out"}, "--seed");
  refused({"generate", "--regions", "5", "--sectors", "7", "--seed", "3"}, "--out");
  refused(generate("out", {"--layout", "square"}), "--layout");
}

/// A dense table of this size would be 825 MiB, twice that with the benchmark's.
TEST(Generate, TenThousandNodesAreReadAndCalibratedInLittleMemory) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer's memory is not the program's";
#endif
  const Workspace folder;
  const Ran made = folder.levee({"generate", "--regions", "160", "--sectors", "65", "--seed", "1", "--out", "world"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("layout: use-trade, chosen by size"));
  const Ran checked = folder.levee({"check", "world/dataset.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("160 regions x 65 sectors"), Not(HasSubstr("note:"))));
  rusage children{};
  ASSERT_EQ(::getrusage(RUSAGE_CHILDREN, &children), 0);
  EXPECT_LT(children.ru_maxrss / 1024, 700) << "MiB, the largest of the two programs";
}

}  // namespace
}  // namespace levee::testing
