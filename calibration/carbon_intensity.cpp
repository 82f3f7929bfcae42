#include "calibration/carbon_intensity.hpp"

#include <algorithm>

#include "calibration/factored_leontief.hpp"

namespace levee {

namespace {

Eigen::VectorXd per_output(const Benchmark& benchmark, const Eigen::VectorXd& emissions) {
  Eigen::VectorXd intensity = Eigen::VectorXd::Zero(emissions.size());
  for (Eigen::Index node = 0; node < emissions.size(); ++node) {
    if (benchmark.active[node]) intensity[node] = emissions[node] / benchmark.x[node];
  }
  return intensity;
}

/// Whether a sector's sales, or its purchases, count as links of the chain.
struct Links {
  std::vector<char> sells, buys;
};

Eigen::MatrixXd coefficients(const Benchmark& benchmark, Eigen::MatrixXd purchases, const Links& links) {
  for (Eigen::Index user = 0; user < purchases.cols(); ++user) {
    if (benchmark.active[user]) purchases.col(user) /= benchmark.x[user];
    if (!links.buys[user % links.buys.size()]) purchases.col(user).setZero();
  }
  for (Eigen::Index seller = 0; seller < purchases.rows(); ++seller) {
    if (!links.sells[seller % links.sells.size()]) purchases.row(seller).setZero();
  }
  return purchases;
}

/// direct' (I - A)^-1, A the input coefficients of the treated table at basic prices where there are links.
Eigen::VectorXd chain(const Benchmark& benchmark, const Eigen::VectorXd& direct, const Links& links) {
  const IntermediateTable& table = benchmark.table;
  if (table.factored())
    return FactoredLeontief(table.share(), coefficients(benchmark, table.use(), links)).solve(direct);
  Eigen::MatrixXd system = -coefficients(benchmark, table.dense(), links).transpose();
  system.diagonal().array() += 1;
  return system.partialPivLu().solve(direct);
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

Eigen::VectorXd electricity_intensity(const Benchmark& benchmark, const Eigen::VectorXd& factor, int node) {
  const Dataset& data = *benchmark.dataset;
  Eigen::VectorXd intensity = Eigen::VectorXd::Zero(data.region_count());
  if (data.electricity < 0 || !benchmark.active[node]) return intensity;
  for (int o = 0; o < data.region_count(); ++o)
    intensity[o] = benchmark.table(data.node(o, data.electricity), node) / benchmark.x[node] * factor[o];
  return intensity;
}

Eigen::VectorXd carbon_intensity(const Benchmark& benchmark, IntensityScope scope,
                                 const std::vector<std::string>& stressors, const std::vector<char>& covered) {
  const Dataset& data = *benchmark.dataset;
  Eigen::VectorXd direct = per_output(benchmark, direct_emissions(benchmark, stressors));
  if (scope == IntensityScope::direct) return direct;
  const auto sectors = static_cast<std::size_t>(data.sector_count());
  if (scope == IntensityScope::whole_chain)
    return chain(benchmark, direct, {std::vector<char>(sectors, 1), std::vector<char>(sectors, 1)});
  const Eigen::VectorXd factor = electricity_factor(benchmark, stressors);
  Eigen::VectorXd with_electricity = direct;
  for (int node = 0; node < data.node_count(); ++node)
    with_electricity[node] += electricity_intensity(benchmark, factor, node).sum();
  if (scope == IntensityScope::direct_electricity) return with_electricity;
  // Precursors are covered goods bought by covered goods; electricity is in already, so it is no precursor.
  Links precursors{covered, covered};
  if (data.electricity >= 0) precursors.sells[static_cast<std::size_t>(data.electricity)] = 0;
  return chain(benchmark, with_electricity, precursors);
}

}  // namespace levee
