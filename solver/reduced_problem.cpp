#include "solver/reduced_problem.hpp"

#include <cassert>

namespace levee {

ReducedProblem::ReducedProblem(const NonlinearProblem& full, std::span<const double> values,
                               const std::vector<bool>& held)
    : full_(full), values_(values.begin(), values.end()) {
  const int n = full.size();
  assert(values.size() == static_cast<std::size_t>(n) && held.size() == values.size());
  std::vector<int> place(values.size(), -1);
  for (int i = 0; i < n; ++i) {
    if (held[static_cast<std::size_t>(i)]) continue;
    place[static_cast<std::size_t>(i)] = size();
    kept_.push_back(i);
  }
  const SparsePattern& pattern = full.pattern();
  pattern_.starts.push_back(0);
  for (const int row : kept_) {
    const auto r = static_cast<std::size_t>(row);
    for (auto k = static_cast<std::size_t>(pattern.starts[r]); k < static_cast<std::size_t>(pattern.starts[r + 1]);
         ++k) {
      const int column = place[static_cast<std::size_t>(pattern.columns[k])];
      if (column < 0) continue;
      pattern_.columns.push_back(column);
      slots_.push_back(k);
    }
    pattern_.starts.push_back(pattern_.nonzeros());
  }
  lower_.assign(kept_.size(), free_unknown);
}

std::vector<double> ReducedProblem::expand(std::span<const double> x) const {
  std::vector<double> point = values_;
  for (std::size_t k = 0; k < kept_.size(); ++k) point[static_cast<std::size_t>(kept_[k])] = x[k];
  return point;
}

std::vector<double> ReducedProblem::restrict_to_kept(std::span<const double> full) const {
  std::vector<double> x(kept_.size());
  for (std::size_t k = 0; k < kept_.size(); ++k) x[k] = full[static_cast<std::size_t>(kept_[k])];
  return x;
}

void ReducedProblem::residual(std::span<const double> x, std::span<double> f) const {
  std::vector<double> values(values_.size());
  full_.residual(expand(x), values);
  for (std::size_t k = 0; k < kept_.size(); ++k) f[k] = values[static_cast<std::size_t>(kept_[k])];
}

void ReducedProblem::jacobian(std::span<const double> x, std::span<double> values) const {
  std::vector<double> all(static_cast<std::size_t>(full_.pattern().nonzeros()));
  full_.jacobian(expand(x), all);
  for (std::size_t k = 0; k < slots_.size(); ++k) values[k] = all[slots_[k]];
}

}  // namespace levee
