// What headless Chromium makes of a report: report_browser.hpp opens it, report_probe.js uses it as a reader would.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "data/dataset_reader.hpp"
#include "report/allowances_document.hpp"
#include "report/comparison_document.hpp"
#include "report/cost_document.hpp"
#include "report/csv_writer.hpp"
#include "report/exposure_document.hpp"
#include "report/input_output_document.hpp"
#include "tests/endtoend/report_browser.hpp"
#include "tests/unit/report_small_runs.hpp"

namespace levee {
namespace {

using nlohmann::json;
using test::kProbed;
using test::ReportPage;
using ::testing::HasSubstr;
using ::testing::Not;

void expect_quiet(const json& seen) {
  EXPECT_EQ(seen["errors"], json::array());
  EXPECT_EQ(seen["requests"], json::array());
  EXPECT_EQ(seen["faults"], json::array());
}

/// Marks expected of each chart under a design of a group, counted from the mock and not from the page.
std::map<std::string, std::size_t> expected_marks(const test::MockRun& mock, const std::string& held, bool has_border) {
  const std::size_t designs = mock.group(held).size();
  const std::size_t all = mock.group("price").size() + mock.group("cap").size() + mock.group("world").size();
  const std::size_t regions = mock.regions.size(), sectors = mock.sectors.size();
  constexpr std::size_t channels = 3, markets = 3, routes = 4, effects = 3, components = 3, models = 2, places = 2;
  return {{"leakage-rate", all * channels},
          {"world-welfare", mock.group("world").size()},
          {"leakage-origin", regions - 1},
          {"leakage-good", sectors + 1},
          {"leakage-route", sectors * routes},
          {"emissions", regions + 1},
          {"decomposition", regions * effects},
          {"welfare", designs * (held == "world" ? regions + 1 : regions)},
          {"incidence", regions * components},
          {"pass-through", sectors * models},
          {"trade-shifts", (sectors + 1) * regions},
          {"diversion", sectors * markets},
          {"output", places * sectors},
          {"revenue", 3 * designs + 1},  // rebates in one design of each group only
          {"cbam-origin", has_border ? mock.goods.size() * (regions - 1) : 0}};
}

void expect_every_chart(const json& seen) {
  const test::MockRun mock;
  expect_quiet(seen);
  std::size_t designs = 0;
  for (const char* held : {"price", "cap", "world"}) {
    EXPECT_EQ(seen["groups"][held], json(mock.group(held)));
    designs += mock.group(held).size();
  }
  ASSERT_EQ(seen["charts"].size(), 15 * designs);
  for (const json& chart : seen["charts"]) {
    const std::string design = chart["design"];
    const auto marks = expected_marks(mock, chart["held"], design.rfind("cbam", 0) == 0);
    ASSERT_TRUE(marks.count(chart["id"])) << chart;
    EXPECT_EQ(chart["drawn"], marks.at(chart["id"])) << chart;
    EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
  }
}

void expect_world_welfare_ranked_at_equal_emissions_only(const json& seen) {
  const json& cards = seen["cards"];
  const std::string price = cards["price"], cap = cards["cap"], world = cards["world"];
  EXPECT_THAT(price, HasSubstr("the world's welfare is not ranked across them"));
  EXPECT_THAT(cap, HasSubstr("the world's welfare is not ranked across them"));
  EXPECT_THAT(world, HasSubstr("the world's welfare may be ranked"));
  EXPECT_THAT(world, HasSubstr("World welfare at equal world emissions, best first"));
  EXPECT_THAT(world, HasSubstr("World welfare, EV %"));
  for (const std::string& other : {price, cap}) {
    EXPECT_THAT(other, Not(HasSubstr("best first:")));
    EXPECT_THAT(other, Not(HasSubstr("World welfare, EV %")));
  }
  // The control on the page itself: another group, and in it the design of the same family.
  const json& chosen = seen["chosen"];
  EXPECT_EQ(chosen["held"], chosen["wanted"]);
  EXPECT_EQ(chosen["held"], "world");
  EXPECT_EQ(chosen["design"], "cbam_full_world");
  EXPECT_EQ(seen["rankings"], json::array()) << "a run by itself is no comparison";
}

const Table& table_named(const RunDocument& document, const std::string& name) {
  return *std::find_if(document.tables.begin(), document.tables.end(), [&](const Table& t) { return t.name == name; });
}

/// What a chart should show of a table: figures summed over the rows of a design, by the texts in two columns.
using Shown = std::map<std::string, double>;

struct Source {
  const char* chart;
  const char* table;
  const char* key;
  const char* part;  ///< a column of text; empty: each of `figures` is a part of its own
  std::vector<std::string> figures;
  std::vector<std::string> parts;  ///< names of the figures as parts
};

std::size_t column_of(const Table& table, const std::string& name) {
  return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) - table.columns.begin());
}

Shown shown_of(const Table& table, const Source& source, const std::string& design) {
  Shown out;
  for (const auto& row : table.rows) {
    const auto text = [&](const std::string& name) { return std::get<std::string>(row[column_of(table, name)]); };
    if (text("scenario") != design) continue;
    if (std::string(source.table) == "incidence" && text("level") != "region") continue;
    for (std::size_t f = 0; f < source.figures.size(); ++f) {
      const std::string part = *source.part ? text(source.part) : source.parts[f];
      out[text(source.key) + '/' + part] += std::get<double>(row[column_of(table, source.figures[f])]);
    }
  }
  return out;
}

void expect_shown(const json& rows, const Shown& expected, const std::string& what, const char* part) {
  EXPECT_EQ(rows.size(), expected.size()) << what;
  for (const json& row : rows) {
    const std::string key = row["key"].get<std::string>() + '/' + row[part].get<std::string>();
    ASSERT_TRUE(expected.count(key)) << what << ": " << key;
    EXPECT_NEAR(row["value"].get<double>(), expected.at(key), 1e-7 * (1 + std::abs(expected.at(key)))) << what << key;
  }
}

void expect_figures_of_tables(const json& seen) {
  const RunDocument document = test::MockRun().document();
  const std::vector<Source> sources = {
      {"leakage-route", "leakage_by_route", "good", "market", {"value"}, {}},
      {"diversion", "diversion", "good", "market", {"change"}, {}},
      {"decomposition",
       "decomposition",
       "region",
       "",
       {"scale", "composition", "technique"},
       {"scale", "composition", "technique"}},
      {"incidence", "incidence", "name", "component", {"percent_of_gdp"}, {}},
      {"pass-through", "pass_through", "good", "", {"cge_percent", "leontief_percent"}, {"cge", "leontief"}}};
  ASSERT_EQ(seen["rows"].size(), kProbed.size());
  for (const auto& [held, design] : kProbed)
    for (const Source& source : sources)
      expect_shown(seen["rows"][design][source.chart], shown_of(table_named(document, source.table), source, design),
                   std::string(design) + source.chart, source.chart == std::string("incidence") ? "component" : "part");
}

/// Volume of exports from `origin` to the mock's zone, by scenario and good, added up from the table itself.
std::map<std::string, double> exports_to_zone(const RunDocument& document) {
  std::map<std::string, double> sums;
  for (const auto& row : table_named(document, "trade").rows) {
    const auto text = [&](std::size_t c) { return std::get<std::string>(row[c]); };
    if (text(3) != "EUR" || text(2) == "EUR") continue;
    for (const std::string& good : {text(1), std::string("all")})
      for (const std::string& origin : {text(2), std::string("all")})
        sums[text(0) + '/' + good + '/' + origin] += std::get<double>(row[5]);
  }
  return sums;
}

void expect_trade_table(const json& seen) {
  const RunDocument document = test::MockRun().document();
  const auto sums = exports_to_zone(document);
  for (const auto& [held, design] : kProbed) {
    EXPECT_GT(seen["rows"][design]["trade-shifts"].size(), 200U);
    for (const json& row : seen["rows"][design]["trade-shifts"]) {
      const std::string key = '/' + row["good"].get<std::string>() + '/' + row["origin"].get<std::string>();
      const double percent = 100 * (sums.at(design + key) / sums.at("reference" + key) - 1);
      EXPECT_NEAR(row["value"].get<double>(), percent, 1e-4) << design << key;
    }
  }
}

/// The bars of the headline as drawn: widths in proportion to the channels, and each line where its parts add to.
void expect_headline_to_scale(const json& seen) {
  const json& rows = seen["rows"]["cbam_direct"]["leakage-rate"];
  std::vector<double> values, widths;
  double sum = 0;
  for (const json& row : rows) values.push_back(std::abs(row["value"].get<double>()));
  for (const json& bar : seen["bars"]) widths.push_back(bar["width"]);
  ASSERT_EQ(values.size(), widths.size());
  std::sort(values.begin(), values.end());
  std::sort(widths.begin(), widths.end());
  const double scale = widths.back() / values.back();
  for (std::size_t bar = 0; bar < values.size(); ++bar)
    EXPECT_NEAR(widths[bar] - 1e-9, scale * values[bar], 0.6) << bar;
  // Three rows a design, in order; the first bar of all begins at zero.
  const double zero = seen["bars"][0]["x"];
  ASSERT_EQ(seen["totals"].size(), rows.size() / 3);
  for (std::size_t design = 0; design < seen["totals"].size(); ++design) {
    sum = 0;
    for (std::size_t part = 0; part < 3; ++part) sum += rows[3 * design + part]["value"].get<double>();
    EXPECT_NEAR(sum, rows[3 * design]["rate"].get<double>(), 1e-12);
    EXPECT_NEAR(seen["totals"][design].get<double>(), zero + scale * sum, 1.5) << design;
  }
}

void expect_sorting_formats_themes(const json& seen) {
  const test::MockRun mock;
  const auto cells = [&](const char* order) {
    std::vector<double> out;
    for (const json& cell : seen["sorting"][order]["cells"]) out.push_back(std::stod(cell.get<std::string>()));
    return out;
  };
  EXPECT_TRUE(seen["sorting"]["focused"]);
  EXPECT_EQ(seen["sorting"]["ascending"]["state"], "ascending");
  EXPECT_EQ(seen["sorting"]["descending"]["state"], "descending");
  EXPECT_TRUE(std::ranges::is_sorted(cells("ascending")));
  EXPECT_TRUE(std::ranges::is_sorted(cells("descending"), std::greater<>()));
  EXPECT_EQ(cells("ascending").size(), mock.group("price").size());

  for (const json& file : seen["figureFiles"]) {
    EXPECT_EQ(file["name"], file["id"].get<std::string>() + ".csv");
    EXPECT_EQ(file["lines"], file["rows"]) << file;
  }
  EXPECT_EQ(seen["themes"]["light"]["theme"], "light");
  EXPECT_EQ(seen["themes"]["dark"]["theme"], "dark");
  EXPECT_NE(seen["themes"]["light"]["colours"], seen["themes"]["dark"]["colours"]);
  EXPECT_EQ(seen["formats"], (json{"−0.073", "0.000", "0.000", "+12.3", "−27.1 %", "5.1 bn USD", "−0.01 bn USD",
                                   "1.5e−11", "1,234,567", "–", "–"}));
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) out.push_back(field);
  return out;
}

/// To eight significant digits, texts exactly. The mock's texts hold no comma.
bool same_line(const std::string& found, const std::string& expected) {
  const auto a = fields_of(found), b = fields_of(expected);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& x, const std::string& y) {
    if (x == y) return true;
    char* end = nullptr;
    const double wanted = std::strtod(y.c_str(), &end);
    if (y.empty() || *end != 0) return false;
    const double given = std::strtod(x.c_str(), &end);
    return !x.empty() && *end == 0 && std::abs(given - wanted) <= 6e-8 * std::abs(wanted);
  });
}

void expect_downloads(const json& seen) {
  const RunDocument document = test::MockRun().document();
  for (const Table& table : document.tables) {
    ASSERT_TRUE(seen["downloads"].contains(table.name)) << table.name;
    std::istringstream found(seen["downloads"][table.name].get<std::string>()), expected(to_csv(table));
    std::size_t lines = 0;
    for (std::string here, there; std::getline(expected, there); ++lines) {
      ASSERT_TRUE(std::getline(found, here)) << table.name;
      ASSERT_TRUE(same_line(here, there)) << table.name << "\n" << here << "\n" << there;
    }
    EXPECT_EQ(lines, table.rows.size() + 1);
    EXPECT_EQ(found.peek(), std::istringstream::traits_type::eof()) << table.name;
  }
}

void expect_within(const json& seen, int width) {
  ASSERT_TRUE(seen.is_object());
  EXPECT_EQ(seen["width"]["inner"], width);
  EXPECT_LE(seen["width"]["page"], width);
  for (const json& chart : seen["width"]["charts"])
    EXPECT_TRUE(chart["scrolls"] || chart["svg"] <= chart["canvas"]) << width << ' ' << chart;
  for (const json& chart : seen["width"]["charts"]) EXPECT_EQ(chart["clipped"], json::array()) << width << ' ' << chart;
}

/// Designs of each group, no more than a test of one feature needs: every chart is drawn under each of them.
test::MockRun small() {
  test::MockRun mock;
  mock.scenarios = {"reference", "ets_only", "cbam_direct", "cbam_law", "cbam_direct_cap", "cbam_direct_world"};
  return mock;
}

/// The mock with a second zone that nothing leaks from, as when one zone's fall is below the threshold.
RunDocument two_zones() {
  RunDocument document = small().document();
  document.about["zones"] = {{"EU", {{"regions", {"EUR"}}}}, {"UK and Türkiye", {"GBR", "TUR"}}};
  for (auto& scenario : document.summary["scenarios"]) scenario["leakage_rate"]["UK and Türkiye"] = nullptr;
  return document;
}

TEST_F(ReportPage, TakesDocumentsWithLittleInThem) {
  RunDocument bare_summary;
  bare_summary.summary = small().document().summary;
  RunDocument only_reference = small().document();
  only_reference.summary["scenarios"].erase(only_reference.summary["scenarios"].begin() + 1,
                                            only_reference.summary["scenarios"].end());
  for (const json& seen : open_all({RunDocument{}, bare_summary, only_reference, two_zones()}, {1440, 900, "light"})) {
    ASSERT_TRUE(seen.is_object());
    expect_quiet(seen);
    for (const json& chart : seen["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
    EXPECT_THAT(seen["text"].get<std::string>(), Not(HasSubstr("undefined")));
  }
}

/// The pages of `levee mrio`, `levee exposure` and `levee allowances`: their charts are drawn, what belongs to runs is
/// not there.
TEST_F(ReportPage, ShowsAccountsExposureAndAllowances) {
  const Dataset data = read_dataset(LEVEE_SOURCE_DIR "/data/cbam-2011/dataset.yaml");
  InputOutputOptions accounts;
  accounts.carbon_price = 100;
  ExposureOptions exposure;
  exposure.zone = {data.region_index("EUR")};
  exposure.goods = data.sectors_in("cbam");
  const PlantFile plant = read_plant(YamlView::load(LEVEE_SOURCE_DIR "/scenarios/allowances/cement.yaml"));
  const json seen =
      open_all({analysis_page(input_output_document(data, accounts)), analysis_page(exposure_document(data, exposure)),
                analysis_page(allowances_document(plant, "test"))},
               {1440, 900, "light"});
  const std::array<std::set<std::string>, 3> expected = {
      {{"footprints-by-region", "embodied-in-imports"},
       {"trade-relative", "trade-absolute", "economic-relative", "economic-absolute", "exposure-goods"},
       {"allowance-totals", "allowance-shortage", "allowance-cost", "allowance-tonne", "allowance-unit"}}};
  for (std::size_t page = 0; page < expected.size(); ++page) {
    ASSERT_TRUE(seen[page].is_object());
    expect_quiet(seen[page]);
    std::set<std::string> drawn;
    for (const json& chart : seen[page]["width"]["charts"]) drawn.insert(chart["id"]);
    EXPECT_EQ(drawn, expected[page]);
    EXPECT_THAT(seen[page]["text"].get<std::string>(), Not(HasSubstr("undefined")));
  }
}

/// The page of `levee cost`: what it has tables for is drawn, also where firms have neither prices nor green supply.
TEST_F(ReportPage, ShowsBorderCosts) {
  std::vector<RunDocument> pages;
  for (const char* name : {"aluminium", "fertiliser-hydrogen-power"}) {
    const FirmFile file =
        read_firm_file(YamlView::load(fmt::format("{}/scenarios/border-cost/{}.yaml", LEVEE_SOURCE_DIR, name)));
    const CostPath path = cost_path(file);
    pages.push_back(analysis_page(cost_document(file, path, cost_quantiles(file, path), "test")));
  }
  const json seen = open_all(pages, {1440, 900, "light"});
  const std::array<std::set<std::string>, 2> expected = {
      {{"cost-path", "cost-emissions", "cost-profit", "cost-uncertainty", "cost-green"},
       {"cost-path", "cost-emissions", "cost-profit"}}};
  for (std::size_t page = 0; page < expected.size(); ++page) {
    ASSERT_TRUE(seen[page].is_object());
    expect_quiet(seen[page]);
    std::set<std::string> drawn;
    for (const json& chart : seen[page]["width"]["charts"]) drawn.insert(chart["id"]);
    EXPECT_EQ(drawn, expected[page]);
    for (const json& chart : seen[page]["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
    EXPECT_THAT(seen[page]["text"].get<std::string>(), Not(HasSubstr("undefined")));
  }
}

/// A sweep over two keys, one of numbers and one of variants; the reference of a member has its values.
RunDocument swept() {
  test::MockRun mock;
  mock.scenarios.clear();
  for (const char* base : {"reference", "ets_only", "cbam_direct"})
    for (const char* price : {"50", "100", "150"})
      for (const char* variant : {"as_is", "no_tariffs"})
        mock.scenarios.push_back(std::string(base) + "/price=" + price + "/data=" + variant);
  RunDocument document = mock.document();
  std::size_t at = 0;
  for (const char* base : {"reference", "ets_only", "cbam_direct"})
    for (const char* price : {"50", "100", "150"})
      for (const char* variant : {"as_is", "no_tariffs"}) {
        auto& scenario = document.summary["scenarios"][at++];
        scenario["base"] = base;
        scenario["sweep"] = {{"price", price}, {"data", variant}};
      }
  for (Table& table : document.tables)
    for (auto& row : table.rows) {
      const std::string name = std::get<std::string>(row[0]);
      row.back() = "reference" + name.substr(name.find('/'));
    }
  return document;
}

void expect_all_drawn(const json& seen) {
  ASSERT_TRUE(seen.is_object());
  expect_quiet(seen);
  for (const json& chart : seen["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
}

/// Marks of each chart, as last drawn.
std::map<std::string, std::size_t> drawn_in(const json& seen) {
  std::map<std::string, std::size_t> drawn;
  for (const json& chart : seen["charts"]) drawn[chart["id"]] = chart["drawn"];
  return drawn;
}

/// An unsolved scenario, a run without channels, a sweep: opened in one browser.
TEST_F(ReportPage, ShowsUnsolvedUnsplitAndSweptScenariosAsSuch) {
  test::MockRun failed = small(), unsplit = small();
  failed.unsolved = "cbam_law";
  unsplit.channels = false;
  const json pages = open_all({failed.document(), unsplit.document(), swept()}, {1440, 900, "dark"});
  for (const json& seen : pages) ASSERT_NO_FATAL_FAILURE(expect_all_drawn(seen));
  const std::string text = pages[0]["text"];
  EXPECT_THAT(text, HasSubstr("No equilibrium was found for cbam_law (failed)"));
  EXPECT_THAT(text, HasSubstr("not solved (failed)"));
  // Only totals: three designs at the price, two under a cap, two at the world's emissions.
  EXPECT_EQ(drawn_in(pages[1]).at("leakage-rate"), 7U);
  EXPECT_EQ(pages[2]["groups"]["price"].size(), 2U) << "one setting of the parameters at a time";
  const auto drawn = drawn_in(pages[2]);
  EXPECT_EQ(drawn.at("sensitivity-price"), 6U);  // two designs at three prices, the variant as chosen
  EXPECT_EQ(drawn.at("sensitivity-data"), 4U);
  EXPECT_EQ(drawn.at("leakage-rate"), 6U);
}

/// Two designs at every combination of four keys' values: a reader chooses each key's value, not one of 256 settings.
TEST_F(ReportPage, OffersManySettingsKeyByKey) {
  test::MockRun mock = small();
  mock.scenarios = {"reference"};
  RunDocument document = mock.document();
  const nlohmann::ordered_json reference = document.summary["scenarios"][0];
  for (const char* base : {"ets_only", "cbam_direct"}) {
    for (int k = 0; k < 256; ++k) {
      nlohmann::ordered_json entry = reference;
      entry["name"] = fmt::format("{}/{}", base, k);
      entry["base"] = base;
      entry["reference"] = "reference";
      entry["held"] = {{"EU", "price"}};
      entry["leakage_rate"] = {{"EU", 0.1 + 0.0001 * k}};
      for (int key = 0; key < 4; ++key) entry["sweep"][fmt::format("key{}", key)] = std::to_string(k >> (2 * key) & 3);
      document.summary["scenarios"].push_back(entry);
    }
  }
  const json seen = open(document, {1440, 900, "light"});
  ASSERT_NO_FATAL_FAILURE(expect_all_drawn(seen));
  EXPECT_EQ(seen["groups"]["price"].size(), 2U) << "one setting at a time";
  const std::string text = seen["text"];
  for (const char* key : {"key0", "key1", "key2", "key3"}) EXPECT_THAT(text, HasSubstr(key));
  EXPECT_THAT(text, Not(HasSubstr("Parameters"))) << "not one list of 256";
}

/// A ranking as the page should show it: for each place the rank and the scenario, by the first ranked indicator.
using Places = std::vector<std::pair<std::string, std::string>>;

Places places_of(const RunComparison& comparison, std::size_t group) {
  Places out;
  for (const Ranking& ranking : comparison.rankings) {
    if (ranking.group != group || indicators()[ranking.indicator].name != std::string("leakage_rate")) continue;
    for (const Ranking::Place& place : ranking.places)
      out.emplace_back(std::to_string(place.rank), comparison.scenarios[place.scenario].name);
  }
  std::ranges::sort(out);
  return out;
}

/// Two runs of the same designs, compared; `assumption` is the second's where it is to be of another world.
struct ComparedRuns {
  std::vector<NamedRun> runs;
  std::vector<ChosenScenario> chosen;
  RunComparison comparison;

  explicit ComparedRuns(const std::string& assumption = "") {
    const test::SmallRunFolder run(test::some_designs());
    runs = {run.named("one"), run.named("two")};
    if (!assumption.empty()) runs[1].document.about["assumptions"] = {assumption};
    chosen = choose_scenarios(runs, {});
    comparison = compare_runs(runs, chosen);
  }
  RunDocument document() const { return comparison_document(comparison, runs, chosen, "0.1.0"); }
};

void expect_rankings(const json& shown, const RunComparison& comparison) {
  ASSERT_EQ(shown.size(), comparison.groups.size());
  for (std::size_t group = 0; group < shown.size(); ++group) {
    const json& ranking = shown[group];
    EXPECT_EQ(ranking["title"], "Ranked at " + comparison.groups[group].name);
    Places places;
    for (const json& row : ranking["rows"]) places.emplace_back(row[1], row[0]);
    EXPECT_TRUE(std::ranges::is_sorted(places, {}, &Places::value_type::first)) << ranking;
    std::ranges::sort(places);
    EXPECT_EQ(places, places_of(comparison, group)) << ranking;
    const bool world = ranking["head"].dump().find("World welfare") != std::string::npos;
    EXPECT_EQ(world, comparison.groups[group].same_world_emissions) << ranking;
  }
}

TEST_F(ReportPage, AComparisonShowsTheRankingsOfEachGroup) {
  const ComparedRuns alike, unlike("Other data.");
  EXPECT_EQ(alike.comparison.groups.size(), 3U);
  EXPECT_EQ(unlike.comparison.groups.size(), 6U);
  const json pages = open_all({alike.document(), unlike.document()}, {1440, 900, "light"});
  for (const ComparedRuns* compared : {&alike, &unlike}) {
    const json& seen = pages[compared == &alike ? 0 : 1];
    ASSERT_TRUE(seen.is_object());
    expect_quiet(seen);
    expect_within(seen, 1440);
    EXPECT_EQ(seen["title"], "Comparison: one, two");
    expect_rankings(seen["rankings"], compared->comparison);
    for (const json& chart : seen["charts"])
      if (chart["id"] == "world-welfare") {
        EXPECT_EQ(chart["drawn"], compared == &alike ? 4 : 2) << "only designs of one world are ranked";
      }
  }
}

TEST_F(ReportPage, SaysSoWhereTheBrowserCannotUnpackIt) {
  const json seen = open(test::MockRun().document(), {1440, 900, "light", "", "delete window.DecompressionStream;"});
  ASSERT_TRUE(seen.is_object());
  EXPECT_EQ(seen["errors"], json::array());
  EXPECT_THAT(seen["text"].get<std::string>(), HasSubstr("This browser cannot unpack the page's figures"));
}

/// One page, opened once: each check says what it is about.
TEST_F(ReportPage, OnADesk) {
  const json seen = open(test::MockRun().document(), {1440, 900, "light"});
  ASSERT_TRUE(seen.is_object()) << "the page did not finish";
  const auto check = [&](const char* about, void (*expect)(const json&)) {
    SCOPED_TRACE(about);
    expect(seen);
  };
  check("draws every chart with all its data and without error", expect_every_chart);
  check("only equal world emissions are ranked by world welfare", expect_world_welfare_ranked_at_equal_emissions_only);
  check("charts show the figures of the tables", expect_figures_of_tables);
  check("the trade matrix shows the trade table", expect_trade_table);
  check("the headline is drawn to scale", expect_headline_to_scale);
  check("sorts, formats and changes theme", expect_sorting_formats_themes);
  check("downloads the tables of the run", expect_downloads);
  check("holds its layout", [](const json& page) { expect_within(page, 1440); });
}

TEST_F(ReportPage, OnAPhone) {
  test::MockRun mock = small();
  mock.scenarios.emplace_back("cbam_indirect_world");  // the longest name
  const json seen = open(mock.document(), {380, 800, "light"});
  expect_within(seen, 380);
  expect_quiet(seen);
}

TEST_F(ReportPage, LeavesPictures) {
  const std::string page = html_report(test::MockRun().document());
  for (const char* theme : {"light", "dark"}) {
    screenshot(page, {1440, 11500, theme, "price"}, std::string("1440-") + theme);
    screenshot(page, {380, 14500, theme, "world"}, std::string("380-") + theme);
  }
  print(page, {1440, 900, "light", "price"}, "print");
}

}  // namespace
}  // namespace levee
