// What a user gets who made a mistake: exit status 1, one message with file, line and column, what was found, what was
// expected and the nearest valid name; and nothing left on the disk.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// One mistake in a copy of the shipped files, and the message it must lead to.
struct Fault {
  std::string name;
  std::string file, from, to;
  std::string at;  ///< text of the changed file with a | at the place that the message names: "extends: |ets_onyl"
  std::vector<std::string> says;
  std::size_t count = 1;  ///< messages
};

/// "study.yaml:20:26: " for the place that the mark shows; only the file where there is no mark.
std::string location(const Workspace& folder, const std::string& file, const std::string& marked) {
  const std::size_t mark = marked.find('|');
  if (mark == std::string::npos) return file + ":";
  const std::string text = folder.read(file);
  std::size_t at = text.find(marked.substr(0, mark) + marked.substr(mark + 1));
  if (at == std::string::npos) return fmt::format("no '{}' in {}", marked, file);
  at += mark;
  const std::size_t line_start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return fmt::format("{}:{}:{}: ", file, line, at - line_start + 1);
}

void expect_nothing_left(const Workspace& folder, const std::vector<std::string>& before) {
  EXPECT_EQ(folder.names(), before) << "an output folder or a part of one was left behind";
}

void expect_refused(const Workspace& folder, const Fault& fault) {
  SCOPED_TRACE(fault.name);
  if (!fault.from.empty()) folder.edit(fault.file, fault.from, fault.to);
  const std::vector<std::string> before = folder.names();
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "new/out"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  expect_nothing_left(folder, before);
  const std::vector<std::string> lines = messages(ran.err);
  ASSERT_EQ(lines.size(), fault.count) << ran.err;
  EXPECT_THAT(lines.front(), StartsWith(location(folder, fault.file, fault.at)));
  for (const std::string& part : fault.says) EXPECT_THAT(ran.err, HasSubstr(part));
}

void expect_refused(const std::vector<Fault>& faults) {
  for (const Fault& fault : faults) expect_refused(Workspace(), fault);
}

TEST(BadInput, Study) {
  const std::string file = "study.yaml";
  expect_refused({
      {"misspelt sector",
       file,
       "STEEL, ALU, ONFM",
       "STEAL, ALU, ONFM",
       "|STEAL",
       {"unknown sector or group 'STEAL', did you mean 'STEEL'?"}},
      {"misspelt region", file, "[EUR]", "[EURO]", "|EURO", {"unknown region 'EURO', did you mean 'EUR'?"}},
      {"text for a number", file, "{EU: 100}", "{EU: hundred}", "|hundred", {"found 'hundred', expected a number"}},
      {"negative price", file, "{EU: 100}", "{EU: -100}", "|-100", {"found -100, expected a number >= 0"}},
      {"not finite", file, "{EU: 100}", "{EU: 1e999}", "|1e999", {"found '1e999', expected a finite number"}},
      {"negative share", file, "share: 1.0", "share: -0.2", "|-0.2", {"found -0.2, expected a share between 0 and 1"}},
      {"a scenario that extends itself",
       file,
       "cbam_direct:\n    extends: ets_only",
       "cbam_direct:\n    extends: cbam_direct",
       "  cbam_direct:\n    extends: |cbam_direct",
       {"scenario 'cbam_direct' extends itself: cbam_direct -> cbam_direct"}},
      {"scenarios that extend each other",
       file,
       "{EU: 100} ",
       "{EU: 100}\n    extends: cbam_law\n",
       "cbam_direct:\n    extends: |ets_only",
       {"scenario 'ets_only' extends itself: ets_only -> cbam_law -> cbam_direct -> ets_only"}},
      {"unknown parent",
       file,
       "extends: ets_only",
       "extends: ets_onyl",
       "|ets_onyl",
       {"unknown scenario 'ets_onyl', did you mean 'ets_only'?"}},
      {"unknown key",
       file,
       "reference: reference",
       "reference: reference\nrefrence: x",
       "|refrence",
       {"unknown key 'refrence', did you mean 'reference'?"}},
      {"unknown key in a measure",
       file,
       "scope: direct\n",
       "scop: direct\n",
       "|scop: ",
       {"unknown key 'scop', did you mean 'scope'?"}},
      {"unknown word",
       file,
       "{scope: direct+electricity}",
       "{scope: direct+electric}",
       "|direct+electric",
       {"'direct+electric', did you mean 'direct+electricity'?"}},
      {"empty zone",
       file,
       "regions: [EUR]",
       "regions: []",
       "regions: |[]",
       {"zone 'EU' is empty: found no regions, expected at least one"}},
      {"duplicate key",
       file,
       "reference: reference",
       "reference: reference\nreference: ets_only",
       "|reference: ets_only",
       {"duplicate key 'reference', first given in line"}},
      {"duplicate scenario",
       file,
       "  cbam_full:",
       "  cbam_direct:",
       "  |cbam_direct:\n    extends: cbam_indirect",
       {"duplicate key 'cbam_direct', first given in line"}},
      {"no reference", file, "reference: reference\n", "", "|study: eu-cbam", {"missing key 'reference'"}},
      {"unknown reference",
       file,
       "reference: reference",
       "reference: referense",
       "|referense",
       {"unknown scenario 'referense', did you mean 'reference'?"}},
      {"missing dataset",
       file,
       "dataset.yaml",
       "datasets.yaml",
       "|data/datasets.yaml",
       {"cannot read 'data/datasets.yaml': there is no file 'data/datasets.yaml', did you mean 'dataset.yaml'?"}},
      {"a folder as the dataset",
       file,
       "data/dataset.yaml",
       "data",
       "dataset: |data",
       {"cannot read 'data': there is no file 'data'"}},
      {"not YAML", file, "[EUR]", "[EUR", "", {"not valid YAML"}},
  });
}

/// Caps, links and channels, in scenarios put before the shipped ones that hold emissions.
TEST(BadInput, CapsAndLinks) {
  const std::string file = "study.yaml", hook = "  free_allocation_cap:";
  const auto scenario = [&](const std::string& name, const std::string& text, const std::string& at,
                            const std::vector<std::string>& says) {
    return Fault{name, file, hook, "  new: {" + text + "}\n" + hook, at, says};
  };
  expect_refused({
      scenario("unknown scenario followed", "cap: {EU: {as_in: ets_onyl}}", "as_in: |ets_onyl",
               {"unknown scenario 'ets_onyl', did you mean 'ets_only'?"}),
      scenario("unknown zone", "cap: {EUR: 1400}", "cap: {|EUR", {"unknown zone 'EUR', did you mean 'EU'?"}),
      scenario("unknown key", "cap: {EU: {mtt: 1400}}", "|mtt", {"unknown key 'mtt', did you mean 'mt'?"}),
      scenario("text for a number", "cap: {EU: many}", "cap: {EU: |many", {"found 'many', expected a number"}),
      scenario("nothing allowed", "cap: {EU: 0}", "cap: {EU: |0", {"found 0, expected more than 0"}),
      scenario("negative share", "cap: {EU: {share: -0.5}}", "share: |-0.5", {"found -0.5, expected a number >= 0"}),
      scenario("no size", "cap: {EU: {world: true}}", "cap: {EU: |{world",
               {"the cap has no size, expected mt, share or as_in"}),
      scenario("two sizes", "cap: {EU: {mt: 1400, share: 0.8}}", "cap: {EU: {|mt",
               {"the cap is given twice: found mt beside share or as_in"}),
      scenario("its own result", "cap: {EU: {as_in: new}}", "as_in: |new",
               {"the cap of scenario 'new' follows a scenario that needs the cap's own result"}),
      scenario("a price too", "extends: ets_only, cap: {EU: 1400}", "carbon_price: {|EU: 100}",
               {"zone 'EU' has a carbon price and a cap in scenario"}),
      scenario("neither", "free_allocation: {EU: {goods: [STEEL]}}", "new: {free_allocation: {|EU: {goods",
               {"scenario 'new' has neither a carbon_price nor a cap in 'EU'"}),
      scenario("link of an unknown zone", "cap: {EU: 1400}, link: [[EU, UE]]", "[[EU, |UE",
               {"unknown zone 'UE', did you mean 'EU'?"}),
      scenario("link without a cap", "carbon_price: {EU: 80}, link: [[EU]]", "[[|EU",
               {"zone 'EU' is linked but has no cap in this scenario"}),
      scenario("link with itself", "cap: {EU: 1400}, link: [[EU, EU]]", "[[EU, |EU", {"zone 'EU' is linked twice"}),
      scenario("link of one", "cap: {EU: 1400}, link: [[EU]]", "link: [|[EU",
               {"found fewer than two zones, expected a list of zones that share a market"}),
      scenario("link of targets for the world", "cap: {EU: {mt: 34000, world: true}}, link: [[EU]]", "[[|EU",
               {"found a cap on the world's emissions, expected one on its covered emissions"}),
      {"channels",
       file,
       "reference: reference",
       "channels: perhaps\nreference: reference",
       "channels: |perhaps",
       {"unknown truth value 'perhaps'; expected one of true, false"}},
  });
}

TEST(BadInput, DatasetDescription) {
  const std::string file = "data/dataset.yaml";
  expect_refused({
      {"misspelt sector",
       file,
       "goods: [COAL]",
       "goods: [COLA]",
       "|COLA",
       {"unknown sector or group 'COLA', did you mean 'COAL'?"}},
      {"missing file",
       file,
       "file: Y.csv",
       "file: Yy.csv",
       "|Yy.csv",
       {"cannot read 'Yy.csv': no such file in 'data', did you mean 'Y.csv'?"}},
      {"text for a number", file, "year: 2011", "year: MMXI", "|MMXI", {"found 'MMXI', expected a whole number"}},
      {"elasticity of -1",
       file,
       "elasticity: 0\n",
       "elasticity: -1\n",
       "|-1\n",
       {"found -1, expected an elasticity >= 0"}},
      {"unknown key",
       file,
       "electricity:",
       "eletricity:",
       "|eletricity",
       {"unknown key 'eletricity', did you mean 'electricity'?"}},
      {"duplicate key",
       file,
       "year: 2011",
       "year: 2011\nyear: 2012",
       "|year: 2012",
       {"duplicate key 'year', first given in line 4"}},
  });
}

TEST(BadInput, Labels) {
  expect_refused({
      {"row",
       "data/Z.csv",
       "\nEUR.STEEL,",
       "\nEUR.STEAL,",
       "\n|EUR.STEAL",
       {"unknown node 'EUR.STEAL', did you mean 'EUR.STEEL'?"}},
      {"column",
       "data/Z.csv",
       ",EUR.STEEL,",
       ",EUR.STEAL,",
       "|EUR.STEAL",
       {"unknown node 'EUR.STEAL', did you mean 'EUR.STEEL'?"}},
      {"final demand",
       "data/Y.csv",
       "EUR.GFCF",
       "EUR.GFC",
       "|EUR.GFC,",
       {"unknown final demand 'EUR.GFC', did you mean 'EUR.GFCF'?"}},
      {"sector",
       "data/elasticities.csv",
       "STEEL",
       "STEAL",
       "|STEAL",
       {"unknown sector 'STEAL', did you mean 'STEEL'?"}},
      {"region", "data/tariffs.csv", "AGR,AUI,", "AGR,AUII,", "|AUII", {"unknown region 'AUII', did you mean 'AUI'?"}},
      {"output",
       "data/x_va.csv",
       "EUR.STEEL",
       "EUR.STEAL",
       "|EUR.STEAL",
       {"unknown node 'EUR.STEAL', did you mean 'EUR.STEEL'?"}},
      {"emissions",
       "data/co2_process.csv",
       "GBR.CEM",
       "GBR.CME",
       "|GBR.CME",
       {"unknown node 'GBR.CME', did you mean 'GBR.CEM'?"}},
      {"twice in a column",
       "data/x_va.csv",
       "EUR.OIL",
       "EUR.COAL",
       "",
       {"duplicate node 'EUR.COAL', first given in line 3", "no row for node 'EUR.OIL'"},
       2},
      {"twice in the header",
       "data/Z.csv",
       ",EUR.OIL,",
       ",EUR.COAL,",
       "",
       {"duplicate node 'EUR.COAL', first given in column 10", "no column for node 'EUR.OIL'"},
       2},
      {"region twice",
       "data/regions.csv",
       "\nGBR,",
       "\nEUR,",
       "\n|EUR,United Kingdom",
       {"duplicate code 'EUR', first given in line 2"}},
      {"sector twice",
       "data/sectors.csv",
       "\nCOAL,",
       "\nAGR,",
       "\n|AGR,Coal",
       {"duplicate code 'AGR', first given in line 2"}},
  });
}

TEST(BadInput, Figures) {
  expect_refused({
      {"text", "data/x_va.csv", "\nEUR.COAL,", "\nEUR.COAL,many", "|many", {"', expected a number"}},
      {"text in a matrix",
       "data/Z.csv",
       "\nEUR.COAL,2",
       "\nEUR.COAL,z",
       "\nEUR.COAL,|z",
       {"found 'z", "expected a number"}},
      {"not a number",
       "data/x_va.csv",
       "\nEUR.AGR,609686,",
       "\nEUR.AGR,nan,",
       "|nan",
       {"found 'nan', expected a finite number"}},
      {"infinite",
       "data/Y.csv",
       "\nEUR.AGR,200674,",
       "\nEUR.AGR,-inf,",
       "|-inf",
       {"found '-inf', expected a finite number"}},
      {"empty cell",
       "data/Y.csv",
       "\nEUR.AGR,200674,",
       "\nEUR.AGR,,",
       "EUR.AGR,|,",
       {"found an empty cell, expected a number"}},
      {"negative delivery",
       "data/Z.csv",
       "\nEUR.AGR,",
       "\nEUR.AGR,-",
       "EUR.AGR,|-",
       {"expected an intermediate delivery >= 0"}},
      {"negative share",
       "data/factor_shares.csv",
       "AGR,0.45",
       "AGR,-0.45",
       "|-0.45",
       {"found -0.45, expected a share between 0 and 1"}},
      {"elasticity of -1", "data/elasticities.csv", "AGR,2.4", "AGR,-1", "|-1", {"found -1, expected a number >= 0"}},
      {"negative emissions",
       "data/co2_households.csv",
       "EUR,",
       "EUR,-",
       "EUR,|-",
       {"for region 'EUR', expected emissions >= 0"}},
      {"row too long",
       "data/elasticities.csv",
       "AGR,2.4,",
       "AGR,2.4,1,",
       "\n|AGR,",
       {"this row has 9 fields, expected 8 as in the header"}},
      {"a quote that never ends", "data/regions.csv", "\nGBR,", "\nGBR,\"", "", {"a quote"}},
  });
}

TEST(BadInput, TableThatDoesNotBalance) {
  const Workspace folder;
  folder.edit("data/x_va.csv", "\nEUR.AGR,609686,", "\nEUR.AGR,619686,");
  folder.edit("data/x_va.csv", "\nGBR.AGR,", "\nGBR.AGR,1");
  expect_refused(
      folder, {"balance",
               "data/dataset.yaml",
               "",
               "",
               "tolerance: |1e-7",
               {"the table does not balance: 2 rows and 2 columns of 240 are off by more than 1e-07 of output",
                "GBR.AGR sells", "EUR.AGR sells", "EUR.AGR buys", location(folder, "data/x_va.csv", "EUR.AGR,|619686"),
                "but its output is 619686 (-10000, 0.016"},
               5});
}

/// A region with rows and columns everywhere, all of them 0.
TEST(BadInput, RegionWithoutOutput) {
  const Workspace folder;
  folder.write("data/regions.csv", folder.read("data/regions.csv") + "NUL,Nowhere,low\n");
  std::vector<std::string> codes;
  const CsvTable sectors(folder.read("data/sectors.csv"));
  for (std::size_t row = 1; row < sectors.rows.size(); ++row) codes.push_back(sectors.rows[row][0]);
  const auto add = [&](const std::string& name, const std::vector<std::string>& rows,
                       const std::vector<std::string>& columns) {
    CsvTable table(folder.read(name));
    for (const std::string& column : columns) {
      for (auto& row : table.rows) row.emplace_back("0");
      table.rows[0].back() = "NUL." + column;
    }
    for (const std::string& row : rows) {
      table.rows.emplace_back(table.rows[0].size(), "0");
      table.rows.back()[0] = row.empty() ? "NUL" : "NUL." + row;
    }
    folder.write(name, table.text());
  };
  add("data/Z.csv", codes, codes);
  add("data/Y.csv", codes, {"HH", "NPISH", "GOV", "GFCF", "INV"});
  add("data/x_va.csv", codes, {});
  for (const char* name : {"data/co2_industry.csv", "data/stressors.csv", "data/process_co2_edgar.csv"})
    add(name, codes, {});
  for (const char* name : {"data/co2_households.csv", "data/stressors_households.csv", "data/population.csv"})
    add(name, {""}, {});
  CsvTable labour(folder.read("data/labour_shares.csv"));
  for (const std::string& code : codes) labour.rows.push_back({"NUL", code, "0.5", ""});
  folder.write("data/labour_shares.csv", labour.text());
  expect_refused(
      folder,
      {"region without output", "data/x_va.csv", "", "", "NUL.AGR,|0", {"region 'NUL' has no output in any sector"}});
}

TEST(BadInput, FilesThatHoldNothingOrSomethingElse) {
  const std::string study = "study.yaml", dataset = "data/dataset.yaml", demand = "data/Y.csv";
  struct File {
    std::string name, content, message;
  };
  for (const File& file : {File{study, "", "study.yaml:1:1: expected a map that describes a study"},
                           File{study, "- a\n- b\n", "study.yaml:1:1: expected a map that describes a study"},
                           File{dataset, "", "data/dataset.yaml:1:1: expected a map that describes a dataset"},
                           File{dataset, "[]", "data/dataset.yaml:1:1: expected a map that describes a dataset"},
                           File{demand, "", "data/Y.csv:1:1: the file is empty; expected a header row"}}) {
    SCOPED_TRACE(file.name + " holds '" + file.content + "'");
    const Workspace folder;
    folder.write(file.name, file.content);
    const std::vector<std::string> before = folder.names();
    const Ran ran = folder.levee({"run", "study.yaml", "--out", "out"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(messages(ran.err), ElementsAre(file.message));
    expect_nothing_left(folder, before);
  }
  const Workspace folder;
  folder.write(demand, ",EUR.HH\n");
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(messages(ran.err).front(), HasSubstr("no row for node 'EUR.AGR'"));
  EXPECT_THAT(messages(ran.err).back(), HasSubstr("more faults of this file")) << "a few lines stand for hundreds";
  EXPECT_LT(messages(ran.err).size(), 60u);
}

TEST(BadInput, CommandLine) {
  struct Mistake {
    std::string name;
    std::vector<std::string> arguments, says;
  };
  const Workspace folder;
  folder.write("file", "precious");
  std::filesystem::create_directory(folder.path("taken"));
  std::filesystem::create_directories(folder.path("work/tables"));
  folder.write("work/thesis.tex", "precious");
  const std::vector<std::string> before = folder.names();
  const std::vector<Mistake> mistakes{
      {"no such study",
       {"run", "studi.yaml", "--out", "out"},
       {"studi.yaml: cannot read this file, did you mean 'study.yaml'?"}},
      {"a folder as the study", {"run", "data", "--out", "out"}, {"data: is a folder, expected a file"}},
      {"no study", {"run", "--out", "out"}, {"STUDY is required"}},
      {"unknown scenario",
       {"run", "study.yaml", "--out", "out", "--scenario", "cbam_dirct"},
       {"study.yaml: the study has no scenario 'cbam_dirct', did you mean 'cbam_direct'?"}},
      {"unknown solver",
       {"run", "study.yaml", "--out", "out", "--solver", "path"},
       {"--solver: path not in {ipopt,newton}"}},
      {"channels with and without",
       {"run", "study.yaml", "--out", "out", "--decompose", "--no-decompose"},
       {"--decompose excludes --no-decompose"}},
      {"no threads", {"run", "study.yaml", "--out", "out", "--threads", "0"}, {"--threads"}},
      {"unknown way of progress",
       {"run", "study.yaml", "--progress", "loud"},
       {"--progress: loud not in {auto,plain,off}"}},
      {"unknown option", {"run", "study.yaml", "--ouput", "out"}, {"--ouput"}},
      {"existing folder",
       {"run", "study.yaml", "--out", "taken"},
       {"taken: exists already; choose another folder or give --force to replace it"}},
      {"existing file", {"run", "study.yaml", "--out", "file"}, {"file: exists and is not a folder"}},
      {"existing file, forced",
       {"run", "study.yaml", "--out", "file", "--force"},
       {"file: exists and is not a folder"}},
      {"below a file", {"run", "study.yaml", "--out", "file/out"}, {"file/out: cannot create the output folder"}},
      {"where nobody may write",
       {"run", "study.yaml", "--out", "/proc/levee/out"},
       {"/proc/levee: cannot create the folder"}},
      {"somebody's work",
       {"run", "study.yaml", "--out", "work", "--force"},
       {"work: holds 'thesis.tex', which is no part of a result: not replaced, --force or not"}}};
  for (const Mistake& mistake : mistakes) {
    SCOPED_TRACE(mistake.name);
    const Ran ran = folder.levee(mistake.arguments);
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_THAT(ran.out, IsEmpty());
    for (const std::string& part : mistake.says) EXPECT_THAT(ran.err, HasSubstr(part));
    expect_nothing_left(folder, before);
  }
  EXPECT_EQ(folder.read("file"), "precious");
  EXPECT_EQ(folder.read("work/thesis.tex"), "precious");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("taken")));
}

}  // namespace
}  // namespace levee::testing
