#pragma once

#include <optional>
#include <string>

#include "data/yaml_view.hpp"
#include "rules/rule_book.hpp"
#include "rules/year_path.hpp"

namespace levee {

/// A carbon price by year, as a user gives it: a path of years, a rule book's table, or both. A year has what the path
/// says, else the table, else `later`, which holds after the last year that the path names.
struct YearSeries {
  Location where;
  std::optional<YearPath> path;
  std::string market;           ///< of the table; empty: none
  std::optional<double> later;  ///< after the path, or where the table has nothing
  std::optional<int> last;      ///< year that the path names
};

/// A figure of a year and where it comes from; `currency` is empty where the user gave a bare number.
struct YearFigure {
  double value = 0;
  std::string currency, source, confidence;
};

/// Reads a path (`80`, `{2026: 75.36, 2030: 90}`, `{start: 80, growth: 0.03}`), which may end in `later: 100`, or
/// `{table: cbam, later: 80}`, which may name years too. Throws InputError on a negative figure, a key that is no year,
/// or a market that the book has no prices of.
YearSeries read_year_series(const YamlView& view, int first_year, const RuleBook& book);

/// Throws InputError at the series where it has nothing for the year.
YearFigure figure_of(const YearSeries& series, int year, const RuleBook& book);

}  // namespace levee
