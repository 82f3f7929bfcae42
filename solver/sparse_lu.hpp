#pragma once

#include <memory>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee {

/// What factors of a paired matrix would cost, found from its pattern alone.
struct FillEstimate {
  double nonzeros = 0;  ///< in both factors
  double flops = 0;     ///< of the factorisation
};

/// With rows and unknowns ordered alike (approximate minimum degree of the pattern and its transpose).
FillEstimate estimate_fill(const SparsePattern& pattern);

/// Sparse LU (KLU) of matrices of one pattern whose row i is paired with unknown i: both are ordered alike, and pivots
/// leave the diagonal only where it is a thousand times too small.
class SparseLu {
 public:
  SparseLu();
  ~SparseLu();
  SparseLu(const SparseLu&) = delete;
  SparseLu& operator=(const SparseLu&) = delete;

  /// Values in the order of the pattern, which must be the one of the last call to have its ordering and pivots used
  /// again: many times faster. False when the matrix is singular.
  bool factor(const SparsePattern& pattern, std::vector<double>& values);
  /// Overwrites b with the solution.
  void solve(double* b) const;

 private:
  struct Factors;
  std::unique_ptr<Factors> factors_;
};

}  // namespace levee
