#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <vector>

#include "solver/nonlinear_problem.hpp"
#include "solver/parallel.hpp"

namespace levee {

/// Values in compressed rows.
struct SparseMatrix {
  SparsePattern pattern;
  std::vector<double> values;

  int size() const { return pattern.rows(); }

  /// y = A x
  void multiply(const Eigen::VectorXd& x, Eigen::VectorXd& y, int threads) const {
    constexpr int rows_at_once = 2048;
    y.resize(size());
    parallel_for((size() + rows_at_once - 1) / rows_at_once, threads, [&](int chunk) {
      const int end = std::min(size(), (chunk + 1) * rows_at_once);
      for (int row = chunk * rows_at_once; row < end; ++row) {
        double sum = 0;
        for (int k = pattern.starts[row]; k < pattern.starts[row + 1]; ++k) sum += values[k] * x[pattern.columns[k]];
        y[row] = sum;
      }
    });
  }
};

}  // namespace levee
