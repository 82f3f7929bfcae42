#pragma once

#include <string>

#include "report/comparison.hpp"

namespace levee {

/// The comparison for a terminal: notes, an aligned table of the figures by zone, their differences to the base
/// scenario, and a table with ranks for each group of equal effort.
std::string comparison_text(const RunComparison& comparison);

}  // namespace levee
