#pragma once

#include "calibration/table_split.hpp"

namespace levee {

/// Reads the CSV file of shares of single cells that `name` names, relative to its own file, into `split`, whose parts
/// are known. Columns: `from` (REGION.SECTOR or value_added), `to` (REGION.SECTOR or REGION.household and the like),
/// one of them or both a part, and `share` of the parent's cell. Throws InputError with every fault.
void read_cell_shares(const YamlView& name, const Dataset& dataset, Split& split);

}  // namespace levee
