#include "solver/homotopy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "solver/arc_problem.hpp"
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

// Where no step in t succeeds the path may turn back: it is followed by its length then, which takes time.
constexpr int arc_steps = 40, arc_iterations = 12, easy_arc_iterations = 4;
constexpr double longest_arc = 0.3, shortest_arc = 1e-9;  // in logarithms or shares
// So many arcs that are nearly all in the unknowns and not in t: the path ends in something infinite or 0.
constexpr int most_standing = 8;
constexpr double standstill = 1e-3;

class Walk {
 public:
  Walk(const ProblemPath& problem_at, const SolverOptions& options, const SolveFunction& solve)
      : problem_at_(problem_at), options_(options), solve_(solve) {}

  Solution run(std::span<const double> start) {
    Solution direct = step("direct solve", 1, start, step_limit());
    if (!final(direct)) {
      Solution origin = step("start of the path", 0, start, options_.max_iterations);
      direct = origin.status == SolveStatus::solved ? walk(std::move(origin)) : std::move(origin);
      if ((turned_back_ || !runaway_.empty()) && !final(direct)) direct.status = SolveStatus::infeasible;
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
  void note(const std::string& label, double t, Solution& solution);
  std::vector<double> predict(const NonlinearProblem& problem, double t) const;
  Solution give_up(Solution attempt) const;
  Solution end_at(double t, Solution attempt);
  std::optional<Solution> follow_arc();
  Solution step_to_the_end();
  std::string fastest_unknown() const;
  std::optional<PathPoint> arc_step(double length, int& iterations);
  std::string how_far() const {
    if (last_.x.empty()) return "the start of the path did not solve";
    const std::string end = turned_back_ ? ", which turns back there: no solution continues the start's beyond it"
                            : !runaway_.empty()
                                ? fmt::format(", which ends there: the {} moves on without end", runaway_)
                                : "";
    return fmt::format("reached {:.3g} % of the path{}", 100 * last_.t, end);
  }

  const ProblemPath& problem_at_;
  const SolverOptions& options_;
  const SolveFunction& solve_;
  PathPoint before_, last_;
  Solution effort_;  ///< iterations, time and log of all steps
  int steps_ = 0;
  bool turned_back_ = false, mirrored_ = false;
  int standing_ = 0;     ///< arcs since the last progress in t
  std::string runaway_;  ///< the unknown that grows without end where the path ends
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
      if (std::optional<Solution> found = follow_arc()) return *std::move(found);
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
  note(label, t, solution);
  return solution;
}

/// Adds the effort and a line of the log.
void Walk::note(const std::string& label, double t, Solution& solution) {
  effort_.iterations += solution.iterations;
  effort_.krylov += solution.krylov;
  effort_.phases += solution.phases;
  std::move(solution.log.begin(), solution.log.end(), std::back_inserter(effort_.log));
  effort_.log.push_back(fmt::format("{}: t = {:.6f}, {} in {} iterations, residual {:.2e}{}{}", label, t,
                                    to_string(solution.status), solution.iterations, solution.residual,
                                    solution.worst.empty() ? "" : ", worst ", describe(solution.worst)));
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

/// The solution at the end of the path, if it is found by following the path by its length, round the places where it
/// turns back in t.
std::optional<Solution> Walk::follow_arc() {
  const PathPoint before = before_, last = last_;
  std::optional<Solution> end;
  if (before_.x.empty()) before_ = {last_.t - first_step, last_.x};
  double length = std::min(longest_arc, arc_length(before_, last_));
  for (int k = 0; k < arc_steps && last_.t >= 0 && !end; ++k) {
    int iterations = 0;
    std::optional<PathPoint> next = arc_step(length, iterations);
    if (!next && length < shortest_arc) {
      // At a kink, where a pair changes sides, the path may turn back at once.
      if (turned_back_ || std::exchange(mirrored_, true)) break;
      before_.t = 2 * last_.t - before_.t;
      length = arc_length(before_, last_);
      continue;
    }
    if (!next) {
      length /= 4;
      continue;
    }
    if (iterations <= easy_arc_iterations) length = std::min(longest_arc, 2 * length);
    before_ = std::exchange(last_, *std::move(next));
    turned_back_ = turned_back_ || last_.t < before_.t;
    standing_ = std::abs(last_.t - before_.t) < standstill * arc_length(before_, last_) ? standing_ + 1 : 0;
    if (standing_ == most_standing) {
      runaway_ = fastest_unknown();
      break;
    }
    if (last_.t >= 1) end = step_to_the_end();
  }
  before_ = before;
  last_ = last;
  if (end && !final(*end)) end.reset();
  return end;
}

/// The unknown that moves most in the last step.
std::string Walk::fastest_unknown() const {
  std::size_t fastest = 0;
  const auto moved = [&](std::size_t i) { return std::abs(last_.x[i] - before_.x[i]); };
  for (std::size_t i = 1; i < last_.x.size(); ++i) {
    if (moved(i) > moved(fastest)) fastest = i;
  }
  return problem_at_(last_.t)->unknown_name(static_cast<int>(fastest));
}

/// From a point of the path at or beyond its end.
Solution Walk::step_to_the_end() {
  const double share = (1 - last_.t) / (last_.t - before_.t);
  return step("end of the path", 1, beyond(before_, last_, share).x, step_limit());
}

/// The point of the path `length` further on.
std::optional<PathPoint> Walk::arc_step(double length, int& iterations) {
  const ArcProblem problem(problem_at_, before_, last_, length);
  const double share = length / arc_length(before_, last_);
  PathPoint start = beyond(before_, last_, share);
  start.x.push_back(start.t);
  SolverOptions options = options_;
  options.max_iterations = std::min(arc_iterations, options_.max_iterations);
  options.explore = false;
  options.relax = false;
  Solution solution = solve_(problem, start.x, options);
  ++steps_;
  note(fmt::format("arc of {:.1e}", length), solution.x.back(), solution);
  iterations = solution.iterations;
  if (solution.status != SolveStatus::solved) return std::nullopt;
  PathPoint point{solution.x.back(), std::move(solution.x)};
  point.x.pop_back();
  constexpr double same_branch = 3;
  const bool direction_known = before_.x != last_.x;
  if (direction_known && arc_length(last_, point) > same_branch * length) return std::nullopt;
  return point;
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
