#include "solver/solution.hpp"

namespace levee {

PhaseSeconds& PhaseSeconds::operator+=(const PhaseSeconds& other) {
  residual += other.residual;
  jacobian += other.jacobian;
  factors += other.factors;
  krylov += other.krylov;
  return *this;
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
