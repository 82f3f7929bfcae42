#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "calibration/benchmark.hpp"
#include "model/policy.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// Where a maker outside a zone sells: to the zone's members, to other regions, to its own.
enum class Market { zone, others, home };
inline constexpr std::array<Market, 3> markets = {Market::zone, Market::others, Market::home};

/// "zone", "others", "home".
const char* market_name(Market market);

/// How the emissions of one maker outside a zone changed, Mt. Arrays are by Market.
struct LeakageRoute {
  int node = -1;
  std::array<double, 3> through_market{};      ///< mean intensity x change of deliveries
  double technique = 0;                        ///< mean output x change of intensity
  std::array<double, 3> volume_change{};       ///< its deliveries, benchmark units
  std::array<double, 3> zone_volume_change{};  ///< deliveries of that good by the zone's own makers to that market
};

struct LeakageRoutes {
  std::vector<LeakageRoute> makers;  ///< nodes outside the zone that make something
  Eigen::VectorXd households;        ///< regions: change of households' emissions outside, 0 for members
};

/// Divides the change of emissions outside a zone over routes, exactly, by mid-points: with x the output, e = E / x,
///
///     E1 - E0 = (e0 + e1) / 2 sum_m (d_m1 - d_m0) + (x0 + x1) / 2 (e1 - e0),   m = zone, others, home,
///
/// because x is what is delivered to the three markets and inventories, which are fixed. Only the zone's stressors
/// count. All parts add up to Leakage::outside_change.
LeakageRoutes leakage_routes(const Benchmark& benchmark, const CarbonZone& zone, const Outcome& now,
                             const Outcome& base);

}  // namespace levee
