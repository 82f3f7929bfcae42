#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// The regions of a generated world.
struct GeneratedRegions {
  std::vector<Region> regions;
  Eigen::VectorXd gdp;             ///< million USD
  Eigen::VectorXd income;          ///< per head, relative to the median region's
  Eigen::VectorXd spending;        ///< on final demand, million USD: gdp and foreign saving; adds up to the world's gdp
  Eigen::MatrixXd distance;        ///< from and to, relative to the mean; 0 at home
  std::vector<int> customs_union;  ///< of neighbours, that each belongs to

  int count() const { return static_cast<int>(regions.size()); }
};

/// `count` regions that share `world_gdp` (million USD).
GeneratedRegions generated_regions(int count, double world_gdp, std::uint64_t seed);

/// Rich regions that make up 10 to 20 % of `output` (by region), or come as near to that as they can.
std::vector<int> generated_zone(const GeneratedRegions& regions, const Eigen::VectorXd& output);

}  // namespace levee
