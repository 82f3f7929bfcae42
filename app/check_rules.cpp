// levee check for rule books: what each table holds, how far it is to be trusted, and what is missing; as text and as
// JSON.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/file_kind.hpp"
#include "rules/rule_book.hpp"
#include "rules/rule_table.hpp"
#include "rules/year_span.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// How many rows are trusted how far, in the order of the words.
template <class Row>
std::vector<std::pair<std::string, int>> confidence_counts(const std::vector<Row>& rows) {
  std::map<std::string, int> counts;
  for (const Row& row : rows) ++counts[row.confidence];
  std::vector<std::pair<std::string, int>> result;
  for (const std::string& word : confidence_words()) {
    if (counts.contains(word)) result.emplace_back(word, counts[word]);
  }
  return result;
}

/// "primary 12, computed 2"
template <class Row>
std::string confidence_told(const std::vector<Row>& rows) {
  std::vector<std::string> told;
  for (const auto& [word, count] : confidence_counts(rows)) told.push_back(fmt::format("{} {}", word, count));
  return fmt::format("{}", fmt::join(told, ", "));
}

template <class Row>
Json table_json(const std::vector<Row>& rows) {
  if (rows.empty()) return nullptr;
  Json confidence = Json::object();
  for (const auto& [word, count] : confidence_counts(rows)) confidence[word] = count;
  return {{"file", rows.front().where.file}, {"rows", rows.size()}, {"confidence", confidence}};
}

template <class Row>
std::string table_line(const char* name, const std::vector<Row>& rows, const std::string& what) {
  if (rows.empty()) return fmt::format("{:<21} none\n", name);
  return fmt::format("{:<21} {} rows ({}){}{}\n", name, rows.size(), confidence_told(rows), what.empty() ? "" : ": ",
                     what);
}

template <class Row, class Text>
std::size_t distinct(const std::vector<Row>& rows, Text text) {
  std::set<std::string> seen;
  for (const Row& row : rows) seen.insert(text(row));
  return seen.size();
}

template <class Row>
std::string years_of(const std::vector<Row>& rows) {
  YearSpan years;
  for (const Row& row : rows) years.cover(row);
  return rows.empty() ? "" : years.told();
}

std::string scope_line(const RuleBook& book) {
  const auto excluded = std::ranges::count_if(book.scope, &ScopeRule::excluded);
  const std::size_t sectors = distinct(book.scope, [](const ScopeRule& row) { return row.sector; });
  return table_line("scope", book.scope, fmt::format("{} sectors, {} exclusions", sectors, excluded));
}

std::string phase_in_line(const RuleBook& book) {
  std::vector<int> years, without;
  for (const PhaseInYear& row : book.phase_in) {
    years.push_back(row.year);
    if (std::isnan(row.correction_factor)) without.push_back(row.year);
  }
  if (years.empty()) return table_line("phase_in", book.phase_in, "");
  const auto [first, last] = std::ranges::minmax(years);
  std::string told = fmt::format("{} to {}", first, last);
  if (without.size() == years.size()) {
    told += "; no correction factor";
  } else if (!without.empty()) {
    told += fmt::format("; no correction factor in {}", fmt::join(without, ", "));
  }
  return table_line("phase_in", book.phase_in, told);
}

std::string benchmarks_line(const RuleBook& book) {
  std::vector<BorderBenchmark> actual, defaults;
  for (const BorderBenchmark& row : book.benchmarks)
    (row.column == BenchmarkColumn::actual ? actual : defaults).push_back(row);
  const auto cn = [](const BorderBenchmark& row) { return row.cn; };
  return table_line("benchmarks", book.benchmarks,
                    fmt::format("{}; {} codes of column A, {} of column B", years_of(book.benchmarks),
                                distinct(actual, cn), distinct(defaults, cn)));
}

std::string default_values_line(const RuleBook& book) {
  const std::size_t countries = distinct(book.default_values, [](const DefaultValue& row) { return row.country; });
  const std::size_t codes = distinct(book.default_values, [](const DefaultValue& row) { return row.cn; });
  std::string told = fmt::format("{} countries, {} codes", countries, codes);
  if (!book.fallback_country.empty()) told += fmt::format("; others as '{}'", book.fallback_country);
  return table_line("default_values", book.default_values, told);
}

/// Each market with its first and last period.
std::string carbon_prices_line(const RuleBook& book) {
  std::map<std::string, std::set<std::string>> periods;
  for (const CarbonPrice& row : book.carbon_prices) periods[row.market].insert(row.period);
  std::vector<std::string> told;
  for (const auto& [market, all] : periods) {
    const std::string last = all.size() == 1 ? "" : fmt::format(" to {}", *all.rbegin());
    told.push_back(fmt::format("{} {}{}", market, *all.begin(), last));
  }
  return table_line("carbon_prices", book.carbon_prices, fmt::format("{}", fmt::join(told, ", ")));
}

std::string allowance_benchmarks_line(const RuleBook& book) {
  std::map<std::string, std::vector<AllowanceBenchmark>> markets;
  for (const AllowanceBenchmark& row : book.allowance_benchmarks) markets[row.market].push_back(row);
  std::vector<std::string> told;
  for (const auto& [market, rows] : markets) told.push_back(fmt::format("{} {}", market, years_of(rows)));
  return table_line("allowance_benchmarks", book.allowance_benchmarks, fmt::format("{}", fmt::join(told, ", ")));
}

}  // namespace

std::string check_rules(const YamlView& document) {
  const RuleBook book = read_rule_book(document.where().file);
  return fmt::format("rules '{}': charge in {}, {} sources\n", book.name, book.currency, book.sources.size()) +
         scope_line(book) + phase_in_line(book) + benchmarks_line(book) + default_values_line(book) +
         table_line("goods", book.goods, "") + table_line("mark_ups", book.mark_ups, years_of(book.mark_ups)) +
         carbon_prices_line(book) + table_line("exempt_origins", book.exempt_origins, "") +
         table_line("de_minimis", book.de_minimis, "") + table_line("emission_factors", book.emission_factors, "") +
         table_line("grid_factors", book.grid_factors, "") + allowance_benchmarks_line(book);
}

nlohmann::ordered_json check_rules_json(const YamlView& document) {
  const RuleBook book = read_rule_book(document.where().file);
  Json sources = Json::array(), without_factor = Json::array();
  for (const RuleSource& source : book.sources)
    sources.push_back({{"key", source.key}, {"title", source.title}, {"address", source.address}});
  for (const PhaseInYear& row : book.phase_in) {
    if (std::isnan(row.correction_factor)) without_factor.push_back(row.year);
  }
  return {{"name", book.name},
          {"currency", book.currency},
          {"fallback_country", book.fallback_country},
          {"years_without_correction_factor", without_factor},
          {"tables",
           {{"scope", table_json(book.scope)},
            {"phase_in", table_json(book.phase_in)},
            {"benchmarks", table_json(book.benchmarks)},
            {"default_values", table_json(book.default_values)},
            {"goods", table_json(book.goods)},
            {"mark_ups", table_json(book.mark_ups)},
            {"carbon_prices", table_json(book.carbon_prices)},
            {"exempt_origins", table_json(book.exempt_origins)},
            {"de_minimis", table_json(book.de_minimis)},
            {"emission_factors", table_json(book.emission_factors)},
            {"grid_factors", table_json(book.grid_factors)},
            {"allowance_benchmarks", table_json(book.allowance_benchmarks)}}},
          {"sources", sources}};
}

}  // namespace levee
