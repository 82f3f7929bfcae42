#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace levee {

/// Compressed rows: the columns of row i are columns[starts[i]] .. columns[starts[i + 1] - 1], ascending, no
/// duplicates.
struct SparsePattern {
  std::vector<int> starts;
  std::vector<int> columns;
  int rows() const { return static_cast<int>(starts.size()) - 1; }
  int nonzeros() const { return static_cast<int>(columns.size()); }
};

/// A square system in which row i is paired with unknown i:
///   lower[i] = -infinity:  F_i(x) = 0
///   lower[i] finite:       F_i(x) >= 0  perp  x_i >= lower[i]
/// Knows no economics beyond the names it gives.
class NonlinearProblem {
 public:
  virtual ~NonlinearProblem() = default;
  virtual int size() const = 0;
  virtual const SparsePattern& pattern() const = 0;
  virtual std::span<const double> lower() const = 0;
  /// Writes F(x), size() values. May write non-finite values; the solver then backs off.
  virtual void residual(std::span<const double> x, std::span<double> f) const = 0;
  /// Writes dF/dx in the order of pattern().
  virtual void jacobian(std::span<const double> x, std::span<double> values) const = 0;
  /// A label >= 0 a row and its unknown, -1 for what belongs to no block; empty when there are none. Unknowns of a
  /// block act on each other strongly and on others weakly, which iterative solvers use.
  virtual std::span<const int> blocks() const { return {}; }
  virtual std::string row_name(int row) const = 0;
  virtual std::string unknown_name(int unknown) const = 0;
};

constexpr double free_unknown = -std::numeric_limits<double>::infinity();

}  // namespace levee
