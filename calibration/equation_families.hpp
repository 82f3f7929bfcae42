#pragma once

#include <string>
#include <vector>

#include "model/economy_system.hpp"

namespace levee {

/// Equations of one kind: what they say and one of them as the kernels hold it.
struct EquationFamily {
  std::string family;     ///< "market clearing of a good"
  std::string pairing;    ///< what kind of unknown it determines
  std::string formula;    ///< in the symbols of docs/model.md
  std::string statement;  ///< in words
  std::string example;    ///< lines of text; empty when the system has no such row
  int rows = 0;           ///< how many rows of the system are of this kind
};

/// The kinds of rows that a system has, in the order in which the model is explained; a row is recognised by its name.
/// Holds for the regional model and for economies from YAML.
std::vector<EquationFamily> equation_families(const EconomySystem& system);

}  // namespace levee
