#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/diagnostics.hpp"
#include "report/comparison.hpp"
#include "report/comparison_document.hpp"
#include "report/comparison_figures.hpp"
#include "report/comparison_text.hpp"
#include "tests/unit/report_small_runs.hpp"

namespace levee {
namespace {

using test::SmallRunFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Case {
  std::vector<NamedRun> runs;
  std::vector<ChosenScenario> chosen;
  RunComparison result;
};

Case compared(const std::vector<NamedRun>& runs, const std::string& against = "") {
  Case made{runs, choose_scenarios(runs, {}), {}};
  std::size_t base = RunComparison::none;
  for (std::size_t k = 0; k < made.chosen.size(); ++k)
    if (made.chosen[k].name == against) base = k;
  made.result = compare_runs(made.runs, made.chosen, base);
  return made;
}

Case one_run(const std::vector<SmallRunFolder::Design>& designs, const std::string& against = "") {
  return compared({SmallRunFolder(designs).named("one")}, against);
}

const ComparedFigure& figure(const Case& made, const std::string& indicator, const std::string& scenario,
                             const std::string& region = "") {
  for (const ComparedFigure& entry : made.result.figures) {
    if (entry.indicator == indicator_named(indicator) && entry.region == region &&
        made.result.scenarios[entry.scenario].name == scenario)
      return entry;
  }
  throw std::runtime_error("no figure " + indicator + " of " + scenario);
}

std::vector<std::vector<std::string>> members(const Case& made) {
  std::vector<std::vector<std::string>> result;
  for (const EffortGroup& group : made.result.groups) {
    result.emplace_back();
    for (const std::size_t member : group.members) result.back().push_back(made.result.scenarios[member].name);
  }
  return result;
}

/// "1 a, 1 b, 3 c" of one ranking; empty when there is none.
std::string ranks(const Case& made, const std::string& group, const std::string& indicator) {
  std::string text;
  for (const Ranking& ranking : made.result.rankings) {
    if (made.result.groups[ranking.group].name != group || ranking.indicator != indicator_named(indicator)) continue;
    for (const Ranking::Place& place : ranking.places)
      text +=
          (text.empty() ? "" : ", ") + std::to_string(place.rank) + " " + made.result.scenarios[place.scenario].name;
  }
  return text;
}

const std::string price_group = "Z: price 100 USD per t of 2011";
const std::string cap_group = "Z: covered emissions 40 Mt";
const std::string world_group = "Z: world emissions 985 Mt";

TEST(Comparison, FiguresAreThoseOfTheRun) {
  const Case made = one_run(test::some_designs());
  EXPECT_DOUBLE_EQ(figure(made, "leakage_rate", "ets").value, 0.25);
  EXPECT_DOUBLE_EQ(figure(made, "carbon_price", "free_cap").value, 130);
  EXPECT_DOUBLE_EQ(figure(made, "covered_emissions", "ets").value, 40);
  EXPECT_DOUBLE_EQ(figure(made, "outside_change", "free").value, 2);
  EXPECT_DOUBLE_EQ(figure(made, "zone_welfare", "ets").value, -2);
  EXPECT_DOUBLE_EQ(figure(made, "zone_welfare_percent", "ets").value, -1);
  EXPECT_DOUBLE_EQ(figure(made, "outside_welfare_percent", "ets").value, -0.125);
  EXPECT_DOUBLE_EQ(figure(made, "emissions", "ets", "world").value, 985);
  EXPECT_EQ(figure(made, "zone_welfare", "ets").unit, "million USD of 2011");
  EXPECT_TRUE(std::isnan(figure(made, "leakage_energy", "ets").value)) << "not decomposed";
  EXPECT_THROW(figure(made, "leakage_rate", "stuck"), std::runtime_error) << "an unsolved scenario has none";
}

TEST(Comparison, ChannelsAreShownWhereTheRunHasThem) {
  NamedRun run = SmallRunFolder(test::some_designs()).named("one");
  run.document.summary["scenarios"][1]["leakage_channels"]["Z"] = {
      {"competitiveness", 0.1}, {"energy", 0.16}, {"income", -0.01}};
  const Case made = compared({run});
  EXPECT_DOUBLE_EQ(figure(made, "leakage_energy", "ets").value, 0.16);
  EXPECT_THAT(comparison_text(made.result), HasSubstr("competit."));
  EXPECT_THAT(comparison_text(one_run(test::some_designs()).result), Not(HasSubstr("competit.")));
}

TEST(Comparison, DifferencesAreToTheFirstPriceOrTheScenarioNamed) {
  const Case first = one_run(test::some_designs());
  EXPECT_EQ(first.result.base, 1u);
  EXPECT_DOUBLE_EQ(figure(first, "carbon_price", "free_cap").difference, 30);
  EXPECT_DOUBLE_EQ(figure(first, "carbon_price", "free_cap").difference_percent, 30);
  EXPECT_DOUBLE_EQ(figure(first, "zone_welfare", "free").difference_percent, 25) << "the sign is the difference's";
  const Case named = one_run(test::some_designs(), "free_cap");
  EXPECT_DOUBLE_EQ(figure(named, "carbon_price", "ets").difference, -30);
  EXPECT_DOUBLE_EQ(figure(named, "carbon_price", "free_cap").difference_percent, 0);
  EXPECT_TRUE(std::isnan(figure(one_run(test::some_designs(), "reference"), "carbon_price", "ets").difference_percent));
  EXPECT_TRUE(std::isnan(figure(one_run(test::some_designs(), "stuck"), "carbon_price", "ets").difference));
}

TEST(Comparison, GroupsAreOfTheSameHeldValueAndWhoeverHasIt) {
  const Case made = one_run(test::some_designs());
  ASSERT_EQ(made.result.groups.size(), 3u);
  EXPECT_EQ(made.result.groups[0].name, price_group);
  EXPECT_EQ(made.result.groups[1].name, cap_group);
  EXPECT_EQ(made.result.groups[2].name, world_group);
  EXPECT_THAT(members(made), ElementsAre(ElementsAre("ets", "free"), ElementsAre("ets", "free_cap"),
                                         ElementsAre("ets", "border_world")));
}

TEST(Comparison, AHairBreadthIsTheSameAndMoreIsNot) {
  auto designs = test::some_designs();
  designs[1].price = 100 * (1 + 0.5e-6);
  EXPECT_THAT(members(one_run(designs))[0], ElementsAre("ets", "free"));
  designs[1].price = 100 * (1 + 2e-6);
  EXPECT_THAT(members(one_run(designs)), Not(Contains(ElementsAre("ets", "free"))));
}

TEST(Comparison, AZoneThatCoversOtherEmissionsIsNotAtEqualEffort) {
  auto designs = test::some_designs();
  designs[1].covered = 70;
  EXPECT_THAT(members(one_run(designs)), Not(Contains(Contains("free"))));
}

TEST(Comparison, RanksWithinGroupsAndTheWorldOnlyAtTheSameWorldEmissions) {
  const Case made = one_run(test::some_designs());
  EXPECT_EQ(ranks(made, price_group, "leakage_rate"), "1 free, 2 ets");
  EXPECT_EQ(ranks(made, price_group, "zone_welfare_percent"), "1 free, 2 ets");
  EXPECT_EQ(ranks(made, cap_group, "leakage_rate"), "1 free_cap, 2 ets");
  EXPECT_EQ(ranks(made, cap_group, "zone_welfare_percent"), "1 ets, 2 free_cap");
  EXPECT_EQ(ranks(made, price_group, "welfare_percent"), "");
  EXPECT_EQ(ranks(made, cap_group, "welfare_percent"), "");
  EXPECT_EQ(ranks(made, world_group, "welfare_percent"), "1 ets, 2 border_world");
}

TEST(Comparison, EqualFiguresShareARank) {
  auto designs = test::some_designs();
  designs.push_back({"twin", "price", 100, -15, 2 + 1e-9, -1.5, -0.5});
  EXPECT_EQ(ranks(one_run(designs), price_group, "leakage_rate"), "1 free, 1 twin, 3 ets");
  designs.push_back({"best", "price", 100, -15, 1, -1, -0.5});
  EXPECT_EQ(ranks(one_run(designs), price_group, "leakage_rate"), "1 best, 2 free, 2 twin, 4 ets");
}

TEST(Comparison, TwoRunsOfOneWorldAreRankedTogether) {
  const std::vector<SmallRunFolder::Design> designs = test::some_designs();
  const Case made = compared({SmallRunFolder({designs[0]}).named("a"), SmallRunFolder({designs[1]}).named("b")});
  EXPECT_THAT(made.result.warnings, IsEmpty());
  EXPECT_THAT(members(made), ElementsAre(ElementsAre("a/ets", "b/free")));
  EXPECT_DOUBLE_EQ(figure(made, "cbam_revenue", "b/free").difference, 0);
}

TEST(Comparison, OtherMoneyIsSaidAndNeverSubtracted) {
  const auto designs = test::some_designs();
  const Case made = compared({SmallRunFolder(designs).named("a"), SmallRunFolder(designs, "million EUR").named("b")});
  EXPECT_THAT(made.result.warnings,
              Contains(HasSubstr("units of money differ: a has million USD of 2011, b has million "
                                 "EUR of 2011; no difference of money is computed")));
  EXPECT_TRUE(std::isnan(figure(made, "zone_welfare", "b/ets").difference));
  EXPECT_FALSE(std::isnan(figure(made, "leakage_rate", "b/ets").difference));
  for (const std::vector<std::string>& group : members(made))
    for (const std::string& name : group) EXPECT_EQ(name.front(), group.front().front()) << "a group over two worlds";
  NamedRun later = SmallRunFolder(designs).named("b");
  later.document.summary["units"]["price_year"] = 2014;
  EXPECT_TRUE(
      std::isnan(figure(compared({SmallRunFolder(designs).named("a"), later}), "cbam_revenue", "b/ets").difference));
}

TEST(Comparison, OtherWorldsAreSaid) {
  const auto designs = test::some_designs();
  const NamedRun a = SmallRunFolder(designs).named("a");
  NamedRun b = SmallRunFolder(designs).named("b");
  b.document.summary["dataset"] = "three";
  EXPECT_THAT(compared({a, b}).result.warnings, Contains(HasSubstr("datasets differ: a has two, b has three")));
  b = SmallRunFolder(designs).named("b");
  b.document.summary["scenarios"][0]["emissions_mt"]["A"] = 101;
  EXPECT_THAT(compared({a, b}).result.warnings, Contains(HasSubstr("emissions of 'reference' are not the same")));
  b = SmallRunFolder(designs).named("b");
  b.document.run["scenarios"][0]["resolved"] = "{parameters: {}}";
  EXPECT_THAT(compared({a, b}).result.warnings, Contains(HasSubstr("'reference' does not say the same")));
  b = SmallRunFolder(designs).named("b");
  b.document.run["inputs"] = {{{"file", "data/elasticities.csv"}, {"sha256", "1"}}};
  EXPECT_THAT(compared({a, b}).result.warnings, Contains(HasSubstr("other data files")));
  b = SmallRunFolder(designs).named("b");
  b.document.about["assumptions"].push_back("Another.");
  const Case made = compared({a, b});
  EXPECT_THAT(made.result.warnings, Contains(HasSubstr("differ in their assumptions")));
  EXPECT_EQ(made.result.groups.size(), 6u) << "three groups in each world";
  EXPECT_EQ(made.result.groups[0].name, price_group + ", against a/reference");
}

TEST(Comparison, AnUnsolvedScenarioIsSaidAndStays) {
  const Case made = one_run(test::some_designs());
  EXPECT_THAT(made.result.warnings, Contains("stuck is failed: no figures"));
  EXPECT_THAT(comparison_text(made.result), HasSubstr("stuck"));
}

TEST(Comparison, TheTableHasARowAFigureAndGroup) {
  const Case made = one_run(test::some_designs());
  const Table table = comparison_table(made.result);
  EXPECT_THAT(table.columns, ElementsAre("group", "indicator", "zone", "region", "scenario", "value", "unit", "base",
                                         "difference", "difference_percent", "rank"));
  std::vector<std::string> found;
  for (const std::vector<Cell>& row : table.rows) {
    ASSERT_EQ(row.size(), table.columns.size());
    if (std::get<std::string>(row[1]) != "leakage_rate" || std::get<std::string>(row[4]) != "ets") continue;
    found.push_back(std::get<std::string>(row[0]) + " " + std::to_string(static_cast<int>(std::get<double>(row[10]))));
  }
  EXPECT_THAT(found, ElementsAre(price_group + " 2", cap_group + " 2", world_group + " 2"));
}

TEST(Comparison, JsonHasItsKeysAndNullForWhatIsMissing) {
  const Case made = one_run(test::some_designs());
  const auto json =
      nlohmann::json::parse(comparison_json_text(comparison_json(made.result, made.runs, made.chosen, "9.9")));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["kind"], "comparison");
  EXPECT_EQ(json["version"], "9.9");
  EXPECT_EQ(json["base"], "ets");
  EXPECT_EQ(json["runs"][0]["dataset"], "two");
  EXPECT_EQ(json["scenarios"][1]["holds"][0]["what"], "price");
  EXPECT_EQ(json["scenarios"].back()["status"], "failed");
  EXPECT_TRUE(json["scenarios"].back()["reference"].is_null());
  EXPECT_EQ(json["groups"].size(), 3u);
  EXPECT_EQ(json["rankings"][0]["order"][0]["scenario"], "free");
  EXPECT_EQ(json["indicators"].size(), indicators().size());
  bool missing = false;
  for (const auto& entry : json["figures"])
    missing = missing || (entry["indicator"] == "leakage_income" && entry["value"].is_null());
  EXPECT_TRUE(missing);
}

TEST(Comparison, TheTextSaysWhatIsHeldAndRanksIt) {
  const std::string text = comparison_text(one_run(test::some_designs()).result);
  EXPECT_THAT(text, HasSubstr("Difference to ets"));
  EXPECT_THAT(text, HasSubstr("Ranked at " + world_group));
  EXPECT_THAT(text, HasSubstr("World emissions may differ: the world's welfare is not ranked."));
  EXPECT_THAT(text, HasSubstr("25.00"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace levee
