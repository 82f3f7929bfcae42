#include "solver/solution.hpp"

namespace levee {

PhaseSeconds& PhaseSeconds::operator+=(const PhaseSeconds& other) {
  residual += other.residual;
  jacobian += other.jacobian;
  factors += other.factors;
  krylov += other.krylov;
  return *this;
}

void Solution::add_effort(const Solution& earlier) {
  iterations += earlier.iterations;
  krylov += earlier.krylov;
  phases += earlier.phases;
  log.insert(log.begin(), earlier.log.begin(), earlier.log.end());
}

std::string to_string(SolveStatus status) {
  switch (status) {
    case SolveStatus::solved:
      return "solved";
    case SolveStatus::infeasible:
      return "infeasible";
    case SolveStatus::failed:
      return "failed";
    case SolveStatus::interrupted:
      return "interrupted";
  }
  return "unknown";
}

}  // namespace levee
