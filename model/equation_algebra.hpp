#pragma once

#include <string>
#include <vector>

#include "model/equation_system.hpp"

namespace levee {

/// coefficient x product of unknowns to powers x what is no such product (a formula with min, log, a quotient of sums),
/// written out already.
struct Addend {
  double coefficient = 1;
  std::vector<Factor> factors;  ///< unknowns to powers
  std::string formula;          ///< empty: 1

  bool is_number() const { return factors.empty() && formula.empty(); }
};

/// How unknowns are written: their names, and what 1 of each stands for.
struct UnknownWords {
  std::vector<std::string> names;
  std::vector<double> units;
};

std::vector<Addend> constant_sum(double number);
Addend addend_of(const Monomial& monomial);
Addend scaled(Addend addend, double number);

/// A formula multiplied out as far as it is a sum of products; what is not stays a formula within an addend.
std::vector<Addend> expand(const EquationContent::Formula& formula, const UnknownWords& words);

/// "0.25 * [price of X in EUR]^0.5". Numbers have four digits.
std::string write_addend(const Addend& addend, const UnknownWords& words);
/// "a + b - c"; "0" when empty.
std::string write_sum(const std::vector<Addend>& sum, const UnknownWords& words);
std::string write_number(double number);

}  // namespace levee
