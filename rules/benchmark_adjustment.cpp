#include "rules/benchmark_adjustment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

/// In column A the benchmark of a good made of others is of its last step only: a higher one in column B gives it away.
void expect_precursors(const Product& product, const BorderBenchmark& found, const RuleYear& rules) {
  const auto whole = [&](const BorderBenchmark& row) {
    return (product.cn.starts_with(row.cn) || row.cn.starts_with(product.cn)) && row.route == found.route &&
           row.column == BenchmarkColumn::default_value && row.first_year <= rules.year &&
           rules.year <= row.last_year && row.value > found.value;
  };
  const auto row = std::find_if(rules.book.benchmarks.begin(), rules.book.benchmarks.end(), whole);
  if (row == rules.book.benchmarks.end()) return;
  throw InputError(
      product.where,
      fmt::format("'{}' (CN {}) has no precursors, but is made of some: its benchmark is {:g} for the last "
                  "step and {:g} for the whole good; expected `precursors`, a `benchmark` of your own, or "
                  "`benchmark_column: default`",
                  product.name, product.cn, found.value, row->value));
}

double benchmark_of(const Product& product, const RuleYear& rules) {
  if (product.benchmark) return *product.benchmark;
  const BenchmarkColumn column = column_of(product);
  const BorderBenchmark& row =
      border_benchmark(rules.book, product.cn, product.route, column, rules.year, product.where);
  const bool actual = column == BenchmarkColumn::actual;
  if (actual && product.precursors.empty()) expect_precursors(product, row, rules);
  rules.note("benchmark", fmt::format("{} {} column {}", row.cn, row.route, actual ? "A" : "B"), row.value, "tCO2e/t",
             row);
  return row.value;
}

}  // namespace

bool correction_factor_is_assumed(const RuleYear& rules, const Location& asked) {
  return !rules.correction_factor && std::isnan(phase_in(rules.book, rules.year, asked).correction_factor);
}

double correction_factor(const RuleYear& rules, const Location& asked) {
  if (rules.correction_factor) return *rules.correction_factor;
  const double published = phase_in(rules.book, rules.year, asked).correction_factor;
  return std::isnan(published) ? 1 : published;
}

double benchmark_adjustment(const std::vector<Product>& products, std::size_t which, const RuleYear& rules) {
  const Product& product = products[which];
  if (scope_of(rules.book, product.cn, product.where).sector == electricity_sector) return 0;
  const PhaseInYear& year = phase_in(rules.book, rules.year, product.where);
  rules.note("free allocation remaining", std::to_string(rules.year), year.remaining, "share", year);
  double adjustment = year.remaining * correction_factor(rules, product.where) * benchmark_of(product, rules);
  if (column_of(product) == BenchmarkColumn::default_value) return adjustment;
  for (const PrecursorUse& use : product.precursors)
    adjustment += use.tonnes * benchmark_adjustment(products, use.product, rules);
  return adjustment;
}

}  // namespace levee
