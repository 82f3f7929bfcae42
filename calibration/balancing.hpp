#pragma once

#include <string>
#include <vector>

#include "solver/separable_program.hpp"

namespace levee {

/// A sum of cells that must come to a figure.
struct CellTotal {
  std::string name;  ///< "row of EUR.STEEL"
  double target = 0;
  struct Term {
    int cell = 0;
    int sign = 1;  ///< +1 or -1
  };
  std::vector<Term> terms;
};

/// Cells to be changed as little as possible so that every total is met. A cell keeps its sign; zero stays zero.
struct BalancingProblem {
  std::vector<double> value;  ///< what the cells are
  std::vector<CellTotal> totals;
};

enum class BalancingMethod {
  gras,          ///< scaling total by total, until all are met (Junius and Oosterhaven 2003; Lenzen et al. 2007)
  entropy,       ///< least sum |a| (z ln z - z + 1), z the ratio of new to old: the same optimum, by Ipopt
  least_squares  ///< least sum |a| (z - 1)^2 / 2, z >= 0
};

/// A total that cannot be met together with the others.
struct Conflict {
  std::string name;
  double target = 0;
  double nearest = 0;  ///< what it comes to where the misses of all totals are smallest
};

struct BalancingResult {
  bool solved = false;
  std::vector<double> value;
  int iterations = 0;
  double miss = 0;  ///< largest miss of a total, relative to its target or to the cells in it where they are larger
  std::vector<Conflict> conflicts;  ///< when not solved: worst first
  std::string message;
};

/// Balances; when the totals cannot be met together, `conflicts` names those that stand against each other (a
/// certificate: the misses at the point where their sum of squares is least).
BalancingResult balance_cells(const BalancingProblem& problem, BalancingMethod method, const SolveSeparable& solve);

}  // namespace levee
