// `levee compare` as a user meets it: what it prints, what it writes, what it says about wrong input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

/// Two runs of the shipped study: `first` with two designs, `second` at another price with one that has no equilibrium.
std::unique_ptr<const Workspace> make_runs() {
  auto made = std::make_unique<const Workspace>();
  const Ran first = made->levee(
      {"run", "study.yaml", "--out", "runs/first", "--no-decompose", "--scenario", "ets_only", "cbam_full"});
  EXPECT_EQ(first.status, 0) << first.err;
  made->edit("study.yaml", "carbon_price: {EU: 100}", "carbon_price: {EU: 50}");
  made->edit("study.yaml", "cbam_direct:\n    extends: ets_only",
             "cbam_direct:\n    extends: ets_only\n    carbon_price: {EU: 1e20}");
  made->edit("study.yaml", "scope: direct\n", "scope: direct\n        mark_up: 1.7e308\n");
  const Ran second = made->levee(
      {"run", "study.yaml", "--out", "runs/second", "--no-decompose", "--scenario", "ets_only", "cbam_direct"});
  EXPECT_EQ(second.status, 2) << second.err;
  return made;
}

/// Made once a process: solving takes most of the time here.
const Workspace& folder() {
  static const std::unique_ptr<const Workspace> runs = make_runs();
  return *runs;
}

Json summary(const std::string& run) { return Json::parse(folder().read(run + "/summary.json")); }

const Json& named(const Json& list, const std::string& name) {
  for (const Json& entry : list)
    if (entry.at("name") == name) return entry;
  throw std::runtime_error("no " + name);
}

/// What standard error says when the program ends with status 1.
std::string refusal(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "compare");
  arguments.emplace_back("--quiet");
  const Ran ran = folder().levee(arguments);
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  return ran.err;
}

void expect_table() {
  const Ran ran = folder().levee({"compare", "runs/first", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("Difference to ets_only"), HasSubstr("Ranked at EU: price 100 USD per t of 2011"),
                    HasSubstr("the world's welfare is not ranked"), Not(HasSubstr("first/"))));
}

void expect_json() {
  const Ran ran = folder().levee({"compare", "runs/first", "--json", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json json = Json::parse(ran.out);
  EXPECT_EQ(json.at("schema"), 1);
  EXPECT_EQ(json.at("base"), "ets_only");
  const Json first = summary("runs/first");
  const Json& full = named(first.at("scenarios"), "cbam_full");
  const Json& ets = named(first.at("scenarios"), "ets_only");
  int met = 0;
  for (const Json& entry : json.at("figures")) {
    if (entry.at("scenario") != "cbam_full") continue;
    const std::string indicator = entry.at("indicator");
    if (indicator == "leakage_rate") {
      ++met;
      EXPECT_EQ(entry.at("value"), full.at("leakage_rate").at("EU"));
      EXPECT_DOUBLE_EQ(entry.at("difference").get<double>(),
                       full.at("leakage_rate").at("EU").get<double>() - ets.at("leakage_rate").at("EU").get<double>());
    } else if (indicator == "welfare_percent" && entry.at("region") == "CHN") {
      ++met;
      EXPECT_EQ(entry.at("value"), full.at("welfare_ev_percent").at("CHN"));
    } else if (indicator == "zone_welfare_percent") {
      ++met;
      EXPECT_NEAR(entry.at("value").get<double>(), full.at("welfare_ev_percent").at("EUR").get<double>(), 1e-12);
    } else if (indicator == "cbam_revenue") {
      ++met;
      EXPECT_EQ(entry.at("value"), full.at("cbam_revenue").at("EU"));
      EXPECT_TRUE(entry.at("difference_percent").is_null()) << "nothing to compare it with";
    }
  }
  EXPECT_EQ(met, 4);
}

void expect_welfare_adds_up() {
  const Json json = Json::parse(folder().levee({"compare", "runs/first", "--json", "--quiet"}).out);
  double sum = 0;
  for (const Json& entry : json.at("figures"))
    if (entry.at("scenario") == "cbam_full" &&
        (entry.at("indicator") == "zone_welfare" || entry.at("indicator") == "outside_welfare"))
      sum += entry.at("value").get<double>();
  const CsvTable welfare(folder().read("runs/first/tables/welfare.csv"));
  const double world =
      welfare.value("value", {{"scenario", "cbam_full"}, {"region", "world"}, {"component", "equivalent variation"}});
  EXPECT_NEAR(sum, world, 1e-9 * std::abs(world));
}

void expect_side_by_side() {
  const Ran ran = folder().levee({"compare", "runs/first", "runs/second", "--against", "second/ets_only"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("note: second/cbam_direct is "));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("first/cbam_full"), HasSubstr("Difference to second/ets_only"),
                             Not(HasSubstr("price 50"))))
      << "one scenario at a price is no group";
  EXPECT_THAT(ran.err, HasSubstr("runs/first: 3 scenarios read"));
}

void expect_folder() {
  const std::vector<std::string> arguments{"compare",  "runs/first", "runs/second", "--scenario",
                                           "ets_only", "--out",      "compared",    "--quiet"};
  const Ran ran = folder().levee(arguments);
  ASSERT_EQ(ran.status, 0) << ran.err;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder().path("compared")))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, UnorderedElementsAre("comparison.json", "report.html", "tables"));
  const Json json = Json::parse(folder().read("compared/comparison.json"));
  EXPECT_EQ(json.at("scenarios").size(), 4u) << "each run's reference and ets_only";
  const CsvTable table(folder().read("compared/tables/comparison.csv"));
  const Json second = summary("runs/second");
  EXPECT_DOUBLE_EQ(table.value("value", {{"indicator", "leakage_rate"}, {"scenario", "second/ets_only"}}),
                   named(second.at("scenarios"), "ets_only").at("leakage_rate").at("EU").get<double>());
  const CsvTable output(folder().read("compared/tables/output.csv"));
  const CsvTable before(folder().read("runs/second/tables/output.csv"));
  EXPECT_EQ(output.find({{"scenario", "second/ets_only"}}).size(), before.find({{"scenario", "ets_only"}}).size());
  EXPECT_THAT(folder().read("compared/report.html"), HasSubstr("Comparison: first, second"));
  const std::string kept = folder().read("compared/comparison.json");
  EXPECT_THAT(refusal({"runs/first", "--out", "compared"}), HasSubstr("compared: exists already"));
  EXPECT_EQ(folder().read("compared/comparison.json"), kept);
  EXPECT_EQ(folder().levee({"compare", "runs/first", "--out", "compared", "--force"}).status, 0);
  EXPECT_NE(folder().read("compared/comparison.json"), kept);
  EXPECT_THAT(refusal({"runs/first", "--out", "runs/second", "--force"}), HasSubstr("holds 'summary.json'"));
  EXPECT_THAT(refusal({"compared"}), HasSubstr("is a comparison, expected the folder that 'levee run' wrote"));
  for (const std::string& name : folder().names()) EXPECT_THAT(name, Not(StartsWith("."))) << "a part was left behind";
}

void expect_answers() {
  const std::vector<std::string> before = folder().names();
  EXPECT_THAT(refusal({}), HasSubstr("DIR is required"));
  EXPECT_THAT(refusal({"study.yaml"}), HasSubstr("study.yaml: "));
  EXPECT_THAT(refusal({"runs"}), HasSubstr("expected runs/first"));
  EXPECT_THAT(refusal({"runs/frist"}), HasSubstr("did you mean 'first'?"));
  EXPECT_THAT(refusal({"runs/first", "runs/first/"}), HasSubstr("is given twice"));
  EXPECT_THAT(refusal({"runs/first", "--scenario", "cbam_ful"}), HasSubstr("did you mean 'cbam_full'?"));
  EXPECT_THAT(refusal({"runs/first", "--against", "cbam_ful", "--out", "never"}),
              HasSubstr("did you mean 'cbam_full'?"));
  EXPECT_THAT(refusal({"runs/first", "runs/second", "--against", "ets_only"}),
              HasSubstr("expected one of first/ets_only, second/ets_only"));
  EXPECT_EQ(folder().names(), before) << "nothing is left behind";
}

void expect_every_fault() {
  fs::copy(folder().path("runs/first"), folder().path("damaged"), fs::copy_options::recursive);
  const std::string whole = folder().read("damaged/summary.json");
  folder().write("damaged/summary.json", whole.substr(0, whole.size() / 3));
  fs::remove(folder().path("damaged/tables/macro.csv"));
  folder().edit("damaged/tables/leakage.csv", "scenario,zone,channel", "scenario,zone,chanel");
  const std::string said = refusal({"runs/second", "damaged", "--out", "never"});
  EXPECT_THAT(said, AllOf(HasSubstr("damaged/summary.json:"), HasSubstr("cut off"),
                          HasSubstr("damaged/tables/macro.csv: is missing"),
                          HasSubstr("damaged/tables/leakage.csv:1:1: no column 'channel'")));
  EXPECT_FALSE(fs::exists(folder().path("never")));
}

// One test, since each runs in a process of its own and would solve the runs anew.
TEST(Compare, RunsSideBySide) {
  expect_table();
  expect_json();
  expect_welfare_adds_up();
  expect_side_by_side();
  expect_folder();
  expect_answers();
  expect_every_fault();
}

}  // namespace
}  // namespace levee::testing
