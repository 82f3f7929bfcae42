// `levee run` as a user meets it: what the folder holds, how the program ends, what it says meanwhile.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

const std::vector<std::string> shipped_scenarios{"reference",     "ets_only",  "free_allocation", "cbam_direct",
                                                 "cbam_indirect", "cbam_full", "cbam_law"};
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
    {"carbon_markets", {"scenario", "zone", "price", "cap", "emissions", "allowances", "revenue"}},
    {"cbam", {"scenario", "good", "origin", "intensity", "rate", "certificates", "revenue"}}};

Json json_of(const Workspace& folder, const std::string& name) { return Json::parse(folder.read(name)); }
CsvTable table_of(const Workspace& folder, const std::string& out, const std::string& name) {
  return CsvTable(folder.read(fmt::format("{}/tables/{}.csv", out, name)));
}

/// The content of every table by name.
std::map<std::string, std::string> tables_of(const Workspace& folder, const std::string& out) {
  std::map<std::string, std::string> result;
  for (const auto& entry : fs::directory_iterator(folder.path(out + "/tables"))) {
    const std::string name = entry.path().filename().string();
    result[name] = folder.read(out + "/tables/" + name);
  }
  return result;
}

std::vector<std::string> keys_of(const Json& json) {
  std::vector<std::string> result;
  for (const auto& entry : json.items()) result.push_back(entry.key());
  return result;
}

const Json& scenario_of(const Json& document, const std::string& name) {
  for (const Json& scenario : document.at("scenarios")) {
    if (scenario.at("name") == name) return scenario;
  }
  throw std::runtime_error("no scenario " + name);
}

void expect_near(double a, double b, double relative, const std::string& what) {
  EXPECT_NEAR(a, b, relative * std::max({1.0, std::abs(a), std::abs(b)})) << what;
}

void expect_folder(const Workspace& folder, const std::string& out) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder.path(out))) names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, UnorderedElementsAre("summary.json", "run.json", "report.html", "tables"));
  for (const std::string& name : folder.names()) EXPECT_THAT(name, Not(StartsWith("."))) << "a part was left behind";
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
  std::vector<std::string> names;
  for (const Json& scenario : summary.at("scenarios")) {
    names.push_back(scenario.at("name"));
    SCOPED_TRACE(names.back());
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
         {"carbon_price", "leakage_rate", "leakage_channels", "exports_to_zone_percent", "cbam_revenue"})
      EXPECT_THAT(keys_of(scenario.at(key)), ElementsAre("EU")) << key << " is by zone";
    const bool reference = names.back() == "reference";
    EXPECT_EQ(scenario.at("carbon_price").at("EU").get<double>(), reference ? 0 : 100);
    const Json& rate = scenario.at("leakage_rate").at("EU");
    ASSERT_EQ(rate.is_null(), reference) << "nothing leaks where nothing is done";
    if (!reference) {
      EXPECT_GT(rate.get<double>(), 0) << "a fraction";
      EXPECT_LT(rate.get<double>(), 0.5) << "a fraction";
    }
    const Json& exports = scenario.at("exports_to_zone_percent").at("EU");
    EXPECT_THAT(keys_of(exports), ElementsAreArray(codes.begin() + 1, codes.end())) << "every origin outside the zone";
    EXPECT_TRUE(exports.at("CHN").at("STEEL").is_number());
    EXPECT_EQ(scenario.at("cbam_revenue").at("EU").get<double>() > 0, names.back().starts_with("cbam"));
  }
  EXPECT_EQ(names, shipped_scenarios);
}

/// Header, and in every row as many cells, figures that are figures, a unit, the reference.
void expect_table(const std::string& name, const std::string& text) {
  SCOPED_TRACE(name);
  const CsvTable table(text);
  const std::vector<std::string>& header = table.rows.at(0);
  const std::size_t unit = table.column("unit"), reference = table.column("reference");
  const std::set<std::string> words{"scenario", "region",    "sector",     "stressor",    "source",   "zone",
                                    "channel",  "good",      "origin",     "destination", "market",   "kind",
                                    "factor",   "component", "instrument", "unit",        "reference"};
  ASSERT_GT(table.rows.size(), 1u);
  for (std::size_t row = 1; row < table.rows.size(); ++row) {
    const std::vector<std::string>& cells = table.rows[row];
    ASSERT_EQ(cells.size(), header.size()) << "line " << row + 1;
    ASSERT_FALSE(cells[unit].empty()) << "line " << row + 1;
    ASSERT_EQ(cells[reference], name == "benchmark_emissions.csv" ? "benchmark" : "reference") << "line " << row + 1;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (words.contains(header[column])) {
        ASSERT_FALSE(cells[column].empty()) << header[column] << ", line " << row + 1;
      } else if (!cells[column].empty()) {
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
      expect_near(emissions.sum("value", {{"scenario", scenario}, {"region", region}}), mt.at(region), 1e-10,
                  scenario + " " + region);
    const double world = emissions.sum("value", {{"scenario", scenario}});
    expect_near(world, mt.at("world"), 1e-10, scenario);
    expect_near(emissions.sum("change", {{"scenario", scenario}}),
                world - emissions.sum("value", {{"scenario", "reference"}}), 1e-9, scenario);
    double in_system = 0;
    for (const std::string& sector : covered)
      in_system += emissions.sum("value", {{"scenario", scenario}, {"region", "EUR"}, {"sector", sector}});
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
          entry.at("welfare_ev_percent").at(region), 1e-12, scenario + " " + region);
      const auto gdp = [&](const std::string& component) {
        return macro.value("value", {{"scenario", scenario}, {"region", region}, {"component", component}});
      };
      expect_near(gdp("consumption") + gdp("government") + gdp("investment") + gdp("inventories") + gdp("exports") -
                      gdp("imports"),
                  gdp("real GDP"), 1e-12, scenario + " " + region);
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
    EXPECT_NEAR(price, 100, 5) << "100 in the zone's prices, told in the world's";
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
  std::vector<std::string> names;
  for (const Json& scenario : run.at("scenarios")) {
    names.push_back(scenario.at("name"));
    EXPECT_EQ(scenario.at("status"), "solved");
    EXPECT_GT(scenario.at("seconds").get<double>(), 0);
    EXPECT_GT(scenario.at("peak_memory_mib").get<double>(), 1);
    EXPECT_FALSE(scenario.at("solver_log").empty());
    EXPECT_GT(scenario.at("unknowns").get<int>(), 1000);
  }
  EXPECT_EQ(names, shipped_scenarios);
}

void expect_report(const std::string& html) {
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
  for (const std::string& scenario : shipped_scenarios) EXPECT_THAT(html, HasSubstr(scenario));
}

/// One run for everything about the folder: the run is what takes the time.
TEST(Run, ShippedStudyKeepsTheContract) {
  const Workspace folder;
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  for (const std::string& scenario : shipped_scenarios) EXPECT_THAT(ran.out, HasSubstr(scenario));
  EXPECT_THAT(ran.out, HasSubstr("CBAM revenue in million USD of 2011."));
  EXPECT_THAT(ran.out, HasSubstr("out/report.html"));
  EXPECT_THAT(ran.err, HasSubstr("[7/7] cbam_law: solved")) << "lines where there is no terminal";
  expect_folder(folder, "out");
  const Json summary = json_of(folder, "out/summary.json");
  expect_summary(summary);
  expect_tables(tables_of(folder, "out"));
  expect_same_emissions(folder, summary);
  expect_same_leakage(folder, summary);
  expect_same_welfare(folder, summary);
  expect_same_trade(folder, summary);
  expect_record(folder, json_of(folder, "out/run.json"));
  expect_report(folder.read("out/report.html"));
}

TEST(Run, SameInputSameBytes) {
  const Workspace folder;
  const Ran plain = folder.levee({"run", "study.yaml", "--out", "a", "--scenario", "ets_only", "--progress", "plain"});
  ASSERT_EQ(plain.status, 0) << plain.err;
  EXPECT_THAT(plain.err, AllOf(HasSubstr("[1/2] reference: solved"), HasSubstr("[2/2] ets_only: solved"),
                               HasSubstr("note: data/")));
  const Json summary = json_of(folder, "a/summary.json");
  ASSERT_EQ(summary.at("scenarios").size(), 2u) << "the scenario asked for and its reference";

  const Ran off = folder.levee({"run", "study.yaml", "--out", "b", "--scenario", "ets_only", "--progress", "off"});
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
  const Ran quiet =
      folder.levee({"run", "study.yaml", "--out", "made/on/the/way", "--scenario", "ets_only", "--quiet"});
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
  const Ran ran = folder.levee({"run", "study.yaml", "--out", "out", "--scenario", "cbam_direct", "ets_only"});
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
  for (const std::string moment : {"note:", "[2/7]"}) {
    SCOPED_TRACE("at " + moment);
    const Workspace folder;
    Program program(LEVEE_BINARY, {"run", "study.yaml", "--out", "out"}, folder.folder());
    ASSERT_TRUE(program.says(moment));
    program.signal(SIGINT);
    const Ran ran = program.wait();
    EXPECT_EQ(ran.status, 130) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("interrupted"));
    expect_folder(folder, "out");
    const Json summary = json_of(folder, "out/summary.json");
    ASSERT_EQ(summary.at("scenarios").size(), shipped_scenarios.size());
    EXPECT_EQ(scenario_of(summary, "cbam_law").at("status"), "interrupted");
    EXPECT_TRUE(scenario_of(summary, "cbam_law").at("emissions_mt").is_null());
    const bool started = moment != "note:";
    EXPECT_EQ(scenario_of(summary, "ets_only").at("status"), started ? "solved" : "interrupted")
        << "what was done is kept";
  }
}

TEST(Run, EndedBySchedulerLeavesNothingHalfWritten) {
  const Workspace folder;
  Program program(LEVEE_BINARY, {"run", "study.yaml", "--out", "out"}, folder.folder());
  ASSERT_TRUE(program.says("[1/7]"));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait().status, 130);
  expect_folder(folder, "out");
}

/// Members are named after their values, and each is measured against the reference with the same parameters.
TEST(Run, Sweep) {
  const Workspace folder;
  folder.write("prices.yaml",
               "extends: study.yaml\nstudy: prices\nscenarios:\n  free_allocation: null\n  cbam_direct: null\n"
               "  cbam_indirect: null\n  cbam_full: null\n  cbam_law: null\nsweep:\n  carbon_price.EU: [50, 100]\n");
  folder.write("trade.yaml",
               "extends: prices.yaml\nsweep:\n  carbon_price.EU: null\n  parameters.scale.armington: [1, 2]\n");
  ASSERT_EQ(folder.levee({"run", "prices.yaml", "--out", "prices", "--quiet"}).status, 0);
  const Ran both = folder.levee({"run", "trade.yaml", "--out", "trade", "--quiet", "--scenario", "ets_only"});
  ASSERT_EQ(both.status, 0) << both.err;
  const Json prices = json_of(folder, "prices/summary.json"), trade = json_of(folder, "trade/summary.json");

  std::vector<std::string> names;
  for (const Json& scenario : prices.at("scenarios")) names.push_back(scenario.at("name"));
  EXPECT_THAT(names, ElementsAre("reference", "ets_only/carbon_price.EU=50", "ets_only/carbon_price.EU=100"));
  EXPECT_EQ(prices.at("reference"), "reference");
  const Json& low = scenario_of(prices, names.at(1));
  const Json& high = scenario_of(prices, names.at(2));
  EXPECT_EQ(low.at("base"), "ets_only");
  EXPECT_EQ(low.at("sweep"), Json::parse(R"({"carbon_price.EU": "50"})"));
  EXPECT_EQ(low.at("carbon_price").at("EU"), 50);
  EXPECT_EQ(high.at("carbon_price").at("EU"), 100);
  EXPECT_GT(low.at("emissions_mt").at("EUR"), high.at("emissions_mt").at("EUR"));
  const CsvTable leakage = table_of(folder, "prices", "leakage");
  for (std::size_t row = 1; row < leakage.rows.size(); ++row) EXPECT_EQ(leakage.rows[row].back(), "reference");

  names.clear();
  for (const Json& scenario : trade.at("scenarios")) names.push_back(scenario.at("name"));
  EXPECT_THAT(names, ElementsAre("reference/parameters.scale.armington=1", "reference/parameters.scale.armington=2",
                                 "ets_only/parameters.scale.armington=1", "ets_only/parameters.scale.armington=2"));
  const CsvTable emissions = table_of(folder, "trade", "emissions");
  for (const std::string value : {"1", "2"}) {
    for (const std::size_t row : emissions.find({{"scenario", "ets_only/parameters.scale.armington=" + value}}))
      ASSERT_EQ(emissions.rows[row].back(), "reference/parameters.scale.armington=" + value);
  }
  const Json& same = scenario_of(trade, "ets_only/parameters.scale.armington=1");
  EXPECT_EQ(same.at("emissions_mt"), high.at("emissions_mt")) << "the same scenario, whatever led to it";
  EXPECT_GT(scenario_of(trade, names.at(3)).at("leakage_rate").at("EU"), same.at("leakage_rate").at("EU"));
}

}  // namespace
}  // namespace levee::testing
