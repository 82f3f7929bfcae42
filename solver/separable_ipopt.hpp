#pragma once

#include "solver/separable_program.hpp"

namespace levee {

/// Ipopt with the exact gradient, the constant Jacobian and the diagonal Hessian.
SeparableSolution solve_separable_with_ipopt(const SeparableProgram& program);

}  // namespace levee
