#include "scenarios/leakage_route.hpp"

#include "scenarios/user_emissions.hpp"

namespace levee {

namespace {

std::size_t place(Market market) { return static_cast<std::size_t>(market); }

/// Sums of a row over the destinations of each market, from the viewpoint of region `home`.
std::array<double, 3> by_market(const Eigen::VectorXd& deliveries, const std::vector<char>& member, int home) {
  std::array<double, 3> sums{};
  for (int r = 0; r < static_cast<int>(member.size()); ++r) {
    const Market market = member[r] ? Market::zone : r == home ? Market::home : Market::others;
    sums[place(market)] += deliveries[r];
  }
  return sums;
}

/// Emissions per unit of output.
struct Intensity {
  double base = 0, now = 0;
  double mean() const { return 0.5 * (base + now); }
  double change() const { return now - base; }
};

}  // namespace

const char* market_name(Market market) {
  static const std::array<const char*, 3> names = {"zone", "others", "home"};
  return names[place(market)];
}

LeakageRoutes leakage_routes(const Benchmark& benchmark, const CarbonZone& zone, const Outcome& now,
                             const Outcome& base) {
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count(), sectors = data.sector_count();
  const Eigen::VectorXd emitted_now = emissions_by_user(benchmark, now, zone.stressors),
                        emitted_base = emissions_by_user(benchmark, base, zone.stressors);
  const Eigen::MatrixXd change = now.trade - base.trade;
  std::vector<char> member(data.regions.size(), 0);
  Eigen::MatrixXd zone_change = Eigen::MatrixXd::Zero(sectors, data.region_count());
  for (const int r : zone.regions) {
    member[r] = 1;
    zone_change += change.middleRows(data.node(r, 0), sectors);
  }
  LeakageRoutes routes;
  routes.households = (emitted_now - emitted_base).tail(data.region_count());
  for (const int r : zone.regions) routes.households[r] = 0;
  for (int n = 0; n < nodes; ++n) {
    const int home = n / sectors;
    if (member[home] || !benchmark.active[n]) continue;
    // Output as the sum of its uses, so that the identity does not rest on how well the market clears.
    const double stocks = benchmark.inventory.row(n).sum();
    const double before = base.trade.row(n).sum() + stocks, after = now.trade.row(n).sum() + stocks;
    const Intensity intensity{before > 0 ? emitted_base[n] / before : 0, after > 0 ? emitted_now[n] / after : 0};
    LeakageRoute route;
    route.node = n;
    route.technique = 0.5 * (before + after) * intensity.change();
    route.volume_change = by_market(change.row(n), member, home);
    route.zone_volume_change = by_market(zone_change.row(n % sectors), member, home);
    for (const Market market : markets)
      route.through_market[place(market)] = intensity.mean() * route.volume_change[place(market)];
    routes.makers.push_back(route);
  }
  return routes;
}

}  // namespace levee
