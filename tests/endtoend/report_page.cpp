// Opens a report in headless Chromium and checks what the browser made of it. The only thing skipped is a machine
// without Chromium.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "report/csv_writer.hpp"
#include "report/html_report.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::string chromium() {
  if (const char* given = std::getenv("LEVEE_CHROMIUM")) return given;
  std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
      if (const fs::path path = fs::path(folder) / name; ::access(path.c_str(), X_OK) == 0) return path.string();
  return "";
}

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 65536> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  ::pclose(pipe);
  return out;
}

void replace_once(std::string& text, const std::string& what, const std::string& with) {
  const std::size_t at = text.rfind(what);
  ASSERT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), with);
}

/// The report with the probe in it: the trap for errors before anything of the page, the probe after everything.
std::string probed(const RunDocument& document, const std::string& theme) {
  constexpr const char* trap =
      "<head><script>window.probeErrors = [];"
      "const note = (what) => window.probeErrors.push(String(what));"
      "window.addEventListener('error', (e) => note(e.message));"
      "window.addEventListener('unhandledrejection', (e) => note(e.reason));"
      "document.addEventListener('securitypolicyviolation', (e) => note(`blocked: ${e.blockedURI} "
      "${e.violatedDirective}`));"
      "for (const kind of ['error', 'warn']) console[kind] = (...all) => note(`${kind}: ${all.join(' ')}`);";
  std::string page = html_report(document);
  const std::size_t head = page.find("<head>");
  page.replace(head, 6, std::string(trap) + "window.probeTheme = '" + theme + "';</script>");
  replace_once(page, "</body>",
               "<script>" + read(LEVEE_SOURCE_DIR "/tests/endtoend/report_probe.js") + "</script></body>");
  return page;
}

/// Kept after the test, to be looked at.
fs::path artefacts() {
  const char* given = std::getenv("LEVEE_TEST_ARTEFACTS");
  const fs::path folder = (given ? fs::path(given) : fs::current_path() / "artefacts") / "report";
  fs::create_directories(folder);
  return folder;
}

struct View {
  int width;
  int height;
  std::string theme;
};

constexpr int kLeastWindow = 500;

class ReportPage : public ::testing::Test {
 protected:
  void SetUp() override {
    browser = chromium();
    if (browser.empty())
      GTEST_SKIP() << "no Chromium found (apt-get install chromium, or set LEVEE_CHROMIUM): page not checked";
    std::string pattern = (fs::temp_directory_path() / "levee-report-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    work = pattern;
  }
  void TearDown() override {
    std::error_code ignored;  // a browser still closing may hold a file
    if (!work.empty()) fs::remove_all(work, ignored);
  }

  std::string run_browser(const View& view, const std::string& action, const fs::path& page) const {
    return output_of(
        "timeout 120 '" + browser + "' --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run" +
        " --user-data-dir='" + (work / "profile").string() +
        "' --virtual-time-budget=6000 --window-size=" + std::to_string(std::max(view.width, kLeastWindow)) + "," +
        std::to_string(view.height) + " " + action + " 'file://" + page.string() + "' 2>/dev/null");
  }

  /// Writes the page and a frame around it: a browser window has a least width, a frame in it has not. What the probe
  /// saw goes into a hidden element of the outer page.
  fs::path framed(const RunDocument& document, const View& view) const {
    std::ofstream(work / "page.html", std::ios::binary) << probed(document, view.theme);
    std::ofstream(work / "frame.html")
        << "<!doctype html><meta charset=utf-8><body style='margin:0'><iframe src=page.html width=" << view.width
        << " height=" << view.height
        << " style='border:0;display:block'></iframe><script>onmessage = (event) => {"
           "const text = event.data.replace(/[<>&\\u0080-\\uffff]/g, (c) => "
           "'\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));"
           "const node = document.createElement('pre'); node.id = 'probe'; node.hidden = true;"
           "node.textContent = text; document.body.append(node); };</script>";
    return work / "frame.html";
  }

  /// What the probe saw, null when it did not finish.
  json open(const RunDocument& document, const View& view) const {
    const std::string dom = run_browser(view, "--dump-dom", framed(document, view));
    const std::string mark = "<pre id=\"probe\" hidden=\"\">";
    const std::size_t from = dom.find(mark);
    if (from == std::string::npos) return nullptr;
    return json::parse(dom.substr(from + mark.size(), dom.find("</pre>", from) - from - mark.size()));
  }

  /// The default mock on a desk, opened once for all the tests that look at it.
  const json& desk() const {
    static const json seen = open(test::MockRun().document(), {1440, 900, "light"});
    return seen;
  }

  void screenshot(const RunDocument& document, const View& view, const std::string& name) const {
    const fs::path picture = artefacts() / (name + ".png");
    fs::remove(picture);
    run_browser(view, "--screenshot='" + picture.string() + "'", framed(document, view));
    EXPECT_TRUE(fs::exists(picture) && fs::file_size(picture) > 50'000) << picture;
  }

  std::string browser;
  fs::path work;
};

void expect_quiet(const json& seen) {
  EXPECT_EQ(seen["errors"], json::array());
  EXPECT_EQ(seen["requests"], json::array());
  EXPECT_EQ(seen["faults"], json::array());
}

/// Marks expected of each chart under a design, counted from the document and not from the page.
std::map<std::string, std::size_t> expected_marks(const test::MockRun& mock, bool has_border) {
  const std::size_t designs = mock.scenarios.size() - 1;
  const std::size_t places = mock.regions.size() + 1;
  return {{"leakage-rate", designs},
          {"leakage-origin", mock.regions.size() - 1},
          {"leakage-good", mock.sectors.size() + 1},
          {"emissions", places},
          {"welfare", designs * places},
          {"trade-shifts", (mock.sectors.size() + 1) * mock.regions.size()},
          {"output", 2 * mock.sectors.size()},
          {"revenue", 3 * designs + 1},
          {"cbam-origin", has_border ? mock.goods.size() * (mock.regions.size() - 1) : 0}};
}

TEST_F(ReportPage, DrawsEveryChartWithAllItsDataAndWithoutError) {
  test::MockRun mock;
  const json& seen = desk();
  ASSERT_TRUE(seen.is_object()) << "the page did not finish";
  expect_quiet(seen);
  ASSERT_EQ(seen["charts"].size(), 9 * (mock.scenarios.size() - 1));
  for (const json& chart : seen["charts"]) {
    const std::string design = chart["design"];
    const auto marks = expected_marks(mock, design.rfind("cbam", 0) == 0);
    ASSERT_TRUE(marks.count(chart["id"])) << chart;
    EXPECT_EQ(chart["drawn"], marks.at(chart["id"])) << chart;
    EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
  }
}

const Table& table_named(const RunDocument& document, const std::string& name) {
  return *std::find_if(document.tables.begin(), document.tables.end(), [&](const Table& t) { return t.name == name; });
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

TEST_F(ReportPage, ChartsShowTheFiguresOfTheTables) {
  test::MockRun mock;
  const RunDocument document = mock.document();
  const json& seen = desk();
  ASSERT_TRUE(seen.is_object());
  const json& scenarios = document.summary["scenarios"];
  double first = 0;
  for (std::size_t s = 1; s < scenarios.size(); ++s) {
    const double rate = scenarios[s]["leakage_rate"]["EU"];
    if (s == 1) first = rate;
    EXPECT_EQ(seen["rows"]["leakage"][s - 1]["value"], rate);
    EXPECT_NEAR(seen["bars"][s - 1].get<double>() / seen["bars"][0].get<double>(), rate / first, 1e-3);
  }
  const auto sums = exports_to_zone(document);
  for (const auto& [design, rows] : seen["rows"]["trade"].items()) {
    for (const json& row : rows) {
      const std::string key = '/' + row["good"].get<std::string>() + '/' + row["origin"].get<std::string>();
      const double percent = 100 * (sums.at(design + key) / sums.at("reference" + key) - 1);
      EXPECT_NEAR(row["value"].get<double>(), percent, 1e-4) << design << key;
    }
  }
}

TEST_F(ReportPage, SortsDownloadsFormatsAndChangesTheme) {
  test::MockRun mock;
  const RunDocument document = mock.document();
  const json& seen = desk();
  ASSERT_TRUE(seen.is_object());
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
  EXPECT_EQ(cells("ascending").size(), mock.scenarios.size() - 1);

  for (const Table& table : document.tables) {
    const std::string csv = seen["downloads"][table.name];
    EXPECT_EQ(std::ranges::count(csv, '\n'), static_cast<long>(table.rows.size()) + 1) << table.name;
    const std::string whole = to_csv(table);
    EXPECT_EQ(csv.substr(0, csv.find('\n')), whole.substr(0, whole.find('\n')));
  }
  EXPECT_EQ(seen["themes"]["light"]["theme"], "light");
  EXPECT_EQ(seen["themes"]["dark"]["theme"], "dark");
  EXPECT_NE(seen["themes"]["light"]["colours"], seen["themes"]["dark"]["colours"]);
  EXPECT_EQ(seen["formats"], (json{"−0.073", "0.000", "0.000", "+12.3", "−27.1 %", "5.1 bn USD", "−0.01 bn USD",
                                   "1.5e−11", "1,234,567", "–", "–"}));
}

TEST_F(ReportPage, ShowsAnUnsolvedScenarioAsSuch) {
  test::MockRun mock;
  mock.unsolved = "cbam_law";
  mock.channels = true;
  const json seen = open(mock.document(), {1440, 900, "dark"});
  ASSERT_TRUE(seen.is_object());
  expect_quiet(seen);
  for (const json& chart : seen["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
  EXPECT_THAT(seen["text"].get<std::string>(), HasSubstr("No equilibrium was found for cbam_law (failed)"));
  EXPECT_THAT(seen["text"].get<std::string>(), HasSubstr("not solved (failed)"));
}

/// The mock with a second zone that nothing leaks from, as when one zone's fall is below the threshold.
RunDocument two_zones() {
  RunDocument document = test::MockRun().document();
  document.about["zones"] = {{"EU", {{"regions", {"EUR"}}}}, {"UK and Türkiye", {"GBR", "TUR"}}};
  for (auto& scenario : document.summary["scenarios"]) scenario["leakage_rate"]["UK and Türkiye"] = nullptr;
  return document;
}

TEST_F(ReportPage, TakesDocumentsWithLittleInThem) {
  RunDocument bare_summary;
  bare_summary.summary = test::MockRun().document().summary;
  RunDocument only_reference = test::MockRun().document();
  only_reference.summary["scenarios"].erase(only_reference.summary["scenarios"].begin() + 1,
                                            only_reference.summary["scenarios"].end());
  for (const RunDocument& document : {RunDocument{}, bare_summary, only_reference, two_zones()}) {
    const json seen = open(document, {1440, 900, "light"});
    ASSERT_TRUE(seen.is_object());
    expect_quiet(seen);
    for (const json& chart : seen["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
    EXPECT_THAT(seen["text"].get<std::string>(), Not(HasSubstr("undefined")));
  }
}

TEST_F(ReportPage, ManyDesignsAndManyRowsStillDraw) {
  test::MockRun mock;
  for (const char* name :
       {"free_cap", "direct_cap", "indirect_cap", "full_cap", "law_cap", "direct_world", "full_world"})
    mock.scenarios.push_back(std::string("cbam_") + name);
  const RunDocument document = mock.document();
  EXPECT_LT(html_report(document).size(), 3'000'000U);
  const json seen = open(document, {1440, 900, "light"});
  ASSERT_TRUE(seen.is_object());
  expect_quiet(seen);
  for (const json& chart : seen["charts"]) EXPECT_EQ(chart["expected"], chart["drawn"]) << chart;
}

void expect_within(const json& seen, int width) {
  ASSERT_TRUE(seen.is_object());
  EXPECT_EQ(seen["width"]["inner"], width);
  EXPECT_LE(seen["width"]["page"], width);
  for (const json& chart : seen["width"]["charts"])
    EXPECT_TRUE(chart["scrolls"] || chart["svg"] <= chart["canvas"]) << width << ' ' << chart;
}

TEST_F(ReportPage, HoldsItsLayoutOnPhoneAndDesk) {
  expect_within(desk(), 1440);
  const json seen = open(test::MockRun().document(), {380, 800, "light"});
  expect_within(seen, 380);
  expect_quiet(seen);
}

TEST_F(ReportPage, LeavesPictures) {
  const RunDocument document = test::MockRun().document();
  for (const char* theme : {"light", "dark"}) {
    screenshot(document, {1440, 7400, theme}, std::string("1440-") + theme);
    screenshot(document, {380, 9400, theme}, std::string("380-") + theme);
  }
}

}  // namespace
}  // namespace levee
