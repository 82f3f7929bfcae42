#include "scenarios/leakage.hpp"

#include <algorithm>
#include <cmath>

namespace levee {

namespace {

bool has_stressor(const CarbonZone& zone, const Outcome::Emission& emission, const Benchmark& benchmark) {
  const std::string& stressor = benchmark.emissions[emission.account].stressor;
  return std::find(zone.stressors.begin(), zone.stressors.end(), stressor) != zone.stressors.end();
}

bool has_region(const CarbonZone& zone, int region) {
  return std::find(zone.regions.begin(), zone.regions.end(), region) != zone.regions.end();
}

}  // namespace

bool is_covered(const CarbonZone& zone, const Outcome::Emission& emission, const Benchmark& benchmark) {
  const Dataset& data = *benchmark.dataset;
  if (emission.user >= data.node_count() || !has_stressor(zone, emission, benchmark)) return false;
  return has_region(zone, emission.user / data.sector_count()) &&
         zone.sectors[emission.user % data.sector_count()] != 0;
}

double emissions_under_cap(const CarbonZone& zone, bool world, const Outcome& outcome, const Benchmark& benchmark) {
  double sum = 0;
  for (const Outcome::Emission& emission : outcome.emissions) {
    if (world ? has_stressor(zone, emission, benchmark) : is_covered(zone, emission, benchmark)) sum += emission.mt;
  }
  return sum;
}

Leakage measure_leakage(const Benchmark& benchmark, const CarbonZone& zone, const Outcome& now, const Outcome& base) {
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count(), sectors = data.sector_count();
  Leakage leakage;
  leakage.by_origin = Eigen::VectorXd::Zero(data.region_count());
  leakage.by_sector = Eigen::VectorXd::Zero(sectors + 1);
  double world = 0;
  const auto add = [&](const Outcome::Emission& emission, double sign) {
    if (!has_stressor(zone, emission, benchmark)) return;
    const bool household = emission.user >= nodes;
    const int region = household ? emission.user - nodes : emission.user / sectors;
    const int sector = household ? sectors : emission.user % sectors;
    const double change = sign * emission.mt;
    if (sign < 0) world += emission.mt;
    if (has_region(zone, region)) {
      leakage.inside_change += change;
      (is_covered(zone, emission, benchmark) ? leakage.covered_change : leakage.uncovered_inside) += change;
    } else {
      leakage.outside_change += change;
      leakage.by_origin[region] += change;
      leakage.by_sector[sector] += change;
    }
  };
  for (const Outcome::Emission& emission : now.emissions) add(emission, 1);
  for (const Outcome::Emission& emission : base.emissions) add(emission, -1);
  if (std::abs(leakage.inside_change) >= 1e-6 * world) leakage.rate = -leakage.outside_change / leakage.inside_change;
  return leakage;
}

}  // namespace levee
