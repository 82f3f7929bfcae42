#pragma once

#include <Eigen/Dense>
#include <Eigen/SparseCore>
#include <memory>
#include <span>
#include <string>

#include "solver/nonlinear_problem.hpp"

namespace levee {

/// A sparse matrix row by row, as Newton's method has it.
using RowMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// Solves J d = b for matrices of one pattern, one after the other.
class LinearSolver {
 public:
  struct Outcome {
    bool solved = false;
    int iterations = 0;  ///< of Krylov's method; 0 of a direct one
  };
  virtual ~LinearSolver() = default;
  /// "dense LU", "sparse LU", "GMRES with 12 blocks".
  virtual std::string name() const = 0;
  /// Takes a matrix; values may have changed, the pattern must not. False when it is singular.
  virtual bool factor(const RowMatrix& matrix) = 0;
  /// The relative residual |J d - b| / |b| is at most `accuracy` when solved; a direct solver is as exact as it can.
  virtual Outcome solve(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) = 0;
};

/// Dense LU for small systems, GMRES preconditioned by a dense LU of each block for those whose unknowns have blocks,
/// sparse LU for others. GMRES falls back on sparse LU where it does not converge and the size allows it.
std::unique_ptr<LinearSolver> make_linear_solver(std::span<const int> blocks, int size);

}  // namespace levee
