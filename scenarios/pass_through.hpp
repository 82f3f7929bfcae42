#pragma once

#include <Eigen/Dense>
#include <vector>

#include "calibration/price_model.hpp"
#include "model/policy.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// What the measures of an outcome add to costs at the benchmark's technology, in units of the world's consumer price
/// index: every zone's carbon price as solved on the benchmark's emissions of its covered makers, less output-based
/// allocation; import charges and export rebates per unit delivered. `zones` are the outcome's scenario's.
AddedCosts added_costs(const Benchmark& benchmark, const std::vector<CarbonZone>& zones, const Outcome& outcome);

/// Changes of a composite's price over the world's consumer price index, in percent of the reference, by node (r, i).
struct PassThrough {
  Eigen::VectorXd equilibrium;  ///< as solved
  Eigen::VectorXd leontief;     ///< of the price model, at the same carbon prices and charges
};

/// `zones` and `base_zones` are those of the scenario and of its reference.
PassThrough measure_pass_through(const Benchmark& benchmark, const PriceModel& prices,
                                 const std::vector<CarbonZone>& zones, const Outcome& now,
                                 const std::vector<CarbonZone>& base_zones, const Outcome& base);

}  // namespace levee
