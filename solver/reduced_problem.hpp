#pragma once

#include <span>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee {

/// A problem with some unknowns held at given values and the rows paired with them left out, so that it stays square:
/// variables removed without their rows end in Ipopt's "too few degrees of freedom". What is left is a plain system of
/// equations: lower() is minus infinity throughout. Keeps a reference to the full problem, which must live longer.
class ReducedProblem final : public NonlinearProblem {
 public:
  /// Unknown i is held at values[i] where held[i] is true; both have full.size() entries.
  ReducedProblem(const NonlinearProblem& full, std::span<const double> values, const std::vector<bool>& held);

  /// The full point with the kept unknowns replaced by `x`, size() values.
  std::vector<double> expand(std::span<const double> x) const;
  /// The kept unknowns of a full point.
  std::vector<double> restrict_to_kept(std::span<const double> full) const;

  int size() const override { return static_cast<int>(kept_.size()); }
  const SparsePattern& pattern() const override { return pattern_; }
  std::span<const double> lower() const override { return lower_; }
  void residual(std::span<const double> x, std::span<double> f) const override;
  void jacobian(std::span<const double> x, std::span<double> values) const override;
  std::string row_name(int row) const override { return full_.row_name(kept_[static_cast<std::size_t>(row)]); }
  std::string unknown_name(int unknown) const override {
    return full_.unknown_name(kept_[static_cast<std::size_t>(unknown)]);
  }

 private:
  const NonlinearProblem& full_;
  std::vector<double> values_;
  std::vector<int> kept_;
  SparsePattern pattern_;
  std::vector<std::size_t> slots_;  ///< where each entry of pattern_ sits in the full pattern
  std::vector<double> lower_;
};

}  // namespace levee
