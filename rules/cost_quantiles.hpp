#pragma once

#include <array>
#include <vector>

#include "rules/cost_path.hpp"

namespace levee {

/// A quantile of what a firm's tonne costs, over draws of certificate price and emissions.
struct CostQuantile {
  std::size_t firm = 0, reading = 0;
  int year = 0;
  double probability = 0;
  double per_tonne = 0;       ///< charge, report's currency a tonne of good
  double profit = no_figure;  ///< the quantile of the profit, not the profit at the charge's
};

/// The probabilities of the quantiles.
inline constexpr std::array cost_probabilities{0.05, 0.25, 0.5, 0.75, 0.95};

/// Quantiles of every row of the path, interpolated between draws; empty without `uncertainty` in the file. A draw has
/// one factor on certificate prices and one on actual emissions, of all firms and years, so that firms differ by what
/// they are and not by chance; default values are what the rules say and are not drawn. More draws change none of the
/// earlier.
std::vector<CostQuantile> cost_quantiles(const FirmFile& file, const CostPath& path);

}  // namespace levee
