// `levee cost` through the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string shipped = LEVEE_SOURCE_DIR "/scenarios/border-cost/";

std::string firm_file(const std::string& firms, const std::string& more = "") {
  return "cost: mine\nrules: " LEVEE_SOURCE_DIR "/data/rules/eu-cbam/rules.yaml\nyears: [2026, 2034]\n" + more +
         "prices: {certificate: {2026: 75.36, later: 80}}\nfirms:\n" + firms;
}

const std::string smelter =
    "  smelter: {cn: 7601, route: K, origin: China, emissions: {direct: 1.7, indirect: 11.3}, tonnes: 1000, price: "
    "2500}\n";

const Json& row(const Json& cost, const std::string& firm, int year) {
  for (const Json& one : cost["rows"]) {
    if (one["firm"] == firm && one["year"] == year) return one;
  }
  throw std::logic_error("no such row");
}

/// The line of "FILE:LINE".
std::string line_of(const std::string& place) {
  const std::size_t colon = place.rfind(':');
  std::ifstream stream(place.substr(0, colon));
  std::string line;
  for (int k = std::stoi(place.substr(colon + 1)); k > 0; --k) std::getline(stream, line);
  return line;
}

TEST(Cost, EveryShippedFileSaysWhatATonneCosts) {
  const Workspace folder;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shipped)) {
    const Ran ran = folder.levee({"cost", entry.path().string()});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("EUR/t"), HasSubstr("break-even price"), HasSubstr("Total charge"))) << entry;
    EXPECT_THAT(ran.out, Not(HasSubstr("nan"))) << entry;
    EXPECT_EQ(folder.levee({"check", entry.path().string()}).status, 0) << entry;
    ++files;
  }
  EXPECT_GE(files, 4);
}

/// The same figures on the terminal, in JSON and in CSV.
TEST(Cost, FiguresAreTheSameInEveryForm) {
  const Workspace folder;
  folder.write("firm.yaml", firm_file(smelter));
  const Ran text = folder.levee({"cost", "firm.yaml"});
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("23.56"), HasSubstr("136.00")));
  const Json cost = Json::parse(folder.levee({"cost", "firm.yaml", "--json"}).out);
  EXPECT_EQ(cost["kind"], "cost");
  EXPECT_NEAR(row(cost, "smelter", 2026)["charge"].get<double>(), 23.55, 0.01);
  EXPECT_TRUE(row(cost, "smelter", 2026)["profit"].is_null()) << "no production cost is given";
  const Ran csv = folder.levee({"cost", "firm.yaml", "--csv"});
  const CsvTable table(csv.out);
  const auto found = table.find({{"firm", "smelter"}, {"year", "2034"}, {"quantity", "charge"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(std::stod(table.rows[found[0]][table.column("value")]), 136, 1e-9);
  EXPECT_EQ(table.rows[found[0]][table.column("unit")], "EUR/t");
  EXPECT_THAT(folder.levee({"cost", "firm.yaml", "--quiet"}).out, IsEmpty());
}

TEST(Cost, FolderHoldsTablesSourcesAndAPage) {
  const Workspace folder;
  const Ran ran = folder.levee({"cost", shipped + "aluminium.yaml", "--out", "out", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(folder.read("out/report.html"), HasSubstr("What a tonne costs at the border"));
  const CsvTable looked_up(folder.read("out/tables/looked_up.csv"));
  // Each place is the row that holds the figure and cites the source.
  int benchmarks = 0;
  for (const std::size_t one : looked_up.find({{"what", "benchmark"}})) {
    const auto cell = [&](const char* name) { return looked_up.rows[one][looked_up.column(name)]; };
    const std::string place = cell("place");
    EXPECT_THAT(line_of(place), AllOf(HasSubstr("," + cell("value")), HasSubstr("," + cell("source") + ","))) << place;
    ++benchmarks;
  }
  EXPECT_GT(benchmarks, 0);
  for (const char* name : {"border_cost", "importers", "green_supply", "uncertainty"}) {
    const CsvTable table(folder.read(std::string("out/tables/") + name + ".csv"));
    EXPECT_GT(table.rows.size(), 10U) << name;
    for (std::size_t k = 1; k < table.rows.size(); ++k)
      EXPECT_FALSE(table.rows[k][table.column("unit")].empty()) << name;
  }
  const std::string first = folder.read("out/cost.json"), drawn = folder.read("out/tables/uncertainty.csv");
  EXPECT_EQ(folder.levee({"cost", shipped + "aluminium.yaml", "--out", "out", "--quiet"}).status, 1) << "needs --force";
  ASSERT_EQ(folder.levee({"cost", shipped + "aluminium.yaml", "--out", "out", "--force", "--quiet"}).status, 0);
  EXPECT_EQ(folder.read("out/cost.json"), first);
  EXPECT_EQ(folder.read("out/tables/uncertainty.csv"), drawn);
}

/// Each fault at its place, all at once, and nothing is written.
TEST(Cost, BadInputIsLocatedAndWritesNothing) {
  const Workspace folder;
  folder.write(
      "firm.yaml",
      firm_file(
          "  a: {cn: 9999, origin: China, emissions: default}\n"
          "  b: {cn: 7601, route: K, origin: Chnia, emissions: {direct: 1}}\n"
          "  c: {cn: 7601, route: K, origin: China, emissions: {direct: 1}, tonnes: -1}\n"
          "  d: {cn: 7601, route: K, origin: China, emissions: {direct: 1}, currency: CNY}\n"
          "  e: {cn: 7601, route: K, origin: China, emissions: {direct: 1}, tonns: 1}\n"
          "  f: {cn: 7206, route: C, origin: China, emissions: {direct: 1}, precursors: [{firm: g, tonnes: 1}]}\n"));
  const Ran ran = folder.levee({"cost", "firm.yaml", "--out", "out"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("firm.yaml:6:11: "), HasSubstr("9999"), HasSubstr("did you mean 'China'"),
                    HasSubstr("firm.yaml:8:"), HasSubstr("not negative"), HasSubstr("there is no rate of CNY in EUR"),
                    HasSubstr("did you mean 'tonnes'"), HasSubstr("missing precursor: there is no firm 'g'")));
}

TEST(Cost, FaultsThatShowOnlyInTheRules) {
  const Workspace folder;
  const auto said = [&](const std::string& firms, const std::string& more = "") {
    folder.write("firm.yaml", firm_file(firms, more));
    const Ran ran = folder.levee({"cost", "firm.yaml"});
    EXPECT_EQ(ran.status, 1) << firms;
    EXPECT_THAT(ran.err, HasSubstr("firm.yaml:")) << firms;
    return ran.err;
  };
  EXPECT_THAT(said("  a: {cn: 7601, route: Z, origin: China, emissions: {direct: 1}}\n"), HasSubstr("Z"));
  EXPECT_THAT(said("  a: {cn: 7601, origin: China, emissions: {direct: 1}}\n"), AllOf(HasSubstr("K"), HasSubstr("L")));
  EXPECT_THAT(said("  a: {cn: 7204, origin: China, emissions: {direct: 1}}\n"), HasSubstr("7204"));
  EXPECT_THAT(said("  a: {cn: 25232900, origin: China, emissions: {direct: 1}}\n"), HasSubstr("has no precursors"));
  EXPECT_THAT(said(smelter, "currency: CNY\n"), HasSubstr("there is no rate of EUR in CNY"));
  folder.write("firm.yaml", "cost: a\nrules: rule.yaml\nyears: 2026\nfirms: {}\n");
  EXPECT_THAT(folder.levee({"cost", "firm.yaml"}).err, HasSubstr("firm.yaml:2:8: cannot read 'rule.yaml'"));
  folder.write("firm.yaml",
               "cost: a\nrules: " LEVEE_SOURCE_DIR "/data/rules/eu-cbam/rules.yaml\nyears: 2025\nfirms:\n" + smelter);
  EXPECT_THAT(folder.levee({"cost", "firm.yaml"}).err, AllOf(HasSubstr("firm.yaml:3:8: "), HasSubstr("2025")));
}

}  // namespace
}  // namespace levee::testing
