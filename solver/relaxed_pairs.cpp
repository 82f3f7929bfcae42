#include "solver/relaxed_pairs.hpp"

#include <algorithm>
#include <cmath>

#include "solver/residual.hpp"

namespace levee {

RelaxedPairs::RelaxedPairs(const NonlinearProblem& full) : full_(full) {
  const auto lower = full.lower();
  const SparsePattern& pattern = full.pattern();
  interior_.assign(lower.begin(), lower.end());
  pattern_.starts.push_back(0);
  for (std::size_t i = 0; i < unknowns(); ++i) {
    pattern_.columns.insert(pattern_.columns.end(), pattern.columns.begin() + pattern.starts[i],
                            pattern.columns.begin() + pattern.starts[i + 1]);
    if (!is_equation(lower[i])) {
      pattern_.columns.push_back(size());
      pairs_.push_back(i);
      interior_.push_back(0.0);
    }
    pattern_.starts.push_back(pattern_.nonzeros());
  }
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    pattern_.columns.push_back(static_cast<int>(pairs_[k]));
    pattern_.columns.push_back(static_cast<int>(unknowns() + k));
    pattern_.starts.push_back(pattern_.nonzeros());
  }
  lower_.assign(interior_.size(), free_unknown);
}

std::vector<double> RelaxedPairs::start_from(std::span<const double> full_point, double distance) const {
  const auto lower = full_.lower();
  std::vector<double> point(full_point.begin(), full_point.end());
  for (const std::size_t i : pairs_) point[i] = std::max(point[i], lower[i] + distance);
  std::vector<double> f(unknowns());
  full_.residual(point, f);
  for (const std::size_t i : pairs_) point.push_back(std::isfinite(f[i]) ? std::max(f[i], distance) : distance);
  return point;
}

double RelaxedPairs::mean_product(std::span<const double> point) const {
  double sum = 0;
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    sum += (point[pairs_[k]] - interior_[pairs_[k]]) * point[unknowns() + k];
  }
  return pairs_.empty() ? 0.0 : sum / static_cast<double>(pairs_.size());
}

std::vector<bool> RelaxedPairs::nearer_bound(std::span<const double> point) const {
  std::vector<bool> nearer(unknowns(), false);
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    nearer[pairs_[k]] = point[pairs_[k]] - interior_[pairs_[k]] <= point[unknowns() + k];
  }
  return nearer;
}

std::vector<bool> RelaxedPairs::both_small(std::span<const double> point, double threshold) const {
  std::vector<bool> small(unknowns(), false);
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    small[pairs_[k]] = std::max(point[pairs_[k]] - interior_[pairs_[k]], point[unknowns() + k]) < threshold;
  }
  return small;
}

void RelaxedPairs::residual(std::span<const double> x, std::span<double> f) const {
  full_.residual(x.first(unknowns()), f.first(unknowns()));
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    const double slack = x[unknowns() + k];
    f[pairs_[k]] -= slack;
    f[unknowns() + k] = (x[pairs_[k]] - interior_[pairs_[k]]) * slack - product_;
  }
}

void RelaxedPairs::jacobian(std::span<const double> x, std::span<double> values) const {
  std::vector<double> all(static_cast<std::size_t>(full_.pattern().nonzeros()));
  full_.jacobian(x.first(unknowns()), all);
  const auto lower = full_.lower();
  auto out = values.begin();
  for (std::size_t i = 0; i < unknowns(); ++i) {
    out = std::copy(all.begin() + full_.pattern().starts[i], all.begin() + full_.pattern().starts[i + 1], out);
    if (!is_equation(lower[i])) *out++ = -1.0;
  }
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    *out++ = x[unknowns() + k];
    *out++ = x[pairs_[k]] - interior_[pairs_[k]];
  }
}

std::string RelaxedPairs::row_name(int row) const {
  if (row < full_.size()) return full_.row_name(row);
  return "pair of " + unknown_name(row);
}

std::string RelaxedPairs::unknown_name(int unknown) const {
  if (unknown < full_.size()) return full_.unknown_name(unknown);
  return "slack of " + full_.row_name(static_cast<int>(pairs_[static_cast<std::size_t>(unknown) - unknowns()]));
}

}  // namespace levee
