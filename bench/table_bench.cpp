// What follows a solution: the tables of a scenario, and the counterfactual runs behind its channels of leakage.
#include "bench/kernel_world.hpp"
#include "scenarios/scenario_record.hpp"

namespace levee {

namespace {

void write_tables(benchmark::State& state, const KernelWorld& world) {
  const ScenarioResult result = world.solve(world.scenario());
  const ScenarioResult reference = world.solve(world.study().reference_of(world.scenario()));
  for (auto _ : state) benchmark::DoNotOptimize(make_record(world.study(), result, &reference, true));
}

void find_channels_of_leakage(benchmark::State& state, const KernelWorld& world) {
  ScenarioSolver solver(world.study(), {.backend = Backend::newton}, 1);
  ScenarioResult result = world.solve(world.scenario());
  const ScenarioResult reference = world.solve(world.study().reference_of(world.scenario()));
  for (auto _ : state) {
    solver.find_channels(result, reference, 1);
    if (!result.channels.at(0) || !result.channels[0]->solved()) state.SkipWithError("not solved");
  }
}

}  // namespace

void add_table_kernels() {
  on_both_worlds("tables of a scenario", write_tables);
  on_both_worlds("channels of leakage", find_channels_of_leakage);
}

}  // namespace levee
