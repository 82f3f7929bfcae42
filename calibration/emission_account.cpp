#include "calibration/emission_account.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace levee {

namespace {

/// A user's implied factor above this multiple of its region's says that the money for fuels and the accounts' CO2
/// disagree.
constexpr double factor_limit = 3;

bool is_combusted(const Stressor& stressor) { return stressor.name == "CO2"; }

/// Emitting purchases at basic prices: fuels x users.
Eigen::MatrixXd emitting_purchases(const Benchmark& benchmark, const std::vector<int>& fuels) {
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count(), sectors = data.sector_count();
  Eigen::MatrixXd purchases(fuels.size(), nodes + data.region_count());
  for (std::size_t f = 0; f < fuels.size(); ++f) {
    for (int node = 0; node < nodes; ++node) purchases(f, node) = benchmark.intermediate_basic(fuels[f], node);
    for (int r = 0; r < data.region_count(); ++r) purchases(f, nodes + r) = benchmark.consumption_basic(fuels[f], r);
  }
  for (const FuelUse& use : data.parameters.fuel_use) {
    const auto fuel = std::find(fuels.begin(), fuels.end(), use.fuel);
    if (fuel == fuels.end() || use.emits) continue;
    for (int node = use.user; node < nodes; node += sectors) {
      purchases(fuel - fuels.begin(), node) *= 1 - use.share_outside_nest;
    }
  }
  return purchases;
}

}  // namespace

EmissionAccount allocate_emissions(const Benchmark& benchmark, const Stressor& stressor,
                                   std::vector<Treatment>& treatments) {
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count(), regions = data.region_count(), sectors = data.sector_count();
  const int users = nodes + regions;
  EmissionAccount account;
  account.stressor = stressor.name;
  account.process = Eigen::VectorXd::Zero(nodes);
  account.unallocated = Eigen::VectorXd::Zero(users);
  account.implied_factor = Eigen::VectorXd::Zero(users);
  account.regional_factor = Eigen::VectorXd::Zero(regions);
  if (is_combusted(stressor)) {
    for (int i = 0; i < sectors; ++i) {
      if (data.parameters.fuel_weight[i] > 0) account.fuels.push_back(i);
    }
  }
  account.by_fuel = Eigen::MatrixXd::Zero(account.fuels.size(), users);

  Eigen::VectorXd combustion(users);
  double dropped = 0;
  for (int node = 0; node < nodes; ++node) {
    const double total = stressor.industry[node] * stressor.mt_per_unit;
    account.process[node] = is_combusted(stressor) ? stressor.process[node] * stressor.mt_per_unit : total;
    combustion[node] = total - account.process[node];
    if (benchmark.active[node]) continue;
    dropped += total;
    account.process[node] = combustion[node] = 0;
  }
  for (int r = 0; r < regions; ++r) combustion[nodes + r] = stressor.household[r] * stressor.mt_per_unit;
  if (dropped > 0)
    treatments.push_back({fmt::format("{} of nodes without output, dropped", stressor.name), dropped, "Mt"});

  const auto region_of = [&](int user) { return user < nodes ? user / sectors : user - nodes; };
  Eigen::MatrixXd weighted = emitting_purchases(benchmark, account.fuels);
  for (std::size_t f = 0; f < account.fuels.size(); ++f)
    weighted.row(f) *= data.parameters.fuel_weight[account.fuels[f]];
  Eigen::VectorXd weighted_by_region = Eigen::VectorXd::Zero(regions),
                  combustion_by_region = Eigen::VectorXd::Zero(regions);
  for (int user = 0; user < users; ++user) {
    weighted_by_region[region_of(user)] += weighted.col(user).sum();
    combustion_by_region[region_of(user)] += combustion[user];
  }
  for (int r = 0; r < regions; ++r) {
    if (weighted_by_region[r] > 0) account.regional_factor[r] = combustion_by_region[r] / weighted_by_region[r];
  }
  for (int user = 0; user < users; ++user) {
    const double weight = weighted.col(user).sum();
    if (weight > 0) account.implied_factor[user] = combustion[user] / weight;
    const double factor =
        std::min(account.implied_factor[user], factor_limit * account.regional_factor[region_of(user)]);
    account.by_fuel.col(user) = factor * weighted.col(user);
    account.unallocated[user] = combustion[user] - account.by_fuel.col(user).sum();
    // with all of it allocated the difference is rounding, of either sign
    if (factor == account.implied_factor[user] && weight > 0) account.unallocated[user] = 0;
  }
  if (!is_combusted(stressor)) return account;
  treatments.push_back(
      {fmt::format(
           "{} without fuel purchases to match (more than {:g} times the region's factor), proportional to output",
           stressor.name, factor_limit),
       account.unallocated.sum(), "Mt"});
  return account;
}

}  // namespace levee
