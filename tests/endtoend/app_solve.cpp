// `levee solve` and `levee check` as a user runs them: exit status, what is printed where, what is left on the disk.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string published = std::string(LEVEE_SOURCE_DIR) + "/tests/published/";

const std::string impossible = R"yaml(
parameters: {l: 50}
commodities: {X: {}, L: {}}
activities: [{name: make_X, outputs: {cet: 0, of: {X: 50}}, inputs: {ces: 0, of: {L: 50}}}]
agents: [{name: h, endowments: {L: l}, demand: {ces: 1, of: {X: 50}}}]
fixed: {price(L): 1}
counterfactuals:
  - {name: no_labour, set: {l: -10}}
  - {name: less_labour, set: {l: 20}}
)yaml";

class Solve : public testing::Test {
 protected:
  Solve() : folder_(fs::temp_directory_path() / fmt::format("levee_solve_{}", getpid())) {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  ~Solve() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }

  static std::string read(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  /// Returns the exit status; `out` and `err` get what was printed.
  int levee(const std::string& arguments, const std::string& before = "") {
    const std::string command =
        fmt::format("{} '{}' {} >'{}' 2>'{}'", before, LEVEE_BINARY, arguments, path("stdout"), path("stderr"));
    const int status = std::system(command.c_str());
    out = read(path("stdout"));
    err = read(path("stderr"));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string out, err;

 private:
  fs::path folder_;
};

TEST_F(Solve, PublishedModel) {
  const std::string economy = published + "hosoe_stdcge/economy.yaml";
  ASSERT_EQ(levee("solve " + economy), 0) << err;
  const auto result = nlohmann::json::parse(out);
  ASSERT_EQ(result["scenarios"].size(), 2u);
  const auto& benchmark = result["scenarios"][0];
  EXPECT_EQ(benchmark["name"], "benchmark");
  EXPECT_EQ(benchmark["status"], "solved");
  EXPECT_EQ(benchmark["quantities"]["household.BRD"], 20);
  const auto& shock = result["scenarios"][1];
  EXPECT_LT(shock["residual"], 1e-9);
  // the listing of GAMS: exports of milk 4.498
  EXPECT_NEAR(shock["quantities"]["export_MLK.E_MLK"].get<double>(), 4.4983, 5e-5);
  EXPECT_NEAR(shock["prices"]["LAB"].get<double>(), 1, 1e-15);
  for (const char* key : {"prices", "levels", "incomes", "auxiliaries", "quantities", "walras"})
    EXPECT_TRUE(shock.contains(key));
  EXPECT_THAT(err, HasSubstr("[2/2] shock: solved"));
  EXPECT_THAT(err, HasSubstr("price(CAP)")) << "the table for people goes where the JSON does not";
}

TEST_F(Solve, OutIsWrittenWholeAndNotReplaced) {
  const std::string economy = published + "shoven_whalley_1984/economy.yaml";
  ASSERT_EQ(levee(fmt::format("solve {} --out {} --progress off", economy, path("r.json"))), 0) << err;
  EXPECT_THAT(out, HasSubstr("price(manuf)"));
  EXPECT_THAT(err, IsEmpty());
  const std::string first = read(path("r.json"));
  EXPECT_EQ(nlohmann::json::parse(first)["scenarios"].size(), 3u);
  EXPECT_EQ(levee(fmt::format("solve {} --out {}", economy, path("r.json"))), 1);
  EXPECT_THAT(err, HasSubstr("exists already; --force replaces it"));
  EXPECT_EQ(levee(fmt::format("solve {} --out {} --force --quiet", economy, path("r.json"))), 0);
  EXPECT_THAT(out + err, IsEmpty());
  EXPECT_EQ(read(path("r.json")), first) << "the same input gives the same bytes";
  EXPECT_EQ(levee(fmt::format("solve {} --out {}", economy, path("none/r.json"))), 1);
  EXPECT_EQ(levee(fmt::format("solve {} --out {} --force", economy, path("."))), 1);
  for (const auto& entry : fs::directory_iterator(fs::path(path("r.json")).parent_path())) {
    EXPECT_NE(entry.path().extension(), ".part");
  }
}

TEST_F(Solve, BadInputIsLocated) {
  const std::string file =
      write("bad.yaml", "commodities: {X: {}}\nagents: [{name: h, endowments: {Y: 1}, demnd: 3}]\n");
  EXPECT_EQ(levee("solve " + file + " --out " + path("r.json")), 1);
  EXPECT_THAT(err, HasSubstr("bad.yaml:2:"));
  EXPECT_THAT(err, HasSubstr("there is no commodity 'Y'"));
  EXPECT_THAT(err, HasSubstr("did you mean 'demand'?"));
  EXPECT_THAT(out, IsEmpty());
  EXPECT_FALSE(fs::exists(path("r.json")));
  EXPECT_EQ(levee("solve " + path("missing.yaml")), 1);
  EXPECT_EQ(levee("slove " + file), 1);
  EXPECT_THAT(err, HasSubstr("did you mean 'solve'?"));
  EXPECT_EQ(levee("solve"), 1);
  EXPECT_EQ(levee("solve " + file + " --progress loud"), 1);
}

TEST_F(Solve, BenchmarkThatDoesNotReplicateIsBadInput) {
  std::string text = impossible;
  text.replace(text.find("X: 50"), 5, "X: 40");
  EXPECT_EQ(levee("solve " + write("off.yaml", text)), 1);
  EXPECT_THAT(err, HasSubstr("is off by"));
  EXPECT_EQ(levee("check " + path("off.yaml")), 1);
  write("free.yaml", "benchmark: false\n" + text);
  EXPECT_EQ(levee("check " + path("free.yaml")), 0) << err;
}

TEST_F(Solve, EquilibriumThatIsNotFoundIsMarkedAndTheOthersSolved) {
  ASSERT_EQ(levee("solve " + write("e.yaml", impossible) + " --out " + path("r.json")), 2);
  const auto scenarios = nlohmann::json::parse(read(path("r.json")))["scenarios"];
  EXPECT_NE(scenarios[1]["status"], "solved");
  EXPECT_TRUE(scenarios[1]["prices"]["X"].is_null());
  EXPECT_TRUE(scenarios[1]["quantities"]["h.X"].is_null());
  EXPECT_FALSE(scenarios[1]["message"].get<std::string>().empty());
  EXPECT_FALSE(scenarios[1]["worst"].empty());
  EXPECT_EQ(scenarios[2]["status"], "solved");
  EXPECT_NEAR(scenarios[2]["levels"]["make_X"].get<double>(), 0.4, 1e-9);
  EXPECT_THAT(err, HasSubstr("scenario 'no_labour': no equilibrium found"));
  EXPECT_THAT(err, HasSubstr("make_X"));
  EXPECT_THAT(err, HasSubstr("What to try"));
}

TEST_F(Solve, InterruptedLeavesNothing) {
  std::string text = impossible;
  for (int k = 0; k < 200; ++k) text += fmt::format("  - {{name: n{}, set: {{l: -{}}}}}\n", k, k + 1);
  const std::string file = write("long.yaml", text);
  EXPECT_EQ(levee("solve " + file + " --out " + path("r.json"), "timeout --preserve-status -s INT 1"), 130) << err;
  EXPECT_FALSE(fs::exists(path("r.json")));
}

TEST_F(Solve, CounterfactualCalledBenchmarkTakesItsPlace) {
  std::string text = impossible;
  text.replace(text.find("no_labour"), 9, "benchmark");
  text.replace(text.find("-10"), 3, "25");
  ASSERT_EQ(levee("solve " + write("e.yaml", text) + " --quiet"), 0) << err;
  const auto scenarios = nlohmann::json::parse(out)["scenarios"];
  ASSERT_EQ(scenarios.size(), 2u);
  EXPECT_NEAR(scenarios[0]["levels"]["make_X"].get<double>(), 0.5, 1e-9);
}

TEST_F(Solve, HelpShowsExamples) {
  for (const char* verb : {"solve", "check"}) {
    EXPECT_EQ(levee(std::string(verb) + " --help"), 0);
    EXPECT_THAT(out, ::testing::ContainsRegex("Examples?:\n  levee " + std::string(verb)));
  }
  EXPECT_EQ(levee("--version"), 0);
  EXPECT_THAT(out, HasSubstr(LEVEE_VERSION));
}

TEST_F(Solve, CheckDescribesAnEconomy) {
  EXPECT_EQ(levee("check " + published + "hosoe_quocge/economy.yaml"), 0) << err;
  EXPECT_THAT(out, HasSubstr("13 commodities"));
  EXPECT_THAT(out, HasSubstr("replicates"));
  EXPECT_EQ(levee("check " + write("other.yaml", "a: 1\n")), 1);
  EXPECT_THAT(err, HasSubstr("commodities or activities"));
}

}  // namespace
