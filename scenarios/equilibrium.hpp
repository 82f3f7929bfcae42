#pragma once

#include <memory>
#include <optional>

#include "calibration/regional_model.hpp"
#include "scenarios/outcome.hpp"
#include "solver/homotopy.hpp"
#include "solver/solution.hpp"
#include "solver/solve.hpp"

namespace levee {

/// A regional model solved, with what checks it.
struct Equilibrium {
  std::shared_ptr<const RegionalModel> model;
  Solution solution;
  std::optional<Outcome> outcome;     ///< empty unless solved
  std::optional<EconomyState> state;  ///< empty unless solved
  int unknowns = 0;
  int nonzeros = 0;
  double walras = 0;              ///< imbalance of the dropped market over world income
  double replication = 0;         ///< largest scaled residual at the benchmark, before any solve
  std::string worst_replication;  ///< its equation
  bool solved() const { return outcome.has_value(); }
};

/// Largest residual at the benchmark with which a model counts as calibrated.
constexpr double replication_limit = 1e-9;

/// Solves with the options' back end from the benchmark, along a path of the policy's parameters where one solve is not
/// enough. `near`: an equilibrium of a like model, tried as a start first. A benchmark that does not replicate is not
/// solved.
Equilibrium find_equilibrium(std::shared_ptr<const RegionalModel> model, const SolverOptions& options,
                             const Equilibrium* near = nullptr, const SolveFunction& solve_with = solve);

}  // namespace levee
