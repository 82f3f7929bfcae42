#include "rules/exchange_rates.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace levee {

namespace {

/// Below it a rate is a slip of the pen, zero above all.
constexpr double smallest_rate = 1e-9;

}  // namespace

ExchangeRates::ExchangeRates(std::string currency, std::map<std::string, YearPath> rates)
    : currency_(std::move(currency)), rates_(std::move(rates)) {}

double ExchangeRates::rate(const std::string& from, int year, const Location& asked) const {
  if (from == currency_) return 1;
  const auto found = rates_.find(from);
  if (found != rates_.end()) return found->second.at(year);
  std::vector<std::string> known{currency_};
  for (const auto& [currency, path] : rates_) known.push_back(currency);
  throw InputError(asked, fmt::format("there is no rate of {} in {} under `exchange_rates`{}", from, currency_,
                                      suggestion(from, known)));
}

ExchangeRates read_exchange_rates(const YamlView& document, int first_year) {
  const std::string currency = document.at("currency").text();
  std::map<std::string, YearPath> rates;
  const auto given = document.find("exchange_rates");
  if (!given) return {currency, {}};
  for (const auto& [from, value] : given->entries()) {
    if (from == currency)
      throw InputError(given->key_where(from), fmt::format("{} is the currency of the report: it needs no rate", from));
    rates.emplace(from, read_year_path(value, first_year, {smallest_rate}));
  }
  return {currency, std::move(rates)};
}

}  // namespace levee
