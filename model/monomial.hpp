#pragma once

#include <boost/container/small_vector.hpp>

namespace levee {

/// One unknown of an equation system as a term sees it: value = unit * exp(x) when logarithmic, unit * x when linear,
/// or a constant (unknown < 0, value = unit).
struct Variable {
  int unknown = -1;
  double unit = 1;

  bool is_fixed() const { return unknown < 0; }
};

struct Factor {
  int unknown = -1;
  double exponent = 0;
};

/// coefficient * parameter * product of variables to constant powers: with prices and quantities in logarithms, every
/// demand, supply, unit cost, tax and charge of a CES/CET economy is one of these. The parameter, if any, is one whose
/// value may change while the equations stay as they are.
class Monomial {
 public:
  Monomial() = default;
  // Copies only: factors live inside the object, so a move would copy them too, and GCC 12 misreads Boost's move.
  Monomial(const Monomial&) = default;
  Monomial& operator=(const Monomial&) = default;
  ~Monomial() = default;
  explicit Monomial(double coefficient) : coefficient_(coefficient) {}
  explicit Monomial(const Variable& variable) { multiply(variable, 1); }
  static Monomial of_parameter(int index) {
    Monomial monomial;
    monomial.parameter_ = index;
    return monomial;
  }

  double coefficient() const { return coefficient_; }
  int parameter() const { return parameter_; }  ///< index, -1: none
  const auto& factors() const { return factors_; }
  bool is_constant() const { return factors_.empty() && parameter_ < 0; }

  Monomial& multiply(double number);
  Monomial& multiply(const Variable& variable, double exponent);
  /// A parameter is never raised to a power or met by another: that is a std::logic_error.
  Monomial& multiply(const Monomial& other, double exponent = 1);

 private:
  void add_factor(int unknown, double exponent);

  double coefficient_ = 1;
  int parameter_ = -1;
  boost::container::small_vector<Factor, 10> factors_;
};

}  // namespace levee
