#pragma once

#include <span>
#include <string>
#include <vector>

#include "solver/nonlinear_problem.hpp"

namespace levee {

struct GradientCheckOptions {
  double step = 6e-6;       ///< times max(1, |x_j|); the cube root of the rounding unit suits central differences
  double tolerance = 1e-6;  ///< on |given - numeric| / max(1, |given|, |numeric|)
};

struct GradientEntry {
  std::string row, unknown;
  double given = 0;    ///< the problem's derivative; 0 where the pattern has no entry
  double numeric = 0;  ///< central difference, one-sided where a side is not finite
  double error = 0;    ///< |given - numeric| / max(1, |given|, |numeric|); infinity where `given` is not finite
};

struct GradientReport {
  bool passed = false;
  GradientEntry worst;                ///< the largest error among the pattern's entries
  std::vector<GradientEntry> wrong;   ///< entries beyond the tolerance, by unknown, then row
  std::vector<GradientEntry> absent;  ///< rows that change with an unknown that their pattern leaves out
  /// A line for the worst, wrong (at most five) and absent (at most five) entries.
  std::string text() const;
};

/// Compares problem.jacobian at `x` with finite differences, perturbing each unknown in turn: 2 size() evaluations.
/// A row outside the pattern counts as absent when it moves by more than rounding on either side, so that a derivative
/// which happens to be zero at `x` (x^2 at 0) is found too. Choose an `x` away from kinks.
GradientReport check_gradient(const NonlinearProblem& problem, std::span<const double> x,
                              const GradientCheckOptions& options = {});

}  // namespace levee
