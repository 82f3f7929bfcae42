#pragma once

#include <span>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// Asks Ipopt whether `x` (size() values) solves `problem`: started there and allowed no iteration, it must say so by
/// its own test of optimality and feasibility within `tolerance`. Ipopt 3.11 estimates multipliers of a square problem
/// once before that test, with a factorisation far smaller than those of its steps: seconds at 120,000 unknowns.
///
/// Complementarity pairs are checked as solve_with_ipopt ends: those at their bound are held there with their rows left
/// out and the sign of these rows is looked at; Ipopt judges the equations that are left.
Verification verify_with_ipopt(const NonlinearProblem& problem, std::span<const double> x, double tolerance);

}  // namespace levee
