#include "solver/linear_solver.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "solver/block_preconditioner.hpp"
#include "solver/gmres.hpp"
#include "solver/sparse_lu.hpp"

namespace levee {

namespace {

constexpr int dense_limit = 300;
/// Krylov iterations whose cost is about that many operations a non-zero: what direct factors may cost instead.
constexpr double flops_a_nonzero = 100;
/// Of larger systems not even the estimate is cheap.
constexpr int estimated_limit = 20000;
/// Beyond this even a last resort takes minutes and gigabytes.
constexpr FillEstimate largest_fill{2e8, 2e11};
constexpr int krylov_limit = 200;
/// Factors of an earlier matrix are given up for new ones when they take so many iterations more than at first.
constexpr int iterations_more = 6;
constexpr int refinements = 3;
/// Relative residual that direct factors are expected to reach after refinement.
constexpr double direct_accuracy = 1e-6;

class DenseLu : public LinearSolver {
 public:
  std::string name() const override { return "dense LU"; }
  bool prepare(const SparseMatrix& matrix) override {
    dense_.setZero(matrix.size(), matrix.size());
    for (int row = 0; row < matrix.size(); ++row) {
      for (int k = matrix.pattern.starts[row]; k < matrix.pattern.starts[row + 1]; ++k)
        dense_(row, matrix.pattern.columns[k]) = matrix.values[k];
    }
    timed([&] {
      lu_.compute(dense_);
      return true;
    });
    return lu_.matrixLU().diagonal().cwiseAbs().minCoeff() > 0 && lu_.matrixLU().allFinite();
  }
  Outcome solve(const Eigen::VectorXd& b, double /*accuracy*/, Eigen::VectorXd& d) override {
    d = lu_.solve(b);
    return {d.allFinite(), 0};
  }

 private:
  Eigen::MatrixXd dense_;
  Eigen::PartialPivLU<Eigen::MatrixXd> lu_;
};

class DirectSparse : public LinearSolver {
 public:
  explicit DirectSparse(int threads) : threads_(threads) {}
  std::string name() const override { return "sparse LU"; }
  bool prepare(const SparseMatrix& matrix) override {
    matrix_ = &matrix;
    values_ = matrix.values;
    return timed([&] { return factors_.factor(matrix.pattern, values_); });
  }
  Outcome solve(const Eigen::VectorXd& b, double /*accuracy*/, Eigen::VectorXd& d) override {
    d = b;
    factors_.solve(d.data());
    Eigen::VectorXd left;
    for (int round = 0; round < refinements; ++round) {
      matrix_->multiply(d, left, threads_);
      left = b - left;
      if (!left.allFinite()) return {false, 0};
      if (left.norm() <= direct_accuracy * b.norm()) return {true, 0};
      factors_.solve(left.data());
      d += left;
    }
    return {false, 0};
  }

 private:
  const SparseMatrix* matrix_ = nullptr;
  std::vector<double> values_;
  SparseLu factors_;
  int threads_;
};

class BlockGmres : public LinearSolver {
 public:
  BlockGmres(const SparsePattern& pattern, std::span<const int> blocks, int threads)
      : preconditioner_(pattern, blocks, threads), threads_(threads) {}

  std::string name() const override {
    return fmt::format("GMRES with {} blocks{}", preconditioner_.block_count(), direct_ ? ", then sparse LU" : "");
  }

  bool prepare(const SparseMatrix& matrix) override {
    matrix_ = &matrix;
    direct_ready_ = false;
    return !stale_ || renew();
  }

  Outcome solve(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) override {
    Gmres::Outcome outcome = iterate(b, accuracy, d);
    int iterations = outcome.iterations;
    if (!outcome.converged && !fresh_ && renew()) {
      outcome = iterate(b, accuracy, d);
      iterations += outcome.iterations;
    }
    if (outcome.converged) {
      if (fresh_) first_iterations_ = outcome.iterations;
      stale_ = outcome.iterations > first_iterations_ + iterations_more;
      fresh_ = false;
      return {true, iterations};
    }
    stale_ = true;
    return {solve_directly(b, accuracy, d), iterations};
  }

 private:
  bool renew() {
    stale_ = !timed([&] { return preconditioner_.factor(matrix_->values); });
    fresh_ = !stale_;
    return fresh_;
  }

  Gmres::Outcome iterate(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) {
    const auto matrix = [&](const Eigen::VectorXd& x, Eigen::VectorXd& y) { matrix_->multiply(x, y, threads_); };
    const auto preconditioner = [&](const Eigen::VectorXd& x, Eigen::VectorXd& y) { preconditioner_.solve(x, y); };
    return gmres_.solve(matrix, preconditioner, b, accuracy, std::min(krylov_limit, matrix_->size()), d);
  }

  bool solve_directly(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) {
    if (!fill_) fill_ = estimate_fill(matrix_->pattern);
    if (fill_->flops > largest_fill.flops || fill_->nonzeros > largest_fill.nonzeros) return false;
    if (!direct_) direct_ = std::make_unique<DirectSparse>(threads_);
    direct_ready_ = direct_ready_ || timed([&] { return direct_->prepare(*matrix_); });
    return direct_ready_ && direct_->solve(b, accuracy, d).solved;
  }

  const SparseMatrix* matrix_ = nullptr;
  BlockPreconditioner preconditioner_;
  Gmres gmres_;
  int threads_;
  bool stale_ = true;   ///< the next matrix needs factors of its own
  bool fresh_ = false;  ///< the factors are of the present matrix and not used yet
  int first_iterations_ = 0;
  std::optional<FillEstimate> fill_;
  std::unique_ptr<DirectSparse> direct_;
  bool direct_ready_ = false;
};

bool direct_is_cheap(const SparsePattern& pattern) {
  return pattern.rows() <= estimated_limit && estimate_fill(pattern).flops <= flops_a_nonzero * pattern.nonzeros();
}

}  // namespace

std::unique_ptr<LinearSolver> make_linear_solver(const SparsePattern& pattern, std::span<const int> blocks,
                                                 LinearMethod method, int threads) {
  if (pattern.rows() <= dense_limit && method == LinearMethod::automatic) return std::make_unique<DenseLu>();
  const bool direct = blocks.empty() || method == LinearMethod::direct ||
                      (method == LinearMethod::automatic && direct_is_cheap(pattern));
  if (direct) return std::make_unique<DirectSparse>(threads);
  return std::make_unique<BlockGmres>(pattern, blocks, threads);
}

}  // namespace levee
