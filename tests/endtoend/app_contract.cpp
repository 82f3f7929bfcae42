// What `levee run` writes of the shipped study: every promise of docs/output.md about the folder, and that its parts
// say the same.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"
#include "tests/unit/report_unpacked.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<std::string> shipped_scenarios{
    "reference",       "ets_only",      "free_allocation",       "cbam_direct",       "cbam_indirect",
    "cbam_full",       "cbam_law",      "free_allocation_cap",   "cbam_direct_cap",   "cbam_indirect_cap",
    "cbam_full_cap",   "cbam_law_cap",  "free_allocation_world", "cbam_direct_world", "cbam_indirect_world",
    "cbam_full_world", "cbam_law_world"};
const std::vector<std::string> codes{"EUR", "GBR", "TUR", "RUS", "CHN", "IND",
                                     "USA", "JKT", "CAM", "BRA", "AUI", "ROW"};
const std::set<std::string> covered{"ELEC", "REF", "STEEL", "ALU", "ONFM", "CEM", "ONMM", "FERT", "CHM", "PAP"};

/// The columns that every table has by contract; others may stand between them.
const std::map<std::string, std::vector<std::string>> table_columns{
    {"emissions", {"scenario", "region", "sector", "stressor", "source", "value", "change"}},
    {"leakage", {"scenario", "zone", "channel", "value"}},
    {"trade", {"scenario", "good", "origin", "destination", "value", "volume", "change"}},
    {"output", {"scenario", "region", "sector", "value"}},
    {"prices", {"scenario", "region", "sector", "value"}},
    {"factors", {"scenario", "region", "factor", "value"}},
    {"welfare", {"scenario", "region", "component", "value"}},
    {"macro", {"scenario", "region", "component", "value"}},
    {"carbon_markets",
     {"scenario", "zone", "price", "cap", "emissions", "allowances", "revenue", "allowance_sales", "cap_on"}},
    {"channel_runs",
     {"scenario", "zone", "run", "status", "rate", "inside_change", "outside_change", "price", "iterations", "residual",
      "free_fuels"}},
    {"incidence", {"scenario", "zone", "level", "name", "component", "value", "percent_of_gdp", "share"}},
    {"pass_through", {"scenario", "zone", "region", "good", "cge_percent", "leontief_percent", "ratio"}},
    {"cbam", {"scenario", "good", "origin", "intensity", "rate", "certificates", "revenue"}}};

/// What a scenario of the shipped study holds, by its name.
Json held(const std::string& scenario) {
  if (scenario == "reference") return nullptr;
  if (scenario.ends_with("_cap")) return "cap";
  return scenario.ends_with("_world") ? "world" : "price";
}

/// summary.json of a whole run of the shipped study, key by key.
void expect_summary(const Json& summary) {
  EXPECT_EQ(summary.at("schema"), 1);
  EXPECT_EQ(summary.at("study"), "eu-cbam");
  EXPECT_EQ(summary.at("dataset"), "cbam-2011");
  EXPECT_EQ(summary.at("reference"), "reference");
  EXPECT_EQ(summary.at("units"), Json::parse(R"({"money": "million USD", "price_year": 2011, "mass": "Mt"})"));
  std::vector<std::string> with_world = codes;
  with_world.emplace_back("world");
  EXPECT_EQ(names_of(summary), shipped_scenarios);
  for (const Json& scenario : summary.at("scenarios")) {
    const std::string name = scenario.at("name");
    SCOPED_TRACE(name);
    EXPECT_EQ(scenario.at("status"), "solved");
    const Json& solver = scenario.at("solver");
    EXPECT_EQ(solver.at("backend"), "ipopt");
    EXPECT_TRUE(solver.at("iterations").is_number_integer());
    EXPECT_LE(solver.at("residual").get<double>(), 1e-9);
    EXPECT_GT(solver.at("seconds").get<double>(), 0);
    EXPECT_LE(std::abs(scenario.at("walras").get<double>()), 1e-9);
    EXPECT_THAT(keys_of(scenario.at("emissions_mt")), ElementsAreArray(with_world));
    EXPECT_THAT(keys_of(scenario.at("welfare_ev_percent")), ElementsAreArray(with_world));
    for (const char* key :
         {"carbon_price", "held", "leakage_rate", "leakage_channels", "exports_to_zone_percent", "cbam_revenue"})
      EXPECT_THAT(keys_of(scenario.at(key)), ElementsAre("EU")) << key << " is by zone";
    const bool reference = name == "reference";
    EXPECT_EQ(scenario.at("held").at("EU"), held(name));
    EXPECT_EQ(scenario.at("leakage_channels").at("EU"), nullptr) << "--no-decompose";
    const Json& rate = scenario.at("leakage_rate").at("EU");
    ASSERT_EQ(rate.is_null(), reference) << "nothing leaks where nothing is done";
    if (!reference) {
      EXPECT_GT(rate.get<double>(), 0) << "a fraction";
      EXPECT_LT(rate.get<double>(), 0.5) << "a fraction";
    }
    const Json& exports = scenario.at("exports_to_zone_percent").at("EU");
    EXPECT_THAT(keys_of(exports), ElementsAreArray(codes.begin() + 1, codes.end())) << "every origin outside the zone";
    EXPECT_TRUE(exports.at("CHN").at("STEEL").is_number());
    EXPECT_EQ(scenario.at("cbam_revenue").at("EU").get<double>() > 0, name.starts_with("cbam"));
  }
}

/// Prices that are answers: what docs/results.md says of them, and that the quantity is held for which they stand.
void expect_equal_effort(const Workspace& folder, const Json& summary) {
  const CsvTable markets = table_of(folder, "out", "carbon_markets");
  const double allowed = markets.value("emissions", {{"scenario", "ets_only"}});
  const double world = scenario_of(summary, "ets_only").at("emissions_mt").at("world");
  for (const Json& scenario : summary.at("scenarios")) {
    const std::string name = scenario.at("name");
    SCOPED_TRACE(name);
    const double price = scenario.at("carbon_price").at("EU");
    const std::size_t row = markets.find({{"scenario", name}}).at(0);
    const std::string cap_on = markets.rows[row][markets.column("cap_on")];
    expect_near(markets.number(row, "price"), price, 1e-12, "the price");
    EXPECT_EQ(markets.number(row, "allowance_sales"), 0);
    if (held(name) == "cap") {
      EXPECT_EQ(cap_on, "covered emissions");
      expect_near(markets.number(row, "cap"), allowed, 1e-12, "the cap");
      expect_near(markets.number(row, "emissions"), allowed, 1e-9, "emissions under it");
      EXPECT_GT(price, 104.5) << "protection inside costs";
      EXPECT_LT(price, 116.5);
    } else if (held(name) == "world") {
      EXPECT_EQ(cap_on, "world emissions");
      expect_near(markets.number(row, "cap"), world, 1e-12, "the target");
      expect_near(scenario.at("emissions_mt").at("world"), world, 1e-9, "the world's emissions");
      EXPECT_GT(price, 76) << "a design that leaks less needs less";
      EXPECT_LT(price, 94.5);
    } else {
      EXPECT_EQ(cap_on, "");
      EXPECT_EQ(price, name == "reference" ? 0 : 100);
    }
  }
  EXPECT_NEAR(scenario_of(summary, "free_allocation_cap").at("carbon_price").at("EU").get<double>(), 116, 0.5);
}

/// Header, and in every row as many cells, figures that are figures, a unit, the reference.
void expect_table(const std::string& name, const std::string& text) {
  SCOPED_TRACE(name);
  const CsvTable table(text);
  const std::vector<std::string>& header = table.rows.at(0);
  const std::size_t unit = table.column("unit"), reference = table.column("reference");
  const std::set<std::string> words{"scenario", "region",    "sector",      "stressor", "source",   "zone",   "channel",
                                    "good",     "origin",    "destination", "market",   "kind",     "factor", "level",
                                    "name",     "component", "instrument",  "unit",     "reference"};
  // Only some zones have a cap. Without the counterfactual runs their table has a header only.
  const std::set<std::string> perhaps{"cap_on"};
  ASSERT_EQ(table.rows.size() > 1, name != "channel_runs.csv");
  for (std::size_t row = 1; row < table.rows.size(); ++row) {
    const std::vector<std::string>& cells = table.rows[row];
    ASSERT_EQ(cells.size(), header.size()) << "line " << row + 1;
    ASSERT_FALSE(cells[unit].empty()) << "line " << row + 1;
    ASSERT_EQ(cells[reference], name == "benchmark_emissions.csv" ? "benchmark" : "reference") << "line " << row + 1;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (words.contains(header[column])) {
        ASSERT_FALSE(cells[column].empty()) << header[column] << ", line " << row + 1;
      } else if (!cells[column].empty() && !perhaps.contains(header[column])) {
        char* end = nullptr;
        ASSERT_TRUE(std::isfinite(std::strtod(cells[column].c_str(), &end))) << cells[column];
        ASSERT_EQ(*end, '\0') << header[column] << ", line " << row + 1 << ": " << cells[column];
      }
    }
  }
}

void expect_tables(const std::map<std::string, std::string>& tables) {
  for (const auto& [name, columns] : table_columns) {
    ASSERT_TRUE(tables.contains(name + ".csv")) << name;
    const std::vector<std::string> header = CsvTable(tables.at(name + ".csv")).rows.at(0);
    for (const std::string& column : columns) EXPECT_THAT(header, Contains(column)) << name;
  }
  for (const auto& [name, text] : tables) expect_table(name, text);
}

void expect_same_emissions(const Workspace& folder, const Json& summary) {
  const CsvTable emissions = table_of(folder, "out", "emissions"), markets = table_of(folder, "out", "carbon_markets");
  for (const std::string& scenario : shipped_scenarios) {
    const Json& mt = scenario_of(summary, scenario).at("emissions_mt");
    for (const std::string& region : codes)
      expect_near(emissions.sum("value", {{"scenario", scenario}, {"stressor", "CO2"}, {"region", region}}),
                  mt.at(region), 1e-10, fmt::format("{} {}", scenario, region));
    const double world = emissions.sum("value", {{"scenario", scenario}, {"stressor", "CO2"}});
    expect_near(world, mt.at("world"), 1e-10, scenario);
    expect_near(emissions.sum("change", {{"scenario", scenario}, {"stressor", "CO2"}}),
                world - emissions.sum("value", {{"scenario", "reference"}, {"stressor", "CO2"}}), 1e-9, scenario);
    double in_system = 0;
    for (const std::string& sector : covered)
      in_system +=
          emissions.sum("value", {{"scenario", scenario}, {"stressor", "CO2"}, {"region", "EUR"}, {"sector", sector}});
    expect_near(markets.value("emissions", {{"scenario", scenario}}), in_system, 1e-10, scenario);
  }
}

void expect_same_leakage(const Workspace& folder, const Json& summary) {
  const CsvTable leakage = table_of(folder, "out", "leakage"), origins = table_of(folder, "out", "leakage_by_origin"),
                 goods = table_of(folder, "out", "leakage_by_good");
  const Json& before = scenario_of(summary, "reference").at("emissions_mt");
  for (const std::string& scenario : shipped_scenarios) {
    if (scenario == "reference") continue;
    const auto channel = [&](const std::string& name) {
      return leakage.value("value", {{"scenario", scenario}, {"zone", "EU"}, {"channel", name}});
    };
    const Json& entry = scenario_of(summary, scenario);
    const double inside = entry.at("emissions_mt").at("EUR").get<double>() - before.at("EUR").get<double>();
    const double world = entry.at("emissions_mt").at("world").get<double>() - before.at("world").get<double>();
    expect_near(channel("inside_change"), inside, 1e-9, scenario);
    expect_near(channel("outside_change"), world - inside, 1e-8, scenario);
    const double rate = -channel("outside_change") / channel("inside_change");
    expect_near(entry.at("leakage_rate").at("EU"), rate, 1e-12, scenario);
    expect_near(channel("total"), rate, 1e-12, scenario);
    for (const CsvTable* parts : {&origins, &goods}) {
      expect_near(parts->sum("value", {{"scenario", scenario}}), channel("outside_change"), 1e-9, scenario);
      expect_near(parts->sum("rate", {{"scenario", scenario}}), rate, 1e-9, scenario);
    }
  }
}

void expect_same_welfare(const Workspace& folder, const Json& summary) {
  const CsvTable welfare = table_of(folder, "out", "welfare"), macro = table_of(folder, "out", "macro");
  const std::string whole = "equivalent variation";
  const std::set<std::string> no_part{whole, whole + " percent", "cost of living"};
  for (const std::string& scenario : shipped_scenarios) {
    const Json& entry = scenario_of(summary, scenario);
    double world = 0;
    for (const std::string& region : codes) {
      const CsvTable::Match here{{"scenario", scenario}, {"region", region}};
      double parts = 0;
      for (const std::size_t row : welfare.find(here)) {
        if (!no_part.contains(welfare.rows[row][welfare.column("component")])) parts += welfare.number(row, "value");
      }
      const double variation =
          welfare.value("value", {{"scenario", scenario}, {"region", region}, {"component", whole}});
      // The parts are sums of large figures: rounding is relative to those.
      EXPECT_NEAR(parts, variation, 1e-3) << scenario << " " << region << ", million USD of millions";
      world += variation;
      expect_near(
          welfare.value("value", {{"scenario", scenario}, {"region", region}, {"component", whole + " percent"}}),
          entry.at("welfare_ev_percent").at(region), 1e-12, fmt::format("{} {}", scenario, region));
      const auto gdp = [&](const std::string& component) {
        return macro.value("value", {{"scenario", scenario}, {"region", region}, {"component", component}});
      };
      expect_near(gdp("consumption") + gdp("government") + gdp("investment") + gdp("inventories") + gdp("exports") -
                      gdp("imports"),
                  gdp("real GDP"), 1e-12, fmt::format("{} {}", scenario, region));
    }
    expect_near(welfare.value("value", {{"scenario", scenario}, {"region", "world"}, {"component", whole}}), world,
                1e-9, scenario);
    expect_near(
        welfare.value("value", {{"scenario", scenario}, {"region", "world"}, {"component", whole + " percent"}}),
        entry.at("welfare_ev_percent").at("world"), 1e-12, scenario);
  }
}

void expect_same_trade(const Workspace& folder, const Json& summary) {
  const CsvTable trade = table_of(folder, "out", "trade"), cbam = table_of(folder, "out", "cbam"),
                 markets = table_of(folder, "out", "carbon_markets");
  for (const std::string& scenario : shipped_scenarios) {
    const Json& entry = scenario_of(summary, scenario);
    for (const char* good : {"STEEL", "CEM", "MAC"}) {
      for (const char* origin : {"CHN", "TUR"}) {
        const auto volume = [&](const std::string& of) {
          return trade.value("volume", {{"scenario", of}, {"good", good}, {"origin", origin}, {"destination", "EUR"}});
        };
        expect_near(entry.at("exports_to_zone_percent").at("EU").at(origin).at(good),
                    100 * (volume(scenario) / volume("reference") - 1), 1e-10, scenario + " " + good);
      }
    }
    expect_near(cbam.sum("revenue", {{"scenario", scenario}, {"instrument", "import charge"}}),
                entry.at("cbam_revenue").at("EU"), 1e-10, scenario);
    if (scenario == "reference") continue;
    // One price for emissions inside and for certificates at the border.
    const double price =
        markets.value("revenue", {{"scenario", scenario}}) / markets.value("emissions", {{"scenario", scenario}});
    EXPECT_NEAR(price / entry.at("carbon_price").at("EU").get<double>(), 1, 0.05)
        << "that of the zone's prices, told in the world's";
    for (const std::size_t row : cbam.find({{"scenario", scenario}, {"instrument", "import charge"}}))
      expect_near(cbam.number(row, "revenue"), price * cbam.number(row, "certificates"), 1e-9, scenario);
  }
}

void expect_record(const Workspace& folder, const Json& run) {
  EXPECT_EQ(run.at("version"), LEVEE_VERSION);
  EXPECT_EQ(run.at("options").at("solver"), "ipopt");
  EXPECT_EQ(run.at("options").at("study"), "study.yaml");
  EXPECT_GT(run.at("seconds").get<double>(), 0);
  std::set<std::string> files;
  std::vector<std::string> sums{"--"};
  for (const Json& input : run.at("inputs")) {
    files.insert(input.at("file"));
    sums.push_back(input.at("file"));
  }
  const Ran sha256sum = Program("/usr/bin/sha256sum", sums, folder.folder()).wait();
  ASSERT_EQ(sha256sum.status, 0) << sha256sum.err;
  for (const Json& input : run.at("inputs"))
    EXPECT_THAT(sha256sum.out, HasSubstr(fmt::format("{}  {}\n", input.at("sha256").get<std::string>(),
                                                     input.at("file").get<std::string>())));
  std::set<std::string> expected{"study.yaml", "data/dataset.yaml"};
  for (const auto& entry : fs::directory_iterator(folder.path("data"))) {
    if (entry.path().extension() == ".csv") expected.insert("data/" + entry.path().filename().string());
  }
  EXPECT_EQ(files, expected) << "every file that the results rest on, each once";
  EXPECT_EQ(run.at("inputs").size(), files.size());
  EXPECT_EQ(names_of(run), shipped_scenarios);
  for (const Json& scenario : run.at("scenarios")) {
    EXPECT_EQ(scenario.at("status"), "solved");
    EXPECT_GT(scenario.at("seconds").get<double>(), 0);
    EXPECT_GT(scenario.at("peak_memory_mib").get<double>(), 1);
    EXPECT_TRUE(scenario.at("solver_log").is_array());
    EXPECT_GT(scenario.at("unknowns").get<int>(), 1000);
    EXPECT_EQ(scenario.at("channel_seconds"), 0);
  }
}

void expect_report(const Workspace& folder) {
  const std::string html = folder.read("out/report.html");
  EXPECT_THAT(html, StartsWith("<!doctype html>"));
  EXPECT_LT(html.size(), 3u << 20);
  const std::regex fetched(
      R"re((src|href)\s*=\s*["']?\s*(https?:)?//|url\(\s*["']?(https?:)?//|@import|<(link|iframe)\b|<script[^>]*\bsrc\b)re",
      std::regex::icase | std::regex::optimize);
  // Line by line: the library's recursion follows the length of what it searches.
  for (std::size_t from = 0; from < html.size();) {
    const std::size_t to = std::min({html.find('\n', from), from + 4000, html.size()});
    std::cmatch found;
    EXPECT_FALSE(std::regex_search(html.data() + from, html.data() + to, found, fetched)) << found.str();
    from = to + (to < html.size() && html[to] == '\n' ? 1 : 0);
  }
  const nlohmann::json page = test::data_of(html);
  EXPECT_EQ(page.at("summary"), nlohmann::json::parse(folder.read("out/summary.json")));
  EXPECT_EQ(page.at("tables").size(), tables_of(folder, "out").size());
}

/// One run for everything about the folder: the run is what takes the time. Channels are left to the next test.
TEST(Run, ShippedStudyKeepsTheContract) {
  const Workspace folder;
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out", "--no-decompose"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  for (const std::string& scenario : shipped_scenarios) EXPECT_THAT(ran.out, HasSubstr(scenario));
  EXPECT_THAT(ran.out, HasSubstr("CBAM revenue in million USD of 2011."));
  EXPECT_THAT(ran.out, HasSubstr("out/report.html"));
  EXPECT_THAT(ran.err, HasSubstr("[17/17] cbam_law_world: solved")) << "lines where there is no terminal";
  expect_folder(folder, "out");
  const Json summary = json_of(folder, "out/summary.json");
  expect_summary(summary);
  expect_equal_effort(folder, summary);
  expect_tables(tables_of(folder, "out"));
  expect_same_emissions(folder, summary);
  expect_same_leakage(folder, summary);
  expect_same_welfare(folder, summary);
  expect_same_trade(folder, summary);
  expect_record(folder, json_of(folder, "out/run.json"));
  expect_report(folder);
}

/// A cap brings the scenario that it follows; where leakage comes from is found without being asked for.
TEST(Run, ChannelsComeByDefaultAndWhatACapFollowsWithIt) {
  const Workspace folder;
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "cbam_direct_cap"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("/5] cbam_direct_cap: solved"), HasSubstr("/5] ets_only: channels"),
                             HasSubstr("/5] cbam_direct_cap: channels"), HasSubstr("[5/5]")));
  const Json summary = json_of(folder, "out/summary.json"), run = json_of(folder, "out/run.json");
  ASSERT_THAT(names_of(summary), ElementsAre("reference", "ets_only", "cbam_direct_cap"));
  const CsvTable leakage = table_of(folder, "out", "leakage"), runs = table_of(folder, "out", "channel_runs");
  EXPECT_EQ(scenario_of(summary, "reference").at("leakage_channels").at("EU"), nullptr);
  EXPECT_EQ(runs.rows.size(), 1u + 2 * 3);
  for (const char* scenario : {"ets_only", "cbam_direct_cap"}) {
    expect_channels(scenario_of(summary, scenario), "EU", leakage, runs);
    EXPECT_GT(scenario_of(run, scenario).at("channel_seconds").get<double>(), 0);
  }
  // In the counterfactual runs the design holds what it holds.
  const double allowed = table_of(folder, "out", "carbon_markets").value("emissions", {{"scenario", "ets_only"}});
  expect_near(table_of(folder, "out", "carbon_markets").value("emissions", {{"scenario", "cbam_direct_cap"}}), allowed,
              1e-9, "covered emissions");
  for (const std::size_t row : runs.find({{"scenario", "ets_only"}})) EXPECT_EQ(runs.number(row, "price"), 100);
}

}  // namespace
}  // namespace levee::testing
