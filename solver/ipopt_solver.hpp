#pragma once

#include <span>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// Solves `problem` with Ipopt from `start` (size() values).
///
/// Equations only: one square system, zero objective, exact Jacobian; a second run with limited-memory curvature when
/// the first does not get there, which is what tells "infeasible" (|F| has a local minimum that is no root) from
/// "failed".
///
/// With complementarity pairs: the active set of the start is tried first; if it proves wrong, x s = e with e reduced
/// to options.complementarity, then each pair's smaller member is held at its bound and the reduced system is solved
/// and its signs checked. Either way the answer solves a reduced system to options.tolerance, so it does not depend on
/// the path where the solution is unique.
///
/// Numerical trouble is a status, never an exception. `solved` means that the residual recomputed on `problem` is
/// within options.tolerance. A start that is not finite fails at once. Not concurrent: runs take turns behind a lock
/// (MUMPS).
Solution solve_with_ipopt(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options);

}  // namespace levee
