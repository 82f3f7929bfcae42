// The point a solver starts from: the economy's start values, and what follows from them. Unit costs, user prices and
// incomes each have a row that gives them directly; sweeping over these rows is enough unless incomes feed back on each
// other strongly.
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>

#include "model/economy_system_builder.hpp"

namespace levee {

namespace {

constexpr int sweeps = 50;
/// Changes relative to what flows through a row that are rounding.
constexpr double settled = 1e-14;
constexpr int newton_steps = 20;

}  // namespace

/// One pass; returns the largest change, relative to 1 or to what flows through the row where that is more.
double EconomySystemBuilder::sweep_explicit_rows(std::vector<double>& x) const {
  double change = 0;
  for (const int unknown : system_.explicit_rows_) {
    const double step = system_.equations_.row_value(unknown, x) / explicit_unit_[unknown];
    if (!std::isfinite(step)) continue;
    x[unknown] -= step;
    if (std::abs(step) <= settled) continue;
    const double flow = system_.equations_.row_magnitude(unknown, x) / std::abs(explicit_unit_[unknown]);
    change = std::max(change, std::abs(step) / std::max(1.0, flow));
  }
  return change;
}

/// Newton's method on the explicit rows alone, for economies whose incomes depend on each other so much (taxes on
/// incomes, transfers that are shares of incomes) that sweeping converges slowly or not at all.
void EconomySystemBuilder::solve_explicit_rows(std::vector<double>& x) const {
  const std::vector<int>& rows = system_.explicit_rows_;
  const SparsePattern& pattern = system_.equations_.pattern();
  std::vector<int> place(x.size(), -1);
  for (std::size_t k = 0; k < rows.size(); ++k) place[rows[k]] = static_cast<int>(k);
  std::vector<double> values(static_cast<std::size_t>(pattern.nonzeros()));
  Eigen::VectorXd residual(static_cast<Eigen::Index>(rows.size()));
  for (int iteration = 0; iteration < newton_steps; ++iteration) {
    system_.equations_.jacobian(x, values);
    std::vector<Eigen::Triplet<double>> entries;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      residual[static_cast<Eigen::Index>(k)] = system_.equations_.row_value(rows[k], x);
      for (int entry = pattern.starts[rows[k]]; entry < pattern.starts[rows[k] + 1]; ++entry) {
        const int column = place[pattern.columns[entry]];
        if (column >= 0) entries.emplace_back(static_cast<int>(k), column, values[entry]);
      }
    }
    Eigen::SparseMatrix<double> matrix(residual.size(), residual.size());
    matrix.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SparseLU<Eigen::SparseMatrix<double>> factors(matrix);
    if (factors.info() != Eigen::Success) return;
    const Eigen::VectorXd step = factors.solve(residual);
    if (!step.allFinite()) return;
    for (std::size_t k = 0; k < rows.size(); ++k) x[rows[k]] -= step[static_cast<Eigen::Index>(k)];
    if (step.lpNorm<Eigen::Infinity>() < 1e-15) return;
  }
}

/// Measures rows against what flows through them at the start. smallest: the least magnitude that counts; a row with
/// none at all keeps its scale.
void EconomySystemBuilder::scale_rows(const std::vector<int>& rows, double smallest) {
  for (const int handle : rows) {
    const int row = equations_.observed_row(handle);
    const double magnitude = std::max(smallest, system_.equations_.row_magnitude(row, system_.start_));
    if (magnitude > 0 && std::isfinite(magnitude)) system_.equations_.set_row_scale(row, 1 / magnitude);
  }
}

void EconomySystemBuilder::fill_start() {
  EconomyState state;
  for (const Commodity& commodity : economy_.commodities) state.prices.push_back(commodity.start);
  for (const Activity& activity : economy_.activities) state.levels.push_back(activity.start);
  for (const Variable& income : system_.income_) state.incomes.push_back(income.unit);
  for (const Auxiliary& auxiliary : economy_.auxiliaries) state.auxiliaries.push_back(auxiliary.start);
  system_.start_ = system_.point(state);
  std::vector<double>& x = system_.start_;
  explicit_unit_.assign(x.size(), 1);
  for (const Variable& income : system_.income_) {
    if (!income.is_fixed()) explicit_unit_[income.unknown] = income.unit;
  }
  double change = 1;
  for (int k = 0; k < sweeps && change >= settled; ++k) change = sweep_explicit_rows(x);
  if (change >= settled) solve_explicit_rows(x);
  scale_rows(market_row_, 0);
  scale_rows(income_row_, 0);
  for (std::size_t a = 0; a < profit_row_.size(); ++a) {
    if (economy_.activities[a].bound == Bound::automatic) scale_rows({profit_row_[a]}, 0);
  }
  // Equations that a user wrote may hold at zero throughout: they are measured against 1 at least.
  scale_rows(auxiliary_row_, 1);
  scale_rows(value_rows_, 1);
}

}  // namespace levee
