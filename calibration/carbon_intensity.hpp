#pragma once

#include <Eigen/Dense>
#include <vector>

#include "calibration/benchmark.hpp"
#include "model/policy.hpp"

namespace levee {

/// Emissions per unit of benchmark output, Mt per unit of money, of every node, by scope (section 1 of the model's
/// description):
///   direct               E / x
///   + electricity        + sum_o Z[(o,ELEC),(s,i)] / x[s,i] * E[o,ELEC] / (x[o,ELEC] - Z[(o,ELEC),(o,ELEC)])
///   + precursors         (I - A_cc)^-1 over `covered` goods only, electricity not counted twice
///   whole chain          e' (I - A)^-1
/// `stressors` are added up (in their own tonnes; only CO2 unless a zone lists more). Nodes without output have 0.
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
