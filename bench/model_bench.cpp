// From the benchmark to equations, and what one evaluation of them costs.
#include <vector>

#include "bench/kernel_world.hpp"

namespace levee {

namespace {

int threads_of(const benchmark::State& state) { return static_cast<int>(state.range(0)); }

void make_model(benchmark::State& state, const KernelWorld& world) {
  for (auto _ : state) benchmark::DoNotOptimize(world.make_model());
}

void make_equations(benchmark::State& state, const KernelWorld& world) {
  for (auto _ : state) benchmark::DoNotOptimize(world.make_system(1));
}

void evaluate_residual(benchmark::State& state, const KernelWorld& world) {
  const EconomySystem system = world.make_system(threads_of(state));
  std::vector<double> f(system.start().size());
  for (auto _ : state) {
    system.equations().residual(system.start(), f);
    benchmark::DoNotOptimize(f.data());
  }
}

void evaluate_jacobian(benchmark::State& state, const KernelWorld& world) {
  const EconomySystem system = world.make_system(threads_of(state));
  std::vector<double> values(system.equations().pattern().columns.size());
  for (auto _ : state) {
    system.equations().jacobian(system.start(), values);
    benchmark::DoNotOptimize(values.data());
  }
}

}  // namespace

void add_model_kernels() {
  on_both_worlds("model", make_model);
  on_both_worlds("equations", make_equations);
  on_both_worlds("residual", evaluate_residual, {1, 2});
  on_both_worlds("Jacobian", evaluate_jacobian, {1, 2});
}

}  // namespace levee
