#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "report/assets.hpp"
#include "report/html_report.hpp"
#include "report/packed_text.hpp"
#include "tests/unit/report_mock.hpp"
#include "tests/unit/report_unpacked.hpp"

namespace levee {
namespace {

using test::data_of;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(HtmlReport, IsSmallAndWholeForTheDefaultStudy) {
  const std::string page = html_report(test::MockRun().document());
  EXPECT_LT(page.size(), 3'000'000U);
  EXPECT_THAT(page, Not(HasSubstr("{{asset")));
  EXPECT_EQ(count(page, "<script"), count(page, "</script>"));
  const nlohmann::json data = data_of(page);
  EXPECT_EQ(data["summary"]["scenarios"].size(), 17U);
  for (const auto& table : data["tables"]) EXPECT_FALSE(table.contains("omitted")) << table["name"];
}

TEST(HtmlReport, SaysWhatToDoWhereItCannotBeDrawn) {
  const std::string page = html_report(test::MockRun().document());
  EXPECT_THAT(page, HasSubstr("<noscript><p class=\"notice\">This page draws its charts and tables in the browser"));
  EXPECT_THAT(page, HasSubstr("id=\"loading\">Unpacking the figures. If this stays"));
}

TEST(HtmlReport, FetchesNothing) {
  const std::string page = html_report(test::MockRun().document());
  // What may name an address: XML namespaces, the libraries' and licences' own mention of their sites, the text of a
  // citation.
  const std::regex allowed("https?://(www\\.w3\\.org/|d3js\\.org|unlicense\\.org|github\\.com/mikolalysenko)");
  for (std::size_t at = page.find("http"); at != std::string::npos; at = page.find("http", at + 1)) {
    const std::string address = page.substr(at, 60);
    if (address.rfind("http://", 0) != 0 && address.rfind("https://", 0) != 0) continue;
    EXPECT_TRUE(std::regex_search(address, allowed, std::regex_constants::match_continuous)) << address;
  }
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* loader : {"<link", "<img", "<iframe", " src=\"", "@import", "url(http", "sourceMappingURL"})
    EXPECT_THAT(page, Not(HasSubstr(loader))) << loader;
}

TEST(HtmlReport, TextCannotBreakOutOfTheData) {
  RunDocument document = test::MockRun().document();
  const std::string attack = "</script><script>alert(1)</script><!--";
  document.about["title"] = attack;
  document.tables.push_back({"odd", {"<b>"}, {{attack}, {std::string("x")}}});
  const std::string page = html_report(document);
  EXPECT_THAT(page, Not(HasSubstr(attack)));
  EXPECT_THAT(page, HasSubstr("<title>&lt;/script&gt;"));
  EXPECT_EQ(count(page, "<script"), count(page, "</script>"));
  EXPECT_EQ(data_of(page)["about"]["title"], attack);
}

TEST(HtmlReport, ShowsFiguresNotLogs) {
  const nlohmann::json run = data_of(html_report(test::MockRun().document()))["run"];
  EXPECT_TRUE(run["log"].is_null());
  EXPECT_EQ(run["version"], "0.1.0");
}

TEST(HtmlReport, StaysBelowTheLimitForAHugeRun) {
  RunDocument document = test::MockRun().document();
  Table& trade = document.tables[4];
  const auto rows = trade.rows;
  for (int copy = 0; copy < 12; ++copy) trade.rows.insert(trade.rows.end(), rows.begin(), rows.end());
  const std::string page = html_report(document);
  EXPECT_LT(page.size(), 3'000'000U);
  const nlohmann::json data = data_of(page);
  EXPECT_TRUE(data["tables"][4].value("omitted", false));
}

/// What the page has of every scenario must be short then, and large tables are not even read.
TEST(HtmlReport, StaysBelowTheLimitForManyScenarios) {
  test::MockRun mock;
  mock.scenarios = {"reference"};
  for (int k = 0; k < 500; ++k) mock.scenarios.push_back("cbam_direct/member=" + std::to_string(k));
  RunDocument document = mock.document();
  const Table trade = document.tables[4];
  document.tables.erase(document.tables.begin() + 4);
  const std::string page = html_report(document, {{trade.name, trade.columns, trade.rows.size()}});
  EXPECT_LT(page.size(), 3'000'000U);
  const nlohmann::json data = data_of(page);
  ASSERT_EQ(data["summary"]["scenarios"].size(), 501U);
  const nlohmann::json &shown = data["summary"]["scenarios"][7], &given = document.summary["scenarios"][7];
  EXPECT_NEAR(shown["leakage_rate"]["EU"].get<double>() / given["leakage_rate"]["EU"].get<double>(), 1, 1e-5);
  EXPECT_EQ(shown["exports_to_zone_percent"]["EU"].size(), given["exports_to_zone_percent"]["EU"].size())
      << "they tell the members of the zone";
  EXPECT_TRUE(shown["exports_to_zone_percent"]["EU"]["CHN"].empty());
  const nlohmann::json& last = data["tables"].back();
  EXPECT_EQ(last["name"], "trade");
  EXPECT_TRUE(last["omitted"].get<bool>());
  EXPECT_EQ(last["rows"], trade.rows.size());
}

TEST(PackedText, ReadsBack) {
  std::string text;
  for (int line = 0; line < 400'000; ++line) text += std::to_string(line * 2654435761U) + '\n';  // more than a piece
  for (const std::string& some : {std::string(), std::string("a"), std::string("ab"), std::string("abc"), text}) {
    EXPECT_EQ(test::gunzip(gzip(some)), some);
    EXPECT_EQ(test::from_base64(base64(some)), some);
    EXPECT_EQ(base64(some).size(), base64_size(some.size()));
  }
  EXPECT_EQ(base64("levee"), "bGV2ZWU=");
  EXPECT_EQ(gzip(text), gzip(text));
  EXPECT_LT(gzip(text).size(), text.size() / 2);
}

TEST(HtmlReport, TakesADocumentWithNothingInIt) { EXPECT_THAT(html_report({}), HasSubstr("<title>run</title>")); }

TEST(ReportAssets, AreInlinedUnchanged) {
  EXPECT_THAT(asset_text("vendor/plot.umd.min.js"), HasSubstr("@observablehq/plot v"));
  EXPECT_THAT(asset_text("vendor/d3.min.js"), HasSubstr("Mike Bostock"));
  EXPECT_THROW(asset_text("no such asset"), std::logic_error);
  for (const Asset& asset : assets()) {
    if (!asset.name.ends_with(".js")) continue;
    EXPECT_THAT(asset_text(asset.name), Not(HasSubstr("</script"))) << asset.name;
  }
}

}  // namespace
}  // namespace levee
