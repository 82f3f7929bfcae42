// Saad and Schultz (1986), "GMRES: a generalized minimal residual algorithm for solving nonsymmetric linear systems".
#include "solver/gmres.hpp"

#include <cmath>

namespace levee {

namespace {

/// A vector that loses more than this share of its length to the basis is orthogonalised once more.
constexpr double cancellation = 0.7;

}  // namespace

void Gmres::orthogonalise(int column, Eigen::VectorXd& w) {
  const double before = w.norm();
  for (int pass = 0; pass < 2; ++pass) {
    for (int k = 0; k <= column; ++k) {
      const double projection = basis_[static_cast<std::size_t>(k)].dot(w);
      hessenberg_(k, column) += projection;
      w -= projection * basis_[static_cast<std::size_t>(k)];
    }
    if (w.norm() > (1 - cancellation) * before) break;
  }
  hessenberg_(column + 1, column) = w.norm();
}

/// Givens rotations keep the least squares problem triangular.
void Gmres::rotate(int column) {
  for (int k = 0; k < column; ++k) {
    const double upper = hessenberg_(k, column), lower = hessenberg_(k + 1, column);
    hessenberg_(k, column) = cosine_[k] * upper + sine_[k] * lower;
    hessenberg_(k + 1, column) = cosine_[k] * lower - sine_[k] * upper;
  }
  const double length = std::hypot(hessenberg_(column, column), hessenberg_(column + 1, column));
  cosine_[column] = length == 0 ? 1 : hessenberg_(column, column) / length;
  sine_[column] = length == 0 ? 0 : hessenberg_(column + 1, column) / length;
  hessenberg_(column, column) = length;
  hessenberg_(column + 1, column) = 0;
  right_[column + 1] = -sine_[column] * right_[column];
  right_[column] *= cosine_[column];
}

Gmres::Outcome Gmres::solve(const LinearMap& matrix, const LinearMap& preconditioner, const Eigen::VectorXd& b,
                            double accuracy, int limit, Eigen::VectorXd& x) {
  x.setZero(b.size());
  const double length = b.norm();
  if (length == 0) return {true, 0};
  hessenberg_.setZero(limit + 1, limit);
  for (Eigen::VectorXd* vector : {&cosine_, &sine_, &right_}) vector->setZero(limit + 1);
  right_[0] = length;
  if (basis_.empty()) basis_.emplace_back();
  basis_[0] = b / length;
  int count = 0;
  bool converged = false;
  while (count < limit && !converged) {
    preconditioner(basis_[static_cast<std::size_t>(count)], direction_);
    matrix(direction_, image_);
    orthogonalise(count, image_);
    const double left = hessenberg_(count + 1, count);
    if (!std::isfinite(left)) break;
    rotate(count);
    ++count;
    converged = std::abs(right_[count]) <= accuracy * length;
    if (left == 0 || converged) break;
    if (basis_.size() == static_cast<std::size_t>(count)) basis_.emplace_back();
    basis_[static_cast<std::size_t>(count)] = image_ / left;
  }
  const Eigen::VectorXd weights =
      hessenberg_.topLeftCorner(count, count).triangularView<Eigen::Upper>().solve(right_.head(count));
  direction_.setZero(b.size());
  for (int k = 0; k < count; ++k) direction_ += weights[k] * basis_[static_cast<std::size_t>(k)];
  preconditioner(direction_, x);
  return {converged, count};
}

}  // namespace levee
