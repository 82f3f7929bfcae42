#include "solver/residual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace levee {

double row_residual(double x, double lower, double f) {
  if (!std::isfinite(f) || !std::isfinite(x)) return std::numeric_limits<double>::infinity();
  return is_equation(lower) ? std::abs(f) : std::abs(std::min(x - lower, f));
}

std::vector<double> row_residuals(const NonlinearProblem& problem, std::span<const double> x) {
  const auto n = static_cast<std::size_t>(problem.size());
  assert(x.size() == n);
  std::vector<double> f(n);
  problem.residual(x, f);
  const auto lower = problem.lower();
  for (std::size_t i = 0; i < n; ++i) f[i] = row_residual(x[i], lower[i], f[i]);
  return f;
}

double largest_residual(const NonlinearProblem& problem, std::span<const double> x) {
  const auto rows = row_residuals(problem, x);
  return rows.empty() ? 0.0 : *std::max_element(rows.begin(), rows.end());
}

std::vector<WorstRow> worst_rows(const NonlinearProblem& problem, std::span<const double> residuals, int count) {
  std::vector<int> order(residuals.size());
  std::iota(order.begin(), order.end(), 0);
  const auto kept = std::min(order.size(), static_cast<std::size_t>(std::max(count, 0)));
  const auto value = [&](int row) { return residuals[static_cast<std::size_t>(row)]; };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](int a, int b) { return value(a) != value(b) ? value(a) > value(b) : a < b; });
  std::vector<WorstRow> worst;
  for (std::size_t k = 0; k < kept; ++k) worst.push_back({problem.row_name(order[k]), value(order[k])});
  return worst;
}

void judge(const NonlinearProblem& problem, double tolerance, Solution& solution) {
  const auto rows = row_residuals(problem, solution.x);
  solution.residual = rows.empty() ? 0.0 : *std::max_element(rows.begin(), rows.end());
  solution.worst.clear();
  if (solution.residual <= tolerance) {
    solution.status = SolveStatus::solved;
    return;
  }
  if (solution.status == SolveStatus::solved) solution.status = SolveStatus::failed;
  solution.worst = worst_rows(problem, rows);
}

bool is_stationary(const NonlinearProblem& problem, std::span<const double> x, double cosine) {
  const auto n = static_cast<std::size_t>(problem.size());
  const SparsePattern& pattern = problem.pattern();
  std::vector<double> f(n), jacobian(static_cast<std::size_t>(pattern.nonzeros())), product(n), square(n);
  problem.residual(x, f);
  problem.jacobian(x, jacobian);
  double norm = 0;
  for (std::size_t i = 0; i < n; ++i) {
    norm += f[i] * f[i];
    for (auto k = pattern.starts[i]; k < pattern.starts[i + 1]; ++k) {
      const auto entry = static_cast<std::size_t>(k);
      const auto j = static_cast<std::size_t>(pattern.columns[entry]);
      product[j] += jacobian[entry] * f[i];
      square[j] += jacobian[entry] * jacobian[entry];
    }
  }
  if (!std::isfinite(norm) || norm == 0) return false;
  for (std::size_t j = 0; j < n; ++j) {
    // Written so that a NaN in the Jacobian means "not stationary".
    if (!(std::abs(product[j]) <= cosine * std::sqrt(square[j] * norm))) return false;
  }
  return true;
}

std::string describe(std::span<const WorstRow> rows) {
  std::string text;
  for (const WorstRow& row : rows) {
    text += fmt::format("{}{}: {:.2e}", text.empty() ? "" : "; ", row.name, row.residual);
  }
  return text;
}

}  // namespace levee
