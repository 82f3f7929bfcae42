#include "calibration/carbon_intensity.hpp"

#include <algorithm>

#include "model/scope_intensity.hpp"

namespace levee {

Eigen::VectorXd direct_emissions(const Benchmark& benchmark, const std::vector<std::string>& stressors) {
  Eigen::VectorXd total = Eigen::VectorXd::Zero(benchmark.x.size());
  for (const EmissionAccount& account : benchmark.emissions) {
    if (std::find(stressors.begin(), stressors.end(), account.stressor) == stressors.end()) continue;
    for (Eigen::Index node = 0; node < total.size(); ++node) total[node] += account.user_total(static_cast<int>(node));
  }
  return total;
}

Eigen::VectorXd electricity_factor(const Benchmark& benchmark, const std::vector<std::string>& stressors) {
  const Eigen::VectorXd emissions = direct_emissions(benchmark, stressors);
  return electricity_factor({benchmark.table, benchmark.x, emissions, benchmark.dataset->electricity});
}

Eigen::VectorXd electricity_intensity(const Benchmark& benchmark, const Eigen::VectorXd& factor, int node) {
  return electricity_intensity({benchmark.table, benchmark.x, benchmark.x, benchmark.dataset->electricity}, factor,
                               node);
}

Eigen::VectorXd carbon_intensity(const Benchmark& benchmark, IntensityScope scope,
                                 const std::vector<std::string>& stressors, const std::vector<char>& covered) {
  const Eigen::VectorXd emissions = direct_emissions(benchmark, stressors);
  return scope_intensity({benchmark.table, benchmark.x, emissions, benchmark.dataset->electricity}, scope, covered);
}

}  // namespace levee
