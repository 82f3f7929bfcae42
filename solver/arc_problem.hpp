#pragma once

#include <string>
#include <vector>

#include "solver/homotopy.hpp"
#include "solver/nonlinear_problem.hpp"

namespace levee {

/// A point of a path of problems: an unknown more than the problem has, the place t on the path.
struct PathPoint {
  double t = 0;
  std::vector<double> x;
};

/// Length of the way between two points, sqrt(mean (dx)^2 + dt^2).
double arc_length(const PathPoint& from, const PathPoint& to);

/// `share` of the way beyond `to`, going on from `from`: 0 is `to`.
PathPoint beyond(const PathPoint& from, const PathPoint& to, double share);

/// The problems of a path with t as the last unknown, and one more row: the point lies `length` along the direction
/// from `from` to `to`, measured from `to` (Keller 1977, "Numerical solution of bifurcation and nonlinear eigenvalue
/// problems"). Where the path turns back in t, which no problem at a given t shows, this one stays regular.
/// dF/dt is a central difference.
class ArcProblem final : public NonlinearProblem {
 public:
  /// from and to must differ.
  ArcProblem(const ProblemPath& problem_at, const PathPoint& from, const PathPoint& to, double length);

  int size() const override { return static_cast<int>(lower_.size()); }
  const SparsePattern& pattern() const override { return pattern_; }
  std::span<const double> lower() const override { return lower_; }
  std::span<const int> blocks() const override { return blocks_; }
  void residual(std::span<const double> x, std::span<double> f) const override;
  void jacobian(std::span<const double> x, std::span<double> values) const override;
  std::string row_name(int row) const override;
  std::string unknown_name(int unknown) const override;

 private:
  std::size_t inner() const { return lower_.size() - 1; }

  const ProblemPath& problem_at_;
  PathPoint to_;
  std::vector<double> direction_;  ///< row of the arc: derivative by each unknown
  double length_;
  SparsePattern pattern_;
  std::vector<double> lower_;
  std::vector<int> blocks_;
};

}  // namespace levee
