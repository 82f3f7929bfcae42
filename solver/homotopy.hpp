#pragma once

#include <functional>
#include <memory>
#include <span>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// The problem at a point of the path; it may be one object that the next call moves on.
using ProblemPath = std::function<std::shared_ptr<const NonlinearProblem>(double t)>;
using SolveFunction =
    std::function<Solution(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions&)>;

/// Solves problem_at(1). First directly from `start` with at most 30 iterations; if that fails, along
/// problem_at(t) from t = 0, where `start` should be near a solution, to t = 1: secant predictor, step doubled after an
/// easy solve, quartered after a failure, smallest step 1e-6 and 1e-4 of the way done. Where no step in t succeeds the
/// path is followed by its length (ArcProblem), at most 40 steps, round the places where it turns back.
///
/// All problems of the path have the same size and unknowns. homotopy_steps counts the steps tried, failed ones
/// included; 0 means that the direct solve was enough. iterations and seconds are totals. Each step is a line of the
/// log, whether options.log is set or not; the inner solves log only if it is.
///
/// When the path breaks off, the solution has status failed (infeasible if the last step was, or if the path was seen
/// to turn back or to run to infinity: beyond that no solution continues the one at the start), the message says how
/// far it got ("reached 37 % of the path") and which of the two it was, and x, residual and worst belong to the first
/// step beyond that failed, whose rows say what broke. Interrupted: x is the last solved point, residual and worst are
/// those of problem_at(1) there.
Solution solve_along_path(const ProblemPath& problem_at, std::span<const double> start, const SolverOptions& options,
                          const SolveFunction& solve);

}  // namespace levee
