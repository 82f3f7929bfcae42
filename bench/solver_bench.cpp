// The parts of Newton's method, and a whole solve.
#include <Eigen/Core>

#include "bench/kernel_world.hpp"
#include "solver/block_preconditioner.hpp"
#include "solver/newton_solver.hpp"
#include "solver/sparse_matrix.hpp"

namespace levee {

namespace {

int threads_of(const benchmark::State& state) { return static_cast<int>(state.range(0)); }

/// The derivatives at the benchmark.
SparseMatrix jacobian_of(const EconomySystem& system) {
  SparseMatrix matrix{system.equations().pattern(), {}};
  matrix.values.resize(matrix.pattern.columns.size());
  system.equations().jacobian(system.start(), matrix.values);
  return matrix;
}

Eigen::VectorXd any_vector(const SparseMatrix& matrix) { return Eigen::VectorXd::LinSpaced(matrix.size(), -1, 1); }

BlockPreconditioner factored(benchmark::State& state, const EconomySystem& system, const SparseMatrix& matrix) {
  BlockPreconditioner preconditioner(matrix.pattern, system.equations().blocks(), threads_of(state));
  if (!preconditioner.factor(matrix.values)) state.SkipWithError("singular");
  return preconditioner;
}

/// As in a solve, where orderings and pivots are found once.
void factor_blocks(benchmark::State& state, const KernelWorld& world) {
  const EconomySystem system = world.make_system(1);
  const SparseMatrix matrix = jacobian_of(system);
  BlockPreconditioner preconditioner = factored(state, system, matrix);
  for (auto _ : state) benchmark::DoNotOptimize(preconditioner.factor(matrix.values));
}

void apply_preconditioner(benchmark::State& state, const KernelWorld& world) {
  const EconomySystem system = world.make_system(1);
  const SparseMatrix matrix = jacobian_of(system);
  const BlockPreconditioner preconditioner = factored(state, system, matrix);
  const Eigen::VectorXd b = any_vector(matrix);
  Eigen::VectorXd x;
  for (auto _ : state) {
    preconditioner.solve(b, x);
    benchmark::DoNotOptimize(x.data());
  }
}

void multiply(benchmark::State& state, const KernelWorld& world) {
  const SparseMatrix matrix = jacobian_of(world.make_system(1));
  const Eigen::VectorXd x = any_vector(matrix);
  Eigen::VectorXd y;
  for (auto _ : state) {
    matrix.multiply(x, y, threads_of(state));
    benchmark::DoNotOptimize(y.data());
  }
}

void solve_whole_system(benchmark::State& state, const KernelWorld& world) {
  const EconomySystem system = world.make_system(threads_of(state));
  for (auto _ : state) {
    const Solution solution = solve_with_newton(system.equations(), system.start(), {.threads = threads_of(state)});
    if (solution.status != SolveStatus::solved) state.SkipWithError("not solved");
  }
}

}  // namespace

void add_solver_kernels() {
  on_both_worlds("factors of the blocks", factor_blocks, {1, 2});
  on_both_worlds("preconditioner, once", apply_preconditioner, {1, 2});
  on_both_worlds("matrix times vector", multiply, {1, 2});
  on_both_worlds("Newton solve", solve_whole_system, {1, 2});
}

}  // namespace levee
