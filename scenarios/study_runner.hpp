#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/run_plan.hpp"
#include "scenarios/scenario_solver.hpp"

namespace levee {

/// A step of a run that is done.
struct RunStep {
  int done = 0, total = 0;                 ///< steps of the run
  const ScenarioResult* result = nullptr;  ///< nullptr: none is done yet
  bool channels = false;                   ///< its channels are what was found; else it was solved
};

struct RunOptions {
  std::vector<std::string> only;  ///< names or base names of scenarios to run; empty: all
  SolverOptions solver;
  SolveFunction solve_with = solve;  ///< what solves: a program without Ipopt has another
  std::optional<bool> channels;      ///< decompose leakage by channel; empty: as the study says
  int threads = 1;
  std::function<void(const RunStep&)> progress;  ///< called for one step at a time
  const std::atomic<bool>* interrupted = nullptr;

  bool decomposes(const Study& study) const { return channels.value_or(study.channels); }
  SolverOptions solver_with_interrupt() const {
    SolverOptions options = solver;
    options.interrupt = interrupted;
    return options;
  }
};

/// What a finished scenario is handed to, with the reference that it is measured against (nullptr when it has none).
/// `whole` is false when it was interrupted before it was solved or decomposed. Called from several threads at a time;
/// neither result lives on afterwards.
using Finished = std::function<void(const ScenarioResult& result, const ScenarioResult* reference, bool whole)>;

/// Decomposes a solved scenario where the plan says so and hands it on.
void finish_scenario(ScenarioSolver& solver, const PlannedScenario& planned, ScenarioResult& result,
                     const ScenarioResult* reference, int threads, const Finished& finished);

/// Solves every scenario of a plan from the benchmark, as many at a time as there are threads; where fewer can run,
/// each solve gets more of them. A scenario's answer depends on nothing but the study and itself. A scenario that is
/// not solved is a result with its status; one whose cap follows it is failed. When interrupted, what is left is handed
/// on as interrupted. A result is dropped as soon as no other needs it. Throws InputError on figures that do not make a
/// benchmark, after the tasks that run have ended; nothing is handed on from then on.
void run_scenarios(const Study& study, const RunPlan& plan, const RunOptions& options, const Finished& finished);

struct StudyResult {
  std::shared_ptr<const Study> study;
  std::vector<ScenarioResult> results;  ///< in the study's order, those asked for and their references
  /// The result of a scenario, nullptr when it was not run.
  const ScenarioResult* find(int scenario) const;
};

/// Runs a study and keeps every result. Throws InputError as above, and on an unknown name in `only`.
StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options);

}  // namespace levee
