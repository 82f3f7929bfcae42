// Which scenarios a run solves, in which order, and who is dealt what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "scenarios/dealer.hpp"
#include "scenarios/run_plan.hpp"
#include "scenarios/task_queue.hpp"

namespace levee {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// Designs in the order of the file, each with a member for each of two elasticities: `reference`, `price`, and
/// `capped`, whose cap follows `price`.
Study swept() {
  Study study;
  study.path = "study.yaml";
  study.reference = "reference";
  for (const char* base : {"reference", "capped", "price"}) {
    for (const char* value : {"1", "2"}) {
      Scenario scenario;
      scenario.base_name = base;
      scenario.name = std::string(base) + "/e=" + value;
      scenario.sweep_values = {{"e", value}};
      scenario.caps.resize(1);
      if (scenario.base_name == "capped") scenario.caps[0] = CapRule{.mt = {}, .as_in = "price", .where = {}};
      study.add(scenario);
    }
  }
  return study;
}

enum Place { reference1, reference2, capped1, capped2, price1, price2 };

std::vector<int> scenarios_of(const RunPlan& plan) {
  std::vector<int> scenarios;
  for (const PlannedScenario& planned : plan.work) scenarios.push_back(planned.scenario);
  return scenarios;
}

TEST(RunPlan, SelectsWhatIsNeeded) {
  const Study study = swept();
  EXPECT_THAT(selected_scenarios(study, {}), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(selected_scenarios(study, {"capped/e=2"}), ElementsAre(reference2, capped2, price2));
  EXPECT_THAT(selected_scenarios(study, {"price"}), ElementsAre(reference1, reference2, price1, price2));
  EXPECT_THROW(selected_scenarios(study, {"prise"}), InputError);
}

TEST(RunPlan, ScenariosOfOneReferenceFollowEachOther) {
  const Study study = swept();
  const RunPlan plan = plan_run(study, {0, 1, 2, 3, 4, 5}, {});
  EXPECT_THAT(scenarios_of(plan), ElementsAre(reference1, price1, capped1, reference2, price2, capped2));
  EXPECT_THAT(plan.work[2].followed, ElementsAre(1));
  EXPECT_EQ(plan.work[2].reference, 0);
  EXPECT_EQ(plan.work[3].reference, 3) << "a reference is its own";
  EXPECT_EQ(plan.wanted(), 6);
}

TEST(RunPlan, WhatIsOnlyNeededIsNotWanted) {
  const RunPlan plan = plan_run(swept(), {capped2}, {});
  EXPECT_THAT(scenarios_of(plan), ElementsAre(reference2, price2, capped2));
  EXPECT_FALSE(plan.work[0].wanted);
  EXPECT_FALSE(plan.work[1].wanted);
  EXPECT_TRUE(plan.work[2].wanted);
}

/// Only a scenario with a market can be decomposed, and only if it is asked for.
TEST(RunPlan, Decomposes) {
  const RunPlan plan = plan_run(swept(), {capped1, capped2, price1}, {capped1, price1});
  for (const PlannedScenario& planned : plan.work) EXPECT_EQ(planned.decomposed, planned.scenario == capped1);
}

TEST(RunPlan, DealsEveryScenarioOnce) {
  const Study study = swept();
  const std::vector<int> all = selected_scenarios(study, {});
  for (int parts = 1; parts <= 6; ++parts) {
    std::vector<int> dealt;
    for (int number = 1; number <= parts; ++number) {
      const std::vector<int> part = dealt_scenarios(study, all, number, parts);
      EXPECT_GE(part.size(), 6u / parts);
      EXPECT_LE(part.size(), (6u + parts - 1) / parts);
      EXPECT_TRUE(std::is_sorted(part.begin(), part.end()));
      dealt.insert(dealt.end(), part.begin(), part.end());
    }
    EXPECT_THAT(dealt, UnorderedElementsAre(0, 1, 2, 3, 4, 5)) << parts;
  }
  EXPECT_THAT(dealt_scenarios(study, all, 1, 2), ElementsAre(reference1, capped1, price1)) << "one reference a part";
}

/// Takes all tasks one by one; returns them as "solve 3" and "finish 3", by scenario.
std::vector<std::string> worked_off(const RunPlan& plan, std::map<int, std::size_t>& dropped_after) {
  TaskQueue queue(plan);
  std::vector<std::string> tasks;
  while (const auto task = queue.take()) {
    const int scenario = plan.work[static_cast<std::size_t>(task->place)].scenario;
    tasks.push_back((task->kind == TaskQueue::Kind::solve ? "solve " : "finish ") + std::to_string(scenario));
    for (const int place : queue.done(*task))
      dropped_after[plan.work[static_cast<std::size_t>(place)].scenario] = tasks.size();
  }
  return tasks;
}

TEST(TaskQueue, FinishesAsSoonAsItCanAndLetsResultsGo) {
  const RunPlan plan = plan_run(swept(), {0, 1, 2, 3, 4, 5}, {});
  std::map<int, std::size_t> dropped;
  EXPECT_THAT(worked_off(plan, dropped),
              ElementsAre("solve 0", "finish 0", "solve 4", "finish 4", "solve 2", "finish 2", "solve 1", "finish 1",
                          "solve 5", "finish 5", "solve 3", "finish 3"));
  EXPECT_EQ(dropped, (std::map<int, std::size_t>{{0, 6}, {4, 5}, {2, 6}, {1, 12}, {5, 11}, {3, 12}}));
}

TEST(TaskQueue, SolvesWhatIsNeededWithoutFinishingIt) {
  const RunPlan plan = plan_run(swept(), {capped1}, {});
  std::map<int, std::size_t> dropped;
  EXPECT_THAT(worked_off(plan, dropped), ElementsAre("solve 0", "solve 4", "solve 2", "finish 2"));
  EXPECT_EQ(dropped.size(), 3u);
}

/// A reference may follow a scenario that is measured against it: solving and finishing are two things.
TEST(TaskQueue, AReferenceWhoseCapFollows) {
  Study study = swept();
  for (const int s : {reference1, reference2})
    study.scenarios[s].caps[0] = CapRule{.mt = {}, .as_in = "price", .where = {}};
  const RunPlan plan = plan_run(study, {reference1, price1}, {});
  std::map<int, std::size_t> dropped;
  EXPECT_THAT(worked_off(plan, dropped), ElementsAre("solve 4", "solve 0", "finish 4", "finish 0"));
}

TEST(TaskQueue, CountsWhatCanRunAtOnce) {
  TaskQueue queue(plan_run(swept(), {0, 1, 2, 3, 4, 5}, {}));
  const auto first = queue.take(), second = queue.take();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->at_once, 4) << "all but the capped ones";
  EXPECT_EQ(second->at_once, 4);
}

TEST(TaskQueue, StoppedItDealsNothing) {
  TaskQueue queue(plan_run(swept(), {0, 1}, {}));
  queue.stop();
  EXPECT_FALSE(queue.take());
}

TEST(Dealer, AProcessStaysWithItsReference) {
  const RunPlan plan = plan_run(swept(), {0, 1, 2, 3, 4, 5}, {});
  Dealer dealer(plan);
  std::map<int, std::vector<int>> dealt;
  for (const int process : {7, 8, 7, 8, 8, 8, 8}) {
    if (const auto place = dealer.next(process)) dealt[process].push_back(plan.work[*place].scenario);
  }
  EXPECT_THAT(dealt[7], ElementsAre(reference1, price1));
  EXPECT_THAT(dealt[8], ElementsAre(reference2, price2, capped2, capped1)) << "and helps when it is through";
  EXPECT_FALSE(dealer.next(7));
}

TEST(Dealer, DealsWhatIsWanted) {
  const RunPlan plan = plan_run(swept(), {capped2}, {});
  Dealer dealer(plan);
  EXPECT_EQ(plan.work[dealer.next(0).value()].scenario, capped2);
  EXPECT_FALSE(dealer.next(1));
  Dealer none(plan_run(swept(), {}, {}));
  EXPECT_FALSE(none.next(0));
}

}  // namespace
}  // namespace levee
