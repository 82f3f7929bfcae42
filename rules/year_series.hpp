#pragma once

#include <map>
#include <optional>
#include <string>

#include "data/yaml_view.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// A figure that may differ from year to year, as a user gives it: one number, numbers by year, or a rule book's table
/// of carbon prices. A year has the number given for it, else the table's, else `later`, which holds after the last
/// year given.
struct YearSeries {
  Location where;
  std::map<int, double> by_year;
  std::string market;           ///< of the table; empty: none
  std::optional<double> later;  ///< the one number of a series that is constant

  static YearSeries constant(double value) { return {{}, {}, {}, value}; }
};

/// A figure of a year and where it comes from; `currency` is empty where the user gave a bare number.
struct YearFigure {
  double value = 0;
  std::string currency, source, confidence;
};

/// Reads `80`, `{2026: 75.36, later: 80}` or `{table: cbam, later: 80}`. Throws InputError on a negative figure, a key
/// that is no year, or a market that the book has no prices of.
YearSeries read_year_series(const YamlView& view, const RuleBook& book);

/// Throws InputError at the series where it has nothing for the year.
YearFigure figure_of(const YearSeries& series, int year, const RuleBook& book);

}  // namespace levee
