#pragma once

#include <span>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// Solves `problem` with Newton's method from `start` (size() values): the same system that Ipopt gets, without the
/// optimisation around it.
///
/// A complementarity pair is the equation min(x_i - lower_i, F_i) = 0, whose derivative is that of the smaller member
/// (semismooth Newton). Steps are halved until the largest residual is below the largest of the last few, so that a
/// full step may make it worse for a moment. The linear systems are solved by make_linear_solver, loosely at first.
///
/// Numerical trouble is a status (`failed`), never an exception; `solved` means that the residual recomputed on
/// `problem` is within options.tolerance. options.explore, relax and complementarity do not apply.
Solution solve_with_newton(const NonlinearProblem& problem, std::span<const double> start,
                           const SolverOptions& options);

}  // namespace levee
