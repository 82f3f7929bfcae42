// Stressors beyond CO2 through the program: carried and reported, charged only where a zone lists them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string tariffs = "\ntariffs:";

/// The default dataset with CO2 alone.
void leave_carbon_dioxide_alone(const Workspace& folder) {
  std::string text = folder.read("data/dataset.yaml");
  const std::size_t from = text.find("  # The rest is carried"), to = text.find(tariffs);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  folder.write("data/dataset.yaml", text.erase(from, to - from));
}

Ran run(const Workspace& folder, const std::string& out) {
  return folder.levee(
      {"run", "study.yaml", "--solver", "newton", "--scenario", "ets_only", "cbam_indirect", "--out", out, "--quiet"});
}

/// A table without the rows of other stressors than CO2.
std::string rows_of_carbon_dioxide(const std::string& text) {
  CsvTable table(text);
  const auto header = std::ranges::find(table.rows.at(0), "stressor");
  if (header == table.rows[0].end()) return text;
  const std::size_t column = table.column("stressor");
  std::erase_if(table.rows, [&](const std::vector<std::string>& row) {
    return row[column] != "stressor" && row[column] != "CO2" && !row[column].empty();
  });
  return table.text();
}

TEST(Satellites, ChangeNoResultOfCarbonDioxide) {
  const Workspace folder;
  ASSERT_EQ(run(folder, "with").status, 0);
  leave_carbon_dioxide_alone(folder);
  ASSERT_EQ(run(folder, "without").status, 0);
  const auto with = tables_of(folder, "with"), without = tables_of(folder, "without");
  ASSERT_EQ(with.size(), without.size());
  EXPECT_NE(with.at("emissions.csv"), without.at("emissions.csv"));
  for (const auto& [name, text] : without)
    EXPECT_EQ(rows_of_carbon_dioxide(with.at(name)), CsvTable(text).text()) << name;
  Json summary = json_of(folder, "with/summary.json"), plain = json_of(folder, "without/summary.json");
  for (Json* document : {&summary, &plain}) {
    for (Json& scenario : document->at("scenarios")) scenario.at("solver").erase("seconds");
  }
  EXPECT_EQ(summary, plain);
}

TEST(Satellites, AZoneChargesWhatItLists) {
  const Workspace folder;
  ASSERT_EQ(run(folder, "carbon").status, 0);
  folder.edit("study.yaml", "stressors: [CO2]", "stressors: [CO2, CH4]");
  ASSERT_EQ(run(folder, "both").status, 0);
  const auto covered = [&](const std::string& out) {
    const CsvTable markets = table_of(folder, out, "carbon_markets");
    return std::stod(markets.rows.at(markets.find({{"scenario", "reference"}, {"zone", "EU"}}).at(0))
                         .at(markets.column("emissions")));
  };
  // The covered sectors' methane, in its own tonnes.
  const CsvTable methane(folder.read("data/stressors.csv"));
  double kt = 0;
  for (const char* sector : {"ELEC", "REF", "STEEL", "ALU", "ONFM", "CEM", "ONMM", "FERT", "CHM", "PAP"})
    kt += std::stod(methane.rows[methane.find({{"node", std::string("EUR.") + sector}}).at(0)][methane.column("CH4")]);
  EXPECT_GT(kt, 0);
  EXPECT_NEAR(covered("both") - covered("carbon"), 1e-3 * kt, 1e-6);

  folder.edit("study.yaml", "stressors: [CO2, CH4]", "stressors: [CO2, CO2_2A1]");
  const Ran twice = run(folder, "twice");
  EXPECT_EQ(twice.status, 1);
  EXPECT_THAT(twice.err, HasSubstr("unknown stressor 'CO2_2A1'"));
}

TEST(Satellites, QualityIsToldByCheck) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", "data/dataset.yaml"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("CH4 347557 kt: country data (EDGAR v4.3.2)"), HasSubstr("t of 2008: country"),
                             HasSubstr("PM25 33772.7 kt: illustration"), HasSubstr("kt, part of CO2: country data")));
  const Ran json = folder.levee({"check", "data/dataset.yaml", "--json"});
  ASSERT_EQ(json.status, 0) << json.err;
  const Json checked = Json::parse(json.out);
  for (const Json& stressor : checked.at("dataset").at("stressors")) {
    if (stressor.at("name") == "CO2") continue;
    EXPECT_NE(stressor.at("quality"), "") << stressor.at("name");
  }
}

TEST(Satellites, AreFootprints) {
  const Workspace folder;
  const Ran ran =
      folder.levee({"mrio", "data/dataset.yaml", "--stressor", "CH4", "CO2_2A1", "population", "--out", "out"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const CsvTable regions(folder.read("out/tables/regions.csv"));
  const auto total = [&](const std::string& account, const std::string& column) {
    double sum = 0;
    for (const std::size_t row : regions.find({{"account", account}}))
      sum += std::stod(regions.rows[row][regions.column(column)]);
    return sum;
  };
  EXPECT_NEAR(total("CH4", "production"), 347557.24, 1);
  EXPECT_NEAR(total("CH4", "consumption"), total("CH4", "production"), 1e-6);
  EXPECT_NEAR(total("CO2_2A1", "consumption"), 1298236, 1);
  const std::size_t india = regions.find({{"account", "population"}, {"region", "IND"}}).at(0);
  for (const char* column : {"production", "consumption", "households"})
    EXPECT_EQ(std::stod(regions.rows[india][regions.column(column)]), 1224.61) << column;
  const auto mrio = json_of(folder, "out/mrio.json");
  for (const Json& account : mrio.at("accounts"))
    EXPECT_TRUE(account.at("error_bound").is_number()) << account.at("name");
}

TEST(Satellites, PartsNameTheirWhole) {
  const Workspace folder;
  folder.edit("data/dataset.yaml", "part_of: CO2", "part_of: CO3");
  const Ran unknown = folder.levee({"check", "data/dataset.yaml"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("'CO3' is no stressor of this dataset that is a whole, did you mean 'CO2'?"));
  folder.edit("data/dataset.yaml", "part_of: CO3", "part_of: CO2_2A2");
  EXPECT_THAT(folder.levee({"check", "data/dataset.yaml"}).err, HasSubstr("'CO2_2A2' is no stressor"));
}

TEST(Satellites, NeedIndustryOrHouseholds) {
  const Workspace folder;
  folder.edit("data/dataset.yaml", "    households: {file: population.csv, column: population}\n", "");
  const Ran ran = folder.levee({"check", "data/dataset.yaml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("industry"), HasSubstr("data/dataset.yaml:"), Not(HasSubstr("population.csv:"))));
}

}  // namespace
}  // namespace levee::testing
