#pragma once

#include <Eigen/Dense>
#include <vector>

#include "calibration/benchmark.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// A change of emissions, Mt, and its three parts, which add up to it.
struct EmissionDecomposition {
  double scale = 0;        ///< total activity at benchmark prices
  double composition = 0;  ///< shares of activities in the total
  double technique = 0;    ///< emissions per unit of activity
  double change = 0;
};

/// Activities with their volumes and emissions, in two states.
struct ActivityEmissions {
  Eigen::VectorXd base_volume, now_volume;  ///< benchmark units
  Eigen::VectorXd base_mt, now_mt;
};

/// Exact decomposition with logarithmic mean weights (LMDI-I: Ang, B. W. (2005). The LMDI approach to decomposition
/// analysis: a practical guide. Energy Policy 33, 867-871). With Q the total volume, s_j shares in it, e_j emissions
/// per unit,
///
///     E1 - E0 = sum_j w_j [ln(Q1/Q0) + ln(s1_j/s0_j) + ln(e1_j/e0_j)],   w = (E1 - E0) / ln(E1/E0),  E where equal.
///
/// Where emissions begin or end the weight's limit leaves all of the change to the factor that is zero: to composition
/// when the activity itself is, to technique when only its emissions are.
EmissionDecomposition decompose_emissions(const ActivityEmissions& activities);

/// The same of one account (index into Benchmark::emissions) for every region, then for the world. Activities are the
/// sectors' output and the household's consumption; of the world, those of all regions, so that its composition holds
/// what moves between regions.
std::vector<EmissionDecomposition> decompose_regions(const Benchmark& benchmark, int account, const Outcome& now,
                                                     const Outcome& base);

}  // namespace levee
