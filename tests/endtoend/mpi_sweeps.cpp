// `levee-mpi` gives what `levee run` gives, and loses nothing when a process dies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/endtoend/app_swept_study.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MpiSweeps : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(LEVEE_MPI_LAUNCHER)) GTEST_SKIP() << "no " << LEVEE_MPI_LAUNCHER;
  }

  /// What starts so many processes; containers run as root and have few cores.
  static Words words(int processes, const Words& more) {
    Words words{"--allow-run-as-root", "--oversubscribe", "-n", std::to_string(processes), LEVEE_MPI_BINARY};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Ran run(int processes, const Words& more) const {
    return Program(LEVEE_MPI_LAUNCHER, words(processes, more), folder.folder()).wait();
  }

  /// Process numbers of the running levee-mpi that work in the test's folder.
  std::vector<pid_t> workers() const {
    std::vector<pid_t> result;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::error_code ignored;
      if (fs::read_symlink(entry.path() / "exe", ignored) != fs::path(LEVEE_MPI_BINARY)) continue;
      if (fs::read_symlink(entry.path() / "cwd", ignored) == fs::canonical(folder.folder()))
        result.push_back(std::stoi(entry.path().filename().string()));
    }
    std::ranges::sort(result);
    return result;
  }

  const SweptWorkspace folder;
};

TEST_F(MpiSweeps, AnyNumberOfProcessesIsTheSingleRun) {
  ASSERT_EQ(folder.run("whole").status, 0);
  for (const int processes : {1, 2, 3}) {
    const std::string out = "out" + std::to_string(processes);
    const Ran ran = run(processes, {"sweep.yaml", "--out", out});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("[18/18]"));
    expect_same_run(folder, out, "whole");
  }
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

/// Channels and caps that follow other scenarios: a process solves itself what it needs.
TEST_F(MpiSweeps, ChannelsAndCaps) {
  const Words what = {"study.yaml", "--scenario", "ets_only", "cbam_full_cap"};
  const auto with = [&](Words words, const std::string& out) {
    words.insert(words.end(), what.begin(), what.end());
    words.insert(words.end(), {"--out", out});
    return words;
  };
  ASSERT_EQ(folder.levee(with({"run", "--solver", "newton"}, "whole")).status, 0);
  const Ran ran = run(2, with({}, "out"));
  ASSERT_EQ(ran.status, 0) << ran.err;
  expect_same_run(folder, "out", "whole");
}

TEST_F(MpiSweeps, AProcessThatDiesLosesNoFinishedScenario) {
  ASSERT_EQ(folder.run("whole").status, 0);
  Program program(LEVEE_MPI_LAUNCHER, words(3, {"sweep.yaml", "--out", "out"}), folder.folder());
  ASSERT_TRUE(program.says("[4/18]"));
  const std::vector<pid_t> processes = workers();
  ASSERT_FALSE(processes.empty());
  ::kill(processes.back(), SIGKILL);
  EXPECT_NE(program.wait().status, 0) << "MPI ends the job";
  EXPECT_FALSE(fs::exists(folder.path("out")));
  EXPECT_THAT(folder.hidden(), Contains(".out.journal"));

  const Ran resumed = run(2, {"sweep.yaml", "--out", "out", "--resume"});
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_GE(scenarios_there(resumed.err), 4) << resumed.err;
  expect_same_run(folder, "out", "whole");
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

/// What one program began another can end.
TEST_F(MpiSweeps, ResumedByLeveeRun) {
  ASSERT_EQ(folder.run("whole").status, 0);
  {
    Program program(LEVEE_MPI_LAUNCHER, words(2, {"sweep.yaml", "--out", "out"}), folder.folder());
    ASSERT_TRUE(program.says("[4/18]"));
    for (const pid_t process : workers()) ::kill(process, SIGKILL);
    program.wait();
  }
  const Ran resumed = folder.run("out", {"--resume"});
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_GE(scenarios_there(resumed.err), 4) << resumed.err;
  expect_same_run(folder, "out", "whole");
}

TEST_F(MpiSweeps, ScenarioWithoutEquilibrium) {
  folder.edit("sweep.yaml", "[25, 100]", "[25, 1e300]");
  ASSERT_EQ(folder.run("whole").status, 2);
  EXPECT_EQ(run(2, {"sweep.yaml", "--out", "out"}).status, 2);
  expect_same_run(folder, "out", "whole");
}

TEST_F(MpiSweeps, WrongInput) {
  const Ran missing = run(2, {"nothing.yaml", "--out", "out"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("nothing.yaml: cannot read this file"));
  EXPECT_EQ(run(2, {"sweep.yaml", "--out", "out", "--solver", "ipopt"}).status, 1) << "there is no Ipopt in it";
  folder.edit("sweep.yaml", "armington: [1, 2]", "labour_share: [1, 1e9]");
  const Ran wrong = run(2, {"sweep.yaml", "--out", "out"});
  EXPECT_EQ(wrong.status, 1) << wrong.err;
  EXPECT_FALSE(fs::exists(folder.path("out")));
  EXPECT_THAT(folder.hidden(), IsEmpty());
}

}  // namespace
}  // namespace levee::testing
