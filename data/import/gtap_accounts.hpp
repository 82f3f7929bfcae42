#pragma once

#include <Eigen/Dense>
#include <vector>

#include "data/import/gtap_database.hpp"
#include "data/import/imported_table.hpp"

namespace levee {

/// Shares in which activities' costs belong to the commodities they make, by region: commodities x activities, columns
/// add up to 1 or, where an activity makes nothing, to 0.
std::vector<Eigen::MatrixXd> gtap_cost_shares(const GtapDatabase& data);

/// The flows as a multi-regional table at basic prices: deliveries, final demand (HH, GOV, GFCF), value added by
/// component, tariffs; what was done is added to assumptions and artefacts. Throws InputError when the table does not
/// fit into memory.
///
/// A region's imports of a commodity have one mix of origins for all who use them. Margins on a route are bought by who
/// buys the goods, from the regions that supply the margin, in proportion. Who buys pays all taxes on the way: out of
/// value added, or, by final demand, on top.
void fill_gtap_accounts(const GtapDatabase& data, ImportedTable& table);

}  // namespace levee
