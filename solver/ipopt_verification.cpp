#include "solver/ipopt_verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <vector>

#include "solver/reduced_problem.hpp"
#include "solver/residual.hpp"
#include "solver/square_ipopt.hpp"

namespace levee {
namespace {

/// Which unknowns are at their bounds, and whether every pair has the right signs.
struct Pairs {
  std::vector<bool> held;
  bool any = false;
  std::string wrong;  ///< the name of a row with the wrong sign, empty when there is none
};

Pairs inspect_pairs(const NonlinearProblem& problem, std::span<const double> x, double tolerance) {
  Pairs pairs;
  pairs.held.resize(x.size(), false);
  std::vector<double> f(x.size());
  problem.residual(x, f);
  const auto lower = problem.lower();
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (is_equation(lower[i])) continue;
    pairs.held[i] = x[i] - lower[i] <= std::max(f[i], 0.0);
    pairs.any = true;
    const double smaller = pairs.held[i] ? f[i] : x[i] - lower[i];
    if (!(smaller >= -tolerance)) pairs.wrong = problem.row_name(static_cast<int>(i));
  }
  return pairs;
}

void ask_ipopt(const NonlinearProblem& problem, std::span<const double> x, double tolerance, Verification& answer) {
  const SquareRun run = run_ipopt(problem, {}, x, {.tolerance = tolerance, .only_judge = true});
  answer.agreed = run.status == SquareStatus::solved;
  answer.residual = run.residual;
  answer.message = run.message;
}

}  // namespace

Verification verify_with_ipopt(const NonlinearProblem& problem, std::span<const double> x, double tolerance) {
  assert(x.size() == static_cast<std::size_t>(problem.size()));
  const auto begin = std::chrono::steady_clock::now();
  Verification answer;
  const Pairs pairs = inspect_pairs(problem, x, tolerance);
  if (!pairs.wrong.empty()) {
    answer.message = fmt::format("the pair of {} has the wrong sign", pairs.wrong);
  } else if (!pairs.any) {
    ask_ipopt(problem, x, tolerance, answer);
  } else {
    std::vector<double> point(x.begin(), x.end());
    const auto lower = problem.lower();
    for (std::size_t i = 0; i < point.size(); ++i) {
      if (pairs.held[i]) point[i] = lower[i];
    }
    const ReducedProblem reduced(problem, point, pairs.held);
    ask_ipopt(reduced, reduced.restrict_to_kept(point), tolerance, answer);
  }
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return answer;
}

}  // namespace levee
