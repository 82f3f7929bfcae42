#pragma once

#include <map>
#include <string>

#include "data/yaml_view.hpp"
#include "rules/year_path.hpp"

namespace levee {

/// The currency a file reports in and what other money is worth in it. Nothing is converted without a rate the user
/// gave.
///
///     currency: CNY
///     exchange_rates: {EUR: 8.0, USD: {2025: 7.2, 2030: 6.8}}   units of `currency` a unit, a path of years
class ExchangeRates {
 public:
  /// Rates are units of `currency` a unit of the currency that is their key.
  ExchangeRates(std::string currency, std::map<std::string, YearPath> rates);

  /// The currency of the report.
  const std::string& currency() const { return currency_; }
  /// Units of the report's currency a unit of `from`, in a year. Throws InputError at `asked` when there is no rate.
  double rate(const std::string& from, int year, const Location& asked) const;

 private:
  std::string currency_;
  std::map<std::string, YearPath> rates_;
};

/// Reads the keys `currency` (required) and `exchange_rates` of a file; other keys are its own. Throws InputError for a
/// rate that is not above zero or is of the report's own currency.
ExchangeRates read_exchange_rates(const YamlView& document, int first_year);

}  // namespace levee
