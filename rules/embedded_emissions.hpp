#pragma once

#include <cstddef>
#include <vector>

#include "rules/product.hpp"
#include "rules/rule_year.hpp"

namespace levee {

/// Specific embedded emissions (SEE), tCO2e a tonne of good, or a MWh of electricity.
struct EmbeddedEmissions {
  double direct = 0;
  double indirect = 0;  ///< of electricity
  double total = 0;     ///< of default values the legal total, which need not be the sum of its rounded parts
};

/// SEE_g = own process + sum of M_i SEE_i over precursors, whose own precursors count in turn. Default values are the
/// origin's (of electricity: its grid's), times 1 + mark-up. Throws InputError where the rules have no figure. Products
/// hold no circles.
EmbeddedEmissions embedded_emissions(const std::vector<Product>& products, std::size_t which, const RuleYear& rules);

/// Of the product's own process alone; of default values the whole good's, before the mark-up.
EmbeddedEmissions own_emissions(const Product& product, const RuleYear& rules);

/// tCO2 a MWh of a mix.
double electricity_factor(const Electricity& electricity, const RuleYear& rules);

/// What is charged of them.
double charged_emissions(const EmbeddedEmissions& emissions, ChargedEmissions charged);

}  // namespace levee
