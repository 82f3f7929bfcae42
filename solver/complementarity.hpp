#pragma once

#include <span>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"
#include "solver/relaxed_pairs.hpp"
#include "solver/solution.hpp"
#include "solver/square_ipopt.hpp"

namespace levee {

/// Solves complementarity problems by way of square systems: see solve_with_ipopt for the method.
class PairSolver {
 public:
  /// Iterations and log lines are added to `account`. All references must outlive the solver.
  PairSolver(const NonlinearProblem& problem, const SolverOptions& options, Solution& account)
      : problem_(problem), options_(options), account_(account) {}

  /// Sets account.x to the best point found, not yet judged, and account.message to the last words of Ipopt.
  SquareStatus solve(std::span<const double> start);

 private:
  bool from_start(std::span<const double> start);
  bool from_relaxation(std::span<const double> start);
  std::vector<double> enter(RelaxedPairs& relaxed, std::span<const double> start, double& product);
  std::vector<double> follow(RelaxedPairs& relaxed, std::vector<double> point, double solved);
  SquareRun solve_relaxed(RelaxedPairs& relaxed, std::span<const double> start, double product, bool second_order);
  bool settle(std::span<const double> point, std::vector<bool> held, int rounds);
  SquareStatus solve_reduced(std::vector<double>& point, const std::vector<bool>& held);
  std::vector<std::size_t> wrong_signs(std::span<const double> point, const std::vector<bool>& held) const;
  void keep_if_better(std::span<const double> point);
  bool stop() const { return last_ == SquareStatus::interrupted; }
  SquareRun run(const NonlinearProblem& system, std::span<const double> interior, std::span<const double> start,
                const SquareSettings& how);
  void note(std::string line);

  const NonlinearProblem& problem_;
  const SolverOptions& options_;
  Solution& account_;
  SquareStatus last_ = SquareStatus::stalled;
  bool infeasible_ = false;
  double best_ = 0;
};

}  // namespace levee
