#include "model/equation_system.hpp"

#include <algorithm>
#include <cmath>

#include "solver/parallel.hpp"

namespace levee {

namespace {

/// Below this exponent of a power mean, log(sum) is taken through expm1 and log1p: the terms' coefficients are shares
/// that add to one, and the sum differs from one by less than rounding could tell.
constexpr double small_exponent = 1e-2;

/// Factors of terms in a chunk of rows that one thread evaluates at a time, and the number of chunks of a large system.
constexpr double smallest_chunk = 4096;
constexpr double most_chunks = 256;

}  // namespace

double EquationSystem::term_value(int term, std::span<const double> x) const {
  double value = coefficient_[term];
  double argument = shift_[term];
  for (int k = factor_begin_[term]; k < factor_begin_[term + 1]; ++k) {
    const double xk = x[factor_unknown_[k]];
    const double exponent = factor_exponent_[k];
    if (logarithmic_[factor_unknown_[k]]) {
      argument += exponent * xk;
    } else {
      value *= exponent == 1 ? xk : std::pow(xk, exponent);
    }
  }
  return argument == 0 ? value : value * std::exp(argument);
}

double EquationSystem::sum_of_terms(const Row& row, std::span<const double> x) const {
  double sum = 0;
  for (int term = row.term_begin; term < row.term_end; ++term) sum += term_value(term, x);
  return sum;
}

double EquationSystem::log_of_terms(const Row& row, std::span<const double> x) const {
  if (!row.shares || std::abs(row.exponent) >= small_exponent) return std::log(sum_of_terms(row, x));
  double excess = 0;
  for (int term = row.term_begin; term < row.term_end; ++term) {
    double argument = shift_[term];
    for (int k = factor_begin_[term]; k < factor_begin_[term + 1]; ++k)
      argument += factor_exponent_[k] * x[factor_unknown_[k]];
    excess += coefficient_[term] * std::expm1(argument);
  }
  return std::log1p(excess);
}

double EquationSystem::expression_value(const BoundExpression& bound, std::span<const double> x,
                                        std::vector<double>& steps) const {
  steps.resize(bound.expression.steps.size());
  for (std::size_t k = 0; k < steps.size(); ++k) {
    if (bound.reference_terms[k] >= 0) steps[k] = term_value(bound.reference_terms[k], x);
  }
  return evaluate_steps(bound.expression, steps);
}

double EquationSystem::row_value(int index, std::span<const double> x) const {
  const Row& row = rows_[index];
  double value = row.constant;
  for (int k = row.linear_begin; k < row.linear_end; ++k) value += linear_[k].coefficient * x[linear_[k].unknown];
  if (row.kind == RowKind::logarithm) {
    value -= log_of_terms(row, x) / row.exponent;
  } else {
    value += sum_of_terms(row, x);
  }
  if (row.expression_begin < row.expression_end) {
    std::vector<double> steps;
    for (int k = row.expression_begin; k < row.expression_end; ++k) {
      value += expressions_[k].coefficient * expression_value(expressions_[k], x, steps);
    }
  }
  return row.scale * value;
}

void EquationSystem::residual(std::span<const double> x, std::span<double> f) const {
  parallel_for(static_cast<int>(chunks_.size()) - 1, threads_, [&](int chunk) {
    for (int i = chunks_[chunk]; i < chunks_[chunk + 1]; ++i) f[i] = row_value(i, x);
  });
}

void EquationSystem::add_term_derivatives(int term, double weight, std::span<const double> x,
                                          std::span<double> values) const {
  const double value = weight * term_value(term, x);
  for (int k = factor_begin_[term]; k < factor_begin_[term + 1]; ++k) {
    const int unknown = factor_unknown_[k];
    if (logarithmic_[unknown]) {
      values[factor_slot_[k]] += value * factor_exponent_[k];
    } else if (x[unknown] != 0) {
      values[factor_slot_[k]] += value * factor_exponent_[k] / x[unknown];
    } else if (factor_exponent_[k] == 1) {
      // d(x * rest)/dx at x = 0 is the rest, which the value cannot tell
      double rest = weight * coefficient_[term];
      double argument = shift_[term];
      for (int m = factor_begin_[term]; m < factor_begin_[term + 1]; ++m) {
        if (m == k) continue;
        const double xm = x[factor_unknown_[m]];
        if (logarithmic_[factor_unknown_[m]]) {
          argument += factor_exponent_[m] * xm;
        } else {
          rest *= std::pow(xm, factor_exponent_[m]);
        }
      }
      values[factor_slot_[k]] += rest * std::exp(argument);
    } else if (factor_exponent_[k] < 1) {
      values[factor_slot_[k]] += weight * HUGE_VAL;
    }
  }
}

void EquationSystem::add_expression_derivatives(const BoundExpression& bound, double weight, std::span<const double> x,
                                                std::span<double> values) const {
  std::vector<double> steps;
  expression_value(bound, x, steps);
  std::vector<double> adjoints(steps.size());
  accumulate_adjoints(bound.expression, steps, adjoints);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    if (bound.reference_terms[k] >= 0 && adjoints[k] != 0) {
      add_term_derivatives(bound.reference_terms[k], weight * adjoints[k], x, values);
    }
  }
}

void EquationSystem::jacobian(std::span<const double> x, std::span<double> values) const {
  parallel_for(static_cast<int>(chunks_.size()) - 1, threads_, [&](int chunk) {
    std::fill(values.begin() + pattern_.starts[chunks_[chunk]], values.begin() + pattern_.starts[chunks_[chunk + 1]],
              0.0);
    for (int i = chunks_[chunk]; i < chunks_[chunk + 1]; ++i) add_row_derivatives(rows_[i], x, values);
  });
}

void EquationSystem::add_row_derivatives(const Row& row, std::span<const double> x, std::span<double> values) const {
  for (int k = row.linear_begin; k < row.linear_end; ++k) values[linear_[k].slot] += row.scale * linear_[k].coefficient;
  const double weight =
      row.kind == RowKind::sum ? row.scale : -row.scale / (row.exponent * std::exp(log_of_terms(row, x)));
  for (int term = row.term_begin; term < row.term_end; ++term) add_term_derivatives(term, weight, x, values);
  for (int k = row.expression_begin; k < row.expression_end; ++k) {
    add_expression_derivatives(expressions_[k], row.scale * expressions_[k].coefficient, x, values);
  }
}

void EquationSystem::build_pattern() {
  pattern_.starts.assign(1, 0);
  pattern_.columns.clear();
  std::vector<int> columns;
  std::vector<int> slot(static_cast<std::size_t>(size()), -1);
  const auto each_factor = [&](const Row& row, const auto& visit_linear, const auto& visit_factor) {
    for (int k = row.linear_begin; k < row.linear_end; ++k) visit_linear(linear_[k]);
    for (int k = factor_begin_[row.term_begin]; k < factor_begin_[row.term_end]; ++k) visit_factor(k);
    for (int e = row.expression_begin; e < row.expression_end; ++e) {
      for (const int term : expressions_[e].reference_terms) {
        if (term < 0) continue;
        for (int k = factor_begin_[term]; k < factor_begin_[term + 1]; ++k) visit_factor(k);
      }
    }
  };
  for (int i = 0; i < size(); ++i) {
    columns.clear();
    each_factor(
        rows_[i], [&](const LinearTerm& linear) { columns.push_back(linear.unknown); },
        [&](int k) { columns.push_back(factor_unknown_[k]); });
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    for (const int column : columns) {
      slot[column] = static_cast<int>(pattern_.columns.size());
      pattern_.columns.push_back(column);
    }
    pattern_.starts.push_back(static_cast<int>(pattern_.columns.size()));
    each_factor(
        rows_[i], [&](LinearTerm& linear) { linear.slot = slot[linear.unknown]; },
        [&](int k) { factor_slot_[k] = slot[factor_unknown_[k]]; });
  }
}

/// Rows are evaluated in chunks of about equal cost, many more than there are threads.
void EquationSystem::cut_into_chunks() {
  const auto cost = [&](const Row& row) {
    double sum = 4 + row.linear_end - row.linear_begin + factor_begin_[row.term_end] - factor_begin_[row.term_begin];
    for (int k = row.expression_begin; k < row.expression_end; ++k)
      sum += 4.0 * static_cast<double>(expressions_[k].expression.steps.size());
    return sum;
  };
  double total = 0;
  for (int i = 0; i < size(); ++i) total += cost(rows_[i]);
  const double share = std::max(smallest_chunk, total / most_chunks);
  chunks_.assign(1, 0);
  double sum = 0;
  for (int i = 0; i < size(); ++i) {
    sum += cost(rows_[i]);
    if (sum < share && i + 1 < size()) continue;
    chunks_.push_back(i + 1);
    sum = 0;
  }
}

double EquationSystem::row_magnitude(int index, std::span<const double> x) const {
  const Row& row = rows_[index];
  double magnitude = std::abs(row.constant);
  for (int k = row.linear_begin; k < row.linear_end; ++k)
    magnitude += std::abs(linear_[k].coefficient * x[linear_[k].unknown]);
  for (int term = row.term_begin; term < row.term_end; ++term) magnitude += std::abs(term_value(term, x));
  std::vector<double> steps;
  for (int k = row.expression_begin; k < row.expression_end; ++k) {
    expression_value(expressions_[k], x, steps);
    magnitude += std::abs(expressions_[k].coefficient) * addend_magnitude(expressions_[k].expression, steps);
  }
  return magnitude / 2;
}

void EquationSystem::set_parameters(std::span<const double> values) {
  for (const ParametricTerm& part : parametric_) {
    // what is nothing times a price of nothing, whatever an absurd amount overflowed to
    const double value = values[part.parameter];
    coefficient_[part.term] = value == 0 ? 0 : part.coefficient * value;
  }
}

Monomial EquationSystem::monomial(int term) const {
  Monomial result(coefficient_[term] * std::exp(shift_[term]));
  for (int k = factor_begin_[term]; k < factor_begin_[term + 1]; ++k)
    result.multiply(Variable{factor_unknown_[k], 1}, factor_exponent_[k]);
  return result;
}

EquationContent EquationSystem::content(int index) const {
  const Row& row = rows_[index];
  EquationContent content;
  content.kind = row.kind;
  content.constant = row.constant;
  content.exponent = row.exponent;
  for (int k = row.linear_begin; k < row.linear_end; ++k)
    content.linear.push_back({linear_[k].unknown, linear_[k].coefficient});
  for (int term = row.term_begin; term < row.term_end; ++term) content.terms.push_back(monomial(term));
  for (int k = row.expression_begin; k < row.expression_end; ++k) {
    const BoundExpression& bound = expressions_[k];
    EquationContent::Formula formula{&bound.expression, bound.coefficient, {}};
    for (const int term : bound.reference_terms) {
      if (term >= 0) formula.references.push_back(monomial(term));
    }
    content.formulas.push_back(std::move(formula));
  }
  return content;
}

int EquationSystemBuilder::add_unknown(const std::string& unknown_name, const std::string& row_name, bool logarithmic,
                                       double lower) {
  logarithmic_.push_back(logarithmic ? 1 : 0);
  lower_.push_back(lower);
  blocks_.push_back(block_);
  unknown_names_.push_back(unknown_name);
  row_names_.push_back(row_name);
  rows_.emplace_back();
  return unknown_count() - 1;
}

int EquationSystemBuilder::add_observed(const std::string& row_name) {
  observed_names_.push_back(row_name);
  observed_.emplace_back();
  return -static_cast<int>(observed_.size());
}

EquationSystem::Row& EquationSystemBuilder::row(int handle) {
  return handle >= 0 ? rows_[handle] : observed_[-handle - 1];
}

void EquationSystemBuilder::set_scale(int handle, double scale) { row(handle).scale = scale; }

void EquationSystemBuilder::add_constant(int handle, double constant) { row(handle).constant += constant; }

void EquationSystemBuilder::set_logarithm(int handle, double exponent, bool shares) {
  row(handle).kind = RowKind::logarithm;
  row(handle).exponent = exponent;
  row(handle).shares = shares;
}

void EquationSystemBuilder::add_linear(int handle, int unknown, double coefficient) {
  if (coefficient != 0) linear_.push_back({handle, unknown, coefficient});
}

int EquationSystemBuilder::add_term(int handle, const Monomial& monomial, double shift) {
  term_row_.push_back(handle);
  term_coefficient_.push_back(monomial.coefficient());
  if (monomial.parameter() >= 0)
    term_parameter_.emplace_back(static_cast<int>(term_row_.size()) - 1, monomial.parameter());
  term_shift_.push_back(shift);
  term_factors_.insert(term_factors_.end(), monomial.factors().begin(), monomial.factors().end());
  term_factor_begin_.push_back(static_cast<int>(term_factors_.size()));
  return static_cast<int>(term_row_.size()) - 1;
}

void EquationSystemBuilder::add_expression(int handle, double coefficient, const Expression& expression,
                                           const std::vector<Monomial>& references) {
  expressions_.push_back({handle, coefficient, expression, references});
}

void EquationSystemBuilder::append_term(EquationSystem& system, int pending) const {
  system.coefficient_.push_back(term_coefficient_[pending]);
  system.shift_.push_back(term_shift_[pending]);
  for (int k = term_factor_begin_[pending]; k < term_factor_begin_[pending + 1]; ++k) {
    system.factor_unknown_.push_back(term_factors_[k].unknown);
    system.factor_exponent_.push_back(term_factors_[k].exponent);
  }
  system.factor_begin_.push_back(static_cast<int>(system.factor_unknown_.size()));
}

void EquationSystemBuilder::place_terms(EquationSystem& system) {
  const int row_total = static_cast<int>(system.rows_.size());
  const auto row_index = [&](int handle) { return observed_row(handle); };
  // counting sort by row keeps the cost linear in the number of terms
  std::vector<int> next(static_cast<std::size_t>(row_total) + 1, 0);
  for (const int handle : term_row_) ++next[row_index(handle) + 1];
  for (int i = 0; i < row_total; ++i) {
    next[i + 1] += next[i];
    system.rows_[i].term_begin = next[i];
    system.rows_[i].term_end = next[i + 1];
  }
  std::vector<int> order(term_row_.size());
  term_position_.resize(term_row_.size());
  for (std::size_t t = 0; t < term_row_.size(); ++t) {
    const int position = next[row_index(term_row_[t])]++;
    order[position] = static_cast<int>(t);
    term_position_[t] = position;
  }
  system.factor_begin_.assign(1, 0);
  for (const int pending : order) append_term(system, pending);
  for (const auto& [handle, parameter] : term_parameter_)
    system.parametric_.push_back({term_position_[handle], parameter, term_coefficient_[handle]});
}

void EquationSystemBuilder::place_linear(EquationSystem& system) {
  std::stable_sort(linear_.begin(), linear_.end(),
                   [](const PendingLinear& a, const PendingLinear& b) { return a.row < b.row; });
  for (EquationSystem::Row& row : system.rows_) row.linear_begin = row.linear_end = 0;
  for (const PendingLinear& pending : linear_) {
    EquationSystem::Row& target = system.rows_[observed_row(pending.row)];
    const int position = static_cast<int>(system.linear_.size());
    if (target.linear_begin == target.linear_end) target.linear_begin = position;
    target.linear_end = position + 1;
    system.linear_.push_back({pending.unknown, pending.coefficient, -1});
  }
}

void EquationSystemBuilder::place_expressions(EquationSystem& system) {
  std::stable_sort(expressions_.begin(), expressions_.end(),
                   [](const PendingExpression& a, const PendingExpression& b) { return a.row < b.row; });
  for (const PendingExpression& pending : expressions_) {
    EquationSystem::Row& target = system.rows_[observed_row(pending.row)];
    const int position = static_cast<int>(system.expressions_.size());
    if (target.expression_begin == target.expression_end) target.expression_begin = position;
    target.expression_end = position + 1;
    EquationSystem::BoundExpression bound{pending.expression, pending.coefficient, {}};
    std::size_t reference = 0;
    for (const ExpressionStep& step : pending.expression.steps) {
      if (step.operation != Operation::reference) {
        bound.reference_terms.push_back(-1);
        continue;
      }
      const Monomial& monomial = pending.references[reference++];
      const int term = static_cast<int>(system.coefficient_.size());
      if (monomial.parameter() >= 0) system.parametric_.push_back({term, monomial.parameter(), monomial.coefficient()});
      bound.reference_terms.push_back(term);
      system.coefficient_.push_back(monomial.coefficient());
      system.shift_.push_back(0);
      for (const Factor& factor : monomial.factors()) {
        system.factor_unknown_.push_back(factor.unknown);
        system.factor_exponent_.push_back(factor.exponent);
      }
      system.factor_begin_.push_back(static_cast<int>(system.factor_unknown_.size()));
    }
    system.expressions_.push_back(std::move(bound));
  }
}

EquationSystem EquationSystemBuilder::build(std::span<const double> parameters) {
  EquationSystem system;
  system.logarithmic_ = logarithmic_;
  system.lower_ = lower_;
  if (std::any_of(blocks_.begin(), blocks_.end(), [](int block) { return block >= 0; })) system.blocks_ = blocks_;
  system.unknown_names_ = unknown_names_;
  system.row_names_ = row_names_;
  system.row_names_.insert(system.row_names_.end(), observed_names_.begin(), observed_names_.end());
  system.rows_ = rows_;
  system.rows_.insert(system.rows_.end(), observed_.begin(), observed_.end());
  place_terms(system);
  place_linear(system);
  place_expressions(system);
  system.set_parameters(parameters);
  system.factor_slot_.assign(system.factor_unknown_.size(), -1);
  system.build_pattern();
  system.cut_into_chunks();
  return system;
}

}  // namespace levee
