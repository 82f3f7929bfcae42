#include "model/monomial.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace levee {

void Monomial::add_factor(int unknown, double exponent) {
  if (exponent == 0) return;
  const auto found =
      std::find_if(factors_.begin(), factors_.end(), [&](const Factor& f) { return f.unknown == unknown; });
  if (found == factors_.end()) {
    factors_.push_back({unknown, exponent});
    return;
  }
  found->exponent += exponent;
  if (found->exponent == 0) factors_.erase(found);
}

Monomial& Monomial::multiply(double number) {
  coefficient_ *= number;
  return *this;
}

Monomial& Monomial::multiply(const Variable& variable, double exponent) {
  if (exponent == 0) return *this;
  coefficient_ *= exponent == 1 ? variable.unit : std::pow(variable.unit, exponent);
  if (!variable.is_fixed()) add_factor(variable.unknown, exponent);
  return *this;
}

Monomial& Monomial::multiply(const Monomial& other, double exponent) {
  if (exponent == 0) return *this;
  if (other.parameter_ >= 0) {
    if (parameter_ >= 0 || exponent != 1) throw std::logic_error("an amount is not linear in a varying parameter");
    parameter_ = other.parameter_;
  }
  coefficient_ *= exponent == 1 ? other.coefficient_ : std::pow(other.coefficient_, exponent);
  for (const Factor& factor : other.factors_) add_factor(factor.unknown, factor.exponent * exponent);
  return *this;
}

}  // namespace levee
