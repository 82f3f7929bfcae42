#include "solver/arc_problem.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace levee {

namespace {

constexpr double difference = 1e-6;  // in t

}  // namespace

double arc_length(const PathPoint& from, const PathPoint& to) {
  double sum = 0;
  for (std::size_t i = 0; i < to.x.size(); ++i) sum += (to.x[i] - from.x[i]) * (to.x[i] - from.x[i]);
  const double dt = to.t - from.t;
  return std::sqrt(sum / static_cast<double>(to.x.size()) + dt * dt);
}

PathPoint beyond(const PathPoint& from, const PathPoint& to, double share) {
  PathPoint point = to;
  point.t += share * (to.t - from.t);
  for (std::size_t i = 0; i < point.x.size(); ++i) point.x[i] += share * (to.x[i] - from.x[i]);
  return point;
}

ArcProblem::ArcProblem(const ProblemPath& problem_at, const PathPoint& from, const PathPoint& to, double length)
    : problem_at_(problem_at), to_(to), length_(length) {
  const double whole = arc_length(from, to);
  assert(whole > 0);
  const auto n = static_cast<double>(to.x.size());
  for (std::size_t i = 0; i < to.x.size(); ++i) direction_.push_back((to.x[i] - from.x[i]) / (n * whole));
  direction_.push_back((to.t - from.t) / whole);
  const auto problem = problem_at_(to.t);
  lower_.assign(problem->lower().begin(), problem->lower().end());
  lower_.push_back(free_unknown);
  blocks_.assign(problem->blocks().begin(), problem->blocks().end());
  if (!blocks_.empty()) blocks_.push_back(-1);
  const SparsePattern& pattern = problem->pattern();
  const auto last = static_cast<int>(inner());
  pattern_.starts.push_back(0);
  for (int i = 0; i < last; ++i) {
    pattern_.columns.insert(pattern_.columns.end(), pattern.columns.begin() + pattern.starts[i],
                            pattern.columns.begin() + pattern.starts[i + 1]);
    pattern_.columns.push_back(last);
    pattern_.starts.push_back(pattern_.nonzeros());
  }
  for (int k = 0; k <= last; ++k) pattern_.columns.push_back(k);
  pattern_.starts.push_back(pattern_.nonzeros());
}

void ArcProblem::residual(std::span<const double> x, std::span<double> f) const {
  const std::size_t n = inner();
  problem_at_(x[n])->residual(x.first(n), f.first(n));
  double along = direction_[n] * (x[n] - to_.t);
  for (std::size_t i = 0; i < n; ++i) along += direction_[i] * (x[i] - to_.x[i]);
  f[n] = along - length_;
}

void ArcProblem::jacobian(std::span<const double> x, std::span<double> values) const {
  const std::size_t n = inner();
  std::vector<double> ahead(n), behind(n);
  problem_at_(x[n] + difference)->residual(x.first(n), ahead);
  problem_at_(x[n] - difference)->residual(x.first(n), behind);
  const auto problem = problem_at_(x[n]);
  std::vector<double> own(problem->pattern().columns.size());
  problem->jacobian(x.first(n), own);
  auto from = own.begin();
  auto to = values.begin();
  for (std::size_t i = 0; i < n; ++i) {
    const int entries = problem->pattern().starts[i + 1] - problem->pattern().starts[i];
    to = std::copy_n(from, entries, to);
    from += entries;
    *to++ = (ahead[i] - behind[i]) / (2 * difference);
  }
  std::ranges::copy(direction_, to);
}

std::string ArcProblem::row_name(int row) const {
  return row < static_cast<int>(inner()) ? problem_at_(to_.t)->row_name(row) : "length of the path's step";
}

std::string ArcProblem::unknown_name(int unknown) const {
  return unknown < static_cast<int>(inner()) ? problem_at_(to_.t)->unknown_name(unknown) : "place on the path";
}

}  // namespace levee
