#include "model/equation_algebra.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace levee {
namespace {

using Sum = std::vector<Addend>;

Addend product(const Addend& a, const Addend& b) {
  Addend result = a;
  result.coefficient *= b.coefficient;
  for (const Factor& factor : b.factors) {
    const auto same = [&](const Factor& other) { return other.unknown == factor.unknown; };
    const auto found = std::find_if(result.factors.begin(), result.factors.end(), same);
    if (found == result.factors.end()) {
      result.factors.push_back(factor);
    } else {
      found->exponent += factor.exponent;
      if (found->exponent == 0) result.factors.erase(found);
    }
  }
  if (!b.formula.empty()) result.formula += (result.formula.empty() ? "" : " * ") + b.formula;
  return result;
}

Addend to_power(Addend addend, double exponent) {
  addend.coefficient = std::pow(addend.coefficient, exponent);
  for (Factor& factor : addend.factors) factor.exponent *= exponent;
  if (!addend.formula.empty()) addend.formula = fmt::format("({})^{}", addend.formula, write_number(exponent));
  return addend;
}

Sum formula_of(std::string text) { return {Addend{1, {}, std::move(text)}}; }

/// Numbers are added up; whatever vanishes is left out.
Sum tidy(Sum sum) {
  double number = 0;
  std::erase_if(sum, [&](const Addend& addend) {
    if (addend.is_number()) number += addend.coefficient;
    return addend.is_number() || addend.coefficient == 0;
  });
  if (number != 0) sum.push_back({number, {}, ""});
  return sum;
}

Sum times(const Sum& a, const Sum& b, const UnknownWords& words) {
  if (a.size() > 1 && b.size() > 1)
    return formula_of(fmt::format("({}) * ({})", write_sum(a, words), write_sum(b, words)));
  Sum result;
  for (const Addend& left : a) {
    for (const Addend& right : b) result.push_back(product(left, right));
  }
  return result;
}

Sum divided(const Sum& a, const Sum& b, const UnknownWords& words) {
  if (b.size() == 1) return times(a, {to_power(b.front(), -1)}, words);
  return times(a, formula_of(fmt::format("({})^-1", write_sum(b, words))), words);
}

Sum raised(const Sum& a, const Sum& b, const UnknownWords& words) {
  if (b.size() == 1 && b.front().is_number()) {
    const double exponent = b.front().coefficient;
    if (a.size() == 1 && a.front().coefficient > 0) return {to_power(a.front(), exponent)};
    return formula_of(fmt::format("({})^{}", write_sum(a, words), write_number(exponent)));
  }
  return formula_of(fmt::format("({})^({})", write_sum(a, words), write_sum(b, words)));
}

Sum combined(const ExpressionStep& step, const Sum& a, const Sum& b, const UnknownWords& words) {
  const auto call = [&](const char* name) { return formula_of(fmt::format("{}({})", name, write_sum(a, words))); };
  const auto choice = [&](const char* name) {
    return formula_of(fmt::format("{}({}, {})", name, write_sum(a, words), write_sum(b, words)));
  };
  const auto with = [&](double sign) {
    Sum sum = a;
    for (const Addend& addend : b) sum.push_back(scaled(addend, sign));
    return tidy(std::move(sum));
  };
  switch (step.operation) {
    case Operation::add:
      return with(1);
    case Operation::subtract:
      return with(-1);
    case Operation::multiply:
      return tidy(times(a, b, words));
    case Operation::divide:
      return tidy(divided(a, b, words));
    case Operation::power:
      return raised(a, b, words);
    case Operation::negate:
      return times(a, constant_sum(-1), words);
    case Operation::minimum:
      return choice("min");
    case Operation::maximum:
      return choice("max");
    case Operation::exponential:
      return call("exp");
    case Operation::logarithm:
      return call("log");
    default:
      return {};
  }
}

}  // namespace

std::vector<Addend> constant_sum(double number) { return number == 0 ? Sum{} : Sum{Addend{number, {}, ""}}; }

Addend addend_of(const Monomial& monomial) {
  return {monomial.coefficient(), {monomial.factors().begin(), monomial.factors().end()}, ""};
}

Addend scaled(Addend addend, double number) {
  addend.coefficient *= number;
  return addend;
}

std::vector<Addend> expand(const EquationContent::Formula& formula, const UnknownWords& words) {
  std::vector<Sum> values;
  values.reserve(formula.expression->steps.size());
  std::size_t reference = 0;
  static const Sum nothing;
  for (const ExpressionStep& step : formula.expression->steps) {
    if (step.operation == Operation::constant) {
      values.push_back(constant_sum(step.value));
    } else if (step.operation == Operation::reference) {
      values.push_back(tidy({addend_of(formula.references[reference++])}));
    } else {
      values.push_back(combined(step, values[step.first], step.second < 0 ? nothing : values[step.second], words));
    }
  }
  return tidy(times(values.back(), constant_sum(formula.coefficient), words));
}

std::string write_number(double number) { return fmt::format("{:.4g}", number); }

std::string write_addend(const Addend& addend, const UnknownWords& words) {
  double coefficient = addend.coefficient;
  std::string text;
  for (const Factor& factor : addend.factors) {
    coefficient /= std::pow(words.units[factor.unknown], factor.exponent);
    if (!text.empty()) text += " * ";
    text += fmt::format("[{}]", words.names[factor.unknown]);
    if (factor.exponent != 1) text.append(1, '^').append(write_number(factor.exponent));
  }
  if (!addend.formula.empty()) text += (text.empty() ? "" : " * ") + addend.formula;
  if (text.empty()) return write_number(coefficient);
  if (coefficient == -1) return fmt::format("-{}", text);
  return std::abs(coefficient - 1) < 1e-12 ? text : fmt::format("{} * {}", write_number(coefficient), text);
}

std::string write_sum(const std::vector<Addend>& sum, const UnknownWords& words) {
  if (sum.empty()) return "0";
  std::string text;
  for (const Addend& addend : sum) {
    const bool negative = addend.coefficient < 0;
    if (text.empty()) {
      text = write_addend(addend, words);
    } else {
      text += (negative ? " - " : " + ") + write_addend(negative ? scaled(addend, -1) : addend, words);
    }
  }
  return text;
}

}  // namespace levee
