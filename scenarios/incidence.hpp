#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "model/policy.hpp"
#include "scenarios/outcome.hpp"

namespace levee {

/// One figure of who pays for a zone's measures.
struct IncidenceRow {
  std::string level;      ///< region, group (of income) or world
  std::string name;       ///< code of the region, name of the group, world
  std::string component;  ///< cbam payments, export rebates, export losses, welfare
  double value = 0;       ///< money of the reference's year, over the world's consumer price index
  double percent_of_gdp = 0;
  double share = 0;  ///< NaN where there is none
};

/// Gross domestic product of a region in value: income of its factors and the revenue of taxes, carbon prices and
/// charges that its household receives, over the world's consumer price index.
double value_of_gdp(const Outcome& outcome, int region);

/// Who pays, for zone `zone` (index) of a scenario against its reference, by region, by income group and for the world:
///
///     cbam payments   import charges collected on the goods of a region outside the zone, whoever receives them
///     export rebates  paid to the makers of a member on what they sell to regions outside
///     export losses   change of the value, at makers' prices, of what a region outside sells to the members (without
///                     inventories): negative where it loses
///     welfare         equivalent variation, of members and others: negative where it loses
///
/// A component concerns the regions outside, the members, or all; groups and the world sum over those of them that it
/// concerns, and so does the product that they are measured in, the reference's. `share` is that of the world's total
/// for payments and rebates. For losses it is that of the world's gross losses, those of regions that gain left out;
/// NaN where nobody in the row loses. A loss below 1e-9 of a region's product counts as none.
///
/// Income groups are the dataset's, in the order in which they appear; regions without one are joined as "not
/// classified". There are no rows of groups when no region has one.
std::vector<IncidenceRow> measure_incidence(const Dataset& data, const CarbonZone& zone, int zone_index,
                                            const Outcome& now, const Outcome& base);

}  // namespace levee
