// Caps, linked markets and channels of leakage as a user meets them, on the two regions and two goods of the examples,
// which solve at once. The shipped study's are in app_contract.cpp.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string zones =
    "dataset: tiny/dataset.yaml\n"
    "model: {technology: kle, household: cobb-douglas}\n"
    "zones: {A: {regions: [A], sectors: [all]}, B: {regions: [B], sectors: [all]}}\n"
    "reference: none\n";

/// A study of two zones, A and B, a region each, with these scenarios besides `none`.
class SmallStudy : public Workspace {
 public:
  explicit SmallStudy(const std::string& scenarios, const std::string& more = "") {
    std::filesystem::copy(std::filesystem::path(LEVEE_SOURCE_DIR) / "docs/examples/tiny", path("tiny"));
    write("small.yaml", "study: small\n" + zones + more + "scenarios:\n  none: {}\n" + scenarios);
  }

  Ran run(const std::string& out, std::vector<std::string> options = {}) const {
    options.insert(options.begin(), {"run", "small.yaml", "--out", out});
    return levee(options);
  }
  Json summary(const std::string& out) const { return json_of(*this, out + "/summary.json"); }

  /// A figure of a zone's carbon market in the run `out`.
  double market(const std::string& column, const std::string& scenario, const std::string& zone) const {
    return table_of(*this, "out", "carbon_markets").value(column, {{"scenario", scenario}, {"zone", zone}});
  }
};

double price(const Json& summary, const std::string& scenario, const std::string& zone) {
  return scenario_of(summary, scenario).at("carbon_price").at(zone);
}

TEST(Caps, HoldWhatTheyFollow) {
  const SmallStudy study(
      "  price: {carbon_price: {A: 50}}\n"
      "  same: {cap: {A: {as_in: price}}}\n"
      "  half: {cap: {A: {as_in: price, share: 0.5}}}\n"
      "  world: {cap: {A: {as_in: price, world: true}}}\n"
      "  border: {extends: same, cbam: {A: {goods: [GOOD], scope: direct}}}\n");
  const Ran ran = study.run("out", {"--no-decompose"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json summary = study.summary("out");
  const double allowed = study.market("emissions", "price", "A");
  EXPECT_LT(allowed, study.market("emissions", "none", "A"));
  for (const char* scenario : {"same", "border"}) {
    expect_near(study.market("cap", scenario, "A"), allowed, 1e-12, scenario);
    expect_near(study.market("emissions", scenario, "A"), allowed, 1e-9, scenario);
    EXPECT_EQ(scenario_of(summary, scenario).at("held"), Json::parse(R"({"A": "cap", "B": null})"));
  }
  expect_near(study.market("emissions", "half", "A"), allowed / 2, 1e-9, "half");
  expect_near(scenario_of(summary, "world").at("emissions_mt").at("world"),
              scenario_of(summary, "price").at("emissions_mt").at("world"), 1e-9, "world");
  EXPECT_EQ(scenario_of(summary, "world").at("held").at("A"), "world");
  EXPECT_NEAR(price(summary, "same", "A"), 50, 1e-5) << "the price that the emissions came from";
  EXPECT_NEAR(price(summary, "world", "A"), 50, 1e-5);
  EXPECT_GT(price(summary, "half", "A"), 50);
  EXPECT_GT(price(summary, "border", "A"), 50) << "who is protected must be pressed harder";
}

TEST(Caps, NewtonFindsThePricesThatIpoptFinds) {
  const SmallStudy study(
      "  price: {carbon_price: {A: 50}}\n"
      "  half: {cap: {A: {as_in: price, share: 0.5}}, cbam: {A: {goods: [GOOD], scope: direct}}}\n");
  ASSERT_EQ(study.run("out").status, 0);
  const Ran ran = study.run("newton", {"--solver", "newton"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json ipopt = study.summary("out"), newton = study.summary("newton");
  EXPECT_EQ(scenario_of(newton, "half").at("solver").at("backend"), "newton");
  EXPECT_EQ(scenario_of(ipopt, "half").at("solver").at("backend"), "ipopt");
  expect_near(price(newton, "half", "A"), price(ipopt, "half", "A"), 1e-7, "price");
  for (const char* channel : {"energy", "competitiveness", "income"}) {
    EXPECT_NEAR(scenario_of(newton, "half").at("leakage_channels").at("A").at(channel),
                scenario_of(ipopt, "half").at("leakage_channels").at("A").at(channel), 1e-7)
        << channel;
  }
}

TEST(Caps, ThatDoNotBindAreFree) {
  const SmallStudy study("  slack: {cap: {A: {share: 1.5}, B: 1000}}\n");
  const Ran ran = study.run("out");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json summary = study.summary("out");
  EXPECT_EQ(scenario_of(summary, "slack").at("status"), "solved");
  for (const char* zone : {"A", "B"}) {
    EXPECT_EQ(price(summary, "slack", zone), 0);
    EXPECT_EQ(scenario_of(summary, "slack").at("held").at(zone), "cap");
    EXPECT_EQ(scenario_of(summary, "slack").at("leakage_rate").at(zone), nullptr);
    EXPECT_EQ(scenario_of(summary, "slack").at("leakage_channels").at(zone), nullptr);
    EXPECT_EQ(study.market("revenue", "slack", zone), 0);
    EXPECT_LT(study.market("emissions", "slack", zone), study.market("cap", "slack", zone));
    expect_near(study.market("emissions", "slack", zone), study.market("emissions", "none", zone), 1e-9, zone);
  }
}

TEST(Caps, LinkedZonesHaveOnePriceAndPayEachOther) {
  const SmallStudy study(
      "  apart: {cap: {A: {share: 0.7}, B: {share: 0.9}}}\n"
      "  linked: {extends: apart, link: [[A, B]]}\n");
  const Ran ran = study.run("out", {"--no-decompose"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json summary = study.summary("out");
  // Each zone's price is told in its own consumer prices; what a tonne earns is the same money.
  const auto tonne = [&](const std::string& zone) {
    return study.market("revenue", "linked", zone) / study.market("emissions", "linked", zone);
  };
  expect_near(tonne("A"), tonne("B"), 1e-9, "one price");
  for (const char* zone : {"A", "B"}) {
    EXPECT_LT(price(summary, "linked", zone), price(summary, "apart", "A"));
    EXPECT_GT(price(summary, "linked", zone), price(summary, "apart", "B"));
    expect_near(study.market("emissions", "apart", zone), study.market("cap", "apart", zone), 1e-9, zone);
    EXPECT_EQ(study.market("allowance_sales", "apart", zone), 0);
    const double unused = study.market("cap", "linked", zone) - study.market("emissions", "linked", zone);
    expect_near(study.market("allowance_sales", "linked", zone), unused * tonne(zone), 1e-9, zone);
  }
  expect_near(study.market("emissions", "linked", "A") + study.market("emissions", "linked", "B"),
              study.market("cap", "linked", "A") + study.market("cap", "linked", "B"), 1e-9, "the sum of the caps");
  EXPECT_LT(study.market("allowance_sales", "linked", "A"), 0) << "whose cuts are dearer buys";
  EXPECT_NEAR(study.market("allowance_sales", "linked", "A") + study.market("allowance_sales", "linked", "B"), 0, 1e-9);
}

TEST(Caps, FollowTheMemberOfASweepWithTheSameValues) {
  const SmallStudy study(
      "  price: {carbon_price: {A: 50}}\n"
      "  border: {cap: {A: {as_in: price}}, cbam: {A: {goods: [GOOD], scope: direct}}}\n",
      "sweep: {carbon_price.A: [25, 50], parameters.scale.armington: [1, 2]}\n");
  ASSERT_EQ(study.run("out").status, 0);
  const Json summary = study.summary("out");
  ASSERT_EQ(summary.at("scenarios").size(), 2u + 4u + 4u);
  for (const char* values :
       {"carbon_price.A=25,parameters.scale.armington=1", "carbon_price.A=25,parameters.scale.armington=2",
        "carbon_price.A=50,parameters.scale.armington=1", "carbon_price.A=50,parameters.scale.armington=2"}) {
    const std::string followed = fmt::format("price/{}", values), member = fmt::format("border/{}", values);
    expect_near(study.market("emissions", member, "A"), study.market("emissions", followed, "A"), 1e-9, member);
    EXPECT_GT(price(summary, member, "A"), price(summary, followed, "A"));
  }
  EXPECT_LT(study.market("cap", "border/carbon_price.A=50,parameters.scale.armington=2", "A"),
            study.market("cap", "border/carbon_price.A=50,parameters.scale.armington=1", "A"));

  const std::string picked = "border/carbon_price.A=25,parameters.scale.armington=2";
  ASSERT_EQ(study.run("one", {"--scenario", picked}).status, 0);
  EXPECT_THAT(
      names_of(study.summary("one")),
      ElementsAre("none/parameters.scale.armington=2", "price/carbon_price.A=25,parameters.scale.armington=2", picked));
}

/// A charge beyond the largest number there is has no equilibrium, and neither has what follows it, at any distance.
TEST(Caps, ThatFollowAnUnsolvedScenarioAreMarked) {
  const SmallStudy study(
      "  hopeless: {carbon_price: {A: 1e20}, cbam: {A: {goods: [GOOD], scope: direct, mark_up: 1.7e308}}}\n"
      "  after: {cap: {A: {as_in: hopeless}}}\n"
      "  later: {cap: {A: {as_in: after, world: true}}}\n"
      "  apart: {cap: {A: {share: 0.9}}}\n");
  const Ran ran = study.run("out");
  EXPECT_EQ(ran.status, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("scenario 'after': no equilibrium found (failed; its cap follows 'hopeless', which "
                                 "is not solved)"));
  const Json summary = study.summary("out"), run = json_of(study, "out/run.json");
  for (const auto& [scenario, followed] : {std::pair{"after", "hopeless"}, std::pair{"later", "after"}}) {
    SCOPED_TRACE(scenario);
    const Json& entry = scenario_of(summary, scenario);
    EXPECT_EQ(entry.at("status"), "failed");
    EXPECT_EQ(entry.at("solver").at("message"), fmt::format("its cap follows '{}', which is not solved", followed));
    EXPECT_EQ(scenario_of(run, scenario).at("solver_message"), entry.at("solver").at("message"));
    for (const char* key : {"walras", "carbon_price", "held", "emissions_mt", "leakage_rate", "leakage_channels"})
      EXPECT_TRUE(entry.at(key).is_null()) << key;
  }
  EXPECT_EQ(scenario_of(summary, "apart").at("status"), "solved") << "the others are solved all the same";
  for (const auto& [name, text] : tables_of(study, "out"))
    EXPECT_THAT(text, AllOf(Not(HasSubstr("\nafter,")), Not(HasSubstr("\nlater,")))) << name;
}

void expect_null_channels(const Json& summary) {
  for (const Json& scenario : summary.at("scenarios"))
    EXPECT_THAT(scenario.at("leakage_channels"), Each(Json(nullptr))) << scenario.at("name");
}

const std::string designs =
    "  price: {carbon_price: {A: 50}}\n"
    "  world: {cap: {A: {as_in: price, world: true}}, cbam: {A: {goods: [GOOD], scope: direct}}}\n"
    "  both: {cap: {A: {share: 0.8}, B: {share: 0.9}}, link: [[A, B]]}\n";

TEST(Channels, OfEveryZoneThatHasAMarket) {
  const SmallStudy study(designs);
  ASSERT_EQ(study.run("out").status, 0);
  const Json summary = study.summary("out");
  const CsvTable leakage = table_of(study, "out", "leakage"), runs = table_of(study, "out", "channel_runs");
  for (const char* scenario : {"price", "world", "both"})
    expect_channels(scenario_of(summary, scenario), "A", leakage, runs);
  expect_channels(scenario_of(summary, "both"), "B", leakage, runs);
  EXPECT_EQ(scenario_of(summary, "price").at("leakage_channels").at("B"), nullptr) << "B has no carbon price";
  EXPECT_EQ(runs.rows.size(), 1u + 4 * 3);
  ASSERT_EQ(study.run("again", {"--decompose"}).status, 0);
  EXPECT_EQ(tables_of(study, "again"), tables_of(study, "out"));
  const Ran both = study.run("never", {"--decompose", "--no-decompose"});
  EXPECT_EQ(both.status, 1);
  EXPECT_THAT(both.err, HasSubstr("--decompose excludes --no-decompose"));
}

/// The command line has the last word, then the study; else channels are left out of a sweep.
TEST(Channels, AreFoundWhenAskedFor) {
  const std::string sweep = "sweep: {carbon_price.A: [25, 50]}\n";
  struct Case {
    std::string study, option;
    bool expected;
  };
  for (const Case& c :
       {Case{"", "--no-decompose", false}, Case{"channels: false\n", "", false},
        Case{"channels: false\n", "--decompose", true}, Case{sweep, "", false}, Case{sweep, "--decompose", true},
        Case{sweep + "channels: true\n", "", true}, Case{sweep + "channels: true\n", "--no-decompose", false}}) {
    SCOPED_TRACE(c.study + c.option);
    const SmallStudy study("  price: {carbon_price: {A: 50}}\n", c.study);
    const Ran ran = study.run("out", c.option.empty() ? std::vector<std::string>{} : std::vector{c.option});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const Json summary = study.summary("out");
    const CsvTable runs = table_of(study, "out", "channel_runs");
    EXPECT_EQ(runs.rows.size() > 1, c.expected);
    if (c.expected) {
      expect_channels(summary.at("scenarios").back(), "A", table_of(study, "out", "leakage"), runs);
    } else {
      expect_null_channels(summary);
    }
  }
}

}  // namespace
}  // namespace levee::testing
