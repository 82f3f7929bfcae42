#pragma once

#include <Eigen/Core>
#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "solver/solution.hpp"
#include "solver/sparse_matrix.hpp"

namespace levee {

/// Solves J d = b for matrices of one pattern, one after the other.
class LinearSolver {
 public:
  struct Outcome {
    bool solved = false;
    int iterations = 0;  ///< of Krylov's method; 0 of a direct one
  };
  virtual ~LinearSolver() = default;
  /// "dense LU", "sparse LU", "GMRES with 12 blocks"; what was given up for another names both.
  virtual std::string name() const = 0;
  /// Takes a matrix, which must live until it is replaced; values may have changed, the pattern must not. An iterative
  /// solver may keep the factors of an earlier one as long as they serve. False when it is singular.
  virtual bool prepare(const SparseMatrix& matrix) = 0;
  /// The relative residual |J d - b| / |b| is at most `accuracy` when solved; a direct solver is as exact as it can.
  virtual Outcome solve(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) = 0;
  /// Time spent on factors so far.
  double factor_seconds() const { return factor_seconds_; }

 protected:
  template <class Factor>
  bool timed(const Factor& factor) {
    const auto begin = std::chrono::steady_clock::now();
    const bool done = factor();
    factor_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return done;
  }

 private:
  double factor_seconds_ = 0;
};

/// `automatic`: dense LU for small systems; sparse LU for unknowns without blocks, and where the factors, estimated
/// from the pattern, cost no more than the iterations they save; else GMRES preconditioned by the factors of each block
/// (BlockPreconditioner). GMRES falls back on sparse LU where it does not converge and the estimate allows it.
/// `krylov` without blocks is sparse LU.
std::unique_ptr<LinearSolver> make_linear_solver(const SparsePattern& pattern, std::span<const int> blocks,
                                                 LinearMethod method, int threads);

}  // namespace levee
