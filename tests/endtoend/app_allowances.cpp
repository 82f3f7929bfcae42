// `levee allowances`: what it prints and writes of a plant, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Output 100 of 0.9 t each at a price of 50, then 60.
const std::string works = R"(allowances: Works
unit: t
currency: CNY
years: {from: 2025, to: 2026}
output: 100
intensity: 0.9
price: {2025: 50, 2026: 60}
discount_rate: 0.25
methods:
  past: {method: grandfathering, base_years: [2023], share: 0.8}
  output: {method: output_based, benchmark: 0.8}
  band: {method: intensity_based, balance: 0.8, cap: 0.1}
)";

TEST(AllowancesVerb, MethodsStandSideBySide) {
  const Workspace folder;
  folder.write("works.yaml", works);
  const Ran ran = folder.levee({"allowances", "works.yaml"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  // 90 t are emitted in each year; a shortage of 18, 10 and 9 t.
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("past    grandfathering         180         144        36  1980          1764"),
                    HasSubstr("output  output_based           180         160        20  1100           980"),
                    HasSubstr("band    intensity_based        180         162        18   990           882")));
}

TEST(AllowancesVerb, JsonAndCsvSayTheSame) {
  const Workspace folder;
  folder.write("works.yaml", works);
  const Json json = Json::parse(folder.levee({"allowances", "works.yaml", "--json"}).out);
  EXPECT_EQ(json["kind"], "allowances");
  EXPECT_EQ(json["units"]["money"], "CNY");
  const Json& output = json["methods"][1];
  EXPECT_EQ(output["method"], "output");
  EXPECT_NEAR(output["cost"].get<double>(), 1100, 1e-9);
  EXPECT_NEAR(output["years"][0]["tonne_abated"].get<double>(), 50, 1e-9);
  EXPECT_NEAR(output["years"][0]["unit_net"].get<double>(), 5, 1e-9);
  EXPECT_TRUE(output["years"][0]["abatement_gain"].is_null());
  const Ran csv = folder.levee({"allowances", "works.yaml", "--csv"});
  EXPECT_THAT(csv.out, AllOf(StartsWith("method,rule,year,measure,value,unit\n"),
                             HasSubstr("output,output_based,2026,price,60,CNY/tCO2e\n")));
}

TEST(AllowancesVerb, WritesAFolderWithAPage) {
  const Workspace folder;
  folder.write("works.yaml", works);
  const Ran ran = folder.levee({"allowances", "works.yaml", "--out", "out", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  for (const char* file : {"allowances.json", "report.html", "tables/allowances.csv", "tables/allowance_totals.csv",
                           "tables/allowance_prices.csv", "tables/allowance_benchmarks.csv"})
    EXPECT_TRUE(std::filesystem::exists(folder.path(std::string("out/") + file))) << file;
  EXPECT_EQ(folder.read("out/allowances.json"), folder.levee({"allowances", "works.yaml", "--json"}).out);
  EXPECT_EQ(folder.levee({"allowances", "works.yaml", "--out", "out"}).status, 1);
  EXPECT_EQ(folder.levee({"allowances", "works.yaml", "--out", "out", "--force", "--quiet"}).status, 0);
}

TEST(AllowancesVerb, BadInputIsLocatedAndNothingIsWritten) {
  const Workspace folder;
  folder.write("works.yaml", works);
  folder.edit("works.yaml", "base_years: [2023]", "base_years: [2027]");
  folder.edit("works.yaml", "benchmark: 0.8", "benchmark: -0.8");
  const Ran ran = folder.levee({"allowances", "works.yaml", "--out", "out"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(messages(ran.err), ElementsAre(AllOf(HasSubstr("works.yaml:10:47: "), HasSubstr("2027 comes after 2025")),
                                             AllOf(HasSubstr("works.yaml:11:45: "), HasSubstr("-0.8 is below 0"))));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
}

TEST(AllowancesVerb, CheckKnowsPlants) {
  const Workspace folder;
  folder.write("works.yaml", works);
  const Ran ran = folder.levee({"check", "works.yaml"});
  EXPECT_EQ(ran.out,
            "plant 'Works': 2025 to 2026, output in t, money in CNY\n"
            "  past: grandfathering\n  output: output_based\n  band: intensity_based\n");
}

TEST(AllowancesVerb, TheShippedPlantsRun) {
  const Workspace folder;
  for (const char* name : {"aluminium", "cement", "power", "steel"}) {
    const std::string path = std::string(LEVEE_SOURCE_DIR) + "/scenarios/allowances/" + name + ".yaml";
    const Ran ran = folder.levee({"allowances", path, "--json"});
    ASSERT_EQ(ran.status, 0) << name << ran.err;
    EXPECT_GT(Json::parse(ran.out)["methods"].size(), 2) << name;
  }
}

}  // namespace
}  // namespace levee::testing
