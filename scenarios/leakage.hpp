#pragma once

#include <Eigen/Dense>
#include <optional>

#include "calibration/benchmark.hpp"
#include "model/policy.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// Where the emissions that a zone prices went, against a reference. Mt of the zone's stressors added up (tonnes as
/// they are).
struct Leakage {
  double inside_change = 0;     ///< all emissions of the zone's member regions
  double outside_change = 0;    ///< all emissions elsewhere
  double covered_change = 0;    ///< covered sectors of members
  double uncovered_inside = 0;  ///< other sectors and households of members
  /// - outside / inside; empty when the members' change is below 1e-6 of the world's emissions.
  std::optional<double> rate;
  Eigen::VectorXd by_origin;  ///< regions: change outside, 0 for members
  Eigen::VectorXd by_sector;  ///< sectors, then households: change outside
};

/// Whether the zone prices this emission.
bool is_covered(const CarbonZone& zone, const Outcome::Emission& emission, const Benchmark& benchmark);

/// Mt of what a cap of the zone is on: the emissions it covers, or those of the whole world, in its stressors.
double emissions_under_cap(const CarbonZone& zone, bool world, const Outcome& outcome, const Benchmark& benchmark);

Leakage measure_leakage(const Benchmark& benchmark, const CarbonZone& zone, const Outcome& now, const Outcome& base);

}  // namespace levee
