#pragma once

namespace levee {

/// What is charged for a tonne of good, in the currency of the rules.
struct TonneCharge {
  double emissions = 0;          ///< charged, tCO2e/t, with any mark-up
  double adjustment = 0;         ///< for free allocation, tCO2e/t
  double certificate_price = 0;  ///< a tCO2e
  double origin_price = 0;       ///< effectively paid at the origin, a tCO2e

  /// tCO2e/t that certificates are due for; never negative.
  double net() const;
  /// max(0, emissions - adjustment) x max(0, certificate price - price paid at the origin).
  double per_tonne() const;
  /// Certificates to surrender a tonne of good: what is paid at the origin lowers their number.
  double certificates() const;
};

/// What a tonne earns before the border charge, in the same currency.
struct ExportMargin {
  double before_carbon = 0;    ///< price less production cost
  double domestic_carbon = 0;  ///< carbon cost at the origin; proportional to emissions
};

/// Certificate price at which the charge takes all of the margin; no_figure where nothing is charged at any price, or
/// where there is nothing to take.
double break_even_price(const TonneCharge& charge, const ExportMargin& margin);

/// Charged emissions, tCO2e/t, at which the profit is zero, those that the origin prices growing in proportion;
/// no_figure where emissions cost nothing, or the margin is negative before any.
double break_even_emissions(const TonneCharge& charge, const ExportMargin& margin);

}  // namespace levee
