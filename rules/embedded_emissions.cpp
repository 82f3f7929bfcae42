#include "rules/embedded_emissions.hpp"

#include <fmt/format.h>

#include <cmath>

#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

EmbeddedEmissions times(double factor, const EmbeddedEmissions& one) {
  return {factor * one.direct, factor * one.indirect, factor * one.total};
}

double source_factor(const ElectricitySource& source, const RuleYear& rules) {
  if (!source.grid.empty()) {
    const GridFactor& grid = grid_factor(rules.book, source.grid, source.where);
    rules.note("grid factor", source.grid, grid.value, "tCO2/MWh", grid);
    return grid.value;
  }
  if (source.technology.empty()) return source.factor;
  const EmissionFactor& factor = emission_factor(rules.book, source.technology, source.where);
  if (factor.unit != "tCO2/MWh") {
    throw InputError(source.where,
                     fmt::format("'{}' is in {}, expected a factor in tCO2/MWh", source.technology, factor.unit));
  }
  rules.note("emission factor", source.technology, factor.value, factor.unit, factor);
  return factor.value;
}

/// Parts that are not given are left out of the total's, not taken for zero.
EmbeddedEmissions default_emissions(const Product& product, const RuleYear& rules) {
  if (product.stated_default) return {no_figure, no_figure, *product.stated_default};
  if (scope_of(rules.book, product.cn, product.where).sector == electricity_sector) {
    const GridFactor& grid = grid_factor(rules.book, product.origin, product.where);
    rules.note("grid factor", product.origin, grid.value, "tCO2/MWh", grid);
    return {grid.value, 0, grid.value};
  }
  const DefaultValue& row = default_value(rules.book, product.origin, product.cn, product.route, product.where);
  rules.note("default value", fmt::format("{} {} {}", row.country, row.cn, row.route), row.total, "tCO2e/t", row);
  return {row.direct, row.indirect, row.total};
}

double mark_up_factor(const Product& product, const RuleYear& rules) {
  const ScopeRule& scope = scope_of(rules.book, product.cn, product.where);
  if (!rules.marked_up || scope.sector == electricity_sector) return 1;
  const MarkUp& row = mark_up(rules.book, scope.sector, rules.year, product.where);
  rules.note("mark-up", scope.sector, row.share, "share", row);
  return 1 + row.share;
}

}  // namespace

double electricity_factor(const Electricity& electricity, const RuleYear& rules) {
  double factor = 0;
  for (const ElectricitySource& source : electricity.sources) factor += source.share * source_factor(source, rules);
  return factor;
}

EmbeddedEmissions own_emissions(const Product& product, const RuleYear& rules) {
  if (product.by_default) return default_emissions(product, rules);
  double indirect = product.indirect.value_or(0);
  if (product.electricity)
    indirect += product.electricity->mwh_per_tonne * electricity_factor(*product.electricity, rules);
  return {product.direct, indirect, product.direct + indirect};
}

EmbeddedEmissions embedded_emissions(const std::vector<Product>& products, std::size_t which, const RuleYear& rules) {
  const Product& product = products[which];
  EmbeddedEmissions sum = own_emissions(product, rules);
  if (product.by_default) return times(mark_up_factor(product, rules), sum);
  for (const PrecursorUse& use : product.precursors) {
    const EmbeddedEmissions of = times(use.tonnes, embedded_emissions(products, use.product, rules));
    sum = {sum.direct + of.direct, sum.indirect + of.indirect, sum.total + of.total};
  }
  return sum;
}

double charged_emissions(const EmbeddedEmissions& emissions, ChargedEmissions charged) {
  if (charged == ChargedEmissions::direct_and_indirect) return emissions.total;
  // Default values of goods charged on direct emissions may come as a total only.
  return std::isnan(emissions.direct) ? emissions.total : emissions.direct;
}

}  // namespace levee
