#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calibration/regional_model.hpp"
#include "scenarios/outcome.hpp"
#include "scenarios/study.hpp"
#include "solver/solution.hpp"

namespace levee {

struct ScenarioResult {
  int scenario = -1;  ///< index into Study::scenarios
  Solution solution;
  int unknowns = 0;
  int nonzeros = 0;
  double walras = 0;           ///< imbalance of the dropped market over world income
  double replication = 0;      ///< largest scaled residual at the benchmark, before any solve
  double seconds = 0;          ///< calibration, equations and solve
  double peak_memory_mib = 0;  ///< of the process, so far
  std::shared_ptr<const RegionalModel> model;
  std::optional<Outcome> outcome;  ///< empty unless solved
  bool solved() const { return outcome.has_value(); }
};

struct StudyResult {
  std::shared_ptr<const Study> study;
  std::vector<ScenarioResult> results;  ///< in the study's order, those asked for and their references
  double seconds = 0;
  /// The result of a scenario, nullptr when it was not run.
  const ScenarioResult* find(int scenario) const;
};

struct RunOptions {
  std::vector<std::string> only;  ///< names or base names of scenarios to run; empty: all
  SolverOptions solver;
  /// Called as each scenario starts (result == nullptr) and ends.
  std::function<void(int done, int total, const Scenario& scenario, const ScenarioResult* result)> progress;
  const std::atomic<bool>* interrupted = nullptr;
};

/// Calibrates once for each set of parameters, checks that the benchmark replicates to 1e-9, and solves every scenario
/// with Ipopt from the benchmark; a scenario's answer depends on nothing but the study and itself. A scenario that is
/// not solved is a result with its status. Throws InputError on an unknown name in `only` or figures that do not make a
/// benchmark.
StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options);

}  // namespace levee
