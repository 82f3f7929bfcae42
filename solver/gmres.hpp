#pragma once

#include <Eigen/Core>
#include <functional>
#include <vector>

namespace levee {

/// A linear map: writes A v to the second argument.
using LinearMap = std::function<void(const Eigen::VectorXd&, Eigen::VectorXd&)>;

/// GMRES, preconditioned from the right, so that the residual it measures is the system's own. Keeps its vectors from
/// one solve to the next.
class Gmres {
 public:
  struct Outcome {
    bool converged = false;
    int iterations = 0;
  };
  /// Solves A x = b from zero until |A x - b| <= accuracy |b|, with at most `limit` iterations. x is the best point
  /// of the space searched in either case.
  Outcome solve(const LinearMap& matrix, const LinearMap& preconditioner, const Eigen::VectorXd& b, double accuracy,
                int limit, Eigen::VectorXd& x);

 private:
  void orthogonalise(int column, Eigen::VectorXd& w);
  void rotate(int column);

  std::vector<Eigen::VectorXd> basis_;
  Eigen::MatrixXd hessenberg_;  ///< triangular once rotated
  Eigen::VectorXd cosine_, sine_, right_;
  Eigen::VectorXd direction_, image_;
};

}  // namespace levee
