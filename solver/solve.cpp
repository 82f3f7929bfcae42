#include "solver/solve.hpp"

#include "solver/ipopt_solver.hpp"
#include "solver/ipopt_verification.hpp"
#include "solver/newton_solver.hpp"

namespace levee {

Solution solve(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options) {
  if (options.backend == Backend::ipopt) return solve_with_ipopt(problem, start, options);
  Solution solution = solve_with_newton(problem, start, options);
  if (!options.verify || solution.status != SolveStatus::solved) return solution;
  solution.verification = verify_with_ipopt(problem, solution.x, options.tolerance);
  if (!solution.verification->agreed) {
    solution.status = SolveStatus::failed;
    solution.message = "Ipopt does not take the answer for a solution: " + solution.verification->message;
  }
  return solution;
}

}  // namespace levee
