#pragma once

#include <cstddef>
#include <vector>

#include "rules/product.hpp"
#include "rules/rule_year.hpp"

namespace levee {

/// Specific embedded free allocation (SEFA), tCO2e a tonne of good: what the zone's own producers still get for free.
/// IR (EU) 2025/2620: remaining share x cross-sectoral factor x benchmark, of column A with actual data (equations 2,
/// 3), to which the precursors' m_i SEFA_i are added (4, 5), or of column B with default values (6), which is of the
/// whole good. Electricity has none. Throws InputError where the rules have no figure, and where a good of actual data
/// lacks the precursors that its benchmarks show it to have.
double benchmark_adjustment(const std::vector<Product>& products, std::size_t which, const RuleYear& rules);

/// The cross-sectoral correction factor in force: given, else the book's, else 1.
double correction_factor(const RuleYear& rules, const Location& asked);

/// Whether neither the user nor the book gives one for the year.
bool correction_factor_is_assumed(const RuleYear& rules, const Location& asked);

}  // namespace levee
