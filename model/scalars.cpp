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
  if (!expression.depends_on_parameters_only()) {
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
      return Monomial(system_.parameters_[reference.index]);
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
