#pragma once

#include <optional>
#include <string>

#include "rules/rule_book.hpp"

namespace levee {

// Questions to a rule book. Each takes the place in the user's file that asks, and throws InputError there with the
// nearest code, country or year when there is no answer. What is returned stays in the book.
//
// A CN code is answered by the longest row that it begins with. Where there is none, a code shorter than the rows is
// answered when all rows that begin with it say the same.
//
// A route ("C") is answered by the rows of that name, else by those whose name begins with it ("F" by "F1" and "F2"),
// else by those of no route.

/// The row of scope that a CN code (digits, blanks dropped) falls under. Throws when no row does, or when that row is
/// an exclusion.
const ScopeRule& scope_of(const RuleBook& book, const std::string& cn, const Location& asked);

/// The year's row of the phase-in.
const PhaseInYear& phase_in(const RuleBook& book, int year, const Location& asked);

/// The benchmark of a good in a year. With several routes of the good left, in column B the highest (IR (EU) 2025/2620,
/// equation 6), in column A an error that names the routes.
const BorderBenchmark& border_benchmark(const RuleBook& book, const std::string& cn, const std::string& route,
                                        BenchmarkColumn column, int year, const Location& asked);

/// A default value before the mark-up: the country's own, else the fallback country's; its row says whose it is. With
/// several routes of the good left, the highest. A country that is near the name of one in the table is taken for a
/// misspelling of it, and refused.
const DefaultValue& default_value(const RuleBook& book, const std::string& country, const std::string& cn,
                                  const std::string& route, const Location& asked);

const MarkUp& mark_up(const RuleBook& book, const std::string& sector, int year, const Location& asked);

/// The price of a year in a market: the row of the year itself, else the mean of its quarters' rows. Nothing when the
/// table has neither.
struct YearPrice {
  double value = 0;
  std::string currency, source, confidence;
};
std::optional<YearPrice> carbon_price(const RuleBook& book, const std::string& market, int year);

bool is_exempt(const RuleBook& book, const std::string& country);

/// The threshold in force in a year; null before the first.
const DeMinimis* de_minimis(const RuleBook& book, int year);

const EmissionFactor& emission_factor(const RuleBook& book, const std::string& name, const Location& asked);
const GridFactor& grid_factor(const RuleBook& book, const std::string& country, const Location& asked);

/// The benchmark of a market's product: of the technology, else the one for all.
const AllowanceBenchmark& allowance_benchmark(const RuleBook& book, const std::string& market,
                                              const std::string& product, const std::string& technology, int year,
                                              const Location& asked);

}  // namespace levee
