// Dense tables as CSV text, into memory: as published, and as a dataset.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/kernel_world.hpp"
#include "data/dataset_reader.hpp"
#include "data/dataset_writer.hpp"
#include "data/generated_world.hpp"
#include "data/import/figaro.hpp"

namespace levee {

namespace {

/// A matrix in FIGARO's layout of 40 regions without a zero in it, some seven characters a figure. Goes with the
/// process.
class DenseTable {
 public:
  explicit DenseTable(int sectors)
      : path_(std::filesystem::temp_directory_path() / fmt::format("levee-bench-{}-{}.csv", ::getpid(), sectors)) {
    constexpr int regions = 40;
    std::ofstream file(path_, std::ios::binary);
    std::string row = "rowLabels";
    for (int n = 0; n < regions * sectors; ++n) row += fmt::format(",R{}_S{}", n / sectors, n % sectors);
    for (int r = 0; r < regions; ++r) {
      for (const char* use : {"P3_S13", "P3_S14", "P3_S15", "P51G", "P5M"}) row += fmt::format(",R{}_{}", r, use);
    }
    file << row << '\n';
    const auto figures = [&](const std::string& label, int seed) {
      row = label;
      for (int k = 0; k < regions * (sectors + 5); ++k)
        fmt::format_to(std::back_inserter(row), ",{}.{:03}", 1 + (k * 7919 + seed * 104729) % 997,
                       (k * 31 + seed * 17) % 1000);
      file << row << '\n';
    };
    for (int n = 0; n < regions * sectors; ++n) figures(fmt::format("R{}_S{}", n / sectors, n % sectors), n);
    for (const char* account : {"W2_D21X31", "W2_OP_RES", "W2_OP_NRES", "W2_D1", "W2_D29X39", "W2_B2A3G"})
      figures(account, 3);
  }
  ~DenseTable() { std::filesystem::remove(path_); }
  DenseTable(const DenseTable&) = delete;
  DenseTable& operator=(const DenseTable&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

template <int sectors>
void read_dense_table(benchmark::State& state) {
  static const DenseTable table(sectors);
  for (auto _ : state) benchmark::DoNotOptimize(read_figaro(table.path(), {}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(std::filesystem::file_size(table.path())));
}

/// A generated world of 160 x 50 with a wide table. Goes with the process.
class WideWorld {
 public:
  WideWorld() : folder_(std::filesystem::temp_directory_path() / fmt::format("levee-bench-{}-wide", ::getpid())) {
    std::filesystem::create_directories(folder_);
    const Dataset dataset =
        generate_world({.regions = 160, .sectors = 50, .seed = 1, .armington = {}, .substitution = {}}).dataset;
    write_dataset(dataset, TableLayout::wide, [&](const std::string& name, const std::string& text) {
      std::ofstream(folder_ / name, std::ios::binary) << text;
    });
  }
  ~WideWorld() { std::filesystem::remove_all(folder_); }
  WideWorld(const WideWorld&) = delete;
  WideWorld& operator=(const WideWorld&) = delete;

  std::string path(const std::string& file) const { return (folder_ / file).string(); }

 private:
  std::filesystem::path folder_;
};

void read_wide_dataset(benchmark::State& state) {
  static const WideWorld world;
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(world.path("dataset.yaml")));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(std::filesystem::file_size(world.path("Z.csv"))));
}

}  // namespace

void add_import_kernels() {
  benchmark::RegisterBenchmark("import, dense CSV/2,000 nodes", read_dense_table<50>)
      ->Unit(benchmark::kMicrosecond)
      ->UseRealTime();
  benchmark::RegisterBenchmark("import, dense CSV/8,000 nodes", read_dense_table<200>)
      ->Unit(benchmark::kMicrosecond)
      ->UseRealTime();
  benchmark::RegisterBenchmark("dataset, wide table/8,000 nodes", read_wide_dataset)
      ->Unit(benchmark::kMicrosecond)
      ->UseRealTime();
}

}  // namespace levee
