#include "solver/complementarity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "solver/reduced_problem.hpp"
#include "solver/relaxed_pairs.hpp"
#include "solver/residual.hpp"

namespace levee {
namespace {

constexpr int rounds_from_start = 4;
constexpr int rounds_from_relaxation = 30;
constexpr int entry_retries = 4;
constexpr int relaxation_retries = 8;
// A step along the path that takes longer is better made shorter.
constexpr int relaxed_iterations = 80;
constexpr double first_product = 0.1;
// Pairs whose members are both below this after the relaxation may be degenerate; which one is held is then a guess.
constexpr double doubtful = 1e-3;

}  // namespace

SquareStatus PairSolver::solve(std::span<const double> start) {
  account_.x.assign(start.begin(), start.end());
  const auto lower = problem_.lower();
  for (std::size_t i = 0; i < start.size(); ++i) account_.x[i] = std::max(start[i], lower[i]);
  best_ = largest_residual(problem_, account_.x);
  const std::vector<double> inside = account_.x;
  if (from_start(inside) || stop()) return last_;
  if (!options_.relax) return last_ == SquareStatus::solved ? SquareStatus::stalled : last_;
  if (from_relaxation(inside) || stop()) return last_;
  // A reduced system without solution says that its active set is wrong, not that the whole problem has none.
  return infeasible_ ? SquareStatus::infeasible : SquareStatus::stalled;
}

// The cheap guess: unknowns off their bound stay off; those at it leave only where the row asks for it.
bool PairSolver::from_start(std::span<const double> start) {
  const auto lower = problem_.lower();
  std::vector<double> f(start.size());
  problem_.residual(start, f);
  std::vector<bool> held(start.size());
  for (std::size_t i = 0; i < start.size(); ++i) {
    held[i] = !is_equation(lower[i]) && start[i] - lower[i] <= options_.tolerance && !(f[i] < 0);
  }
  note("active set of the start");
  return settle(start, std::move(held), rounds_from_start);
}

bool PairSolver::from_relaxation(std::span<const double> start) {
  RelaxedPairs relaxed(problem_);
  const double mean = relaxed.mean_product(relaxed.start_from(start, std::sqrt(first_product)));
  double product = first_product * std::clamp(mean, 0.1, 100.0);
  const std::vector<double> first = enter(relaxed, start, product);
  if (first.empty()) return false;
  const std::vector<double> end = follow(relaxed, first, product);
  if (stop()) return false;
  const std::vector<double> point(end.begin(), end.begin() + problem_.size());
  const std::vector<bool> held = relaxed.nearer_bound(end);
  if (settle(point, held, rounds_from_relaxation) || stop()) return !stop();
  // Degenerate pairs can make the reduced system singular one way round and not the other.
  const std::vector<bool> small = relaxed.both_small(end, doubtful);
  if (std::find(small.begin(), small.end(), true) == small.end()) return false;
  for (const bool choice : {true, false}) {
    std::vector<bool> other = held;
    for (std::size_t i = 0; i < other.size(); ++i) {
      if (small[i]) other[i] = choice;
    }
    note(fmt::format("doubtful pairs {}", choice ? "at their bounds" : "as equations"));
    if (settle(point, std::move(other), rounds_from_relaxation) || stop()) return !stop();
  }
  return false;
}

// The first rounded system: a larger product is a rounder corner and an easier problem. Returns an empty point when
// none solves; infeasible_ then tells whether curvature found the first of them to be without solution.
std::vector<double> PairSolver::enter(RelaxedPairs& relaxed, std::span<const double> start, double& product) {
  for (int retry = 0; retry < entry_retries; ++retry, product *= 10) {
    const SquareRun attempt = solve_relaxed(relaxed, relaxed.start_from(start, std::sqrt(product)), product, true);
    if (attempt.status == SquareStatus::solved) {
      infeasible_ = false;
      return attempt.x;
    }
    if (stop()) break;
    const bool without = solve_relaxed(relaxed, attempt.x, product, false).status == SquareStatus::infeasible;
    if (stop()) break;
    infeasible_ = infeasible_ || without;
  }
  return {};
}

// Reduces the product of the pairs, each system started from the one before; returns the last point that solved.
std::vector<double> PairSolver::follow(RelaxedPairs& relaxed, std::vector<double> point, double solved) {
  double factor = 0.1;
  for (int retries = 0; solved > options_.complementarity && retries <= relaxation_retries;) {
    // Faster than linear near the end, as Newton's method is, unless the path has proved hard.
    const double reduction = retries == 0 ? std::min(factor, std::sqrt(solved)) : factor;
    const double product = std::max(options_.complementarity, reduction * solved);
    SquareRun attempt = solve_relaxed(relaxed, point, product, true);
    if (stop()) break;
    if (attempt.status == SquareStatus::solved) {
      point = std::move(attempt.x);
      solved = product;
    } else {
      ++retries;
      factor = std::sqrt(factor);
    }
  }
  return point;
}

SquareRun PairSolver::solve_relaxed(RelaxedPairs& relaxed, std::span<const double> start, double product,
                                    bool second_order) {
  relaxed.set_product(product);
  SquareSettings how = settings_from(options_, account_.log);
  how.tolerance = std::max(options_.tolerance, 0.1 * product);
  how.barrier = product;
  how.max_iterations = std::min(how.max_iterations, relaxed_iterations);
  how.second_order = second_order;
  how.restore = true;
  note(fmt::format("x s = {:.1e}{}", product, second_order ? "" : " with limited-memory curvature"));
  return run(relaxed, relaxed.interior(), start, how);
}

// Holds the given unknowns at their bounds, solves what is left and flips the pairs whose sign is wrong, until none is.
// All offenders flip at once while that brings new sets; a set seen before means a cycle, and then only the offender
// with the smallest index flips (Murty's rule, finite for P-matrices).
bool PairSolver::settle(std::span<const double> point, std::vector<bool> held, int rounds) {
  std::set<std::vector<bool>> seen;
  std::vector<double> x(point.begin(), point.end());
  bool one_by_one = false;
  for (int round = 0; round < rounds; ++round) {
    one_by_one = !seen.insert(held).second || one_by_one;
    last_ = solve_reduced(x, held);
    keep_if_better(x);
    if (last_ != SquareStatus::solved) return false;
    const std::vector<std::size_t> offenders = wrong_signs(x, held);
    if (offenders.empty()) return largest_residual(problem_, x) <= options_.tolerance;
    note(fmt::format("{} pairs have the wrong sign", offenders.size()));
    const std::size_t count = one_by_one ? 1 : offenders.size();
    for (std::size_t k = 0; k < count; ++k) held[offenders[k]] = !held[offenders[k]];
  }
  account_.message = fmt::format("the signs of the pairs did not settle in {} rounds", rounds);
  return false;
}

SquareStatus PairSolver::solve_reduced(std::vector<double>& point, const std::vector<bool>& held) {
  const auto lower = problem_.lower();
  for (std::size_t i = 0; i < point.size(); ++i) {
    if (held[i]) point[i] = lower[i];
  }
  const ReducedProblem reduced(problem_, point, held);
  note(fmt::format("{} unknowns held at their bounds, {} equations", problem_.size() - reduced.size(), reduced.size()));
  if (reduced.size() == 0) return SquareStatus::solved;
  const SquareRun attempt = run(reduced, {}, reduced.restrict_to_kept(point), settings_from(options_, account_.log));
  point = reduced.expand(attempt.x);
  return attempt.status;
}

std::vector<std::size_t> PairSolver::wrong_signs(std::span<const double> point, const std::vector<bool>& held) const {
  const auto lower = problem_.lower();
  std::vector<double> f(point.size());
  problem_.residual(point, f);
  std::vector<std::size_t> offenders;
  for (std::size_t i = 0; i < point.size(); ++i) {
    if (is_equation(lower[i])) continue;
    const double member = held[i] ? f[i] : point[i] - lower[i];
    if (!(member >= -options_.tolerance)) offenders.push_back(i);
  }
  return offenders;
}

void PairSolver::keep_if_better(std::span<const double> point) {
  const double residual = largest_residual(problem_, point);
  if (!(residual < best_)) return;
  best_ = residual;
  account_.x.assign(point.begin(), point.end());
}

SquareRun PairSolver::run(const NonlinearProblem& system, std::span<const double> interior,
                          std::span<const double> start, const SquareSettings& how) {
  SquareRun attempt = run_ipopt(system, interior, start, how);
  account_.iterations += attempt.iterations;
  account_.message = attempt.message;
  last_ = attempt.status;
  return attempt;
}

void PairSolver::note(std::string line) {
  if (options_.log) account_.log.push_back(std::move(line));
}

}  // namespace levee
