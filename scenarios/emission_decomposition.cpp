#include "scenarios/emission_decomposition.hpp"

#include <cmath>

#include "scenarios/user_emissions.hpp"

namespace levee {

namespace {

/// (b - a) / ln(b / a) for two numbers of one sign; their value where they are equal.
double logarithmic_mean(double a, double b) {
  const double growth = b / a - 1;
  return growth == 0 ? a : a * growth / std::log1p(growth);
}

/// Volumes of users: output of nodes, consumption of households.
Eigen::VectorXd volumes(const Dataset& data, const Outcome& outcome) {
  Eigen::VectorXd users(data.node_count() + data.region_count());
  users << outcome.output, outcome.consumption.colwise().sum().transpose();
  return users;
}

/// The users of one region: its sectors, then its household.
Eigen::VectorXd of_region(const Dataset& data, const Eigen::VectorXd& users, int region) {
  Eigen::VectorXd part(data.sector_count() + 1);
  part << users.segment(data.node(region, 0), data.sector_count()), users[data.node_count() + region];
  return part;
}

}  // namespace

EmissionDecomposition decompose_emissions(const ActivityEmissions& activities) {
  EmissionDecomposition parts;
  const double base_total = activities.base_volume.sum(), now_total = activities.now_volume.sum();
  const double growth = base_total > 0 && now_total > 0 ? std::log(now_total / base_total) : 0;
  for (Eigen::Index j = 0; j < activities.base_mt.size(); ++j) {
    const double before = activities.base_mt[j], after = activities.now_mt[j];
    const double from = activities.base_volume[j], to = activities.now_volume[j];
    parts.change += after - before;
    if (from <= 0 || to <= 0) {
      parts.composition += after - before;
    } else if (before * after <= 0) {
      parts.technique += after - before;
    } else {
      const double weight = logarithmic_mean(before, after);
      parts.scale += weight * growth;
      parts.composition += weight * (std::log(to / from) - growth);
      parts.technique += weight * (std::log(after / before) - std::log(to / from));
    }
  }
  return parts;
}

std::vector<EmissionDecomposition> decompose_regions(const Benchmark& benchmark, int account, const Outcome& now,
                                                     const Outcome& base) {
  const Dataset& data = *benchmark.dataset;
  const std::vector<std::string> stressor = {benchmark.emissions[account].stressor};
  const ActivityEmissions world{volumes(data, base), volumes(data, now), emissions_by_user(benchmark, base, stressor),
                                emissions_by_user(benchmark, now, stressor)};
  std::vector<EmissionDecomposition> parts;
  for (int r = 0; r < data.region_count(); ++r) {
    parts.push_back(decompose_emissions({of_region(data, world.base_volume, r), of_region(data, world.now_volume, r),
                                         of_region(data, world.base_mt, r), of_region(data, world.now_mt, r)}));
  }
  parts.push_back(decompose_emissions(world));
  return parts;
}

}  // namespace levee
