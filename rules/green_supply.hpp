#pragma once

#include <vector>

#include "rules/product.hpp"

namespace levee {

/// What direct supply of green electricity costs beyond the grid's: a premium a MWh, and above a share of the supply an
/// extra for peak shaving, so that the cost is convex in the share.
struct GreenSupply {
  double premium = 0;            ///< money a MWh of green supply
  double threshold = 1;          ///< share of supply from which on the extra is due
  double extra = 0;              ///< share of the electricity price, a MWh above the threshold
  double electricity_price = 0;  ///< money a MWh
  std::vector<double> shares;    ///< looked at in the table of shares
};

/// Share of direct green supply in a mix.
double green_share(const Electricity& electricity);

/// The mix at another share: the other sources keep their proportions; a mix without green supply gets one without
/// emissions. A mix that is all green supply keeps it.
Electricity with_green_share(const Electricity& electricity, double share);

/// Extra cost, money a tonne of good, of a share of green supply.
double green_cost(const GreenSupply& supply, double mwh_per_tonne, double share);

}  // namespace levee
