#include "solver/linear_solver.hpp"

#include <fmt/format.h>

#include <Eigen/SparseLU>
#include <algorithm>
#include <unsupported/Eigen/IterativeSolvers>
#include <vector>

namespace levee {

namespace {

constexpr int dense_limit = 300;
/// Above this, direct factors fill in too much to be worth a try.
constexpr int sparse_limit = 20000;
constexpr int krylov_limit = 120;
constexpr int refinements = 5;

class DenseLu : public LinearSolver {
 public:
  std::string name() const override { return "dense LU"; }
  bool factor(const RowMatrix& matrix) override {
    lu_.compute(Eigen::MatrixXd(matrix));
    return lu_.matrixLU().diagonal().cwiseAbs().minCoeff() > 0 && lu_.matrixLU().allFinite();
  }
  Outcome solve(const Eigen::VectorXd& b, double /*accuracy*/, Eigen::VectorXd& d) override {
    d = lu_.solve(b);
    return {d.allFinite(), 0};
  }

 private:
  Eigen::PartialPivLU<Eigen::MatrixXd> lu_;
};

class SparseLu : public LinearSolver {
 public:
  std::string name() const override { return "sparse LU"; }
  bool factor(const RowMatrix& matrix) override {
    const Eigen::SparseMatrix<double> columns = matrix;
    if (!analysed_) lu_.analyzePattern(columns);
    analysed_ = true;
    lu_.factorize(columns);
    return lu_.info() == Eigen::Success;
  }
  Outcome solve(const Eigen::VectorXd& b, double /*accuracy*/, Eigen::VectorXd& d) override {
    d = lu_.solve(b);
    return {d.allFinite(), 0};
  }

 private:
  Eigen::SparseLU<Eigen::SparseMatrix<double>, Eigen::COLAMDOrdering<int>> lu_;
  bool analysed_ = false;
};

/// The matrix with everything between blocks left out, factored; in the form that Eigen's solvers take. What belongs to
/// no block (a carbon price, a price index of the world) borders the blocks and is kept with all it acts on:
///   M = [B C; D E],  B block-diagonal,  solved through the Schur complement S = E - D B^-1 C.
class BlockFactors {
 public:
  using StorageIndex = int;
  enum { ColsAtCompileTime = Eigen::Dynamic, MaxColsAtCompileTime = Eigen::Dynamic };

  void set_blocks(std::span<const int> blocks) {
    members_.resize(static_cast<std::size_t>(*std::max_element(blocks.begin(), blocks.end())) + 1);
    block_.assign(blocks.begin(), blocks.end());
    for (std::size_t k = 0; k < blocks.size(); ++k) {
      std::vector<int>& members = blocks[k] >= 0 ? members_[static_cast<std::size_t>(blocks[k])] : border_;
      place_.push_back(static_cast<int>(members.size()));
      members.push_back(static_cast<int>(k));
    }
    lu_.resize(members_.size());
  }
  int block_count() const { return static_cast<int>(members_.size()); }

  template <class Matrix>
  BlockFactors& compute(const Matrix& matrix) {
    const auto border = static_cast<Eigen::Index>(border_.size());
    columns_.setZero(matrix.rows(), border);
    rows_.setZero(border, matrix.rows());
    Eigen::MatrixXd corner = Eigen::MatrixXd::Zero(border, border);
    for (std::size_t b = 0; b < members_.size(); ++b) factor_block(matrix, b);
    for (Eigen::Index k = 0; k < border; ++k) {
      for (typename Matrix::InnerIterator entry(matrix, border_[static_cast<std::size_t>(k)]); entry; ++entry) {
        if (block_[static_cast<std::size_t>(entry.col())] < 0)
          corner(k, place_[static_cast<std::size_t>(entry.col())]) = entry.value();
        else
          rows_(k, entry.col()) = entry.value();
      }
    }
    for (Eigen::Index k = 0; k < border; ++k) columns_.col(k) = solve_blocks(columns_.col(k));
    if (border > 0) schur_.compute(corner - rows_ * columns_);
    return *this;
  }

  Eigen::VectorXd solve(const Eigen::VectorXd& b) const {
    Eigen::VectorXd x = solve_blocks(b);
    if (border_.empty()) return x;
    Eigen::VectorXd right(static_cast<Eigen::Index>(border_.size()));
    for (std::size_t k = 0; k < border_.size(); ++k) right[static_cast<Eigen::Index>(k)] = b[border_[k]];
    const Eigen::VectorXd at_border = schur_.solve(right - rows_ * x);
    x -= columns_ * at_border;
    for (std::size_t k = 0; k < border_.size(); ++k) x[border_[k]] = at_border[static_cast<Eigen::Index>(k)];
    return x;
  }
  static Eigen::ComputationInfo info() { return Eigen::Success; }

 private:
  template <class Matrix>
  void factor_block(const Matrix& matrix, std::size_t b) {
    const std::vector<int>& members = members_[b];
    const auto size = static_cast<Eigen::Index>(members.size());
    if (size == 0) return;
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(size, size);
    for (Eigen::Index row = 0; row < size; ++row) {
      const int unknown = members[static_cast<std::size_t>(row)];
      for (typename Matrix::InnerIterator entry(matrix, unknown); entry; ++entry) {
        const auto column = static_cast<std::size_t>(entry.col());
        if (block_[column] == static_cast<int>(b)) dense(row, place_[column]) = entry.value();
        if (block_[column] < 0) columns_(unknown, place_[column]) = entry.value();
      }
    }
    lu_[b].compute(dense);
  }

  /// B^-1 b, zero at the border.
  Eigen::VectorXd solve_blocks(const Eigen::VectorXd& b) const {
    Eigen::VectorXd x = Eigen::VectorXd::Zero(b.size()), part;
    for (std::size_t k = 0; k < members_.size(); ++k) {
      const std::vector<int>& members = members_[k];
      if (members.empty()) continue;
      part.resize(static_cast<Eigen::Index>(members.size()));
      for (std::size_t i = 0; i < members.size(); ++i) part[static_cast<Eigen::Index>(i)] = b[members[i]];
      part = lu_[k].solve(part);
      for (std::size_t i = 0; i < members.size(); ++i) x[members[i]] = part[static_cast<Eigen::Index>(i)];
    }
    return x;
  }

  std::vector<std::vector<int>> members_;  ///< a block: unknowns
  std::vector<int> border_;                ///< unknowns of no block
  std::vector<int> block_, place_;         ///< an unknown: its block, its place there or at the border
  std::vector<Eigen::PartialPivLU<Eigen::MatrixXd>> lu_;
  Eigen::MatrixXd columns_;  ///< B^-1 C, unknowns x border
  Eigen::MatrixXd rows_;     ///< D, border x unknowns
  Eigen::PartialPivLU<Eigen::MatrixXd> schur_;
};

class BlockGmres : public LinearSolver {
 public:
  explicit BlockGmres(std::span<const int> blocks) {
    gmres_.preconditioner().set_blocks(blocks);
    gmres_.set_restart(krylov_limit);
    gmres_.setMaxIterations(krylov_limit);
  }
  std::string name() const override {
    return fmt::format("GMRES with {} blocks", gmres_.preconditioner().block_count());
  }
  bool factor(const RowMatrix& matrix) override {
    matrix_ = &matrix;
    direct_ready_ = false;
    gmres_.compute(matrix);
    return true;
  }
  Outcome solve(const Eigen::VectorXd& b, double accuracy, Eigen::VectorXd& d) override {
    gmres_.setTolerance(accuracy);
    d.setZero(b.size());
    Eigen::VectorXd left = b;
    int iterations = 0;
    // Eigen measures the preconditioned residual, which may be smaller than the one asked for: then what is left is
    // solved for again.
    for (int round = 0; round < refinements; ++round) {
      d += gmres_.solve(left);
      iterations += static_cast<int>(gmres_.iterations());
      left = b - *matrix_ * d;
      if (!left.allFinite()) break;
      if (left.norm() <= accuracy * b.norm()) return {true, iterations};
    }
    if (matrix_->rows() > sparse_limit) return {false, iterations};
    if (!direct_ready_ && !direct_.factor(*matrix_)) return {false, iterations};
    direct_ready_ = true;
    return {direct_.solve(b, accuracy, d).solved, iterations};
  }

 private:
  const RowMatrix* matrix_ = nullptr;
  Eigen::GMRES<RowMatrix, BlockFactors> gmres_;
  SparseLu direct_;
  bool direct_ready_ = false;
};

}  // namespace

std::unique_ptr<LinearSolver> make_linear_solver(std::span<const int> blocks, int size) {
  if (size <= dense_limit) return std::make_unique<DenseLu>();
  if (!blocks.empty()) return std::make_unique<BlockGmres>(blocks);
  return std::make_unique<SparseLu>();
}

}  // namespace levee
