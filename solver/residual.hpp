#pragma once

#include <span>
#include <vector>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// True where the row is an equation, false where it is one half of a complementarity pair.
inline bool is_equation(double lower) { return lower == free_unknown; }

/// |f| for an equation, |min(x - lower, f)| for a pair; infinity when either is not finite, so that it is never small.
double row_residual(double x, double lower, double f);

/// The residual of each row at `x`, size() values, all >= 0. Evaluates the problem anew: no back end is believed.
std::vector<double> row_residuals(const NonlinearProblem& problem, std::span<const double> x);

/// The largest row residual at `x`; 0 for a problem without rows.
double largest_residual(const NonlinearProblem& problem, std::span<const double> x);

/// The `count` largest of `residuals` with their row names, largest first, ties in row order.
std::vector<WorstRow> worst_rows(const NonlinearProblem& problem, std::span<const double> residuals, int count = 5);

/// Fills residual, status and worst of `solution` from its own x: solved when the residual is <= `tolerance` whatever
/// the status was before, and never solved when it is not.
void judge(const NonlinearProblem& problem, double tolerance, Solution& solution);

/// True when x is a stationary point of |F|^2 without being a root: no direction reduces the residual to first order.
/// Tests the cosine between F and each column of the Jacobian against `cosine`, so the scale of the unknowns is
/// irrelevant. Meant for systems without pairs.
bool is_stationary(const NonlinearProblem& problem, std::span<const double> x, double cosine = 1e-5);

/// "first row: 1.20e-03; second row: 4.00e-05" for messages and logs.
std::string describe(std::span<const WorstRow> rows);

}  // namespace levee
