#pragma once

#include <vector>

#include "scenarios/result_tables.hpp"

namespace levee {

/// Equivalent variation and its parts: each source of money and each purchase that comes before consumption, at the
/// household's own cost of living. The parts add up to the equivalent variation exactly, because the budget does.
TableText welfare_table(const std::vector<Comparison>& pairs);

/// Real product with its parts, and the terms of trade.
TableText macro_table(const std::vector<Comparison>& pairs);

/// Change of a region's real product, in percent; NaN where the reference has none. As in the table.
double real_gdp_percent(const Comparison& pair, int region);

}  // namespace levee
