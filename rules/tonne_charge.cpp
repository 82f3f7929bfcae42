#include "rules/tonne_charge.hpp"

#include <algorithm>

#include "rules/rule_book.hpp"

namespace levee {

namespace {

double price_gap(const TonneCharge& charge) { return std::max(0.0, charge.certificate_price - charge.origin_price); }

}  // namespace

double TonneCharge::net() const { return std::max(0.0, emissions - adjustment); }

double TonneCharge::per_tonne() const { return net() * price_gap(*this); }

double TonneCharge::certificates() const { return certificate_price > 0 ? per_tonne() / certificate_price : 0; }

double break_even_price(const TonneCharge& charge, const ExportMargin& margin) {
  const double left = margin.before_carbon - margin.domestic_carbon;
  if (charge.net() <= 0 || left < 0) return no_figure;
  return charge.origin_price + left / charge.net();
}

double break_even_emissions(const TonneCharge& charge, const ExportMargin& margin) {
  if (charge.emissions <= 0 || margin.before_carbon < 0) return no_figure;
  // Profit at emissions e is before_carbon - domestic e - gap max(0, e - adjustment).
  const double domestic = margin.domestic_carbon / charge.emissions;
  const double gap = price_gap(charge);
  if (domestic * charge.adjustment > margin.before_carbon) return margin.before_carbon / domestic;
  if (domestic + gap <= 0) return no_figure;
  return (margin.before_carbon + gap * charge.adjustment) / (domestic + gap);
}

}  // namespace levee
