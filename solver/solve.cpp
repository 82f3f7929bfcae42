#include "solver/solve.hpp"

#include "solver/ipopt_solver.hpp"
#include "solver/newton_solver.hpp"

namespace levee {

Solution solve(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options) {
  return options.backend == Backend::newton ? solve_with_newton(problem, start, options)
                                            : solve_with_ipopt(problem, start, options);
}

}  // namespace levee
