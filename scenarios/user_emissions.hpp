#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "calibration/benchmark.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// Emissions of an outcome, Mt, by user (nodes, then the regions' households), over the stressors named (tonnes as they
/// are).
Eigen::VectorXd emissions_by_user(const Benchmark& benchmark, const Outcome& outcome,
                                  const std::vector<std::string>& stressors);

}  // namespace levee
