#include "model/scope_intensity.hpp"

#include "model/leontief_system.hpp"

namespace levee {

namespace {

/// 1 for nodes of the sectors marked, 0 for others.
Eigen::VectorXd nodes_of(const std::vector<char>& sectors, Eigen::Index nodes) {
  Eigen::VectorXd marked(nodes);
  for (Eigen::Index n = 0; n < nodes; ++n)
    marked[n] = sectors[static_cast<std::size_t>(n) % sectors.size()] != 0 ? 1 : 0;
  return marked;
}

}  // namespace

Eigen::VectorXd electricity_factor(const EmittingTable& table) {
  const int sectors = table.Z.sectors();
  Eigen::VectorXd factor = Eigen::VectorXd::Zero(table.Z.regions());
  if (table.electricity < 0) return factor;
  for (int r = 0; r < table.Z.regions(); ++r) {
    const int node = r * sectors + table.electricity;
    const double delivered = table.x[node] - table.Z(node, node);
    if (table.x[node] > 0 && delivered > 0) factor[r] = table.emissions[node] / delivered;
  }
  return factor;
}

Eigen::VectorXd electricity_intensity(const EmittingTable& table, const Eigen::VectorXd& factor, int node) {
  Eigen::VectorXd intensity = Eigen::VectorXd::Zero(table.Z.regions());
  if (table.electricity < 0 || !(table.x[node] > 0)) return intensity;
  for (int o = 0; o < table.Z.regions(); ++o)
    intensity[o] = table.Z(o * table.Z.sectors() + table.electricity, node) / table.x[node] * factor[o];
  return intensity;
}

Eigen::VectorXd scope_intensity(const EmittingTable& table, IntensityScope scope, const std::vector<char>& covered,
                                int threads) {
  const Eigen::Index nodes = table.x.size();
  const Eigen::VectorXd per_output = inverse_output(table.x);
  Eigen::VectorXd intensity = table.emissions.cwiseProduct(per_output);
  if (scope == IntensityScope::direct) return intensity;
  if (scope == IntensityScope::whole_chain)
    return LeontiefSystem(table.Z, table.x, LeontiefSystem::Side::prices, threads).solve(intensity);
  const Eigen::VectorXd factor = electricity_factor(table);
  for (int node = 0; node < nodes; ++node) intensity[node] += electricity_intensity(table, factor, node).sum();
  if (scope == IntensityScope::direct_electricity) return intensity;
  // Precursors are covered goods bought by covered goods; electricity is in already, so it is no precursor.
  std::vector<char> sold = covered;
  if (table.electricity >= 0) sold[static_cast<std::size_t>(table.electricity)] = 0;
  const Eigen::VectorXd buys = nodes_of(covered, nodes).cwiseProduct(per_output);
  return LeontiefSystem(table.Z, nodes_of(sold, nodes), buys, LeontiefSystem::Side::prices, threads).solve(intensity);
}

}  // namespace levee
