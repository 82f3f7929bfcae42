#pragma once

#include <Eigen/Dense>
#include <memory>
#include <span>
#include <vector>

#include "solver/nonlinear_problem.hpp"
#include "solver/sparse_lu.hpp"

namespace levee {

/// An approximate inverse of a paired sparse matrix: what acts between blocks is left out, each block is factored, and
/// what belongs to no block (a carbon price, a price index of the world) borders the blocks with all that it acts on
/// and that acts on it:
///   M = [B C; D E],  B block-diagonal,  solved through the Schur complement S = E - D B^-1 C.
class BlockPreconditioner {
 public:
  /// blocks: a label a row and its unknown, -1 at the border. Neither the pattern nor the values are kept.
  BlockPreconditioner(const SparsePattern& pattern, std::span<const int> blocks, int threads);

  int block_count() const { return static_cast<int>(blocks_.size()); }
  int border_size() const { return static_cast<int>(border_.size()); }
  /// Values in the order of the pattern. False when a block or the Schur complement is singular.
  bool factor(std::span<const double> values);
  /// x = M^-1 b
  void solve(const Eigen::VectorXd& b, Eigen::VectorXd& x) const;

 private:
  struct Block {
    std::vector<int> members;  ///< unknowns
    SparsePattern pattern;
    std::vector<int> slots;  ///< of each entry in the whole matrix
    std::vector<double> values;
    SparseLu factors;
    mutable Eigen::VectorXd part;
  };
  /// An entry of the whole matrix at the border.
  struct Entry {
    int row = 0;  ///< an unknown, or a place at the border
    int column = 0;
    int slot = 0;
  };

  void solve_blocks(const Eigen::VectorXd& b, Eigen::VectorXd& x) const;

  std::vector<std::unique_ptr<Block>> blocks_;
  std::vector<int> border_;            ///< unknowns of no block
  std::vector<Entry> to_border_;       ///< C: unknown x border
  std::vector<Entry> from_border_;     ///< D: border x unknown
  std::vector<Entry> within_border_;   ///< E
  std::vector<double> border_values_;  ///< of D
  Eigen::MatrixXd columns_;            ///< B^-1 C, unknowns x border
  Eigen::PartialPivLU<Eigen::MatrixXd> schur_;
  int threads_ = 1;
};

}  // namespace levee
