#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/equilibrium.hpp"
#include "scenarios/leakage_channels.hpp"
#include "scenarios/study.hpp"
#include "solver/solution.hpp"

namespace levee {

/// A scenario's equilibrium, with what it took.
struct ScenarioResult : Equilibrium {
  int scenario = -1;                                     ///< index into Study::scenarios
  Policy policy;                                         ///< the scenario's, its caps with their size
  std::vector<std::optional<LeakageChannels>> channels;  ///< a zone; empty where it was not asked for or has no market
  double seconds = 0;                                    ///< calibration, equations and solve
  double channel_seconds = 0;                            ///< the counterfactual runs
  double peak_memory_mib = 0;                            ///< of the process, so far
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
  std::optional<bool> channels;  ///< decompose leakage by channel; empty: as the study says
  /// Called as each scenario starts (result == nullptr) and ends, and once more when its channels are known (their
  /// seconds are then more than 0).
  std::function<void(int done, int total, const Scenario& scenario, const ScenarioResult* result)> progress;
  const std::atomic<bool>* interrupted = nullptr;
};

/// Calibrates once for each set of parameters, checks that the benchmark replicates to 1e-9, and solves every scenario
/// with Ipopt from the benchmark; a scenario's answer depends on nothing but the study and itself. A scenario that is
/// not solved is a result with its status; one whose cap follows it is failed. Scenarios whose results others' caps
/// need are solved first, and along with them when they were not asked for. Throws InputError on an unknown name in
/// `only` or figures that do not make a benchmark.
StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options);

}  // namespace levee
