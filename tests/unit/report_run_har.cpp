// A run's tables as header arrays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "data/diagnostics.hpp"
#include "report/run_har.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// Two scenarios, the second without an answer, and one table.
RunDocument small_run(Table table) {
  RunDocument run;
  run.summary = {{"study", "small"},
                 {"dataset", "tiny"},
                 {"reference", "none"},
                 {"units", {{"money", "million EUR"}, {"price_year", 2020}, {"mass", "Mt"}}}};
  run.summary["scenarios"].push_back({{"name", "none"}, {"status", "solved"}, {"reference", "none"}});
  run.summary["scenarios"].push_back({{"name", "price"}, {"status", "failed"}, {"reference", "none"}});
  run.run = {{"version", "0.1.0"}};
  run.about = {{"regions", {{"A", "Aland"}, {"B", "Beland"}}},
               {"sectors", {{"S", "Steel"}}},
               {"sources", {{{"title", "A source"}, {"licence", "free"}, {"citation", "Somebody (2020)"}}}}};
  run.tables.push_back(std::move(table));
  return run;
}

Table welfare() {
  Table table{"welfare", {"scenario", "region", "component", "value", "share_percent", "unit", "reference"}, {}};
  const double none = std::numeric_limits<double>::quiet_NaN();
  table.add({"none", "A", "cost of living", 1.5, 10.0, "reference = 1", "none"});
  table.add({"none", "B", "cost of living", 2.5, none, "reference = 1", "none"});
  table.add({"none", "A", "labour income", -3.5, 30.0, "million EUR", "none"});
  table.add({"none", "world", "labour income", 4.5, 40.0, "million EUR", "none"});
  return table;
}

TEST(RunHar, AColumnOfFiguresIsAnArray) {
  const HarFile file = run_har(small_run(welfare()), "0.1.0", "small.har");
  const HarHeader* values = file.find("WEVA");
  ASSERT_NE(values, nullptr);
  EXPECT_THAT(values->dimensions,
              ElementsAre(HarDimension{"SCEN", {"none", "price"}, 2}, HarDimension{"REG2", {"A", "B", "world"}, 3},
                          HarDimension{"COMP", {"cost_of_livi", "labour_incom"}, 2}));
  EXPECT_THAT(values->reals, ElementsAre(1.5, 0, 2.5, 0, 0, 0, -3.5, 0, 0, 0, 4.5, 0));
  EXPECT_THAT(file.find("WESP")->reals, ElementsAre(10, 0, 0, 0, 0, 0, 30, 0, 0, 0, 40, 0));
  EXPECT_EQ(file.find("WESP")->description, "welfare, share_percent (%)");
  EXPECT_THAT(file.find("REG")->lines, ElementsAre("A", "B"));
  EXPECT_THAT(file.find("REGN")->lines, ElementsAre("A: Aland", "B: Beland"));
}

TEST(RunHar, UnitsAreSaidByComponentWhereTheyDiffer) {
  const HarFile file = run_har(small_run(welfare()), "0.1.0", "small.har");
  std::string info;
  for (const std::string& line : file.headers.front().lines)
    info += line.starts_with("  ") ? line.substr(1) : "\n" + line;
  EXPECT_THAT(info, HasSubstr("study small on dataset tiny, solved by levee 0.1.0, written by levee 0.1.0"));
  EXPECT_THAT(info, HasSubstr("Source: A source. Licence: free. Somebody (2020)"));
  EXPECT_THAT(info, HasSubstr("Scenario price: failed, measured against none"));
  EXPECT_THAT(info, HasSubstr("Unit: cost of living: reference = 1; labour income: million EUR"));
}

TEST(RunHar, TwoRowsOfOneCellAreRefused) {
  Table table = welfare();
  table.add(table.rows.front());
  try {
    run_har(small_run(table), "0.1.0", "small.har");
    ADD_FAILURE() << "one of the rows was lost";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("table welfare has two rows of the same names"));
  }
}

TEST(RunHar, EveryTableOfARunIsWrittenAndReadAgain) {
  const RunDocument run = test::MockRun().document();
  const HarFile file = run_har(run, "0.1.0", "mock.har");
  const HarFile again = parse_har(har_bytes(file), "mock.har");
  ASSERT_EQ(again.headers.size(), file.headers.size());
  for (const Table& table : run.tables) {
    if (table.rows.empty()) continue;
    std::vector<std::string> described;
    for (const HarHeader& header : again.headers) described.push_back(header.description);
    EXPECT_THAT(described, Contains(testing::StartsWith(table.name + ", ")));
  }
}

}  // namespace
}  // namespace levee
