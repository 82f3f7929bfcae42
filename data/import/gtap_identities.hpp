#pragma once

#include <string>
#include <vector>

#include "data/import/gtap_database.hpp"

namespace levee {

/// What must hold between the arrays of a GTAP database: costs are what is made, what is made is sold, imports are
/// used, what trade carries is margins. Returns a line for each that holds by rounding only, with its worst place;
/// throws InputError with every one that is off by more than 1e-4 (of the total at that place, or of a thousandth of
/// the mean total where that is larger).
std::vector<std::string> check_gtap_identities(const GtapDatabase& data);

}  // namespace levee
