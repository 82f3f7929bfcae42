#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "scenarios/run_plan.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// Solves the scenarios of a plan that it is told to, one at a time, and whatever they need: what a process does that
/// shares nothing with others. Results that others of the same reference may need are kept until the reference changes.
class ScenarioWorker {
 public:
  /// References must outlive the worker. options.threads are those of one solve.
  ScenarioWorker(const Study& study, const RunPlan& plan, const RunOptions& options);

  /// Solves and finishes the scenario at a place of the plan, as run_scenarios does. Throws InputError on figures that
  /// do not make a benchmark.
  void run(int place, const Finished& finished);

 private:
  ScenarioResult& result(int place);

  const RunPlan& plan_;
  int threads_;
  ScenarioSolver solver_;
  std::map<int, int> places_;  ///< in the plan, by scenario
  std::set<int> needed_;       ///< places that others need
  std::map<int, ScenarioResult> results_;
  int reference_ = -1;
};

}  // namespace levee
