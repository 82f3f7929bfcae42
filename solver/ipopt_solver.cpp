#include "solver/ipopt_solver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>

#include "solver/complementarity.hpp"
#include "solver/residual.hpp"
#include "solver/square_ipopt.hpp"

namespace levee {
namespace {

// A run that ends this near is worth repeating from where it ended: its filter and regularisation start afresh.
constexpr double worth_polishing = 1e-4;

// Runs once and keeps the point if it is better than the one in `account`.
SquareStatus attempt(const NonlinearProblem& problem, std::span<const double> start, const SquareSettings& how,
                     Solution& account) {
  SquareRun run = run_ipopt(problem, {}, start, how);
  account.iterations += run.iterations;
  account.message = run.message;
  if (run.residual <= account.residual) {
    account.residual = run.residual;
    account.x = std::move(run.x);
  }
  return run.status;
}

bool finished(SquareStatus status) { return status == SquareStatus::solved || status == SquareStatus::interrupted; }

SquareStatus solve_equations(const NonlinearProblem& problem, std::span<const double> start,
                             const SolverOptions& options, Solution& account) {
  account.x.assign(start.begin(), start.end());
  account.residual = std::numeric_limits<double>::infinity();
  SquareSettings how = settings_from(options, account.log);
  SquareStatus status = attempt(problem, start, how, account);
  if (finished(status) || !std::isfinite(account.residual)) return status;
  if (account.residual <= worth_polishing) {
    status = attempt(problem, std::vector(account.x), how, account);
    if (finished(status)) return status;
  }
  if (!options.explore) return status;
  // With zero curvature Ipopt's restoration seldom converges to a minimum of |F|; with estimated curvature it does.
  if (options.log) account.log.emplace_back("again with limited-memory curvature");
  how.second_order = false;
  status = attempt(problem, std::vector(account.x), how, account);
  if (finished(status)) return status;
  return is_stationary(problem, account.x) ? SquareStatus::infeasible : status;
}

SolveStatus outcome(SquareStatus status) {
  switch (status) {
    case SquareStatus::solved:
      return SolveStatus::solved;
    case SquareStatus::infeasible:
      return SolveStatus::infeasible;
    case SquareStatus::interrupted:
      return SolveStatus::interrupted;
    default:
      return SolveStatus::failed;
  }
}

std::string advice(const Solution& solution) {
  switch (solution.status) {
    case SolveStatus::solved:
    case SolveStatus::interrupted:
      return "";
    case SolveStatus::infeasible:
      return "; no step from here reduces the residual: look at the worst rows, or start elsewhere";
    case SolveStatus::failed:
      return "; try a start nearer to the solution, a smaller change (homotopy) or more iterations";
  }
  return "";
}

// Empty when `start` can be used.
std::string objection_to(const NonlinearProblem& problem, std::span<const double> start) {
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (!std::isfinite(start[i])) {
      return fmt::format("the start of {} is {}", problem.unknown_name(static_cast<int>(i)), start[i]);
    }
  }
  return "";
}

bool has_pairs(const NonlinearProblem& problem) {
  const auto lower = problem.lower();
  return !std::all_of(lower.begin(), lower.end(), is_equation);
}

void run_solver(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options,
                Solution& solution) {
  solution.message = objection_to(problem, start);
  solution.x.assign(start.begin(), start.end());
  if (!solution.message.empty()) return;
  if (options.interrupt != nullptr && options.interrupt->load()) {
    solution.status = SolveStatus::interrupted;
    return;
  }
  const SquareStatus status = has_pairs(problem) ? PairSolver(problem, options, solution).solve(start)
                                                 : solve_equations(problem, start, options, solution);
  solution.status = outcome(status);
}

}  // namespace

Solution solve_with_ipopt(const NonlinearProblem& problem, std::span<const double> start,
                          const SolverOptions& options) {
  assert(start.size() == static_cast<std::size_t>(problem.size()));
  assert(problem.lower().size() == start.size() && problem.pattern().rows() == problem.size());
  const auto begin = std::chrono::steady_clock::now();
  Solution solution;
  solution.backend = "ipopt";
  if (problem.size() > 0) run_solver(problem, start, options, solution);
  judge(problem, options.tolerance, solution);
  if (std::isfinite(solution.residual)) solution.message += advice(solution);
  solution.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return solution;
}

}  // namespace levee
