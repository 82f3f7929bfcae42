#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/economy_system.hpp"
#include "model/equation_algebra.hpp"

namespace levee {

/// An equation as the kernels hold it, in words: left side, relation, right side. Each side is a sum, in a logarithm
/// row (unit costs) raised to a power. Parameters and fixed unknowns appear as numbers.
struct EquationText {
  struct Side {
    std::vector<std::string> addends;  ///< signs included; empty: 0
    double power = 1;                  ///< of the whole sum
  };
  std::string name;     ///< "market clearing STEEL in EUR"
  std::string unknown;  ///< the unknown paired with it; empty for a row that is dropped because its unknown is fixed
  bool complementary = false;  ///< left >= right and unknown >= lower, one of them exactly; else left = right
  double lower = 0;            ///< of the unknown, where complementary
  Side left, right;
};

/// Every row of an economy in words, the dropped ones last.
class EquationListing {
 public:
  explicit EquationListing(const EconomySystem& system);
  int size() const { return system_.equations().row_count(); }
  std::string name(int row) const { return system_.equations().row_name(row); }
  EquationText equation(int row) const;
  /// Number of unknowns and terms that the row holds: how long its text will be.
  std::size_t length(int row) const;

 private:
  const EconomySystem& system_;
  UnknownWords words_;
};

/// Lines of text: the name, its pairing, and the equation with one addend a line, at most `addends` of a side (the
/// others are counted); every line begins with `indent`.
std::string write_equation(const EquationText& equation, std::size_t addends, std::string_view indent = "");

}  // namespace levee
