#include "rules/year_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

constexpr int year_digits = 4;

double amount(const YamlView& view) {
  const double value = view.number();
  if (value < 0) throw view.error(fmt::format("found {}, expected a figure that is not negative", view.text()));
  return value;
}

std::string market_of(const YamlView& view, const RuleBook& book) {
  std::set<std::string> markets;
  for (const CarbonPrice& price : book.carbon_prices) markets.insert(price.market);
  if (!markets.contains(view.text())) {
    const std::vector<std::string> names(markets.begin(), markets.end());
    throw view.error(fmt::format("the rules have no prices of '{}'{}", view.text(), suggestion(view.text(), names)));
  }
  return view.text();
}

bool is_year(const std::string& key) {
  return key.size() == year_digits && key.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

YearSeries read_year_series(const YamlView& view, const RuleBook& book) {
  YearSeries series;
  series.where = view.where();
  if (!view.is_map()) {
    series.later = amount(view);
    return series;
  }
  for (const auto& [key, value] : view.entries()) {
    if (key == "table") {
      series.market = market_of(value, book);
    } else if (key == "later") {
      series.later = amount(value);
    } else if (is_year(key)) {
      series.by_year[std::stoi(key)] = amount(value);
    } else {
      throw view.key_error(key, fmt::format("found '{}', expected a year, `later` or `table`", key));
    }
  }
  return series;
}

YearFigure figure_of(const YearSeries& series, int year, const RuleBook& book) {
  const auto given = series.by_year.find(year);
  if (given != series.by_year.end()) return {given->second, "", "", "user"};
  if (!series.market.empty()) {
    if (const auto price = carbon_price(book, series.market, year))
      return {price->value, price->currency, price->source, price->confidence};
  }
  const bool after = series.by_year.empty() || year > series.by_year.rbegin()->first;
  if (series.later && after) return {*series.later, "", "", "user"};
  throw InputError(series.where, fmt::format("there is no figure for {}; expected one of that year{}", year,
                                             series.later ? "" : ", or `later`"));
}

}  // namespace levee
