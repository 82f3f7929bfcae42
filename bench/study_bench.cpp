// The default study as a benchmark: what a scenario costs from the calibrated benchmark to the solution, what the
// channels of its leakage cost, and what one evaluation of its equations costs. Counters: unknowns, non-zeros,
// iterations, peak memory of the process so far.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "calibration/regional_model.hpp"
#include "data/dataset_reader.hpp"
#include "model/economy_system.hpp"
#include "scenarios/study.hpp"
#include "scenarios/study_runner.hpp"
#include "solver/blas_threads.hpp"

namespace {

using namespace levee;

std::shared_ptr<const Study> default_study() {
  static const auto study =
      std::make_shared<const Study>(read_study(std::string(LEVEE_SOURCE_DIR) + "/scenarios/eu-cbam/study.yaml"));
  return study;
}

/// The system of one scenario of the study, with what it refers to.
struct Case {
  RegionalModel model;
  std::unique_ptr<EconomySystem> system;
};

Case make_case(const Scenario& scenario) {
  static const auto benchmark = std::make_shared<const Benchmark>(make_benchmark(default_study()->dataset));
  Case made{make_regional_model(benchmark, default_study()->model, scenario.zones, scenario.policy), nullptr};
  made.system = std::make_unique<EconomySystem>(*made.model.economy, made.model.economy->parameter_values(),
                                                made.model.numeraire);
  return made;
}

void read_dataset_files(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(default_study()->dataset_path));
}
BENCHMARK(read_dataset_files)->Unit(benchmark::kMillisecond);

void calibrate(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_benchmark(default_study()->dataset));
}
BENCHMARK(calibrate)->Unit(benchmark::kMillisecond);

void make_equations(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_case(default_study()->scenarios[4]));
}
BENCHMARK(make_equations)->Unit(benchmark::kMillisecond);

void evaluate_residual(benchmark::State& state) {
  const Case one = make_case(default_study()->scenarios[4]);
  std::vector<double> f(static_cast<std::size_t>(one.system->equations().size()));
  for (auto _ : state) {
    one.system->equations().residual(one.system->start(), f);
    benchmark::DoNotOptimize(f.data());
  }
}
BENCHMARK(evaluate_residual)->Unit(benchmark::kMicrosecond);

void evaluate_jacobian(benchmark::State& state) {
  const Case one = make_case(default_study()->scenarios[4]);
  std::vector<double> values(static_cast<std::size_t>(one.system->equations().pattern().nonzeros()));
  for (auto _ : state) {
    one.system->equations().jacobian(one.system->start(), values);
    benchmark::DoNotOptimize(values.data());
  }
}
BENCHMARK(evaluate_jacobian)->Unit(benchmark::kMicrosecond);

const ScenarioResult& result_named(const StudyResult& run, const std::string& name) {
  return *std::find_if(run.results.begin(), run.results.end(), [&](const ScenarioResult& result) {
    return run.study->scenarios[result.scenario].name == name;
  });
}

/// One scenario with those that it needs (its reference, what its cap follows). Its own time is the manual one.
void run_scenario(benchmark::State& state, const std::string& name) {
  RunOptions options;
  options.only = {name};
  options.channels = false;
  ScenarioResult last;
  for (auto _ : state) {
    last = result_named(run_study(default_study(), options), name);
    state.SetIterationTime(last.seconds);
    if (!last.solved()) state.SkipWithError("not solved");
  }
  state.counters["unknowns"] = last.unknowns;
  state.counters["nonzeros"] = last.nonzeros;
  state.counters["iterations"] = last.solution.iterations;
  state.counters["peak_MiB"] = last.peak_memory_mib;
}

/// The three counterfactual runs of a scenario, without the scenario itself.
void find_channels_of(benchmark::State& state, const std::string& name) {
  RunOptions options;
  options.only = {name};
  options.channels = true;
  for (auto _ : state) {
    const StudyResult run = run_study(default_study(), options);
    const ScenarioResult& result = result_named(run, name);
    state.SetIterationTime(result.channel_seconds);
    if (!result.channels.at(0) || !result.channels[0]->solved()) state.SkipWithError("not solved");
  }
}

/// Every scenario of the study, caps included.
void run_whole_study(benchmark::State& state) {
  RunOptions options;
  options.channels = false;
  for (auto _ : state) {
    const StudyResult run = run_study(default_study(), options);
    for (const ScenarioResult& result : run.results) {
      if (!result.solved()) state.SkipWithError("not solved");
    }
  }
}
BENCHMARK(run_whole_study)->Unit(benchmark::kSecond);

}  // namespace

int main(int argc, char** argv) {
  use_one_blas_thread();
  for (const Scenario& scenario : default_study()->scenarios) {
    benchmark::RegisterBenchmark(("scenario/" + scenario.name).c_str(), run_scenario, scenario.name)
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime();
  }
  for (const char* name : {"ets_only", "cbam_indirect", "cbam_full", "cbam_full_cap"}) {
    benchmark::RegisterBenchmark((std::string("channels/") + name).c_str(), find_channels_of, name)
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime();
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
