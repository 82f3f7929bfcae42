#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// An interval to draw from, its ends included: each end itself is drawn with a chance of 1 in 8.
struct DrawnRange {
  double low = 0;
  double high = 0;
};

struct WorldOptions {
  int regions = 10;
  int sectors = 20;
  std::uint64_t seed = 1;
  /// Elasticity between domestic goods and imports by good; that between origins is twice as high. Absent: those of the
  /// default dataset.
  std::optional<DrawnRange> armington;
  /// Elasticities in production by sector and nest. Absent: those of the default dataset.
  std::optional<DrawnRange> substitution;
};

struct GeneratedWorld {
  Dataset dataset;                ///< the table in factors; no path, nothing read
  std::vector<int> zone_regions;  ///< rich regions, some 10 to 20 % of the world's output where the regions allow it
  std::string study;              ///< study.yaml beside dataset.yaml
};

/// A synthetic world: sizes and incomes log-normal, trade by gravity with zeros, input-output structure, emissions and
/// elasticities those of the default dataset with noise by region. Rows and columns balance exactly; all value added is
/// positive, no figure negative. The same options give the same world on every platform. At least 2 regions and 3
/// sectors (std::logic_error).
GeneratedWorld generate_world(const WorldOptions& options);

}  // namespace levee
