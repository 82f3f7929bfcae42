// `levee check --equations`: the model's equations in words, of an economy and of a study's scenario.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string economy = std::string(LEVEE_SOURCE_DIR) + "/tests/published/hosoe_stdcge/economy.yaml";

TEST(Equations, OfAnEconomyAreThoseThatMatch) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", economy, "--equations", "--match", "zero profit make_BRD"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("zero profit make_BRD\n  paired with [level of make_BRD] >= 0\n"),
                             HasSubstr("[unit cost of inputs of make_BRD]\n   >= [price of Z_BRD]"),
                             Not(HasSubstr("market clearing"))));
}

TEST(Equations, OfAStudyAreTheScenarios) {
  const Workspace folder;
  const Ran with = folder.levee({"check", "study.yaml", "--equations", "--scenario", "ets_only", "--match",
                                 "definition of the price of EUR.GAS composite in REF in EUR"});
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_THAT(with.out, HasSubstr("* [consumer price index of EU]"));
  const Ran families = folder.levee({"check", "study.yaml", "--equations", "--families"});
  EXPECT_EQ(families.status, 0) << families.err;
  EXPECT_THAT(families.out, AllOf(HasSubstr("## market clearing of a good"), HasSubstr("## income balance"),
                                  Not(HasSubstr("## cap on emissions")), Not(HasSubstr("## user price"))));
}

TEST(Equations, WhatDoesNotExistIsAnswered) {
  const Workspace folder;
  const Ran dataset = folder.levee({"check", "data/dataset.yaml", "--equations"});
  EXPECT_EQ(dataset.status, 1);
  EXPECT_THAT(dataset.err, HasSubstr("a dataset has no equations of its own"));
  const Ran scenario = folder.levee({"check", economy, "--equations", "--scenario", "benchmrk"});
  EXPECT_EQ(scenario.status, 1);
  EXPECT_THAT(scenario.err, HasSubstr("there is no scenario 'benchmrk', did you mean 'benchmark'?"));
  const Ran match = folder.levee({"check", economy, "--equations", "--match", "market claering"});
  EXPECT_EQ(match.status, 1);
  EXPECT_THAT(match.err, HasSubstr("no equation's name contains 'market claering'"));
  const Ran alone = folder.levee({"check", economy, "--match", "market"});
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.out, IsEmpty());
}

}  // namespace
}  // namespace levee::testing
