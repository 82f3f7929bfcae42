#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/calibration_cache.hpp"
#include "scenarios/equilibrium.hpp"
#include "scenarios/leakage_channels.hpp"
#include "scenarios/study.hpp"
#include "solver/solution.hpp"

namespace levee {

/// A scenario's equilibrium, with what it took.
struct ScenarioResult : Equilibrium {
  int scenario = -1;  ///< index into Study::scenarios
  std::shared_ptr<const Calibration> calibration;
  Policy policy;                                         ///< the scenario's, its caps with their size
  std::vector<std::optional<LeakageChannels>> channels;  ///< a zone; empty where it was not asked for or has no market
  double seconds = 0;                                    ///< calibration, equations and solve
  double channel_seconds = 0;                            ///< the counterfactual runs
  double peak_memory_mib = 0;                            ///< of the process, so far
};

/// Solves scenarios of a study one by one, from any thread: an answer depends on nothing but the study and the
/// scenario.
class ScenarioSolver {
 public:
  /// `calibrations`: how many are kept for scenarios to come. References must outlive the solver.
  ScenarioSolver(const Study& study, const SolverOptions& options, int calibrations,
                 SolveFunction solve_with = levee::solve)
      : study_(study), options_(options), solve_with_(std::move(solve_with)), calibrations_(study, calibrations) {}

  /// The result of a scenario that another's caps follow; nullptr when it was not run.
  using Followed = std::function<const ScenarioResult*(int scenario)>;

  /// Calibrates, checks that the benchmark replicates to 1e-9, solves from the benchmark with so many threads. A
  /// scenario that is not solved is a result with its status: interrupted without work if the solver is; failed if one
  /// that its cap follows is not solved. Throws InputError on figures that do not make a benchmark.
  ScenarioResult solve(int scenario, const Followed& followed, int threads);

  /// Fills in the channels of leakage of every zone with a market, of a solved result. False when interrupted before
  /// all were found; those found stay.
  bool find_channels(ScenarioResult& result, const ScenarioResult& reference, int threads);

 private:
  bool set_caps(const Scenario& scenario, ScenarioResult& result, const Followed& followed) const;
  bool interrupted() const { return options_.interrupt != nullptr && *options_.interrupt; }
  SolverOptions options_with(int threads) const;

  const Study& study_;
  SolverOptions options_;
  SolveFunction solve_with_;
  CalibrationCache calibrations_;
};

}  // namespace levee
