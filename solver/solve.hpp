#pragma once

#include <span>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// Solves with the back end that the options name: solve_with_ipopt or solve_with_newton, whose solution is then
/// verified with Ipopt if the options say so.
Solution solve(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options);

}  // namespace levee
