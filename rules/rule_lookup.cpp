#include "rules/rule_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "rules/year_span.hpp"

namespace levee {
namespace {

void need_table(bool there, const RuleBook& book, const char* table, const Location& asked) {
  if (!there) throw InputError(asked, fmt::format("{} has no table '{}'", book.path, table));
}

/// The row of a year; throws with the years there are.
template <class Row>
const Row& of_year(const std::vector<const Row*>& rows, int year, const std::string& what, const Location& asked) {
  YearSpan years;
  for (const Row* row : rows) {
    if (in_force(*row, year)) return *row;
    years.cover(*row);
  }
  throw InputError(asked, fmt::format("no {} in the year {}, expected {}", what, year, years.told()));
}

/// The row of a name; throws with the nearest.
template <class Row>
const Row& named(const std::vector<Row>& rows, std::string Row::*name, const std::string& wanted, const char* what,
                 const Location& asked) {
  std::vector<std::string> names;
  for (const Row& row : rows) {
    if (row.*name == wanted) return row;
    names.push_back(row.*name);
  }
  throw InputError(asked, fmt::format("no {} '{}'{}", what, wanted, suggestion(wanted, names)));
}

/// Rows whose text is the one wanted; throws with the nearest when there are none.
template <class Row>
std::vector<const Row*> only(const std::vector<const Row*>& rows, std::string Row::*text, const std::string& wanted,
                             const std::string& what, const Location& asked) {
  std::vector<const Row*> found;
  std::vector<std::string> texts;
  for (const Row* row : rows) {
    if (row->*text == wanted) found.push_back(row);
    if (!(row->*text).empty() && std::ranges::find(texts, row->*text) == texts.end()) texts.push_back(row->*text);
  }
  if (found.empty()) throw InputError(asked, fmt::format("unknown {} '{}'{}", what, wanted, suggestion(wanted, texts)));
  return found;
}

template <class Row>
std::vector<const Row*> pointers(const std::vector<Row>& rows) {
  std::vector<const Row*> result;
  std::ranges::transform(rows, std::back_inserter(result), [](const Row& row) { return &row; });
  return result;
}

}  // namespace

const PhaseInYear& phase_in(const RuleBook& book, int year, const Location& asked) {
  need_table(!book.phase_in.empty(), book, "phase_in", asked);
  const auto row = std::ranges::find(book.phase_in, year, &PhaseInYear::year);
  if (row != book.phase_in.end()) return *row;
  const auto [first, last] = std::ranges::minmax(book.phase_in, {}, &PhaseInYear::year);
  throw InputError(asked, fmt::format("the phase-in has no year {}, expected {} to {}", year, first.year, last.year));
}

const MarkUp& mark_up(const RuleBook& book, const std::string& sector, int year, const Location& asked) {
  need_table(!book.mark_ups.empty(), book, "mark_ups", asked);
  const auto rows = only(pointers(book.mark_ups), &MarkUp::sector, sector, "sector", asked);
  return of_year(rows, year, "mark-up of " + sector, asked);
}

std::optional<YearPrice> carbon_price(const RuleBook& book, const std::string& market, int year) {
  const std::string period = fmt::format("{}", year);
  std::optional<YearPrice> quarters;
  int count = 0;
  for (const CarbonPrice& row : book.carbon_prices) {
    if (row.market != market || !row.period.starts_with(period)) continue;
    if (row.period == period) return YearPrice{row.value, row.currency, row.source, row.confidence};
    if (!quarters) quarters = YearPrice{0, row.currency, row.source, row.confidence};
    quarters->value += row.value;
    ++count;
  }
  if (quarters) quarters->value /= count;
  return quarters;
}

bool is_exempt(const RuleBook& book, const std::string& country) {
  return std::ranges::find(book.exempt_origins, country, &ExemptOrigin::country) != book.exempt_origins.end();
}

const DeMinimis* de_minimis(const RuleBook& book, int year) {
  const DeMinimis* latest = nullptr;
  for (const DeMinimis& row : book.de_minimis) {
    if (row.first_year <= year && (latest == nullptr || row.first_year > latest->first_year)) latest = &row;
  }
  return latest;
}

const EmissionFactor& emission_factor(const RuleBook& book, const std::string& name, const Location& asked) {
  need_table(!book.emission_factors.empty(), book, "emission_factors", asked);
  return named(book.emission_factors, &EmissionFactor::name, name, "emission factor", asked);
}

const GridFactor& grid_factor(const RuleBook& book, const std::string& country, const Location& asked) {
  need_table(!book.grid_factors.empty(), book, "grid_factors", asked);
  return named(book.grid_factors, &GridFactor::country, country, "grid factor of the country", asked);
}

const AllowanceBenchmark& allowance_benchmark(const RuleBook& book, const std::string& market,
                                              const std::string& product, const std::string& technology, int year,
                                              const Location& asked) {
  need_table(!book.allowance_benchmarks.empty(), book, "allowance_benchmarks", asked);
  auto rows = only(pointers(book.allowance_benchmarks), &AllowanceBenchmark::market, market, "market", asked);
  rows = only(rows, &AllowanceBenchmark::product, product, "product of the market " + market, asked);
  std::vector<const AllowanceBenchmark*> for_all;
  std::ranges::copy_if(rows, std::back_inserter(for_all), [](const auto* row) { return row->technology.empty(); });
  const bool own = std::ranges::find(rows, technology, &AllowanceBenchmark::technology) != rows.end();
  if (own || for_all.empty())
    rows = only(rows, &AllowanceBenchmark::technology, technology, "technology of " + product, asked);
  else
    rows = for_all;
  return of_year(rows, year, fmt::format("benchmark of {} in the market {}", product, market), asked);
}

}  // namespace levee
