// Runs of many scenarios: whatever their threads, shards and interruptions, they end in the same tables.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/endtoend/app_swept_study.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Sweeps, ThreadsChangeNothing) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("one", {"--threads", "1"}).status, 0);
  ASSERT_EQ(folder.run("four", {"--threads", "4"}).status, 0);
  expect_same_run(folder, "four", "one");
  EXPECT_EQ(json_of(folder, "one/summary.json").at("scenarios").size(), 18u);
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

TEST(Sweeps, KilledAndResumed) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("whole").status, 0);
  folder.stopped("out", SIGKILL, "[5/18]");
  EXPECT_THAT(folder.hidden(), Contains(".out.journal"));
  EXPECT_FALSE(fs::exists(folder.path("out"))) << "nothing half-written has the folder's name";

  const Ran plain = folder.run("out");
  EXPECT_EQ(plain.status, 1);
  EXPECT_THAT(plain.err, AllOf(HasSubstr("did not finish"), HasSubstr("--resume"), HasSubstr("--force")));
  const Ran resumed = folder.run("out", {"--resume"});
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_GE(scenarios_there(resumed.err), 3) << resumed.err;
  expect_same_run(folder, "out", "whole");
  EXPECT_THAT(folder.hidden(), IsEmpty()) << "also what the killed run was writing";
}

/// What was cut off while it was written is solved again; what comes before it is kept.
TEST(Sweeps, JournalThatWasCutOff) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("whole").status, 0);
  folder.stopped("out", SIGKILL, "[6/18]", {"--threads", "1"});
  const fs::path journal = folder.path(".out.journal");
  fs::resize_file(journal, fs::file_size(journal) - 1000);
  const Ran resumed = folder.run("out", {"--resume"});
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_GE(scenarios_there(resumed.err), 2) << resumed.err;
  expect_same_run(folder, "out", "whole");
}

TEST(Sweeps, InterruptedAndResumed) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("whole").status, 0);
  const Ran first = folder.stopped("out", SIGINT, "[4/18]");
  EXPECT_EQ(first.status, 130) << first.err;
  EXPECT_THAT(first.err, HasSubstr("--resume"));
  EXPECT_EQ(json_of(folder, "out/run.json").at("interrupted"), true);
  // again, and the folder that the run itself wrote is replaced without more ado
  const Ran second = folder.stopped("out", SIGTERM, "[2/", {"--resume"});
  EXPECT_EQ(second.status, 130) << second.err;
  const Ran last = folder.run("out", {"--resume"});
  ASSERT_EQ(last.status, 0) << last.err;
  expect_same_run(folder, "out", "whole");
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

/// The channels of a scenario that was solved, but not decomposed, when the run ended.
TEST(Sweeps, InterruptedWhileDecomposingAndResumed) {
  const Workspace folder;
  const Words words = {"run",      "study.yaml",    "--solver",    "newton",    "--scenario",
                       "ets_only", "cbam_full_cap", "cbam_direct", "--threads", "1"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), words.begin(), words.end());
    return more;
  };
  ASSERT_EQ(folder.levee(with({"--out", "whole"})).status, 0);
  Program program(LEVEE_BINARY, with({"--out", "out"}), folder.folder());
  ASSERT_TRUE(program.says("cbam_direct: solved"));
  program.signal(SIGINT);
  EXPECT_EQ(program.wait().status, 130);
  ASSERT_EQ(folder.levee(with({"--out", "out", "--resume"})).status, 0);
  expect_same_run(folder, "out", "whole");
}

TEST(Sweeps, EarlierResultsStayWhenInterrupted) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("out").status, 0);
  const std::string before = folder.read("out/run.json");
  EXPECT_EQ(folder.stopped("out", SIGINT, "[4/18]", {"--force"}).status, 130);
  EXPECT_EQ(folder.read("out/run.json"), before);
  EXPECT_EQ(folder.run("out", {"--resume"}).status, 1) << "that folder is of another run";
  EXPECT_EQ(folder.read("out/run.json"), before);
  ASSERT_EQ(folder.run("out", {"--resume", "--force"}).status, 0);
  EXPECT_NE(folder.read("out/run.json"), before);
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

TEST(Sweeps, ResumingAnotherRunIsRefused) {
  const SweptWorkspace folder;
  folder.stopped("out", SIGKILL, "[4/18]");
  const auto refused = [&](const Words& more) {
    const Ran ran = folder.run("out", more);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(folder.hidden(), Contains(".out.journal")) << "what was solved is kept";
    return ran.err;
  };
  EXPECT_THAT(refused({"--resume", "--no-decompose", "--scenario", "ets_only"}),
              AllOf(HasSubstr("option scenarios: [], here [\"ets_only\"]"), HasSubstr("another one")));
  EXPECT_THAT(refused({"--resume", "--decompose"}), HasSubstr("option channels: false, here true"));
  EXPECT_THAT(refused({"--resume", "--shard", "1/2"}), HasSubstr("option shard: none, here 1/2"));
  folder.edit("sweep.yaml", "[25, 100]", "[25, 101]");
  EXPECT_THAT(refused({"--resume"}), HasSubstr("sweep.yaml differs"));
  folder.edit("sweep.yaml", "[25, 101]", "[25, 100]");
  folder.write("data/co2_process.csv", folder.read("data/co2_process.csv") + "\n");
  EXPECT_THAT(refused({"--resume"}), HasSubstr("data/co2_process.csv differs"));
  EXPECT_EQ(folder.run("out", {"--force"}).status, 0) << "starts anew";
  EXPECT_THAT(folder.hidden(), Not(Contains(".out.journal")));
}

TEST(Sweeps, ResumingNothingStarts) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("out", {"--resume", "--scenario", "reference"}).status, 0);
  EXPECT_EQ(folder.run("out", {"--resume", "--scenario", "reference"}).status, 1) << "that run is complete";
}

TEST(Sweeps, OneRunAtATime) {
  const SweptWorkspace folder;
  Program first(LEVEE_BINARY, SweptWorkspace::words("out"), folder.folder());
  ASSERT_TRUE(first.says("[1/18]"));
  const Ran second = folder.run("out", {"--resume"});
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.err, HasSubstr("in use"));
  EXPECT_EQ(first.wait().status, 0);
}

TEST(Sweeps, WrongInputLeavesNothingToResume) {
  const SweptWorkspace folder;
  folder.edit("sweep.yaml", "armington: [1, 2]", "labour_share: [1, 1e9]");
  const Ran ran = folder.run("out");
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

TEST(Sweeps, ShardsMergedAreTheWholeRun) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("whole").status, 0);
  for (int k = 1; k <= 3; ++k) {
    const Ran ran = folder.run(fmt::format("part{}", k), {"--shard", fmt::format("{}/3", k)});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const Json shard = json_of(folder, fmt::format("part{}/run.json", k)).at("shard");
    EXPECT_EQ(shard, (Json{{"number", k}, {"of", 3}, {"scenarios", 18}}));
    EXPECT_LT(json_of(folder, fmt::format("part{}/summary.json", k)).at("scenarios").size(), 12u);
  }
  // the order in which they are named is nothing
  const Ran ran = folder.levee({"merge", "part2", "part3", "part1", "--out", "merged"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("18 scenarios of 3 shards"));
  expect_same_run(folder, "merged", "whole");
  expect_folder(folder, "merged");

  const auto refused = [&](Words folders) {
    folders.insert(folders.begin(), "merge");
    folders.insert(folders.end(), {"--out", "wrong"});
    const Ran merged = folder.levee(folders);
    EXPECT_EQ(merged.status, 1);
    EXPECT_FALSE(fs::exists(folder.path("wrong")));
    return merged.err;
  };
  EXPECT_THAT(refused({"part1", "part3"}), HasSubstr("of 3 shards 2 is missing"));
  EXPECT_THAT(refused({"part1", "part3", "part3"}), HasSubstr("expected each once"));
  EXPECT_THAT(refused({"part1", "whole", "part3"}), HasSubstr("whole: is no shard"));
  EXPECT_THAT(refused({"part1", "prat2", "part3"}), HasSubstr("did you mean 'part2'"));
  ASSERT_EQ(folder.run("foreign", {"--shard", "2/3", "--decompose", "--scenario", "ets_only"}).status, 0);
  EXPECT_THAT(refused({"part1", "foreign", "part3"}), AllOf(HasSubstr("foreign: is of another run than part1"),
                                                            HasSubstr("option channels: false, here true")));
  ASSERT_EQ(folder.run("other", {"--shard", "2/4"}).status, 0);
  EXPECT_THAT(refused({"part1", "other", "part3"}), HasSubstr("other: is shard 2/4, part1 is shard 1/3"));
  folder.write("part2/tables/trade.csv", folder.read("part2/tables/trade.csv") + "half a line");
  EXPECT_THAT(refused({"part1", "part2", "part3"}), AllOf(HasSubstr("trade.csv"), HasSubstr("cut off")));
}

/// A shard is resumed as any run is, and one that is not complete is not merged.
TEST(Sweeps, ShardInterruptedAndResumed) {
  const SweptWorkspace folder;
  ASSERT_EQ(folder.run("whole").status, 0);
  ASSERT_EQ(folder.run("part1", {"--shard", "1/2"}).status, 0);
  EXPECT_EQ(folder.stopped("part2", SIGINT, "[3/", {"--shard", "2/2"}).status, 130);
  const Ran early = folder.levee({"merge", "part1", "part2", "--out", "merged"});
  EXPECT_EQ(early.status, 1);
  EXPECT_THAT(early.err, AllOf(HasSubstr("part2"), HasSubstr("interrupted"), HasSubstr("--resume")));
  ASSERT_EQ(folder.run("part2", {"--shard", "2/2", "--resume"}).status, 0);
  ASSERT_EQ(folder.levee({"merge", "part1", "part2", "--out", "merged", "--quiet"}).status, 0);
  expect_same_run(folder, "merged", "whole");
}

/// A scenario without an equilibrium is marked in its shard and in the whole.
TEST(Sweeps, ScenarioFailsInOneShard) {
  const SweptWorkspace folder;
  folder.edit("sweep.yaml", "[25, 100]", "[25, 1e300]");
  const Ran whole = folder.run("whole");
  EXPECT_EQ(whole.status, 2) << whole.err;
  int failed = 0;
  for (int k = 1; k <= 3; ++k)
    failed += folder.run(fmt::format("part{}", k), {"--shard", fmt::format("{}/3", k)}).status == 2 ? 1 : 0;
  EXPECT_GE(failed, 1);
  const Ran merged = folder.levee({"merge", "part1", "part2", "part3", "--out", "merged"});
  EXPECT_EQ(merged.status, 2) << merged.err;
  EXPECT_THAT(merged.err, HasSubstr("no equilibrium found"));
  expect_same_run(folder, "merged", "whole");
}

TEST(Sweeps, BadShards) {
  const SweptWorkspace folder;
  for (const char* shard : {"0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3x", "1.5/3"}) {
    const Ran ran = folder.run("out", {"--shard", shard});
    EXPECT_EQ(ran.status, 1) << shard;
    EXPECT_THAT(ran.err, AllOf(HasSubstr(fmt::format("found '{}'", shard)), HasSubstr("expected K/N")));
  }
  EXPECT_THAT(folder.run("out", {"--shard", "19/19"}).err, HasSubstr("the run has 18 scenarios"));
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

}  // namespace
}  // namespace levee::testing
