#include "scenarios/user_emissions.hpp"

#include <algorithm>

namespace levee {

Eigen::VectorXd emissions_by_user(const Benchmark& benchmark, const Outcome& outcome,
                                  const std::vector<std::string>& stressors) {
  std::vector<char> counted;
  for (const EmissionAccount& account : benchmark.emissions)
    counted.push_back(std::find(stressors.begin(), stressors.end(), account.stressor) != stressors.end());
  const Dataset& data = *benchmark.dataset;
  Eigen::VectorXd users = Eigen::VectorXd::Zero(data.node_count() + data.region_count());
  for (const Outcome::Emission& emission : outcome.emissions) {
    if (counted[emission.account]) users[emission.user] += emission.mt;
  }
  return users;
}

}  // namespace levee
