#pragma once

#include <limits>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// A figure that is not there.
inline constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();
/// The last year of what holds until it is replaced: a blank cell.
inline constexpr int no_last_year = std::numeric_limits<int>::max();

/// What every row of a rule table carries: where it stands, where its figure comes from and how far to trust it.
struct RuleRow {
  Location where;
  std::string source;      ///< a key of RuleBook::sources
  std::string confidence;  ///< primary, secondary, computed, stated, indicative or user
};

/// A document that rows cite.
struct RuleSource {
  std::string key, title, address;
};

/// Which emissions of a good are charged at the border.
enum class ChargedEmissions { direct, direct_and_indirect };

/// Goods whose CN code begins with `cn`; the longest such row decides, and an excluded one takes them out.
struct ScopeRule : RuleRow {
  std::string cn;
  bool excluded = false;
  std::string sector;  ///< cement, fertilisers, iron_steel, aluminium, hydrogen, electricity, or a user's own
  std::vector<std::string> gases;
  ChargedEmissions charged = ChargedEmissions::direct;
};

/// A year of the phase-in. The two shares are complements: charged + remaining = 1.
struct PhaseInYear : RuleRow {
  int year = 0;
  double charged = 0;                    ///< share of free allocation withdrawn, which the border charges
  double remaining = 0;                  ///< share of free allocation that is left
  double correction_factor = no_figure;  ///< cross-sectoral; no_figure where none is published
};

/// Column A benchmarks go with actual emissions, column B with default values.
enum class BenchmarkColumn { actual, default_value };

/// tCO2e a tonne of good; a blank route holds for every route.
struct BorderBenchmark : RuleRow {
  std::string cn, route;
  BenchmarkColumn column = BenchmarkColumn::actual;
  int first_year = 0, last_year = 0;
  double value = 0;
};

/// Embedded emissions before the mark-up, tCO2e a tonne. `total` is the legal figure: it need not be the sum of its
/// rounded parts, which are no_figure where they are not given.
struct DefaultValue : RuleRow {
  std::string country, cn, description, route;
  double direct = no_figure, indirect = no_figure, total = 0;
};

/// What a CN code means; a blank route holds for every route.
struct GoodName : RuleRow {
  std::string cn, route, description;
};

/// Added to default values of a sector.
struct MarkUp : RuleRow {
  std::string sector;
  int first_year = 0, last_year = 0;
  double share = 0;
};

/// Money a tonne of CO2e. `period` is a year (2026) or a quarter of one (2026-Q1).
struct CarbonPrice : RuleRow {
  std::string market;  ///< cbam, eu-ets, china-ets, or a user's own
  std::string period;
  double value = 0;
  std::string currency;
};

/// Origins whose goods are not charged.
struct ExemptOrigin : RuleRow {
  std::string country;
};

/// An importer of no more than `tonnes` of goods in a year pays nothing; goods of the sectors excepted never count.
struct DeMinimis : RuleRow {
  int first_year = 0;
  double tonnes = 0;
  std::vector<std::string> excepted;
};

/// A physical constant of accounting: tCO2 a TJ of a fuel, warming potentials, tCO2 a MWh of a technology.
struct EmissionFactor : RuleRow {
  std::string name, unit;
  double value = 0;
};

/// tCO2 a MWh drawn from a country's grid.
struct GridFactor : RuleRow {
  std::string country;
  double value = 0;
};

/// What a market's free allocation is reckoned with: allowances a unit of product. A blank technology holds for all.
struct AllowanceBenchmark : RuleRow {
  std::string market, product, technology;
  int first_year = 0, last_year = 0;
  double value = 0;
  std::string unit;  ///< tCO2/t, tCO2/MWh
};

/// Every table of a set of rules, as read. Rows are in the order of their files.
struct RuleBook {
  std::string name;
  std::string path;
  std::string currency;  ///< of the border charge
  std::vector<RuleSource> sources;
  std::vector<ScopeRule> scope;
  std::vector<PhaseInYear> phase_in;
  std::vector<BorderBenchmark> benchmarks;
  std::vector<DefaultValue> default_values;  ///< with descriptions from `goods` where they have none of their own
  std::vector<GoodName> goods;
  std::string fallback_country;  ///< whose default values hold for a country or good without its own; may be empty
  std::vector<MarkUp> mark_ups;
  std::vector<CarbonPrice> carbon_prices;
  std::vector<ExemptOrigin> exempt_origins;
  std::vector<DeMinimis> de_minimis;
  std::vector<EmissionFactor> emission_factors;
  std::vector<GridFactor> grid_factors;
  std::vector<AllowanceBenchmark> allowance_benchmarks;
};

/// Reads rules.yaml and the tables it names, each CSV with a header; `extends` names a rule book whose tables hold
/// where this one has none of its own. Throws InputError with every fault: a missing file or column, a share outside 0
/// to 1, shares of the phase-in that are no complements, a negative figure, rows that contradict each other, an unknown
/// source or confidence.
RuleBook read_rule_book(const std::string& path);

}  // namespace levee
