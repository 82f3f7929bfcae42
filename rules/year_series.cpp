#include "rules/year_series.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

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

}  // namespace

YearSeries read_year_series(const YamlView& view, int first_year, const RuleBook& book) {
  YearSeries series;
  series.where = view.where();
  if (!view.is_map() || (!view.has("table") && !view.has("later"))) {
    series.path = read_year_path(view, first_year);
    return series;
  }
  std::map<int, double> figures;
  for (const auto& [key, value] : view.entries()) {
    if (key == "table") {
      series.market = market_of(value, book);
    } else if (key == "later") {
      series.later = amount(value);
    } else {
      figures[year_of_key(key, view.key_where(key))] = amount(value);
    }
  }
  if (figures.empty()) return series;
  series.last = figures.rbegin()->first;
  series.path = YearPath::by_year(std::move(figures), series.where);
  return series;
}

YearFigure figure_of(const YearSeries& series, int year, const RuleBook& book) {
  if (series.path && series.path->has(year)) return {series.path->at(year), "", "", "user"};
  if (!series.market.empty()) {
    if (const auto price = carbon_price(book, series.market, year))
      return {price->value, price->currency, price->source, price->confidence};
  }
  if (series.later && (!series.last || year > *series.last)) return {*series.later, "", "", "user"};
  if (series.path && series.market.empty()) return {series.path->at(year), "", "", "user"};  // throws
  throw InputError(series.where, fmt::format("there is no figure for {}; expected one of that year, or `later`", year));
}

}  // namespace levee
