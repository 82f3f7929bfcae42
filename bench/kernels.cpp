// Kernels one by one, on the default dataset and on a generated world. Options are Google Benchmark's (--help).
#include <benchmark/benchmark.h>

#include "bench/kernel_world.hpp"
#include "solver/blas_threads.hpp"

int main(int argc, char** argv) {
  levee::use_one_blas_thread();
  levee::add_data_kernels();
  levee::add_import_kernels();
  levee::add_model_kernels();
  levee::add_solver_kernels();
  levee::add_table_kernels();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
