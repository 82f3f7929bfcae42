#pragma once

#include "data/import/gtap_database.hpp"
#include "data/import/har_file.hpp"
#include "data/import/imported_table.hpp"

namespace levee {

/// CO2 from burning fuels (MDF, MIF of firms, MDP, MIP of households, MDG, MIG of government, MDI, MII of investment)
/// as a stressor of the table. Where the table has a model, fuels get weights: emissions of the world over its
/// purchases; purchases of a sector that emit nothing anywhere (feedstocks) are outside the energy nest. Throws
/// InputError.
void add_gtap_emissions(const GtapDatabase& data, const HarFile& file, ImportedTable& table);

}  // namespace levee
