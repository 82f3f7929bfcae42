#pragma once

#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee::testing {

using Vector = std::vector<double>;

/// A small system given by lambdas, with a dense pattern unless one is given.
class FunctionProblem : public NonlinearProblem {
 public:
  using Residual = std::function<void(std::span<const double>, std::span<double>)>;

  FunctionProblem(int size, Residual residual, Residual jacobian, Vector lower = {})
      : residual_(std::move(residual)), jacobian_(std::move(jacobian)), lower_(std::move(lower)) {
    const auto n = static_cast<std::size_t>(size);
    if (lower_.empty()) lower_.assign(n, free_unknown);
    pattern_.starts.push_back(0);
    for (int row = 0; row < size; ++row) {
      for (int column = 0; column < size; ++column) pattern_.columns.push_back(column);
      pattern_.starts.push_back(pattern_.nonzeros());
    }
  }

  void set_pattern(SparsePattern pattern) { pattern_ = std::move(pattern); }

  int size() const override { return static_cast<int>(lower_.size()); }
  const SparsePattern& pattern() const override { return pattern_; }
  std::span<const double> lower() const override { return lower_; }
  void residual(std::span<const double> x, std::span<double> f) const override { residual_(x, f); }
  void jacobian(std::span<const double> x, std::span<double> values) const override { jacobian_(x, values); }
  std::string row_name(int row) const override { return "row " + std::to_string(row); }
  std::string unknown_name(int unknown) const override { return "unknown " + std::to_string(unknown); }

 private:
  Residual residual_, jacobian_;
  Vector lower_;
  SparsePattern pattern_;
};

/// F(x) = M x + q, M row by row; every unknown >= 0 when `pairs`, free otherwise.
inline FunctionProblem linear_problem(Vector matrix, Vector constant, bool pairs) {
  const std::size_t n = constant.size();
  return FunctionProblem(
      static_cast<int>(n),
      [matrix, constant, n](auto x, auto f) {
        for (std::size_t i = 0; i < n; ++i) {
          f[i] =
              std::inner_product(x.begin(), x.end(), matrix.begin() + static_cast<std::ptrdiff_t>(i * n), constant[i]);
        }
      },
      [matrix](auto, auto values) { std::copy(matrix.begin(), matrix.end(), values.begin()); },
      Vector(n, pairs ? 0.0 : free_unknown));
}

/// Rosenbrock's function as equations, root (1, 1).
inline FunctionProblem rosenbrock() {
  return FunctionProblem(
      2,
      [](auto x, auto f) {
        f[0] = 10 * (x[1] - x[0] * x[0]);
        f[1] = 1 - x[0];
      },
      [](auto x, auto j) {
        j[0] = -20 * x[0];
        j[1] = 10;
        j[2] = -1;
        j[3] = 0;
      });
}

/// Powell's badly scaled system (Moré, Garbow and Hillstrom 1981, no. 3), root (1.098...e-5, 9.106...).
inline FunctionProblem powell_badly_scaled() {
  return FunctionProblem(
      2,
      [](auto x, auto f) {
        f[0] = 1e4 * x[0] * x[1] - 1;
        f[1] = std::exp(-x[0]) + std::exp(-x[1]) - 1.0001;
      },
      [](auto x, auto j) {
        j[0] = 1e4 * x[1];
        j[1] = 1e4 * x[0];
        j[2] = -std::exp(-x[0]);
        j[3] = -std::exp(-x[1]);
      });
}

/// log(x0) + x1 = 1, x0^2 + x1 = 2, roots (1, 1) and (0.4507..., 1.7968...); NaN for x0 < 0.
inline FunctionProblem logarithms() {
  return FunctionProblem(
      2,
      [](auto x, auto f) {
        f[0] = std::log(x[0]) + x[1] - 1;
        f[1] = x[0] * x[0] + x[1] - 2;
      },
      [](auto x, auto j) {
        j[0] = 1 / x[0];
        j[1] = 1;
        j[2] = 2 * x[0];
        j[3] = 1;
      });
}

/// x0^2 + x1^2 + 1 = 0, x0 = x1: no root; |F| is smallest at the origin.
inline FunctionProblem without_root() {
  return FunctionProblem(
      2,
      [](auto x, auto f) {
        f[0] = x[0] * x[0] + x[1] * x[1] + 1;
        f[1] = x[0] - x[1];
      },
      [](auto x, auto j) {
        j[0] = 2 * x[0];
        j[1] = 2 * x[1];
        j[2] = 1;
        j[3] = -1;
      });
}

/// Kojima and Shindo's problem: solutions (sqrt(6)/2, 0, 0, 1/2), where the third pair has x = F = 0, and (1, 0, 3, 0).
inline FunctionProblem kojima_shindo() {
  return FunctionProblem(
      4,
      [](auto x, auto f) {
        f[0] = 3 * x[0] * x[0] + 2 * x[0] * x[1] + 2 * x[1] * x[1] + x[2] + 3 * x[3] - 6;
        f[1] = 2 * x[0] * x[0] + x[1] * x[1] + x[0] + 10 * x[2] + 2 * x[3] - 2;
        f[2] = 3 * x[0] * x[0] + x[0] * x[1] + 2 * x[1] * x[1] + 2 * x[2] + 9 * x[3] - 9;
        f[3] = x[0] * x[0] + 3 * x[1] * x[1] + 2 * x[2] + 3 * x[3] - 3;
      },
      [](auto x, auto j) {
        const Vector values = {6 * x[0] + 2 * x[1], 2 * x[0] + 4 * x[1], 1, 3, 4 * x[0] + 1, 2 * x[1], 10, 2,
                               6 * x[0] + x[1],     x[0] + 4 * x[1],     2, 9, 2 * x[0],     6 * x[1], 2,  3};
        std::copy(values.begin(), values.end(), j.begin());
      },
      Vector(4, 0.0));
}

/// Josephy's problem: solution (sqrt(6)/2, 0, 0, 1/2).
inline FunctionProblem josephy() {
  return FunctionProblem(
      4,
      [](auto x, auto f) {
        f[0] = 3 * x[0] * x[0] + 2 * x[0] * x[1] + 2 * x[1] * x[1] + x[2] + 3 * x[3] - 6;
        f[1] = 2 * x[0] * x[0] + x[0] + x[1] * x[1] + 3 * x[2] + 2 * x[3] - 2;
        f[2] = 3 * x[0] * x[0] + x[0] * x[1] + 2 * x[1] * x[1] + 2 * x[2] + 3 * x[3] - 1;
        f[3] = x[0] * x[0] + 3 * x[1] * x[1] + 2 * x[2] + 3 * x[3] - 3;
      },
      [](auto x, auto j) {
        const Vector values = {6 * x[0] + 2 * x[1], 2 * x[0] + 4 * x[1], 1, 3, 4 * x[0] + 1, 2 * x[1], 3, 2,
                               6 * x[0] + x[1],     x[0] + 4 * x[1],     2, 3, 2 * x[0],     6 * x[1], 2, 3};
        std::copy(values.begin(), values.end(), j.begin());
      },
      Vector(4, 0.0));
}

}  // namespace levee::testing
