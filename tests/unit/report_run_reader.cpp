#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "data/diagnostics.hpp"
#include "report/csv_writer.hpp"
#include "report/run_merge.hpp"
#include "report/run_reader.hpp"
#include "tests/unit/report_document_run.hpp"
#include "tests/unit/report_small_runs.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;
using test::SmallRunFolder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

class RunReader : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "levee-run-reader-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root = pattern;
    test::write_run_folder(SmallRunFolder(test::some_designs()).document(), run(), false);
  }
  void TearDown() override { fs::remove_all(root); }

  fs::path run() const { return root / "run"; }

  void edit(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = content(run() / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    std::ofstream(run() / file, std::ios::binary) << text.replace(at, from.size(), to);
  }

  static std::string refusal(const fs::path& folder) {
    try {
      read_run_folder(folder);
    } catch (const InputError& error) {
      return error.what();
    }
    return "was read";
  }

  fs::path root;
};

TEST_F(RunReader, ReadsBackWhatWasWritten) {
  const RunDocument written = SmallRunFolder(test::some_designs()).document();
  const RunDocument read = read_run_folder(run());
  EXPECT_EQ(read.summary, written.summary);
  EXPECT_EQ(read.run, written.run);
  EXPECT_EQ(read.about, written.about);
  ASSERT_EQ(read.tables.size(), written.tables.size());
  for (std::size_t k = 0; k < read.tables.size(); ++k) {
    EXPECT_EQ(read.tables[k].name, written.tables[k].name);
    EXPECT_EQ(to_csv(read.tables[k]), to_csv(written.tables[k]));
    for (std::size_t row = 0; row < read.tables[k].rows.size(); ++row)
      for (std::size_t c = 0; c < read.tables[k].columns.size(); ++c)
        EXPECT_EQ(read.tables[k].rows[row][c].index(), written.tables[k].rows[row][c].index())
            << read.tables[k].name << " " << read.tables[k].columns[c];
  }
}

TEST_F(RunReader, NamesThatLookLikeNumbersStayNames) {
  edit("tables/output.csv", "ets,A,", "ets,007,");
  const RunDocument read = read_run_folder(run());
  EXPECT_EQ(std::get<std::string>(read.tables[3].rows[1][1]), "007");
}

TEST_F(RunReader, AFolderThatIsNoRunIsSaid) {
  fs::create_directory(root / "empty");
  std::ofstream(root / "file") << "x";
  EXPECT_THAT(refusal(root / "rum"), AllOf(HasSubstr("there is no such folder"), HasSubstr("did you mean 'run'?")));
  EXPECT_THAT(refusal(root / "empty"), HasSubstr("holds no summary.json"));
  EXPECT_THAT(refusal(root), HasSubstr("expected " + run().string()));
  EXPECT_THAT(refusal(root / "file"), HasSubstr("is a file, expected the folder"));
}

TEST_F(RunReader, JsonThatIsCutOffOrBrokenIsLocated) {
  const std::string whole = content(run() / "summary.json");
  std::ofstream(run() / "summary.json", std::ios::binary) << whole.substr(0, whole.size() / 2);
  EXPECT_THAT(refusal(run()), AllOf(HasSubstr("summary.json:"), HasSubstr("cut off")));
  std::ofstream(run() / "summary.json", std::ios::binary) << "{\n  \"schema\": 1,\n  study\n}\n";
  EXPECT_THAT(refusal(run()), AllOf(HasSubstr("summary.json:3:3: is not valid JSON"), HasSubstr("  study")));
  std::ofstream(run() / "summary.json", std::ios::binary) << "";
  EXPECT_THAT(refusal(run()), HasSubstr("cut off"));
  std::ofstream(run() / "summary.json", std::ios::binary) << "[1]";
  EXPECT_THAT(refusal(run()), HasSubstr("found array, expected a JSON object"));
}

TEST_F(RunReader, AnotherSchemaIsSaid) {
  edit("summary.json", "\"schema\": 1", "\"schema\": 7");
  EXPECT_THAT(refusal(run()), HasSubstr("summary.json:2:3: found schema 7, expected 1"));
}

TEST_F(RunReader, ValuesOfAnotherKindAreSaidWithTheirPath) {
  edit("summary.json", "\"price_year\": 2011", "\"price_year\": \"now\"");
  edit("summary.json", "\"B\": 900.0", "\"B\": \"many\"");
  EXPECT_THAT(refusal(run()), AllOf(HasSubstr("units.price_year: found string, expected a number"),
                                    HasSubstr("scenarios[0].emissions_mt.B: found string, expected a number or null")));
}

TEST_F(RunReader, WhatIsHeldAndReferencesMustBeKnown) {
  edit("summary.json", "\"Z\": \"cap\"", "\"Z\": \"cup\"");
  EXPECT_THAT(refusal(run()), HasSubstr("held.Z: found 'cup', did you mean 'cap'?"));
  edit("summary.json", "\"Z\": \"cup\"", "\"Z\": \"cap\"");
  edit("summary.json", "\"reference\": \"reference\",\n      \"held\"", "\"reference\": \"refernce\",\n      \"held\"");
  EXPECT_THAT(refusal(run()),
              HasSubstr("its reference 'refernce' is not among the scenarios, did you mean 'reference'"));
}

TEST_F(RunReader, TablesAreCheckedAndAllFaultsSaid) {
  fs::remove(run() / "tables" / "trade.csv");
  edit("tables/leakage.csv", "scenario,zone,channel,value", "scenario,zone,chanel,value");
  edit("tables/output.csv", "STEEL,0.3333333333333333", "STEEL,much");
  edit("tables/prices.csv", "reference\n", "reference\nshort,row\n");
  EXPECT_THAT(refusal(run()),
              AllOf(HasSubstr("trade.csv: is missing"),
                    HasSubstr("leakage.csv:1:1: no column 'channel' in the header, did you mean 'chanel'?"),
                    HasSubstr("output.csv:2:19: found 'much', expected a number"),
                    HasSubstr("prices.csv:2:1: this row has 2 fields, expected 6")));
}

TEST(RunMerge, NamesAreTheShortestThatTellFoldersApart) {
  EXPECT_THAT(short_names({"out/a", "out/b/"}), ElementsAre("a", "b"));
  EXPECT_THAT(short_names({"x/run", "y/run", "y/other"}), ElementsAre("x/run", "y/run", "other"));
  EXPECT_THROW(short_names({"out/a", "out/b/../a"}), InputError);
}

std::vector<std::string> chosen_names(const std::vector<NamedRun>& runs, const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  for (const ChosenScenario& scenario : choose_scenarios(runs, wanted)) names.push_back(scenario.name);
  return names;
}

TEST(RunMerge, ScenariosAreChosenByNameOrFolderAndName) {
  const auto designs = test::some_designs();
  const std::vector<NamedRun> one = {SmallRunFolder(designs).named("a")};
  const std::vector<NamedRun> two = {SmallRunFolder({designs[0]}).named("a"), SmallRunFolder(designs).named("b")};
  EXPECT_THAT(chosen_names(one, {"free"}), ElementsAre("reference", "free")) << "with its reference";
  EXPECT_THAT(chosen_names(two, {"ets"}), ElementsAre("a/reference", "a/ets", "b/reference", "b/ets"));
  EXPECT_THAT(chosen_names(two, {"b/ets"}), ElementsAre("b/reference", "b/ets"));
  const auto refusal = [&](const std::vector<NamedRun>& runs, const std::string& name) -> std::string {
    try {
      choose_scenarios(runs, {name});
    } catch (const InputError& error) {
      return error.what();
    }
    return "was found";
  };
  EXPECT_THAT(refusal(one, "fre"), HasSubstr("there is no scenario 'fre', did you mean 'free'?"));
  EXPECT_THAT(refusal(two, "b/etz"), HasSubstr("did you mean 'b/ets'?"));
}

TEST(RunMerge, ASweepsNamePicksItsMembers) {
  NamedRun run = SmallRunFolder(test::some_designs()).named("a");
  for (const std::size_t k : {1U, 2U}) run.document.summary["scenarios"][k]["base"] = "family";
  EXPECT_THAT(chosen_names({run}, {"family"}), ElementsAre("reference", "ets", "free"));
}

TEST(RunMerge, OneDocumentWithTheNamesOfBoth) {
  const auto designs = test::some_designs();
  std::vector<NamedRun> runs = {SmallRunFolder({designs[0]}).named("a"), SmallRunFolder(designs).named("b"),
                                SmallRunFolder(designs).named("unused")};
  auto chosen = choose_scenarios(runs, {"a/ets", "b/free"});
  drop_unused(runs, chosen);
  ASSERT_EQ(runs.size(), 2u);
  const RunDocument merged = merge_runs(runs, chosen);
  EXPECT_EQ(merged.summary["scenarios"].size(), 4u);
  EXPECT_EQ(merged.summary["scenarios"][3]["name"], "b/free");
  EXPECT_EQ(merged.summary["scenarios"][3]["reference"], "b/reference");
  EXPECT_EQ(merged.summary["reference"], "a/reference");
  EXPECT_EQ(merged.summary["units"]["money"], "million USD");
  EXPECT_EQ(merged.about["assumptions"].size(), 1u) << "said once";
  EXPECT_EQ(merged.run["scenarios"].size(), 4u);
  const Table& output = merged.tables[3];
  EXPECT_EQ(to_csv(output),
            "scenario,region,sector,value,unit,reference\n"
            "a/reference,A,STEEL,0.3333333333333333,million USD,a/reference\n"
            "a/ets,A,STEEL,0.3333333333333333,million USD,a/reference\n"
            "b/reference,A,STEEL,0.3333333333333333,million USD,b/reference\n"
            "b/free,A,STEEL,0.3333333333333333,million USD,b/reference\n");
  EXPECT_EQ(to_csv(merged.tables.back()), "region,total,unit,reference\nA,100,Mt,benchmark\n") << "the same in both";
}

TEST(RunMerge, TablesThatDifferBetweenRunsSayTheRunAndKeepAllColumns) {
  const auto designs = test::some_designs();
  std::vector<NamedRun> runs = {SmallRunFolder({designs[0]}).named("a"), SmallRunFolder({designs[1]}).named("b")};
  Table& benchmark = runs[1].document.tables.back();
  benchmark.rows[0][1] = 90.0;
  benchmark.columns.insert(benchmark.columns.begin() + 2, "fuel");
  benchmark.rows[0].insert(benchmark.rows[0].begin() + 2, 80.0);
  const RunDocument merged = merge_runs(runs, choose_scenarios(runs, {}));
  EXPECT_EQ(to_csv(merged.tables.back()),
            "run,region,total,fuel,unit,reference\na,A,100,,Mt,benchmark\nb,A,90,80,Mt,benchmark\n");
  runs[1].document.summary["units"]["money"] = "million EUR";
  EXPECT_EQ(merge_runs(runs, choose_scenarios(runs, {})).summary["units"]["money"],
            "million USD of 2011 / million EUR of 2011");
}

}  // namespace
}  // namespace levee
