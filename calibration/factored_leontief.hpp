#pragma once

#include <Eigen/Dense>
#include <vector>

namespace levee {

/// The price side of a Leontief system whose coefficients are factored: y = d + A'y, that is
///
///     y[r,j] = d[r,j] + sum_i coefficient[i,(r,j)] sum_s share[(s,i),r] y[s,i]
///
/// without the nodes x nodes matrix. Solved by correction with the regions' own blocks, factorised: I - A' is an
/// M-matrix and the blocks a regular splitting of it, so that this converges wherever a solution exists.
///
/// The error is bounded, not guessed: with h >= 0 and v = (I - A')h > 0, every component's error is at most
/// h max(|residual| / v). Such an h, close to (I - A')^-1 1, is found once; it also proves that the system is
/// productive. Cost: an iteration goes once over share and coefficient.
class FactoredLeontief {
 public:
  /// `share` is nodes x regions, `coefficient` goods x nodes, both >= 0. Throws InputError when the system is not
  /// productive (some nodes use up all they make between them).
  FactoredLeontief(Eigen::MatrixXd share, Eigen::MatrixXd coefficient);

  /// y, to `accuracy` of its largest component.
  Eigen::VectorXd solve(const Eigen::VectorXd& d) const;

  const Eigen::MatrixXd& coefficient() const { return coefficient_; }

  static constexpr double accuracy = 1e-13;

 private:
  Eigen::VectorXd transposed_product(const Eigen::VectorXd& y) const;  ///< A'y
  void correct(Eigen::VectorXd& y, const Eigen::VectorXd& residual) const;

  Eigen::MatrixXd share_;
  Eigen::MatrixXd coefficient_;
  std::vector<Eigen::PartialPivLU<Eigen::MatrixXd>> own_;  ///< by region: I - its own block of A'
  Eigen::VectorXd bound_;                                  ///< h
  Eigen::VectorXd slack_;                                  ///< v
};

}  // namespace levee
