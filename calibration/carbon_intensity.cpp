#include "calibration/carbon_intensity.hpp"

#include <algorithm>

namespace levee {

namespace {

Eigen::VectorXd per_output(const Benchmark& benchmark, const Eigen::VectorXd& emissions) {
  Eigen::VectorXd intensity = Eigen::VectorXd::Zero(emissions.size());
  for (Eigen::Index node = 0; node < emissions.size(); ++node) {
    if (benchmark.active[node]) intensity[node] = emissions[node] / benchmark.x[node];
  }
  return intensity;
}

/// e' (I - A)^-1 by one factorisation of (I - A)'.
Eigen::VectorXd chain(const Eigen::VectorXd& direct, const Eigen::MatrixXd& A) {
  const Eigen::MatrixXd system = (Eigen::MatrixXd::Identity(A.rows(), A.cols()) - A).transpose();
  return system.partialPivLu().solve(direct);
}

/// Input coefficients at basic prices of the treated table.
Eigen::MatrixXd input_coefficients(const Benchmark& benchmark) {
  Eigen::MatrixXd A = benchmark.table;
  for (Eigen::Index node = 0; node < A.cols(); ++node) {
    if (benchmark.active[node]) A.col(node) /= benchmark.x[node];
  }
  return A;
}

}  // namespace

Eigen::VectorXd direct_emissions(const Benchmark& benchmark, const std::vector<std::string>& stressors) {
  Eigen::VectorXd total = Eigen::VectorXd::Zero(benchmark.x.size());
  for (const EmissionAccount& account : benchmark.emissions) {
    if (std::find(stressors.begin(), stressors.end(), account.stressor) == stressors.end()) continue;
    for (Eigen::Index node = 0; node < total.size(); ++node) total[node] += account.user_total(static_cast<int>(node));
  }
  return total;
}

Eigen::VectorXd electricity_factor(const Benchmark& benchmark, const std::vector<std::string>& stressors) {
  const Dataset& data = *benchmark.dataset;
  Eigen::VectorXd factor = Eigen::VectorXd::Zero(data.region_count());
  if (data.electricity < 0) return factor;
  const Eigen::VectorXd emissions = direct_emissions(benchmark, stressors);
  for (int r = 0; r < data.region_count(); ++r) {
    const int node = data.node(r, data.electricity);
    const double delivered = benchmark.x[node] - benchmark.table(node, node);
    if (benchmark.active[node] && delivered > 0) factor[r] = emissions[node] / delivered;
  }
  return factor;
}

Eigen::MatrixXd electricity_intensity(const Benchmark& benchmark, const std::vector<std::string>& stressors) {
  const Dataset& data = *benchmark.dataset;
  Eigen::MatrixXd intensity = Eigen::MatrixXd::Zero(data.node_count(), data.region_count());
  if (data.electricity < 0) return intensity;
  const Eigen::VectorXd factor = electricity_factor(benchmark, stressors);
  for (int o = 0; o < data.region_count(); ++o) {
    const int power = data.node(o, data.electricity);
    for (int node = 0; node < data.node_count(); ++node) {
      if (benchmark.active[node]) intensity(node, o) = benchmark.table(power, node) / benchmark.x[node] * factor[o];
    }
  }
  return intensity;
}

Eigen::VectorXd carbon_intensity(const Benchmark& benchmark, IntensityScope scope,
                                 const std::vector<std::string>& stressors, const std::vector<char>& covered) {
  const Dataset& data = *benchmark.dataset;
  Eigen::VectorXd direct = per_output(benchmark, direct_emissions(benchmark, stressors));
  if (scope == IntensityScope::direct) return direct;
  if (scope == IntensityScope::whole_chain) return chain(direct, input_coefficients(benchmark));
  Eigen::VectorXd with_electricity = direct + electricity_intensity(benchmark, stressors).rowwise().sum();
  if (scope == IntensityScope::direct_electricity) return with_electricity;
  // Precursors are covered goods bought by covered goods; electricity is in already, so it is no precursor.
  Eigen::MatrixXd A = input_coefficients(benchmark);
  for (int node = 0; node < data.node_count(); ++node) {
    const int sector = node % data.sector_count();
    if (!covered[sector] || sector == data.electricity) A.row(node).setZero();
    if (!covered[sector]) A.col(node).setZero();
  }
  return chain(with_electricity, A);
}

}  // namespace levee
