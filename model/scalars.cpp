// How the scalars of an economy (rates, quantities, endowments, amounts) enter the equations: as numbers, as monomials
// when they are products of unknowns, else as an unknown of their own with an equation.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/economy_system_builder.hpp"

namespace levee {

namespace {

bool both_constant(const Monomial& a, const Monomial& b) { return a.is_constant() && b.is_constant(); }

double apply_constant(Operation operation, double a, double b) {
  Expression expression;
  const int first = expression.add_constant(a);
  const int second = expression.add_constant(b);
  expression.add_operation(operation, first, second);
  return evaluate(expression, [](const Reference&) { return 0.0; });
}

/// Combines two monomials when the outcome is one again.
bool combine(Operation operation, const Monomial& a, const Monomial& b, Monomial& result) {
  if (both_constant(a, b)) {
    result = Monomial(apply_constant(operation, a.coefficient(), b.coefficient()));
    return true;
  }
  result = a;
  switch (operation) {
    case Operation::multiply:
      result.multiply(b);
      return true;
    case Operation::divide:
      result.multiply(b, -1);
      return true;
    case Operation::power:
      if (!b.is_constant() || a.coefficient() <= 0) return false;
      result = Monomial();
      result.multiply(a, b.coefficient());
      return true;
    case Operation::negate:
      result.multiply(-1.0);
      return true;
    default:
      return false;
  }
}

}  // namespace

void EconomySystemBuilder::fail(int node, const std::string& message) const {
  const Location where =
      node >= 0 && node < static_cast<int>(economy_.node_where.size()) ? economy_.node_where[node] : Location{};
  throw InputError(where, message);
}

double EconomySystemBuilder::parameter_expression(int expression) const {
  return evaluate(economy_.expressions[expression],
                  [&](const Reference& reference) { return system_.parameters_[reference.index]; });
}

double EconomySystemBuilder::constant_value(const Scalar& scalar, const std::string& what, int node) const {
  if (scalar.is_constant()) return scalar.value;
  const Expression& expression = economy_.expressions[scalar.expression];
  const auto varies = [&](const ExpressionStep& step) {
    return step.operation == Operation::reference && economy_.parameters[step.reference.index].varies;
  };
  if (!expression.depends_on_parameters_only() ||
      std::any_of(expression.steps.begin(), expression.steps.end(), varies)) {
    throw InputError(expression.where,
                     fmt::format("{} '{}' must be a number or depend on parameters only", what, expression.text));
  }
  const double value = parameter_expression(scalar.expression);
  if (!std::isfinite(value)) fail(node, fmt::format("{} '{}' is not a finite number", what, expression.text));
  return value;
}

Monomial EconomySystemBuilder::reference_monomial(const Reference& reference) const {
  switch (reference.kind) {
    case ReferenceKind::parameter:
      return economy_.parameters[reference.index].varies ? Monomial::of_parameter(reference.index)
                                                         : Monomial(system_.parameters_[reference.index]);
    case ReferenceKind::auxiliary:
      return Monomial(system_.auxiliary_[reference.index]);
    case ReferenceKind::price:
      return Monomial(system_.price_[reference.index]);
    case ReferenceKind::level:
      return Monomial(system_.level_[reference.index]);
    case ReferenceKind::income:
      return Monomial(system_.income_[reference.index]);
    case ReferenceKind::quantity: {
      const auto found = quantity_.find(reference.index);
      return found == quantity_.end() ? Monomial(0.0) : found->second;
    }
    case ReferenceKind::utility:
      return system_.utility_[reference.index];
  }
  return Monomial(0.0);
}

bool EconomySystemBuilder::as_monomial(const Expression& expression, Monomial& result) const {
  std::vector<Monomial> values(expression.steps.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::constant) {
      values[k] = Monomial(step.value);
    } else if (step.operation == Operation::reference) {
      const ReferenceKind kind = step.reference.kind;
      if (kind == ReferenceKind::quantity || kind == ReferenceKind::utility) return false;
      values[k] = reference_monomial(step.reference);
    } else {
      const Monomial second = step.second < 0 ? Monomial(0.0) : values[step.second];
      if (!combine(step.operation, values[step.first], second, values[k])) return false;
    }
  }
  result = values.back();
  return true;  // whatever its size: which unknowns there are must not depend on the parameters' values
}

/// Adds an expression to a row: a sum's addends one by one, as terms where they are monomials, so that long sums (an
/// index of prices, the emissions under a cap) cost no more than other equations.
void EconomySystemBuilder::bind(const Binding& binding) {
  const Expression& expression = economy_.expressions[binding.expression];
  std::vector<std::optional<Monomial>> values(expression.steps.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::constant) {
      values[k] = Monomial(step.value);
    } else if (step.operation == Operation::reference) {
      values[k] = reference_monomial(step.reference);
    } else if (values[step.first] && (step.second < 0 || values[step.second])) {
      Monomial combined;
      const Monomial second = step.second < 0 ? Monomial(0.0) : *values[step.second];
      if (combine(step.operation, *values[step.first], second, combined)) values[k] = combined;
    }
  }
  bind_step(binding, values, static_cast<int>(values.size()) - 1, binding.coefficient);
}

void EconomySystemBuilder::bind_step(const Binding& binding, const std::vector<std::optional<Monomial>>& values,
                                     int last, double coefficient) {
  std::vector<std::pair<int, double>> open{{last, coefficient}};
  while (!open.empty()) {
    const auto [k, sign] = open.back();
    open.pop_back();
    const ExpressionStep& step = economy_.expressions[binding.expression].steps[k];
    if (values[k]) {
      if (values[k]->is_constant()) {
        equations_.add_constant(binding.row, sign * values[k]->coefficient());
      } else {
        equations_.add_term(binding.row, Monomial(*values[k]).multiply(sign));
      }
    } else if (step.operation == Operation::add || step.operation == Operation::subtract) {
      open.emplace_back(step.second, step.operation == Operation::add ? sign : -sign);
      open.emplace_back(step.first, sign);
    } else if (step.operation == Operation::negate) {
      open.emplace_back(step.first, -sign);
    } else {
      bind_rest(binding, k, sign);
    }
  }
}

/// What is no sum of monomials, with the steps that it is made of.
void EconomySystemBuilder::bind_rest(const Binding& binding, int last, double coefficient) {
  const Expression& whole = economy_.expressions[binding.expression];
  std::vector<char> used(static_cast<std::size_t>(last) + 1, 0);
  used[last] = 1;
  for (int k = last; k >= 0; --k) {
    if (!used[k]) continue;
    if (whole.steps[k].first >= 0) used[whole.steps[k].first] = 1;
    if (whole.steps[k].second >= 0) used[whole.steps[k].second] = 1;
  }
  Expression part;
  part.text = whole.text;
  part.where = whole.where;
  std::vector<int> place(used.size(), -1);
  std::vector<Monomial> references;
  for (int k = 0; k <= last; ++k) {
    if (!used[k]) continue;
    ExpressionStep step = whole.steps[k];
    if (step.first >= 0) step.first = place[step.first];
    if (step.second >= 0) step.second = place[step.second];
    if (step.operation == Operation::reference) references.push_back(reference_monomial(step.reference));
    place[k] = static_cast<int>(part.steps.size());
    part.steps.push_back(step);
  }
  equations_.add_expression(binding.row, coefficient, part, references);
}

Monomial EconomySystemBuilder::scalar(const Scalar& scalar) {
  if (scalar.is_constant()) return Monomial(scalar.value);
  const Expression& expression = economy_.expressions[scalar.expression];
  Monomial direct;
  if (as_monomial(expression, direct)) return direct;
  const auto known = scalar_unknown_.find(scalar.expression);
  if (known != scalar_unknown_.end()) return Monomial(known->second);
  const int unknown = equations_.add_unknown(fmt::format("value of '{}'", expression.text),
                                             fmt::format("definition of '{}'", expression.text), false);
  equations_.add_linear(unknown, unknown, 1);
  bindings_.push_back({unknown, -1, scalar.expression});
  system_.explicit_rows_.push_back(unknown);
  value_rows_.push_back(unknown);
  scalar_unknown_[scalar.expression] = {unknown, 1};
  return Monomial(Variable{unknown, 1});
}

}  // namespace levee
