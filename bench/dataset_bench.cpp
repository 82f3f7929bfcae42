// Reading a large dataset: a wide table of 1,886 nodes, compressed as it ships and plain.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "data/csv.hpp"
#include "data/dataset_reader.hpp"
#include "data/text_file.hpp"

namespace {

using namespace levee;

const std::string folder = std::string(LEVEE_SOURCE_DIR) + "/data/wiod-2011/";

void read_large_dataset(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(folder + "dataset.yaml"));
}
BENCHMARK(read_large_dataset)->Unit(benchmark::kMillisecond);

void expand_large_table(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_text(folder + "Z.csv.xz"));
}
BENCHMARK(expand_large_table)->Unit(benchmark::kMillisecond);

void parse_large_table(benchmark::State& state) {
  const std::string text = read_text(folder + "Z.csv.xz");
  for (auto _ : state) benchmark::DoNotOptimize(CsvFile::parse(text, "Z.csv"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_large_table)->Unit(benchmark::kMillisecond);

}  // namespace
