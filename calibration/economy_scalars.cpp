#include "calibration/economy_scalars.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace levee {

namespace {

/// Where a scalar's text starts: behind the quotation mark, if there is one.
Location text_where(const YamlView& view) {
  Location where = view.where();
  const std::string line = view.excerpt();
  const auto column = static_cast<std::size_t>(where.column);
  if (column >= 1 && column <= line.size() && (line[column - 1] == '"' || line[column - 1] == '\'')) ++where.column;
  return where;
}

Expression parse(const YamlView& view, const ReferenceResolver& resolve) {
  if (!view.is_scalar()) {
    const char* found = view.is_null() ? "nothing" : view.is_map() ? "a map" : "a list";
    throw view.error(fmt::format("found {}, expected a number or an expression", found));
  }
  return parse_expression(view.text(), text_where(view), view.excerpt(), resolve);
}

double no_value(const Reference&) { return std::nan(""); }

bool is_number(const Expression& expression) {
  for (const ExpressionStep& step : expression.steps) {
    if (step.operation == Operation::reference) return false;
  }
  return true;
}

bool obeys(EconomyScalars::Rule rule, double value) {
  switch (rule) {
    case EconomyScalars::Rule::any:
      return std::isfinite(value);
    case EconomyScalars::Rule::not_negative:
      return std::isfinite(value) && value >= 0;
    case EconomyScalars::Rule::positive:
      return std::isfinite(value) && value > 0;
  }
  return false;
}

const char* describe(EconomyScalars::Rule rule) {
  switch (rule) {
    case EconomyScalars::Rule::any:
      return "a finite number";
    case EconomyScalars::Rule::not_negative:
      return "a number >= 0";
    case EconomyScalars::Rule::positive:
      return "a number > 0";
  }
  return "";
}

}  // namespace

double EconomyScalars::number(const YamlView& view) {
  const Expression expression = parse(view, [](const std::string& name, const std::string&) -> Reference {
    throw std::invalid_argument(fmt::format("found the name '{}', expected a number", name));
  });
  const double value = evaluate(expression, no_value);
  if (!std::isfinite(value)) throw view.error(fmt::format("'{}' is not a finite number", view.text()));
  return value;
}

void EconomyScalars::note(const YamlView& view, std::string what, std::function<void(Scalar)> store) {
  pending_.push_back({view, std::move(what), Rule::any, false, std::move(store)});
}

void EconomyScalars::note_parametric(const YamlView& view, std::string what, Rule rule,
                                     std::function<void(Scalar)> store) {
  pending_.push_back({view, std::move(what), rule, true, std::move(store)});
}

void EconomyScalars::note_quantity(const YamlView& view, std::string what, std::function<void(Scalar)> store) {
  pending_.push_back({view, std::move(what), Rule::not_negative, false, std::move(store)});
}

void EconomyScalars::settle(const EconomyNames& names) {
  const ReferenceResolver resolve = [&](const std::string& name, const std::string& argument) {
    return names.resolve(name, argument);
  };
  for (const Pending& pending : pending_) {
    faults_.guard([&] { settle_one(pending, resolve); });
  }
  pending_.clear();
}

std::optional<double> EconomyScalars::value_at_parameters(const Expression& expression) const {
  if (!expression.depends_on_parameters_only()) return std::nullopt;
  return evaluate(expression, [&](const Reference& reference) {
    return economy_.parameters[static_cast<std::size_t>(reference.index)].value;
  });
}

void EconomyScalars::settle_one(const Pending& pending, const ReferenceResolver& resolve) {
  Expression expression = parse(pending.view, resolve);
  const std::optional<double> value = value_at_parameters(expression);
  if (pending.parametric && !value) {
    throw pending.view.error(
        fmt::format("{} '{}' depends on more than parameters: it must be a number or an expression in parameters only",
                    pending.what, expression.text));
  }
  if (value && !obeys(pending.rule, *value)) {
    const std::string shown = is_number(expression) ? "" : fmt::format(" ('{}')", expression.text);
    throw pending.view.error(
        fmt::format("{} is {}{}, expected {}", pending.what, *value, shown, describe(pending.rule)));
  }
  if (is_number(expression)) {
    pending.store(Scalar(*value));
  } else {
    pending.store(Scalar::of_expression(economy_.add_expression(std::move(expression))));
  }
}

}  // namespace levee
