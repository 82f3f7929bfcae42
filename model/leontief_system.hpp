#pragma once

#include <Eigen/Dense>
#include <vector>

#include "data/intermediate_table.hpp"

namespace levee {

/// y with the bound of its error.
struct LeontiefSolution {
  Eigen::MatrixXd y;  ///< nodes x columns
  double error = 0;   ///< no component of a column is farther off than this times the column's largest
  int sweeps = 0;     ///< passes over the table
};

/// The Leontief system of a multi-regional table of input coefficients
///
///     A[(s,i),(r,j)] = sells[(s,i)] Z[(s,i),(r,j)] buys[(r,j)]
///
/// with buys = 1 / x (0 where there is no output) for the table's own; `sells` and `buys` of 0 cut links. One side of
/// it, for as many columns at once as are asked for, without an inverse and without a copy of the table:
///
///     prices      y = d + A'y   multipliers of emissions, value added, output; price changes
///     quantities  y = d + A y   output that final demand draws
///
/// Regions are solved one after the other by the factors of their own block I - A[r,r] with the newest of the others
/// (block Gauss-Seidel): of an M-matrix that is a regular splitting, which converges wherever a solution exists. What
/// regions deliver to each other is the smaller part, and points between sweeps are mixed, so some ten sweeps do.
///
/// The error is bounded, not guessed. An h with v = (I - A)h >= 1/2 is found once, which proves that the system is
/// productive, and that no component's error is larger than 2 max(h) times the largest residual. After a sweep that
/// changed y by D the residual is at most A|D|, and that at most max|D| A1 and at most max(|D|/h)(h - v).
class LeontiefSystem {
 public:
  enum class Side { prices, quantities };

  /// Z, `sells` and `buys` (nodes) are >= 0. Throws InputError when they are not, or when some nodes use up between
  /// them all that they make.
  LeontiefSystem(const IntermediateTable& Z, const Eigen::VectorXd& sells, const Eigen::VectorXd& buys, Side side,
                 int threads = 1);
  /// The table's own coefficients Z x^-1.
  LeontiefSystem(const IntermediateTable& Z, const Eigen::VectorXd& x, Side side, int threads = 1);

  /// d: nodes x columns. Sweeps until the error is within `accuracy`, or what rounding leaves is all that is left.
  LeontiefSolution solve_with_bound(const Eigen::MatrixXd& d) const;
  Eigen::MatrixXd solve(const Eigen::MatrixXd& d) const { return solve_with_bound(d).y; }

  static constexpr double accuracy = 1e-13;

 private:
  Eigen::MatrixXd scaled(const Eigen::MatrixXd& y) const { return inner_.asDiagonal() * y; }
  Eigen::MatrixXd composites(int region, const Eigen::MatrixXd& w) const;
  /// The rows of a region of A'y or A y, y scaled.
  Eigen::MatrixXd block_product(int region, const Eigen::MatrixXd& w, const std::vector<Eigen::MatrixXd>& bought) const;
  Eigen::MatrixXd product(const Eigen::MatrixXd& y) const;
  /// y with every region solved anew; returns what moved.
  Eigen::MatrixXd sweep(const Eigen::MatrixXd& d, Eigen::MatrixXd& y) const;
  void factorise_own(const Eigen::VectorXd& sells, const Eigen::VectorXd& buys);
  void find_bound();

  IntermediateTable Z_;
  Side side_;
  int threads_;
  Eigen::VectorXd inner_, outer_;                          ///< scales before and after the product with the table
  std::vector<Eigen::PartialPivLU<Eigen::MatrixXd>> own_;  ///< by region: I less its own block
  Eigen::VectorXd h_;
  double largest_sum_ = 0;  ///< of a row of A or A', whichever it is
};

/// 1 / x, 0 where there is no output.
Eigen::VectorXd inverse_output(const Eigen::VectorXd& x);

}  // namespace levee
