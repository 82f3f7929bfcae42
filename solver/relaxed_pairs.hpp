#pragma once

#include <span>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee {

/// A complementarity problem with its corners rounded: unknowns x and one slack s a pair, rows
///   F_i(x) - s_i = 0 (pairs), F_i(x) = 0 (equations), (x_i - lower_i) s_i = e (pairs, appended),
/// to be solved with x_i > lower_i and s_i > 0. As e goes to 0 the solution tends to one of the complementarity
/// problem. e stays positive because x s = 0 has no constraint qualification. The full problem must live longer.
class RelaxedPairs final : public NonlinearProblem {
 public:
  explicit RelaxedPairs(const NonlinearProblem& full);

  /// The product of each pair, > 0.
  void set_product(double product) { product_ = product; }
  /// Bounds to stay strictly above, size() values; minus infinity for free unknowns.
  std::span<const double> interior() const { return interior_; }
  /// x of `full_point` and slacks F_i, both moved at least `distance` inside their bounds. Slacks whose F_i is not
  /// finite are `distance`.
  std::vector<double> start_from(std::span<const double> full_point, double distance) const;
  /// The mean of (x_i - lower_i) s_i over the pairs.
  double mean_product(std::span<const double> point) const;
  /// True for each of the full problem's unknowns that is paired and nearer to its bound than its slack is to 0.
  std::vector<bool> nearer_bound(std::span<const double> point) const;
  /// True for each paired unknown where both x_i - lower_i and s_i are below `threshold`.
  std::vector<bool> both_small(std::span<const double> point, double threshold) const;

  int size() const override { return full_.size() + static_cast<int>(pairs_.size()); }
  const SparsePattern& pattern() const override { return pattern_; }
  std::span<const double> lower() const override { return lower_; }
  void residual(std::span<const double> x, std::span<double> f) const override;
  void jacobian(std::span<const double> x, std::span<double> values) const override;
  std::string row_name(int row) const override;
  std::string unknown_name(int unknown) const override;

 private:
  std::size_t unknowns() const { return static_cast<std::size_t>(full_.size()); }

  const NonlinearProblem& full_;
  std::vector<std::size_t> pairs_;  ///< the paired unknowns, ascending
  SparsePattern pattern_;
  std::vector<double> lower_, interior_;
  double product_ = 0.1;
};

}  // namespace levee
