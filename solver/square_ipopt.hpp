#pragma once

#include <atomic>
#include <span>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"
#include "solver/solution.hpp"

namespace levee {

/// How one run of Ipopt on a square system F(x) = 0 is to go.
struct SquareSettings {
  double tolerance = 1e-10;  ///< on max |F|; the run ends at the first evaluated point that meets it
  int max_iterations = 200;
  double barrier = 1e-11;    ///< Ipopt's starting barrier parameter; matters only where `interior` is finite
  bool second_order = true;  ///< false: limited-memory curvature, which finds local minima of |F| better
  bool restore = true;       ///< false: the run ends where Newton's steps fail and Ipopt would go on to minimise |F|
  /// Whether the start is only to be judged: no iteration, and `solved` is Ipopt's own word.
  bool only_judge = false;
  const std::atomic<bool>* interrupt = nullptr;
  std::vector<std::string>* log = nullptr;  ///< a line an iteration is appended when not null
};

/// What the caller's options mean for one run; a log asked for is written to `log`.
SquareSettings settings_from(const SolverOptions& options, std::vector<std::string>& log);

enum class SquareStatus { solved, infeasible, stalled, iteration_limit, interrupted, not_finite };

/// The evaluated point with the smallest max |F|, which is not always Ipopt's last.
struct SquareRun {
  SquareStatus status = SquareStatus::stalled;
  std::vector<double> x;
  double residual = 0;  ///< max |F(x)| as evaluated during the run
  int iterations = 0;
  std::string message;  ///< Ipopt's own words
};

/// Solves F(x) = 0 with Ipopt: zero objective, equality constraints, the problem's own Jacobian; problem.lower() is
/// ignored. `interior` (empty, or size() values, minus infinity where free) are bounds that iterates must stay strictly
/// above and that a solution must not touch; `start` must be strictly above them. A non-finite value makes the line
/// search back off. Ipopt's MUMPS keeps global state, so runs in one process take turns behind a lock.
SquareRun run_ipopt(const NonlinearProblem& problem, std::span<const double> interior, std::span<const double> start,
                    const SquareSettings& settings);

}  // namespace levee
