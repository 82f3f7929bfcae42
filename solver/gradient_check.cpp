#include "solver/gradient_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace levee {
namespace {

struct Column {
  std::vector<double> difference;  ///< the derivative of each row
  std::vector<bool> moved;         ///< the row depends on the unknown
};

std::vector<double> evaluate(const NonlinearProblem& problem, std::span<const double> x) {
  std::vector<double> f(x.size());
  problem.residual(x, f);
  return f;
}

bool moves(double from, double to) {
  const double rounding = 64 * std::numeric_limits<double>::epsilon();
  return !(std::abs(to - from) <= rounding * std::max(1.0, std::abs(from)));
}

Column differentiate(const NonlinearProblem& problem, std::vector<double>& x, std::span<const double> base,
                     std::size_t j, double relative_step) {
  const double centre = x[j];
  const double step = relative_step * std::max(1.0, std::abs(centre));
  x[j] = centre + step;
  const double right = x[j];
  const std::vector<double> above = evaluate(problem, x);
  x[j] = centre - step;
  const double left = x[j];
  const std::vector<double> below = evaluate(problem, x);
  x[j] = centre;
  Column column{std::vector<double>(x.size()), std::vector<bool>(x.size())};
  for (std::size_t i = 0; i < x.size(); ++i) {
    column.moved[i] = moves(base[i], above[i]) || moves(base[i], below[i]);
    if (!std::isfinite(below[i])) {
      column.difference[i] = (above[i] - base[i]) / (right - centre);
    } else if (!std::isfinite(above[i])) {
      column.difference[i] = (base[i] - below[i]) / (centre - left);
    } else {
      column.difference[i] = (above[i] - below[i]) / (right - left);
    }
  }
  return column;
}

GradientEntry compare(const NonlinearProblem& problem, std::size_t row, std::size_t unknown, double given,
                      double numeric) {
  GradientEntry entry;
  entry.given = given;
  entry.numeric = numeric;
  const double error = std::abs(given - numeric) / std::max({1.0, std::abs(given), std::abs(numeric)});
  entry.error = std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
  entry.row = problem.row_name(static_cast<int>(row));
  entry.unknown = problem.unknown_name(static_cast<int>(unknown));
  return entry;
}

// The pattern by columns: (row, place in the pattern).
std::vector<std::vector<std::pair<std::size_t, std::size_t>>> by_columns(const SparsePattern& pattern) {
  const auto n = static_cast<std::size_t>(pattern.rows());
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> columns(n);
  for (std::size_t row = 0; row < n; ++row) {
    for (auto k = static_cast<std::size_t>(pattern.starts[row]); k < static_cast<std::size_t>(pattern.starts[row + 1]);
         ++k) {
      columns[static_cast<std::size_t>(pattern.columns[k])].emplace_back(row, k);
    }
  }
  return columns;
}

std::string line(const char* label, const GradientEntry& entry) {
  return fmt::format("{}: d[{}] / d[{}] given {:.10g}, differences {:.10g}, error {:.1e}\n", label, entry.row,
                     entry.unknown, entry.given, entry.numeric, entry.error);
}

}  // namespace

GradientReport check_gradient(const NonlinearProblem& problem, std::span<const double> x,
                              const GradientCheckOptions& options) {
  assert(x.size() == static_cast<std::size_t>(problem.size()));
  std::vector<double> point(x.begin(), x.end());
  std::vector<double> values(static_cast<std::size_t>(problem.pattern().nonzeros()));
  problem.jacobian(point, values);
  const std::vector<double> base = evaluate(problem, point);
  const auto columns = by_columns(problem.pattern());
  GradientReport report;
  report.worst.error = -1;
  for (std::size_t j = 0; j < point.size(); ++j) {
    Column column = differentiate(problem, point, base, j, options.step);
    for (const auto& [row, place] : columns[j]) {
      column.moved[row] = false;
      GradientEntry entry = compare(problem, row, j, values[place], column.difference[row]);
      if (entry.error > options.tolerance) report.wrong.push_back(entry);
      if (entry.error > report.worst.error) report.worst = std::move(entry);
    }
    for (std::size_t row = 0; row < point.size(); ++row) {
      if (column.moved[row]) report.absent.push_back(compare(problem, row, j, 0, column.difference[row]));
    }
  }
  report.worst.error = std::max(report.worst.error, 0.0);
  report.passed = report.wrong.empty() && report.absent.empty();
  return report;
}

std::string GradientReport::text() const {
  std::string text = line("worst", worst);
  for (std::size_t k = 0; k < std::min<std::size_t>(wrong.size(), 5); ++k) text += line("wrong", wrong[k]);
  for (std::size_t k = 0; k < std::min<std::size_t>(absent.size(), 5); ++k) {
    text += line("absent from the pattern", absent[k]);
  }
  return text + fmt::format("{} wrong, {} absent\n", wrong.size(), absent.size());
}

}  // namespace levee
