#pragma once

#include <Eigen/Dense>
#include <vector>

#include "calibration/benchmark.hpp"
#include "model/policy.hpp"

namespace levee {

/// Emissions per unit of benchmark output, Mt per unit of money, of every node, by scope: `scope_intensity` of the
/// treated table. `stressors` are added up (in their own tonnes; only CO2 unless a zone lists more).
Eigen::VectorXd carbon_intensity(const Benchmark& benchmark, IntensityScope scope,
                                 const std::vector<std::string>& stressors, const std::vector<char>& covered);

/// The electricity part of `direct_electricity` for one node by origin of the electricity: regions. `factor` is the
/// stressors' `electricity_factor`. Zeros without ELEC.
Eigen::VectorXd electricity_intensity(const Benchmark& benchmark, const Eigen::VectorXd& factor, int node);

/// Direct emissions of a node, Mt, over the stressors named.
Eigen::VectorXd direct_emissions(const Benchmark& benchmark, const std::vector<std::string>& stressors);

/// Emissions per unit of electricity delivered outside the power sector itself, by region.
Eigen::VectorXd electricity_factor(const Benchmark& benchmark, const std::vector<std::string>& stressors);

}  // namespace levee
