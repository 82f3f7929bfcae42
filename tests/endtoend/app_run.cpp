// `levee run` as a user meets it: how the program ends, what it says meanwhile, what it leaves behind.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Run, SameInputSameBytes) {
  const Workspace folder;
  const Ran plain = folder.levee({"run", "study.yaml", "--out", "a", "--scenario", "ets_only", "--no-decompose",
                                  "--progress", "plain", "--threads", "1"});
  ASSERT_EQ(plain.status, 0) << plain.err;
  EXPECT_THAT(plain.err, AllOf(HasSubstr("[1/2] reference: solved"), HasSubstr("[2/2] ets_only: solved"),
                               HasSubstr("note: data/")));
  const Json summary = json_of(folder, "a/summary.json");
  ASSERT_EQ(summary.at("scenarios").size(), 2u) << "the scenario asked for and its reference";

  const Ran off = folder.levee(
      {"run", "study.yaml", "--out", "b", "--scenario", "ets_only", "--no-decompose", "--progress", "off"});
  ASSERT_EQ(off.status, 0) << off.err;
  EXPECT_THAT(off.err, Not(HasSubstr("solved")));
  EXPECT_EQ(tables_of(folder, "b"), tables_of(folder, "a"));

  // What an editor on another system makes of the same files.
  for (const auto& entry : fs::directory_iterator(folder.path("data"))) {
    const std::string name = "data/" + entry.path().filename().string();
    folder.write(name, "\xEF\xBB\xBF" + std::regex_replace(folder.read(name), std::regex("\r?\n"), "\r\n"));
  }
  folder.write("study.yaml", "\xEF\xBB\xBF" + std::regex_replace(folder.read("study.yaml"), std::regex("\n"), "\r\n"));
  fs::create_directories(folder.path("made"));
  const Ran quiet = folder.levee(
      {"run", "study.yaml", "--out", "made/on/the/way", "--scenario", "ets_only", "--no-decompose", "--quiet"});
  ASSERT_EQ(quiet.status, 0) << quiet.err;
  EXPECT_THAT(quiet.err, IsEmpty());
  EXPECT_THAT(quiet.out, HasSubstr("made/on/the/way/report.html")) << "the result is said all the same";
  EXPECT_EQ(tables_of(folder, "made/on/the/way"), tables_of(folder, "a"));
  expect_folder(folder, "b");
}

TEST(Run, ForceReplacesAnEarlierResultOnly) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "reference"}).status, 0);
  const std::string first = folder.read("out/run.json");
  EXPECT_EQ(folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "reference"}).status, 1);
  EXPECT_EQ(folder.read("out/run.json"), first);
  folder.edit("study.yaml", "{EU: 100}", "{EU: much}");
  EXPECT_EQ(folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "reference", "--force"}).status, 1);
  EXPECT_EQ(folder.read("out/run.json"), first) << "a run that fails leaves the earlier result";
  folder.edit("study.yaml", "{EU: much}", "{EU: 50}");
  EXPECT_EQ(folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "reference", "--force"}).status, 0);
  EXPECT_NE(folder.read("out/run.json"), first);
  expect_folder(folder, "out");
  EXPECT_EQ(folder.levee({"run", "study.yaml", "--scenario", "reference"}).status, 0);
  expect_folder(folder, "out/study");
}

/// Makes a scenario whose charges are beyond the largest number there is: it has no solution, and shows it at once.
void make_unsolvable(const Workspace& folder) {
  folder.edit("study.yaml", "cbam_direct:\n    extends: ets_only",
              "cbam_direct:\n    extends: ets_only\n    carbon_price: {EU: 1e20}");
  folder.edit("study.yaml", "scope: direct\n", "scope: direct\n        mark_up: 1.7e308\n");
}

TEST(Run, ScenarioWithoutEquilibriumIsMarked) {
  const Workspace folder;
  make_unsolvable(folder);
  const Ran ran =
      folder.levee({"run", "study.yaml", "--out", "out", "--no-decompose", "--scenario", "cbam_direct", "ets_only"});
  ASSERT_EQ(ran.status, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("scenario 'cbam_direct': no equilibrium found"));
  EXPECT_THAT(ran.err, HasSubstr("in EUR, residual")) << "the worst equations by name";
  EXPECT_THAT(ran.err, HasSubstr("What to try"));
  expect_folder(folder, "out");
  const Json summary = json_of(folder, "out/summary.json");
  ASSERT_EQ(summary.at("scenarios").size(), 3u);
  EXPECT_EQ(scenario_of(summary, "ets_only").at("status"), "solved") << "the others are solved all the same";
  EXPECT_TRUE(scenario_of(summary, "ets_only").at("leakage_rate").at("EU").is_number());
  const Json& failed = scenario_of(summary, "cbam_direct");
  EXPECT_THAT((std::set<std::string>{"failed", "infeasible"}), Contains(failed.at("status").get<std::string>()));
  for (const char* key : {"walras", "carbon_price", "emissions_mt", "leakage_rate", "leakage_channels",
                          "welfare_ev_percent", "exports_to_zone_percent", "cbam_revenue"})
    EXPECT_TRUE(failed.at(key).is_null()) << key;
  EXPECT_FALSE(failed.at("solver").at("worst").empty());
  EXPECT_FALSE(failed.at("solver").at("message").get<std::string>().empty());
  for (const auto& [name, text] : tables_of(folder, "out")) EXPECT_THAT(text, Not(HasSubstr("cbam_direct,"))) << name;
  EXPECT_EQ(scenario_of(json_of(folder, "out/run.json"), "cbam_direct").at("status"), failed.at("status"));
}

/// What is solved but has nothing to be compared with is no result either.
TEST(Run, ReferenceWithoutEquilibrium) {
  const Workspace folder;
  make_unsolvable(folder);
  folder.edit("study.yaml", "reference: reference", "reference: cbam_direct");
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "reference"});
  ASSERT_EQ(ran.status, 2) << ran.err;
  const Json summary = json_of(folder, "out/summary.json");
  EXPECT_NE(scenario_of(summary, "cbam_direct").at("status"), "solved");
  EXPECT_EQ(scenario_of(summary, "reference").at("status"), "solved");
  EXPECT_TRUE(scenario_of(summary, "reference").at("emissions_mt").is_null());
  expect_folder(folder, "out");
}

TEST(Run, InterruptedLeavesNothingHalfWritten) {
  for (const std::string moment : {"note:", "[2/17]"}) {
    SCOPED_TRACE("at " + moment);
    const Workspace folder;
    Program program(LEVEE_BINARY, {"run", "study.yaml", "--out", "out", "--no-decompose"}, folder.folder());
    ASSERT_TRUE(program.says(moment));
    program.signal(SIGINT);
    const Ran ran = program.wait();
    EXPECT_EQ(ran.status, 130) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("interrupted"));
    expect_folder(folder, "out", true);
    const Json summary = json_of(folder, "out/summary.json");
    ASSERT_EQ(summary.at("scenarios").size(), 17u);
    for (const char* late : {"cbam_law", "cbam_law_world"}) {
      EXPECT_EQ(scenario_of(summary, late).at("status"), "interrupted");
      EXPECT_TRUE(scenario_of(summary, late).at("emissions_mt").is_null());
    }
    const bool started = moment != "note:";
    EXPECT_EQ(scenario_of(summary, "ets_only").at("status"), started ? "solved" : "interrupted")
        << "what was done is kept";
  }
}

/// What is lost is where the leakage of the later ones comes from.
TEST(Run, InterruptedWhileDecomposing) {
  const Workspace folder;
  Program program(LEVEE_BINARY,
                  {"run", "study.yaml", "--out", "out", "--scenario", "ets_only", "cbam_direct", "--threads", "1"},
                  folder.folder());
  ASSERT_TRUE(program.says("[4/5] cbam_direct: solved"));
  program.signal(SIGINT);
  const Ran ran = program.wait();
  EXPECT_EQ(ran.status, 130) << ran.err;
  expect_folder(folder, "out", true);
  const Json summary = json_of(folder, "out/summary.json");
  for (const Json& scenario : summary.at("scenarios")) EXPECT_EQ(scenario.at("status"), "solved");
  expect_channels(scenario_of(summary, "ets_only"), "EU", table_of(folder, "out", "leakage"),
                  table_of(folder, "out", "channel_runs"));
  EXPECT_EQ(scenario_of(summary, "cbam_direct").at("leakage_channels").at("EU"), nullptr);
}

TEST(Run, EndedBySchedulerLeavesNothingHalfWritten) {
  const Workspace folder;
  Program program(LEVEE_BINARY, {"run", "study.yaml", "--out", "out"}, folder.folder());
  ASSERT_TRUE(program.says("[1/33]"));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait().status, 130);
  expect_folder(folder, "out", true);
}

/// Members are named after their values, and each is measured against the reference with the same parameters.
TEST(Run, Sweep) {
  const Workspace folder;
  std::string without_designs;
  for (const char* design : {"free_allocation", "cbam_direct", "cbam_indirect", "cbam_full", "cbam_law"}) {
    for (const char* held : {"", "_cap", "_world"}) without_designs += fmt::format("  {}{}: null\n", design, held);
  }
  folder.write("prices.yaml", "extends: study.yaml\nstudy: prices\nscenarios:\n" + without_designs +
                                  "sweep:\n  carbon_price.EU: [50, 100]\n");
  folder.write("trade.yaml",
               "extends: prices.yaml\nsweep:\n  carbon_price.EU: null\n  parameters.scale.armington: [1, 2]\n");
  ASSERT_EQ(folder.levee({"run", "prices.yaml", "--out", "prices", "--quiet"}).status, 0);
  const Ran both = folder.levee({"run", "trade.yaml", "--out", "trade", "--quiet", "--scenario", "ets_only"});
  ASSERT_EQ(both.status, 0) << both.err;
  const Json prices = json_of(folder, "prices/summary.json"), trade = json_of(folder, "trade/summary.json");

  EXPECT_THAT(names_of(prices),
              ElementsAre("reference", "ets_only/carbon_price.EU=50", "ets_only/carbon_price.EU=100"));
  EXPECT_EQ(prices.at("reference"), "reference");
  const Json& low = scenario_of(prices, "ets_only/carbon_price.EU=50");
  const Json& high = scenario_of(prices, "ets_only/carbon_price.EU=100");
  EXPECT_EQ(low.at("base"), "ets_only");
  EXPECT_EQ(low.at("sweep"), Json::parse(R"({"carbon_price.EU": "50"})"));
  EXPECT_EQ(low.at("carbon_price").at("EU"), 50);
  EXPECT_EQ(high.at("carbon_price").at("EU"), 100);
  EXPECT_GT(low.at("emissions_mt").at("EUR"), high.at("emissions_mt").at("EUR"));
  const CsvTable leakage = table_of(folder, "prices", "leakage");
  for (std::size_t row = 1; row < leakage.rows.size(); ++row) EXPECT_EQ(leakage.rows[row].back(), "reference");

  EXPECT_THAT(names_of(trade),
              ElementsAre("reference/parameters.scale.armington=1", "reference/parameters.scale.armington=2",
                          "ets_only/parameters.scale.armington=1", "ets_only/parameters.scale.armington=2"));
  const CsvTable emissions = table_of(folder, "trade", "emissions");
  for (const std::string value : {"1", "2"}) {
    for (const std::size_t row : emissions.find({{"scenario", "ets_only/parameters.scale.armington=" + value}}))
      ASSERT_EQ(emissions.rows[row].back(), "reference/parameters.scale.armington=" + value);
  }
  const Json& same = scenario_of(trade, "ets_only/parameters.scale.armington=1");
  EXPECT_EQ(same.at("emissions_mt"), high.at("emissions_mt")) << "the same scenario, whatever led to it";
  EXPECT_GT(scenario_of(trade, "ets_only/parameters.scale.armington=2").at("leakage_rate").at("EU"),
            same.at("leakage_rate").at("EU"));
}

}  // namespace
}  // namespace levee::testing
