// Questions about goods, by CN code and route.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "rules/cn_code.hpp"
#include "rules/good_rows.hpp"
#include "rules/rule_lookup.hpp"
#include "rules/year_span.hpp"

namespace levee {
namespace {

constexpr std::size_t codes_named = 8;

template <class Row>
GoodRows<Row> all_rows(const std::vector<Row>& table, const RuleBook& book, const char* name, const Location& asked) {
  if (table.empty()) throw InputError(asked, fmt::format("{} has no table '{}'", book.path, name));
  GoodRows<Row> rows;
  for (const Row& row : table) rows.push_back(&row);
  return rows;
}

/// Why a code has no answer: it is too short, or unknown.
template <class Row>
std::string code_advice(const GoodRows<Row>& rows, const std::string& cn) {
  const std::vector<std::string> codes = names_of(rows, [](const Row& row) { return row.cn; });
  std::vector<std::string> longer;
  std::ranges::copy_if(codes, std::back_inserter(longer), [&](const auto& code) { return code.starts_with(cn); });
  if (longer.empty()) return suggestion(cn, codes);
  const std::size_t more = longer.size() - std::min(longer.size(), codes_named);
  longer.resize(longer.size() - more);
  return fmt::format(": it is too short, since what begins with it differs; expected one of {}{}",
                     fmt::join(longer, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
}

template <class Row>
std::string routes_named(const GoodRows<Row>& rows) {
  return fmt::format(
      "{}", fmt::join(names_of(rows, [](const Row& row) { return row.route.empty() ? "(blank)" : row.route; }), ", "));
}

/// The year's rows of a column; throws when the table's years are others.
GoodRows<BorderBenchmark> in_year(const GoodRows<BorderBenchmark>& rows, int year, const Location& asked) {
  GoodRows<BorderBenchmark> found;
  std::ranges::copy_if(rows, std::back_inserter(found), [&](const auto* row) { return in_force(*row, year); });
  if (!found.empty()) return found;
  YearSpan years;
  for (const BorderBenchmark* row : rows) years.cover(*row);
  throw InputError(asked, fmt::format("no benchmarks of the year {}, expected {}", year, years.told()));
}

std::string say_value(const BorderBenchmark& row) { return fmt::format("{} {}", row.route, row.value); }
std::string say_total(const DefaultValue& row) { return fmt::format("{} {}", row.route, row.total); }

GoodRows<DefaultValue> of_country(const GoodRows<DefaultValue>& rows, const std::string& country) {
  GoodRows<DefaultValue> found;
  std::ranges::copy_if(rows, std::back_inserter(found), [&](const auto* row) { return row->country == country; });
  return found;
}

/// Without a row of its own a country takes the fallback's, unless its name is likely to be misspelt.
void check_country(const RuleBook& book, const GoodRows<DefaultValue>& rows, const std::string& country,
                   const Location& asked) {
  const std::vector<std::string> countries = names_of(rows, [](const DefaultValue& row) { return row.country; });
  if (book.fallback_country.empty()) {
    throw InputError(asked,
                     fmt::format("no default values of the country '{}'{}", country, suggestion(country, countries)));
  }
  if (nearest_name(country, countries).empty()) return;
  throw InputError(asked,
                   fmt::format("no default values of the country '{}'{} A country without its own takes those of "
                               "'{}': name that",
                               country, suggestion(country, countries), book.fallback_country));
}

}  // namespace

const ScopeRule& scope_of(const RuleBook& book, const std::string& cn, const Location& asked) {
  const std::string code = cn_digits(cn, asked);
  const GoodRows<ScopeRule> all = all_rows(book.scope, book, "scope", asked);
  const GoodRows<ScopeRule> rows = rows_of_code(all, code, [](const ScopeRule& row) {
    return fmt::format("{} {} {} {}", row.sector, row.excluded, fmt::join(row.gases, " "),
                       row.charged == ChargedEmissions::direct);
  });
  if (rows.empty()) throw InputError(asked, fmt::format("CN {} is not in scope{}", cn, code_advice(all, code)));
  if (!rows.front()->excluded) return *rows.front();
  throw InputError(asked, fmt::format("CN {} is not in scope: CN {} is excluded ({}:{})", cn, rows.front()->cn,
                                      rows.front()->where.file, rows.front()->where.line));
}

const BorderBenchmark& border_benchmark(const RuleBook& book, const std::string& cn, const std::string& route,
                                        BenchmarkColumn column, int year, const Location& asked) {
  const std::string code = cn_digits(cn, asked);
  const char* name = column == BenchmarkColumn::actual ? "A" : "B";
  GoodRows<BorderBenchmark> all = all_rows(book.benchmarks, book, "benchmarks", asked);
  std::erase_if(all, [&](const auto* row) { return row->column != column; });
  if (all.empty()) throw InputError(asked, fmt::format("{} has no benchmarks of column {}", book.path, name));
  all = in_year(all, year, asked);
  const GoodRows<BorderBenchmark> good = rows_of_code(all, code, say_value);
  if (good.empty())
    throw InputError(asked, fmt::format("no benchmark of CN {} in column {}{}", cn, name, code_advice(all, code)));
  const GoodRows<BorderBenchmark> rows = rows_of_route(good, route);
  if (rows.empty()) {
    throw InputError(asked, fmt::format("no benchmark of CN {} by route '{}' in column {}; expected one of {}", cn,
                                        route, name, routes_named(good)));
  }
  if (rows.size() > 1 && column == BenchmarkColumn::actual) {
    throw InputError(asked, fmt::format("CN {} has benchmarks by route in column A: expected a route, one of {}", cn,
                                        routes_named(rows)));
  }
  return **std::ranges::max_element(rows, {}, [](const auto* row) { return row->value; });
}

const DefaultValue& default_value(const RuleBook& book, const std::string& country, const std::string& cn,
                                  const std::string& route, const Location& asked) {
  const std::string code = cn_digits(cn, asked);
  const GoodRows<DefaultValue> all = all_rows(book.default_values, book, "default_values", asked);
  const GoodRows<DefaultValue> own = of_country(all, country);
  if (own.empty()) check_country(book, all, country, asked);
  GoodRows<DefaultValue> good = rows_of_code(own, code, say_total);
  const bool taken = good.empty() && !book.fallback_country.empty();
  if (taken) good = rows_of_code(of_country(all, book.fallback_country), code, say_total);
  const std::string whose = taken ? book.fallback_country : country;
  if (good.empty()) {
    throw InputError(asked, fmt::format("no default value of CN {} from '{}'{}", cn, country,
                                        code_advice(taken ? of_country(all, whose) : own, code)));
  }
  const GoodRows<DefaultValue> rows = rows_of_route(good, route);
  if (rows.empty()) {
    throw InputError(asked, fmt::format("no default value of CN {} by route '{}' from '{}'; expected one of {}", cn,
                                        route, whose, routes_named(good)));
  }
  return **std::ranges::max_element(rows, {}, [](const auto* row) { return row->total; });
}

}  // namespace levee
