#pragma once

#include "data/import/gtap_database.hpp"
#include "data/import/har_file.hpp"
#include "data/import/imported_table.hpp"

namespace levee {

/// Elasticities, factor shares and trees of a database: technology `gtap` (factors a CES, everything else in fixed
/// proportions unless the file gives elasticities), households `cobb-douglas` and, at the mean substitution of the
/// file's CDE, `ces`. The table has its sectors. Adds to the assumptions what of the file has no counterpart. Throws
/// InputError: ESBD, ESBM or ESBV is missing, an array does not fit, an elasticity below zero.
ImportedModel read_gtap_parameters(const GtapDatabase& data, const HarFile& file, ImportedTable& table);

}  // namespace levee
