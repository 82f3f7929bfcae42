#include "solver/block_preconditioner.hpp"

#include <algorithm>

#include "solver/parallel.hpp"

namespace levee {

BlockPreconditioner::BlockPreconditioner(const SparsePattern& pattern, std::span<const int> blocks, int threads)
    : threads_(threads) {
  const int count = blocks.empty() ? 0 : *std::max_element(blocks.begin(), blocks.end()) + 1;
  for (int b = 0; b < count; ++b) blocks_.push_back(std::make_unique<Block>());
  std::vector<int> place(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::vector<int>& members = blocks[i] >= 0 ? blocks_[static_cast<std::size_t>(blocks[i])]->members : border_;
    place[i] = static_cast<int>(members.size());
    members.push_back(static_cast<int>(i));
  }
  std::erase_if(blocks_, [](const std::unique_ptr<Block>& block) { return block->members.empty(); });
  for (const std::unique_ptr<Block>& block : blocks_) {
    block->pattern.starts.push_back(0);
    for (const int row : block->members) {
      for (int slot = pattern.starts[row]; slot < pattern.starts[row + 1]; ++slot) {
        const int column = pattern.columns[slot];
        if (blocks[column] == blocks[row]) {
          block->pattern.columns.push_back(place[column]);
          block->slots.push_back(slot);
        } else if (blocks[column] < 0) {
          to_border_.push_back({row, place[column], slot});
        }
      }
      block->pattern.starts.push_back(block->pattern.nonzeros());
    }
    block->values.resize(block->slots.size());
    block->part.resize(static_cast<Eigen::Index>(block->members.size()));
  }
  for (std::size_t k = 0; k < border_.size(); ++k) {
    for (int slot = pattern.starts[border_[k]]; slot < pattern.starts[border_[k] + 1]; ++slot) {
      const int column = pattern.columns[slot];
      const bool within = blocks[column] < 0;
      (within ? within_border_ : from_border_).push_back({static_cast<int>(k), within ? place[column] : column, slot});
    }
  }
  border_values_.resize(from_border_.size());
  columns_.setZero(static_cast<Eigen::Index>(blocks.size()), border_size());
}

bool BlockPreconditioner::factor(std::span<const double> values) {
  std::vector<char> done(blocks_.size(), 0);
  parallel_for(block_count(), threads_, [&](int b) {
    Block& block = *blocks_[b];
    for (std::size_t k = 0; k < block.slots.size(); ++k) block.values[k] = values[block.slots[k]];
    done[b] = block.factors.factor(block.pattern, block.values) ? 1 : 0;
  });
  if (std::find(done.begin(), done.end(), 0) != done.end()) return false;
  if (border_.empty()) return true;

  columns_.setZero();
  for (const Entry& entry : to_border_) columns_(entry.row, entry.column) = values[entry.slot];
  parallel_for(block_count(), threads_, [&](int b) {
    const Block& block = *blocks_[b];
    for (Eigen::Index k = 0; k < columns_.cols(); ++k) {
      for (std::size_t i = 0; i < block.members.size(); ++i)
        block.part[static_cast<Eigen::Index>(i)] = columns_(block.members[i], k);
      if (block.part.isZero(0)) continue;
      block.factors.solve(block.part.data());
      for (std::size_t i = 0; i < block.members.size(); ++i)
        columns_(block.members[i], k) = block.part[static_cast<Eigen::Index>(i)];
    }
  });
  Eigen::MatrixXd schur = Eigen::MatrixXd::Zero(border_size(), border_size());
  for (const Entry& entry : within_border_) schur(entry.row, entry.column) = values[entry.slot];
  for (std::size_t k = 0; k < from_border_.size(); ++k) {
    const Entry& entry = from_border_[k];
    border_values_[k] = values[entry.slot];
    schur.row(entry.row) -= values[entry.slot] * columns_.row(entry.column);
  }
  schur_.compute(schur);
  return schur_.matrixLU().allFinite() && schur_.matrixLU().diagonal().cwiseAbs().minCoeff() > 0;
}

void BlockPreconditioner::solve(const Eigen::VectorXd& b, Eigen::VectorXd& x) const {
  x.resize(b.size());
  solve_blocks(b, x);
  if (border_.empty()) return;
  Eigen::VectorXd at_border(border_size());
  for (std::size_t k = 0; k < border_.size(); ++k) {
    at_border[static_cast<Eigen::Index>(k)] = b[border_[k]];
    x[border_[k]] = 0;
  }
  for (std::size_t k = 0; k < from_border_.size(); ++k)
    at_border[from_border_[k].row] -= border_values_[k] * x[from_border_[k].column];
  at_border = schur_.solve(at_border);
  x.noalias() -= columns_ * at_border;
  for (std::size_t k = 0; k < border_.size(); ++k) x[border_[k]] = at_border[static_cast<Eigen::Index>(k)];
}

/// B^-1 b; what is at the border is left as it is.
void BlockPreconditioner::solve_blocks(const Eigen::VectorXd& b, Eigen::VectorXd& x) const {
  parallel_for(block_count(), threads_, [&](int k) {
    const Block& block = *blocks_[k];
    for (std::size_t i = 0; i < block.members.size(); ++i)
      block.part[static_cast<Eigen::Index>(i)] = b[block.members[i]];
    block.factors.solve(block.part.data());
    for (std::size_t i = 0; i < block.members.size(); ++i)
      x[block.members[i]] = block.part[static_cast<Eigen::Index>(i)];
  });
}

}  // namespace levee
