// From files to the benchmark: tables of figures, plain and compressed, datasets, calibration.
#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "bench/kernel_world.hpp"
#include "data/csv.hpp"
#include "data/dataset_reader.hpp"
#include "data/text_file.hpp"

namespace levee {

namespace {

void add_csv(const std::string& name, std::string (*path_of)()) {
  const auto run = [path_of](benchmark::State& state) {
    const std::string path = path_of();
    const auto bytes = static_cast<std::int64_t>(read_text(path).size());
    for (auto _ : state) benchmark::DoNotOptimize(CsvFile::parse(read_text(path), path));
    state.SetBytesProcessed(state.iterations() * bytes);
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMicrosecond)->UseRealTime();
}

void read_whole_dataset(benchmark::State& state, const KernelWorld& world) {
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(world.study().dataset_path));
}

void calibrate(benchmark::State& state, const KernelWorld& world) {
  for (auto _ : state) benchmark::DoNotOptimize(make_benchmark(world.study().dataset));
}

}  // namespace

void add_data_kernels() {
  add_csv("CSV, plain/20x41", [] { return KernelWorld::named("20x41").folder() + "/Z.csv"; });
  add_csv("CSV, gzip/20x41", [] { return KernelWorld::named("20x41").folder() + "/Z.csv.gz"; });
  add_csv("CSV, xz/wiod-2011", [] { return std::string(LEVEE_SOURCE_DIR) + "/data/wiod-2011/Z.csv.xz"; });
  on_both_worlds("dataset", read_whole_dataset);
  on_both_worlds("calibration", calibrate);
}

}  // namespace levee
