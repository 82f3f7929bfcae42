#include "calibration/balancing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>

namespace levee {
namespace {

constexpr double met = 1e-11;          // a total is met within this, relative
constexpr double met_by_ipopt = 1e-8;  // the same where Ipopt has the last word
constexpr int most_sweeps = 20000;
constexpr int sweeps_a_look = 500;  // progress is looked at after so many
constexpr double conflict_size = 1e-6;
constexpr double faint = 1e-9;  // pull of the old values while misses are made small

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Balancer {
 public:
  Balancer(const BalancingProblem& problem, const SolveSeparable& solve)
      : problem_(problem), solve_(solve), value_(problem.value) {
    for (const CellTotal& total : problem.totals) {
      double cells = std::abs(total.target);
      double sum = 0;
      for (const auto& [cell, sign] : total.terms) sum += std::abs(problem.value[at(cell)]);
      scale_.push_back(std::max({cells, sum, std::numeric_limits<double>::min()}));
    }
  }

  BalancingResult run(BalancingMethod method) {
    BalancingResult result;
    empty_zero_totals();
    if (method == BalancingMethod::gras) {
      scale_totals(result);
      result.solved = miss() <= met;
    } else {
      ask_ipopt(method, result);
      result.solved = miss() <= met_by_ipopt;
    }
    result.miss = miss();
    result.value = value_;
    if (!result.solved) find_conflicts(result);
    return result;
  }

 private:
  static double sum(const CellTotal& total, const std::vector<double>& value) {
    double result = 0;
    for (const auto& [cell, sign] : total.terms) result += sign * value[at(cell)];
    return result;
  }

  double miss() const {
    double worst = 0;
    for (std::size_t k = 0; k < problem_.totals.size(); ++k)
      worst = std::max(worst, std::abs(sum(problem_.totals[k], value_) - problem_.totals[k].target) / scale_[k]);
    return worst;
  }

  /// Cells of a total of 0 that all count with one sign can only be 0.
  void empty_zero_totals() {
    for (const CellTotal& total : problem_.totals) {
      if (total.target != 0) continue;
      bool positive = false, negative = false;
      for (const auto& [cell, sign] : total.terms) {
        positive = positive || sign * value_[at(cell)] > 0;
        negative = negative || sign * value_[at(cell)] < 0;
      }
      if (positive && negative) continue;
      for (const auto& [cell, sign] : total.terms) value_[at(cell)] = 0;
    }
  }

  /// The factor for cells that count positive (their inverse for those that count negative) which meets the total:
  /// P s - N / s = target. Without positive cells s = -N / target; written so that nothing cancels.
  static double factor(double positive, double negative, double target) {
    const double root = std::sqrt(target * target + 4 * positive * negative);
    if (target > 0) return positive > 0 ? (target + root) / (2 * positive) : 1;
    return root - target > 0 ? 2 * negative / (root - target) : 1;
  }

  void scale_total(const CellTotal& total) {
    double positive = 0, negative = 0;
    for (const auto& [cell, sign] : total.terms) {
      const double counted = sign * value_[at(cell)];
      counted > 0 ? positive += counted : negative -= counted;
    }
    if (positive == 0 && negative == 0) return;
    const double s = factor(positive, negative, total.target);
    if (!(s > 0) || !std::isfinite(s)) return;  // out of reach: the miss stays and says so
    for (const auto& [cell, sign] : total.terms) {
      double& value = value_[at(cell)];
      if (value != 0) value = sign * value > 0 ? value * s : value / s;
    }
  }

  void scale_totals(BalancingResult& result) {
    double before = std::numeric_limits<double>::infinity();
    for (int sweep = 1; sweep <= most_sweeps && miss() > met; ++sweep) {
      for (const CellTotal& total : problem_.totals) scale_total(total);
      result.iterations = sweep;
      if (sweep % sweeps_a_look != 0) continue;
      const double now = miss();
      if (now > before / 2) break;
      before = now;
    }
    result.message = miss() <= met ? "all totals are met" : "the misses no longer fall";
  }

  /// Unknowns z (cells other than 0, relative to what they are), rows the totals, each divided by its scale.
  SeparableProgram program() const {
    SeparableProgram result;
    std::vector<int> unknown(value_.size(), -1);
    const double mean = mean_scale();
    for (std::size_t cell = 0; cell < value_.size(); ++cell) {
      if (value_[cell] == 0) continue;
      unknown[cell] = result.unknowns();
      result.weight.push_back(std::abs(value_[cell]) / mean);
      result.center.push_back(1);
      result.start.push_back(1);
    }
    result.pattern.starts.push_back(0);
    for (std::size_t k = 0; k < problem_.totals.size(); ++k) {
      std::map<int, double> row;
      for (const auto& [cell, sign] : problem_.totals[k].terms) {
        if (unknown[at(cell)] >= 0) row[unknown[at(cell)]] += sign * value_[at(cell)] / scale_[k];
      }
      for (const auto& [column, coefficient] : row) {
        result.pattern.columns.push_back(column);
        result.coefficients.push_back(coefficient);
      }
      result.pattern.starts.push_back(static_cast<int>(result.pattern.columns.size()));
      result.b.push_back(problem_.totals[k].target / scale_[k]);
    }
    return result;
  }

  double mean_scale() const {
    double total = 0;
    for (const double scale : scale_) total += scale;
    return std::max(total / static_cast<double>(std::max<std::size_t>(scale_.size(), 1)),
                    std::numeric_limits<double>::min());
  }

  void take(const std::vector<double>& z) {
    std::size_t unknown = 0;
    for (double& value : value_) {
      if (value != 0) value *= z[unknown++];
    }
  }

  void ask_ipopt(BalancingMethod method, BalancingResult& result) {
    SeparableProgram ask = with_slack(program(), 0);
    const bool entropy = method == BalancingMethod::entropy;
    ask.objective = entropy ? SeparableProgram::Objective::entropy : SeparableProgram::Objective::squares;
    double least = 0;
    if (entropy) least = free_unknown;
    ask.lower.assign(ask.weight.size(), least);
    const SeparableSolution answer = solve_(ask);
    result.iterations = answer.iterations;
    result.message = answer.message;
    if (std::ranges::all_of(answer.z, [](double z) { return std::isfinite(z); })) take(answer.z);
  }

  /// The program with a free unknown a row that is the row's miss, where `weight` > 0.
  static SeparableProgram with_slack(SeparableProgram base, double weight) {
    if (weight == 0) return base;
    const int unknowns = base.unknowns(), rows = base.pattern.rows();
    SeparableProgram result = base;
    result.pattern = {};
    result.coefficients.clear();
    result.pattern.starts.push_back(0);
    for (int row = 0; row < rows; ++row) {
      for (int k = base.pattern.starts[at(row)]; k < base.pattern.starts[at(row) + 1]; ++k) {
        result.pattern.columns.push_back(base.pattern.columns[at(k)]);
        result.coefficients.push_back(base.coefficients[at(k)]);
      }
      result.pattern.columns.push_back(unknowns + row);
      result.coefficients.push_back(1);
      result.pattern.starts.push_back(static_cast<int>(result.pattern.columns.size()));
    }
    result.weight.insert(result.weight.end(), at(rows), weight);
    result.center.insert(result.center.end(), at(rows), 0.0);
    result.start.insert(result.start.end(), at(rows), 0.0);
    return result;
  }

  /// The misses where their sum of squares is least are a certificate: no change of the cells lowers it.
  void find_conflicts(BalancingResult& result) {
    value_ = problem_.value;
    empty_zero_totals();
    SeparableProgram ask = with_slack(program(), 1);
    const int cells = ask.unknowns() - ask.pattern.rows();
    std::fill_n(ask.weight.begin(), cells, faint);
    ask.lower.assign(ask.weight.size(), free_unknown);
    std::fill_n(ask.lower.begin(), cells, 0.0);
    const SeparableSolution answer = solve_(ask);
    std::vector<std::pair<double, std::size_t>> misses;
    for (std::size_t k = 0; k < problem_.totals.size(); ++k) {
      const double gap = answer.z[at(cells) + k];
      if (std::abs(gap) > conflict_size) misses.emplace_back(std::abs(gap), k);
    }
    std::ranges::stable_sort(misses, [](const auto& p, const auto& q) { return p.first > q.first; });
    for (const auto& [size, k] : misses) {
      const CellTotal& total = problem_.totals[k];
      result.conflicts.push_back({total.name, total.target, total.target - answer.z[at(cells) + k] * scale_[k]});
    }
  }

  const BalancingProblem& problem_;
  const SolveSeparable& solve_;
  std::vector<double> value_;
  std::vector<double> scale_;  ///< by total
};

}  // namespace

BalancingResult balance_cells(const BalancingProblem& problem, BalancingMethod method, const SolveSeparable& solve) {
  return Balancer(problem, solve).run(method);
}

}  // namespace levee
