#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee {

/// A convex program whose objective is a sum over single unknowns:
///
///   minimise   sum_k weight_k f(z_k)      entropy: f = z ln z - z + 1;  squares: f = (z - center_k)^2 / 2
///   subject to A z = b,  z_k >= lower_k   (entropy: z_k > 0)
///
/// Weights are > 0. `coefficients` are in the order of `pattern` (rows of A).
struct SeparableProgram {
  enum class Objective { entropy, squares };
  Objective objective = Objective::squares;
  std::vector<double> weight, center, lower;
  SparsePattern pattern;
  std::vector<double> coefficients;
  std::vector<double> b;
  std::vector<double> start;

  int unknowns() const { return static_cast<int>(weight.size()); }
};

struct SeparableSolution {
  bool solved = false;
  std::vector<double> z;
  double violation = 0;  ///< largest |A z - b|
  int iterations = 0;
  std::string message;  ///< the solver's own words
};

/// What solves such programs: solve_with_ipopt below, handed to libraries that must not know it.
using SolveSeparable = std::function<SeparableSolution(const SeparableProgram&)>;

}  // namespace levee
