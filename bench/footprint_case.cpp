// Consumption-based accounts of a dense table, by levee's way or by an explicit inverse; prints what it took as JSON.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "data/generated_world.hpp"
#include "data/random_stream.hpp"
#include "model/input_output_table.hpp"
#include "solver/blas_threads.hpp"

// OpenBLAS's own control, and LAPACK's solver behind numpy.linalg.inv.
extern "C" void openblas_set_num_threads(int count);
extern "C" void dgesv_(const int* n, const int* nrhs, double* a, const int* lda, int* pivots, double* b, const int* ldb,
                       int* info);

namespace levee {

namespace {

struct FootprintCase {
  int regions = 40, sectors = 200, stressors = 50, threads = 1;
  std::string method = "levee";
};

/// A generated world in full, with as many stressors as asked for.
InputOutputTable dense_world(const FootprintCase& wanted, Eigen::MatrixXd& F) {
  InputOutputTable table;
  {
    const Dataset data =
        generate_world(
            {.regions = wanted.regions, .sectors = wanted.sectors, .seed = 1, .armington = {}, .substitution = {}})
            .dataset;
    table = input_output_table(data);
  }
  table.Z = IntermediateTable(table.Z.expanded(), wanted.sectors);
  RandomStream random(1, "stressors");
  F.resize(table.nodes(), wanted.stressors);
  for (double& value : F.reshaped()) value = random.uniform();
  F = table.x.asDiagonal() * F;
  return table;
}

struct Footprints {
  Eigen::MatrixXd D_cba;  ///< nodes (r, i) x stressors
  double error = 0;
  int sweeps = 0;
};

Footprints accounts(const InputOutputTable& table, const Eigen::MatrixXd& M) {
  Footprints result{Eigen::MatrixXd(M.rows(), M.cols()), 0, 0};
  for (Eigen::Index k = 0; k < M.cols(); ++k) result.D_cba.col(k) = consumption_account(table, M.col(k));
  return result;
}

Footprints by_levee(const InputOutputTable& table, const Eigen::MatrixXd& F, int threads) {
  const Eigen::MatrixXd S = inverse_output(table.x).asDiagonal() * F;
  const LeontiefSolution M =
      LeontiefSystem(table.Z, table.x, LeontiefSystem::Side::prices, threads).solve_with_bound(S);
  Footprints result = accounts(table, M.y);
  result.error = M.error;
  result.sweeps = M.sweeps;
  return result;
}

/// A = Z x^-1, L = inv(I - A), M = S L: the matrices that a program in numpy makes, and its LAPACK call.
Footprints by_inverse(const InputOutputTable& table, const Eigen::MatrixXd& F, int threads) {
  openblas_set_num_threads(threads);
  const int n = table.nodes();
  const Eigen::MatrixXd A = table.Z.dense() * inverse_output(table.x).asDiagonal();
  Eigen::MatrixXd system = -A;
  system.diagonal().array() += 1;
  Eigen::MatrixXd L = Eigen::MatrixXd::Identity(n, n);
  std::vector<int> pivots(static_cast<std::size_t>(n));
  int info = 0;
  dgesv_(&n, &n, system.data(), &n, pivots.data(), L.data(), &n, &info);
  if (info != 0) throw std::runtime_error("no inverse");
  const Eigen::MatrixXd S = inverse_output(table.x).asDiagonal() * F;
  return accounts(table, L.transpose() * S);
}

nlohmann::json measure(const FootprintCase& wanted) {
  using Clock = std::chrono::steady_clock;
  Eigen::MatrixXd F;
  const InputOutputTable table = dense_world(wanted, F);
  const Clock::time_point begin = Clock::now();
  const Footprints found =
      wanted.method == "levee" ? by_levee(table, F, wanted.threads) : by_inverse(table, F, wanted.threads);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::vector<double> by_region;
  for (int r = 0; r < wanted.regions; ++r)
    by_region.push_back(found.D_cba.col(0).segment(r * wanted.sectors, wanted.sectors).sum());
  return {
      {"method", wanted.method},   {"nodes", table.nodes()}, {"stressors", wanted.stressors},
      {"threads", wanted.threads}, {"seconds", seconds},     {"peak_mib", static_cast<double>(usage.ru_maxrss) / 1024},
      {"sweeps", found.sweeps},    {"error", found.error},   {"imbalance", std::abs(found.D_cba.sum() / F.sum() - 1)},
      {"consumption", by_region}};
}

}  // namespace

}  // namespace levee

int main(int argc, char** argv) {
  levee::use_one_blas_thread();
  levee::FootprintCase wanted;
  CLI::App program("Consumption-based accounts of a dense table; prints what they took as a line of JSON");
  program.add_option("--regions", wanted.regions)->capture_default_str();
  program.add_option("--sectors", wanted.sectors)->capture_default_str();
  program.add_option("--stressors", wanted.stressors)->capture_default_str();
  program.add_option("--threads", wanted.threads)->check(CLI::PositiveNumber)->capture_default_str();
  program.add_option("--method", wanted.method)->check(CLI::IsMember({"levee", "inverse"}))->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  try {
    fmt::print("{}\n", levee::measure(wanted).dump());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
