#include "solver/homotopy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "solver/residual.hpp"

namespace levee {
namespace {

constexpr int step_iterations = 30;  // Newton's method gets there in ten or should be started nearer
constexpr int easy_iterations = 8;
constexpr double first_step = 0.25;
// A shock a thousand times too large for one step is found by quarters; further along, steps are measured against the
// way done.
constexpr double smallest_step = 1e-6;
constexpr double smallest_relative_step = 1e-4;

struct PathPoint {
  double t = 0;
  std::vector<double> x;
};

class Walk {
 public:
  Walk(const ProblemPath& problem_at, const SolverOptions& options, const SolveFunction& solve)
      : problem_at_(problem_at), options_(options), solve_(solve) {}

  Solution run(std::span<const double> start) {
    Solution direct = step("direct solve", 1, start, step_limit());
    if (!final(direct)) {
      Solution origin = step("start of the path", 0, start, options_.max_iterations);
      direct = origin.status == SolveStatus::solved ? walk(std::move(origin)) : std::move(origin);
      if (!final(direct)) direct.message = fmt::format("{}: {}", how_far(), direct.message);
    }
    direct.iterations = effort_.iterations;
    direct.krylov = effort_.krylov;
    direct.phases = effort_.phases;
    direct.log = std::move(effort_.log);
    direct.homotopy_steps = steps_;
    return direct;
  }

 private:
  int step_limit() const { return std::min(step_iterations, options_.max_iterations); }
  static bool final(const Solution& solution) {
    return solution.status == SolveStatus::solved || solution.status == SolveStatus::interrupted;
  }

  Solution walk(Solution origin);
  Solution step(const std::string& label, double t, std::span<const double> start, int max_iterations,
                bool explore = false);
  std::vector<double> predict(const NonlinearProblem& problem, double t) const;
  Solution give_up(Solution attempt) const;
  Solution end_at(double t, Solution attempt);
  std::string how_far() const {
    if (last_.x.empty()) return "the start of the path did not solve";
    return fmt::format("reached {:.3g} % of the path", 100 * last_.t);
  }

  const ProblemPath& problem_at_;
  const SolverOptions& options_;
  const SolveFunction& solve_;
  PathPoint before_, last_;
  Solution effort_;  ///< iterations, time and log of all steps
  int steps_ = 0;
};

Solution Walk::walk(Solution origin) {
  last_ = {0, std::move(origin.x)};
  for (double size = first_step;;) {
    const double smallest = std::max(smallest_step, smallest_relative_step * last_.t);
    const double t = last_.t + size > 1 - smallest / 2 ? 1.0 : last_.t + size;
    ++steps_;
    const std::vector<double> start = predict(*problem_at_(t), t);
    Solution attempt = step(fmt::format("step {}", steps_), t, start, step_limit());
    if (attempt.status == SolveStatus::interrupted) return give_up(std::move(attempt));
    if (attempt.status == SolveStatus::solved) {
      if (t >= 1) return attempt;
      before_ = std::exchange(last_, {t, std::move(attempt.x)});
      if (attempt.iterations <= easy_iterations) size *= 2;
    } else if (size / 4 < smallest) {
      // the way ends here: once more with all means, to tell why
      return end_at(t, step("the last step again", t, start, step_limit(), true));
    } else {
      size /= 4;
    }
  }
}

Solution Walk::step(const std::string& label, double t, std::span<const double> start, int max_iterations,
                    bool explore) {
  SolverOptions options = options_;
  options.max_iterations = max_iterations;
  options.explore = explore;
  Solution solution = solve_(*problem_at_(t), start, options);
  effort_.iterations += solution.iterations;
  effort_.krylov += solution.krylov;
  effort_.phases += solution.phases;
  std::move(solution.log.begin(), solution.log.end(), std::back_inserter(effort_.log));
  effort_.log.push_back(fmt::format("{}: t = {:.6f}, {} in {} iterations, residual {:.2e}{}{}", label, t,
                                    to_string(solution.status), solution.iterations, solution.residual,
                                    solution.worst.empty() ? "" : ", worst ", describe(solution.worst)));
  return solution;
}

// The secant through the last two points, if it leads nearer than the last point itself; pairs stay off their bounds
// only where they were, so that a predicted point does not change which side of a pair is active.
std::vector<double> Walk::predict(const NonlinearProblem& problem, double t) const {
  if (before_.x.empty()) return last_.x;
  const double reach = (t - last_.t) / (last_.t - before_.t);
  const auto lower = problem.lower();
  std::vector<double> x(last_.x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] <= lower[i]) continue;
    const double secant = x[i] + reach * (x[i] - before_.x[i]);
    if (secant > lower[i]) x[i] = secant;
  }
  return largest_residual(problem, x) < largest_residual(problem, last_.x) ? x : last_.x;
}

// What all means do solve is solved for a part of the change only, unless the part is the whole: no solution of
// problem_at(1).
Solution Walk::end_at(double t, Solution attempt) {
  if (attempt.status != SolveStatus::solved || t >= 1) return attempt;
  last_.t = t;
  judge(*problem_at_(1), options_.tolerance, attempt);
  attempt.message = "the steps became too small to go on";
  return attempt;
}

Solution Walk::give_up(Solution attempt) const {
  attempt.x = last_.x;
  judge(*problem_at_(1), options_.tolerance, attempt);
  attempt.message = fmt::format("{}: {}", how_far(), attempt.message);
  return attempt;
}

}  // namespace

Solution solve_along_path(const ProblemPath& problem_at, std::span<const double> start, const SolverOptions& options,
                          const SolveFunction& solve) {
  const auto begin = std::chrono::steady_clock::now();
  Solution solution = Walk(problem_at, options, solve).run(start);
  solution.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return solution;
}

}  // namespace levee
