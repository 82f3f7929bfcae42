#include "model/economy_system.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "model/economy_system_builder.hpp"

namespace levee {

EconomySystem::EconomySystem(const Economy& economy, std::vector<double> parameter_values,
                             std::vector<FixedValue> fixed, const EconomySystem* like)
    : economy_(&economy), parameters_(std::move(parameter_values)) {
  if (like != nullptr) price_free_ = like->price_free_;
  EconomySystemBuilder(*this, std::move(fixed)).build();
}

void EconomySystem::set_parameters(const std::vector<double>& values) {
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (!economy_->parameters[p].varies && values[p] != parameters_[p])
      throw std::logic_error("parameter '" + economy_->parameters[p].name + "' does not vary");
  }
  parameters_ = values;
  equations_.set_parameters(values);
}

double EconomySystem::variable_value(const Variable& variable, std::span<const double> x) const {
  if (variable.is_fixed()) return variable.unit;
  const double value = x[variable.unknown];
  return variable.unit * (equations_.is_logarithmic(variable.unknown) ? std::exp(value) : value);
}

double EconomySystem::monomial_value(const Monomial& monomial, std::span<const double> x) const {
  double value = monomial.coefficient();
  for (const Factor& factor : monomial.factors()) {
    value *= std::pow(variable_value({factor.unknown, 1}, x), factor.exponent);
  }
  return value;
}

std::vector<double> EconomySystem::point(const EconomyState& state) const {
  std::vector<double> x(static_cast<std::size_t>(equations_.size()), 0.0);
  const auto place = [&](const std::vector<Variable>& variables, const std::vector<double>& values) {
    for (std::size_t k = 0; k < variables.size(); ++k) {
      const Variable& variable = variables[k];
      if (variable.is_fixed()) continue;
      const double value = values[k] / variable.unit;
      // A price that was zero where goods were used in fixed proportions has no logarithm where they are not.
      x[variable.unknown] = !equations_.is_logarithmic(variable.unknown) ? value : value > 0 ? std::log(value) : 0.0;
    }
  };
  place(price_, state.prices);
  place(level_, state.levels);
  place(income_, state.incomes);
  place(auxiliary_, state.auxiliaries);
  std::vector<char> is_income(x.size(), 0);
  for (const Variable& income : income_) {
    if (!income.is_fixed()) is_income[income.unknown] = 1;
  }
  for (int sweep = 0; sweep < 3; ++sweep) {
    for (const int unknown : explicit_rows_) {
      if (is_income[unknown]) continue;
      const double step = equations_.row_value(unknown, x) / equations_.row_scale(unknown);
      if (std::isfinite(step)) x[unknown] -= step;
    }
  }
  return x;
}

EconomyState EconomySystem::state(std::span<const double> x) const {
  const auto read = [&](const std::vector<Variable>& variables) {
    std::vector<double> values;
    values.reserve(variables.size());
    for (const Variable& variable : variables) values.push_back(variable_value(variable, x));
    return values;
  };
  return {read(price_), read(level_), read(income_), read(auxiliary_)};
}

double EconomySystem::quantity(int node, std::span<const double> x) const {
  return leaf_term_[node] < 0 ? 0.0 : std::abs(equations_.term_value(leaf_term_[node], x));
}

double EconomySystem::market_price(int commodity, std::span<const double> x) const {
  return variable_value(price_[commodity], x);
}

double EconomySystem::user_price(int node, std::span<const double> x) const {
  if (user_price_[node] >= 0) return variable_value({user_price_[node], 1}, x);
  return price_factor_[node] * market_price(economy_->nodes[node].commodity, x);
}

double EconomySystem::wedge_revenue(int wedge, std::span<const double> x) const {
  return wedge_term_[wedge] < 0 ? 0.0 : -equations_.term_value(wedge_term_[wedge], x);
}

double EconomySystem::utility(int agent, std::span<const double> x) const { return monomial_value(utility_[agent], x); }

double EconomySystem::expression_value(int expression, std::span<const double> x) const {
  return evaluate(economy_->expressions[expression], [&](const Reference& reference) {
    switch (reference.kind) {
      case ReferenceKind::parameter:
        return parameters_[reference.index];
      case ReferenceKind::auxiliary:
        return variable_value(auxiliary_[reference.index], x);
      case ReferenceKind::price:
        return market_price(reference.index, x);
      case ReferenceKind::level:
        return variable_value(level_[reference.index], x);
      case ReferenceKind::income:
        return variable_value(income_[reference.index], x);
      case ReferenceKind::utility:
        return utility(reference.index, x);
      default:
        return quantity(reference.index, x);
    }
  });
}

std::vector<double> EconomySystem::unknown_units() const {
  std::vector<double> units(static_cast<std::size_t>(equations_.size()), 1.0);
  for (const std::vector<Variable>* variables : {&price_, &level_, &income_, &auxiliary_}) {
    for (const Variable& variable : *variables) {
      if (!variable.is_fixed()) units[variable.unknown] = variable.unit;
    }
  }
  return units;
}

std::vector<EconomySystem::DroppedRow> EconomySystem::dropped_rows(std::span<const double> x) const {
  std::vector<DroppedRow> rows;
  for (const auto& [row, what] : dropped_) {
    rows.push_back({equations_.row_name(row), what, equations_.row_value(row, x) / equations_.row_scale(row)});
  }
  return rows;
}

double EconomySystem::replication_error(std::span<const double> x, std::string* worst_row) const {
  double worst = 0;
  const auto consider = [&](int row, double residual) {
    if (std::isnan(residual) || std::abs(residual) > worst) {
      worst = std::isnan(residual) ? HUGE_VAL : std::abs(residual);
      if (worst_row != nullptr) *worst_row = equations_.row_name(row);
    }
  };
  for (int row = 0; row < equations_.size(); ++row) {
    const double value = equations_.row_value(row, x);
    const double lower = equations_.lower()[row];
    consider(row, std::isinf(lower) ? value : std::min(value, x[row] - lower));
  }
  for (const auto& [row, what] : dropped_) {
    if (what.kind == ReferenceKind::price || what.kind == ReferenceKind::income)
      consider(row, equations_.row_value(row, x));
  }
  return worst;
}

}  // namespace levee
