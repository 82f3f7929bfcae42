// Ensembles: who gets which values, that nothing else decides them, and that they are distributed as the study says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "scenarios/ensemble.hpp"
#include "scenarios/study_caps.hpp"
#include "tests/unit/scenarios_study_files.hpp"

namespace levee {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;
using ::testing::Pair;
using testing::StudyFiles;
using ::testing::UnorderedElementsAre;

const std::string scenarios = R"(scenarios:
  reference: {}
  price: {carbon_price: {Z: 7}}
  border: {extends: price, cbam: {Z: {goods: [ELEC], scope: direct}}}
)";

const Scenario& scenario(const Study& study, const std::string& name) {
  const auto found = std::ranges::find(study.scenarios, name, &Scenario::name);
  if (found == study.scenarios.end()) throw std::runtime_error("no scenario " + name);
  return *found;
}

std::string value_of(const Scenario& scenario, const std::string& key) {
  const auto found = std::ranges::find(scenario.sweep_values, key, &SweepValues::value_type::first);
  return found == scenario.sweep_values.end() ? "" : found->second;
}

TEST(Ensemble, AKeyIsDrawnWhereItApplies) {
  const Study study = StudyFiles(scenarios + R"(ensemble:
  members: 3
  draw:
    carbon_price.Z: {uniform: [10, 300]}
    cbam.Z.mark_up: {triangular: [0, 0.1, 1]}
)")
                          .read();
  EXPECT_THAT(testing::names_of(study),
              ElementsAre("reference", "price/member=0001", "price/member=0002", "price/member=0003",
                          "border/member=0001", "border/member=0002", "border/member=0003"));
  EXPECT_FALSE(study.channels);
  for (int k = 0; k < 7; ++k) EXPECT_EQ(study.reference_of(k), 0) << "parameters alone change the reference";
  for (const char* member : {"0001", "0002", "0003"}) {
    const Scenario& price = scenario(study, std::string("price/member=") + member);
    const Scenario& border = scenario(study, std::string("border/member=") + member);
    const std::string drawn = value_of(price, "carbon_price.Z");
    EXPECT_THAT(price.sweep_values, ElementsAre(Pair("member", member), Pair("carbon_price.Z", drawn)));
    EXPECT_THAT(border.sweep_values, ElementsAre(Pair("member", member), Pair("carbon_price.Z", drawn),
                                                 Pair("cbam.Z.mark_up", value_of(border, "cbam.Z.mark_up"))));
    EXPECT_EQ(price.policy.zones[0].carbon_price, std::strtod(drawn.c_str(), nullptr)) << "what is recorded is used";
    EXPECT_EQ(price.policy.zones[0].carbon_price, border.policy.zones[0].carbon_price);
    EXPECT_THAT(price.policy.zones[0].carbon_price, AllOf(Ge(10), Le(300)));
    EXPECT_THAT(border.policy.zones[0].border.mark_up, AllOf(Ge(0), Le(1)));
    EXPECT_EQ(price.resolved_yaml, "{carbon_price: {Z: " + drawn + "}}");
  }
  EXPECT_NE(value_of(study.scenarios[1], "carbon_price.Z"), value_of(study.scenarios[2], "carbon_price.Z"));
}

TEST(Ensemble, ParametersGiveEachMemberItsReference) {
  const Study study = StudyFiles(scenarios + R"(ensemble:
  members: 4
  draw: {parameters.scale.armington: {log_normal: [1, 0.3]}, carbon_price.Z: {log_uniform: [1, 100]}}
)")
                          .read();
  ASSERT_EQ(study.scenarios.size(), 12U);
  for (int k = 0; k < 12; ++k) EXPECT_EQ(study.reference_of(k), k % 4);
  for (int k = 0; k < 4; ++k) {
    EXPECT_EQ(study.scenarios[k].parameters, study.scenarios[4 + k].parameters);
    EXPECT_EQ(study.scenarios[k].parameters, study.scenarios[8 + k].parameters);
    EXPECT_FALSE(study.scenarios[k].parameters == study.scenarios[(k + 1) % 4].parameters);
  }
}

TEST(Ensemble, ASweepIsDrawnForMemberByMember) {
  const Study study = StudyFiles(scenarios + R"(sweep: {carbon_price.Z: [50, 100]}
ensemble: {members: 2, seed: 3, draw: {parameters.scale.armington: {uniform: [0.5, 2]}}}
)")
                          .read();
  EXPECT_THAT(testing::names_of(study),
              ElementsAre("reference/member=0001", "reference/member=0002", "price/carbon_price.Z=50,member=0001",
                          "price/carbon_price.Z=50,member=0002", "price/carbon_price.Z=100,member=0001",
                          "price/carbon_price.Z=100,member=0002", "border/carbon_price.Z=50,member=0001",
                          "border/carbon_price.Z=50,member=0002", "border/carbon_price.Z=100,member=0001",
                          "border/carbon_price.Z=100,member=0002"));
  for (int k = 0; k < 10; ++k) {
    EXPECT_EQ(study.reference_of(k), k % 2);
    EXPECT_EQ(study.scenarios[k].parameters, study.scenarios[k % 2].parameters);
  }
}

TEST(Ensemble, ChoicesAreWhatASweepTakes) {
  const Study study = StudyFiles(scenarios + R"(ensemble:
  members: 60
  draw:
    cbam.Z.scope: {choice: [direct, direct+electricity]}
    zones.Z.sectors: {choice: {power: [ELEC], everything: [all]}}
    data: {choice: {as_is: {}, rigid: {parameters: {scale: {armington: 0.5}}}}}
)")
                          .read();
  std::map<std::string, int> counted;
  for (const Scenario& one : study.scenarios) {
    if (one.base_name != "border") continue;
    for (const char* key : {"cbam.Z.scope", "zones.Z.sectors", "data"}) ++counted[value_of(one, key)];
    const bool everything = value_of(one, "zones.Z.sectors") == "everything";
    EXPECT_THAT(one.zones[0].sectors, everything ? ElementsAre(1, 1, 1) : ElementsAre(0, 0, 1));
    EXPECT_EQ(one.parameters.empty(), value_of(one, "data") == "as_is");
    EXPECT_EQ(one.policy.zones[0].border.scope[2] == IntensityScope::direct, value_of(one, "cbam.Z.scope") == "direct");
  }
  ASSERT_EQ(counted.size(), 6U);
  for (const auto& [choice, count] : counted) EXPECT_THAT(count, AllOf(Ge(15), Le(45))) << choice;
}

TEST(Ensemble, WhoFollowsAPriceHasItsMembers) {
  const Study study = StudyFiles(R"(scenarios:
  reference: {}
  priced: {carbon_price: {Z: 10}}
  capped: {cap: {Z: {as_in: priced}}}
ensemble: {members: 2, draw: {carbon_price.Z: {uniform: [5, 10]}}}
)")
                          .read();
  ASSERT_EQ(study.scenarios.size(), 5U);
  EXPECT_EQ(study.scenarios[3].name, "capped/member=0001");
  EXPECT_EQ(value_of(study.scenarios[4], "carbon_price.Z"), value_of(study.scenarios[2], "carbon_price.Z"));
  EXPECT_THAT(needed_for_caps(study, 4), ElementsAre(2));
}

TEST(Ensemble, OnlySeedMemberAndKeyDecide) {
  const auto read = [](const std::string& ensemble) { return StudyFiles(scenarios + "ensemble: " + ensemble).read(); };
  const auto prices = [](const Study& study) {
    std::map<std::string, std::string> result;
    for (const Scenario& one : study.scenarios) result[one.name] = value_of(one, "carbon_price.Z");
    return result;
  };
  const auto few = prices(read("{members: 3, seed: 7, draw: {carbon_price.Z: {uniform: [0, 1]}}}\n"));
  const auto many = prices(read(
      "{members: 40, seed: 7, draw: {parameters.scale.top: {uniform: [1, 2]}, carbon_price.Z: {uniform: [0, 1]}}}\n"));
  for (const char* name : {"price/member=0001", "border/member=0002", "price/member=0003"})
    EXPECT_EQ(few.at(name), many.at(name)) << name;
  EXPECT_NE(few, prices(read("{members: 3, seed: 8, draw: {carbon_price.Z: {uniform: [0, 1]}}}\n")));
  EXPECT_EQ(prices(read("{members: 3, draw: {carbon_price.Z: {uniform: [0, 1]}}}\n")),
            prices(read("{members: 3, seed: 1, draw: {carbon_price.Z: {uniform: [0, 1]}}}\n")));
  // Written down, so that another machine or another library that draws other values is noticed.
  EXPECT_THAT(few, UnorderedElementsAre(Pair("reference", ""), Pair("price/member=0001", "0.766006"),
                                        Pair("price/member=0002", "0.0653419"), Pair("price/member=0003", "0.432318"),
                                        Pair("border/member=0001", "0.766006"), Pair("border/member=0002", "0.0653419"),
                                        Pair("border/member=0003", "0.432318")));
}

TEST(Ensemble, ExtendingAStudyChangesOrRemovesIt) {
  StudyFiles files;
  files.set("base.yaml", std::string(StudyFiles::head) + scenarios +
                             "ensemble: {members: 3, draw: {carbon_price.Z: {uniform: [1, 2]}, cbam.Z.mark_up: "
                             "{uniform: [0, 1]}}}\n");
  files.set("study.yaml", "extends: base.yaml\nensemble: {members: 2, draw: {cbam.Z.mark_up: null}}\n");
  const Study study = files.read();
  EXPECT_EQ(study.scenarios.size(), 5U);
  EXPECT_EQ(study.scenarios[4].sweep_values.size(), 2U);
  files.set("study.yaml", "extends: base.yaml\nensemble: null\n");
  EXPECT_EQ(files.read().scenarios.size(), 3U);
  EXPECT_TRUE(files.read().channels);
}

std::vector<std::string> faults(const std::string& ensemble) {
  return StudyFiles(scenarios + "ensemble: " + ensemble + "\n").faults();
}

TEST(Ensemble, FaultsAreLocated) {
  EXPECT_THAT(faults("{member: 3, draw: {}}"),
              ElementsAre("study.yaml:10:12: unknown key 'member', did you mean 'members'?"));
  EXPECT_THAT(faults("{seed: -1, draw: {}}"),
              ElementsAre("study.yaml:10:11: missing key 'members'",
                          "study.yaml:10:18: found -1, expected a whole number from 0 to 2147483647",
                          "study.yaml:10:28: found nothing to draw, expected at least one key"));
  EXPECT_THAT(faults("{members: 0, draw: {carbon_price.Z: {uniform: [0, 1]}}}"),
              ElementsAre("study.yaml:10:21: found 0, expected a whole number from 1 to 100000"));
  EXPECT_THAT(faults("{members: 2.5, draw: {carbon_price.Z: {uniform: [0, 1]}}}"),
              ElementsAre("study.yaml:10:21: found '2.5', expected a whole number"));
  EXPECT_THAT(faults("{members: 2, draw: {carbon_price.Z: {unifrom: [0, 1]}}}"),
              ElementsAre("study.yaml:10:48: unknown key 'unifrom', did you mean 'uniform'?"));
  EXPECT_THAT(faults("{members: 2, draw: {carbon_price.Z: {uniform: [0, 1], choice: [1]}}}"),
              ElementsAre("study.yaml:10:47: expected one distribution, such as uniform: [0, 1]"));
  EXPECT_THAT(faults("{members: 2, draw: {carbon_price.Z: [0, 1]}}"),
              ElementsAre("study.yaml:10:47: found a list, expected a map"));
  EXPECT_THAT(faults("{members: 2, draw: {carbon_prise.Z: {uniform: [0, 1]}, price: {uniform: [0, 1]}}}"),
              ElementsAre("study.yaml:10:31: cannot sweep 'carbon_prise.Z': unknown 'carbon_prise', did you mean "
                          "'carbon_price'?",
                          "study.yaml:10:66: expected a path to draw for, such as carbon_price.ZONE, or a choice of "
                          "variants under the free name 'price'"));
  EXPECT_THAT(faults("{members: 2, draw: {carbon_price.Y: {uniform: [0, 1]}}}"),
              ElementsAre("study.yaml:10:31: the draw for 'carbon_price.Y' applies to no scenario: none has "
                          "'carbon_price.Y'"));
}

TEST(Ensemble, FiguresOfADistributionAreChecked) {
  const auto figures = [](const std::string& given) {
    return faults("{members: 2, draw: {carbon_price.Z: {" + given + "}}}");
  };
  EXPECT_THAT(figures("uniform: [1]"), ElementsAre("study.yaml:10:57: found 1 figures, expected [low, high]"));
  EXPECT_THAT(figures("triangular: [1, 2]"),
              ElementsAre("study.yaml:10:60: found 2 figures, expected [low, mode, high]"));
  EXPECT_THAT(figures("uniform: [2, 1]"),
              ElementsAre("study.yaml:10:61: found 1 after 2, expected the figures in order"));
  EXPECT_THAT(figures("uniform: [2, 2]"), ElementsAre("study.yaml:10:61: found 2 twice, expected a range"));
  EXPECT_THAT(figures("triangular: [0, 5, 4]"),
              ElementsAre("study.yaml:10:67: found 4 after 5, expected the figures in order"));
  EXPECT_THAT(figures("uniform: [a, nan]"), ElementsAre("study.yaml:10:58: found 'a', expected a number",
                                                        "study.yaml:10:61: found 'nan', expected a finite number"));
  EXPECT_THAT(figures("log_uniform: [0, 1]"), ElementsAre("study.yaml:10:62: found 0, expected more than 0"));
  EXPECT_THAT(figures("log_normal: [-1, 0]"), ElementsAre("study.yaml:10:61: found -1, expected more than 0",
                                                          "study.yaml:10:65: found 0, expected more than 0"));
  EXPECT_THAT(figures("uniform: 5"), ElementsAre("study.yaml:10:57: found '5', expected a list"));
  EXPECT_THAT(figures("choice: []"), ElementsAre("study.yaml:10:56: found no values, expected at least one"));
}

TEST(Ensemble, WhatCannotBeIsFoundWhateverIsDrawn) {
  // A thousandth of the range is below 0: two members would hardly meet it.
  EXPECT_THAT(faults("{members: 2, draw: {carbon_price.Z: {uniform: [-0.1, 100]}}}"),
              ElementsAre("study.yaml:10:57: found -0.1, expected a number >= 0"));
  EXPECT_THAT(faults("{members: 200, draw: {cbam.Z.coverage: {uniform: [0, 3]}}}"),
              ElementsAre("study.yaml:10:60: found 3, expected a share between 0 and 1"));
  EXPECT_THAT(faults("{members: 1, draw: {cbam.Z.scope: {choice: [direct, direkt]}}}"),
              ElementsAre("study.yaml:10:63: unknown scope 'direkt', did you mean 'direct'?"));
  EXPECT_THAT(faults("{members: 50, draw: {parameters.scale.armingtn: {log_normal: [1, 0.1]}}}"),
              ElementsAre("study.yaml:10:72: unknown parameter 'armingtn', did you mean 'armington'?"));
}

TEST(Ensemble, AKeyIsSweptOrDrawn) {
  const std::string draw = "ensemble: {members: 2, draw: {carbon_price.Z: {uniform: [0, 1]}}}\n";
  EXPECT_THAT(StudyFiles(scenarios + "sweep: {carbon_price.Z: [1, 2]}\n" + draw).faults(),
              ElementsAre("study.yaml:10:9: 'carbon_price.Z' is swept and drawn for: expected one of them"));
  EXPECT_THAT(
      StudyFiles(scenarios + "sweep: {member: {a: {}, b: {parameters: {set: {tariffs: 0}}}}}\n" + draw).faults(),
      ElementsAre("study.yaml:10:9: in a study with an ensemble 'member' counts its members: use another name"));
}

/// 10,000 members of one key, as numbers.
std::vector<double> drawn(const std::string& distribution, const std::string& key = "carbon_price.Z") {
  const YamlView block = YamlView::parse("{" + key + ": {" + distribution + "}}", "draws.yaml");
  const Draw draw = Draw::read(block, key, block.at(key));
  std::vector<double> values;
  for (int member = 1; member <= 10000; ++member) values.push_back(std::stod(draw.label(7, member)));
  return values;
}

/// The largest distance between the shares of values below a point and the distribution's (Kolmogorov and Smirnov).
double distance(std::vector<double> values, const std::function<double(double)>& distribution) {
  std::ranges::sort(values);
  double result = 0;
  const auto count = static_cast<double>(values.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double share = distribution(values[k]);
    result = std::max({result, std::abs(share - static_cast<double>(k) / count),
                       std::abs(share - static_cast<double>(k + 1) / count)});
  }
  return result;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto count = static_cast<double>(a.size());
  double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    ma += a[k] / count;
    mb += b[k] / count;
  }
  for (std::size_t k = 0; k < a.size(); ++k) {
    aa += (a[k] - ma) * (a[k] - ma);
    bb += (b[k] - mb) * (b[k] - mb);
    ab += (a[k] - ma) * (b[k] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

// Of 10,000 independent values the distance passes 0.0195 once in a thousand, a correlation 0.033.
constexpr double distance_limit = 0.0195, correlation_limit = 0.033;

TEST(Ensemble, TenThousandDrawsAreDistributedAsAsked) {
  EXPECT_LT(distance(drawn("uniform: [10, 300]"), [](double x) { return (x - 10) / 290; }), distance_limit);
  EXPECT_LT(distance(drawn("log_uniform: [0.5, 8]"), [](double x) { return std::log(x / 0.5) / std::log(16.0); }),
            distance_limit);
  EXPECT_LT(distance(drawn("triangular: [0.5, 1, 4]"),
                     [](double x) {
                       return x < 1 ? (x - 0.5) * (x - 0.5) / (3.5 * 0.5) : 1 - (4 - x) * (4 - x) / (3.5 * 3);
                     }),
            distance_limit);
  const auto log_normal = drawn("log_normal: [2, 0.3]");
  EXPECT_LT(
      distance(log_normal, [](double x) { return 0.5 * std::erfc(-std::log(x / 2) / 0.3 / std::numbers::sqrt2); }),
      distance_limit);
  double mean = 0, square = 0;
  for (const double value : log_normal) {
    mean += std::log(value) / 10000;
    square += std::log(value) * std::log(value) / 10000;
  }
  EXPECT_NEAR(mean, std::log(2.0), 0.01);
  EXPECT_NEAR(std::sqrt(square - mean * mean), 0.3, 0.01);
  EXPECT_GT(std::ranges::max(log_normal), 2 * std::exp(3.2 * 0.3)) << "the tail is not cut";
}

TEST(Ensemble, MembersAndKeysAreIndependent) {
  const auto values = drawn("uniform: [0, 1]"), others = drawn("uniform: [0, 1]", "carbon_price.Y"),
             third = drawn("uniform: [0, 1]", "parameters.scale.armington");
  EXPECT_LT(std::abs(correlation(values, others)), correlation_limit);
  EXPECT_LT(std::abs(correlation(values, third)), correlation_limit);
  for (const std::size_t lag : {1U, 2U, 10U, 100U, 1000U}) {
    const std::vector<double> early(values.begin(), values.end() - static_cast<std::ptrdiff_t>(lag));
    const std::vector<double> late(values.begin() + static_cast<std::ptrdiff_t>(lag), values.end());
    EXPECT_LT(std::abs(correlation(early, late)), correlation_limit) << "members " << lag << " apart";
  }
}

TEST(Ensemble, ValuesHaveSixDigitsAndStayInTheirRange) {
  const YamlView block = YamlView::parse("{carbon_price.Z: {uniform: [0.1234567890, 0.1234567891]}}", "draws.yaml");
  const Draw draw = Draw::read(block, "carbon_price.Z", block.at("carbon_price.Z"));
  for (int member = 1; member <= 20; ++member) {
    EXPECT_GE(std::stod(draw.label(1, member)), 0.1234567890);
    EXPECT_LE(std::stod(draw.label(1, member)), 0.1234567891);
  }
  for (const double value : drawn("uniform: [10, 300]")) {
    EXPECT_THAT(value, AllOf(Ge(10), Le(300)));
    EXPECT_NEAR(value * 1e4, std::round(value * 1e4), 1e-6);
  }
}

}  // namespace
}  // namespace levee
