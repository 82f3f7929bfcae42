#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "data/yaml_view.hpp"
#include "rules/firm_file.hpp"
#include "rules/rule_book.hpp"

namespace levee::testing {

template <class Row>
Row cited(Row row) {
  row.source = "law";
  row.confidence = "user";
  return row;
}

/// Rules of a few goods with round figures: slabs (smelted, direct emissions charged), ore that goes into them, cement
/// (direct and indirect) and electricity; the first half of free allocation is gone in 2026, all of it in 2027.
inline RuleBook small_book() {
  RuleBook book;
  book.name = "small";
  book.currency = "EUR";
  book.fallback_country = "elsewhere";
  const auto scope = [&](const char* cn, const char* sector, ChargedEmissions charged) {
    ScopeRule row = cited(ScopeRule());
    row.cn = cn;
    row.sector = sector;
    row.charged = charged;
    book.scope.push_back(row);
  };
  scope("10", "ore", ChargedEmissions::direct);
  scope("20", "metal", ChargedEmissions::direct);
  scope("30", "cement", ChargedEmissions::direct_and_indirect);
  scope("2716", "electricity", ChargedEmissions::direct);
  const auto year = [&](int number, double charged) {
    PhaseInYear row = cited(PhaseInYear());
    row.year = number;
    row.charged = charged;
    row.remaining = 1 - charged;
    book.phase_in.push_back(row);
  };
  year(2026, 0.25);
  year(2027, 1);
  const auto benchmark = [&](const char* cn, const char* route, BenchmarkColumn column, double value) {
    BorderBenchmark row = cited(BorderBenchmark());
    row.cn = cn;
    row.route = route;
    row.column = column;
    row.first_year = 2026;
    row.last_year = 2030;
    row.value = value;
    book.benchmarks.push_back(row);
  };
  benchmark("10", "", BenchmarkColumn::actual, 0.2);
  benchmark("10", "", BenchmarkColumn::default_value, 0.15);
  benchmark("20", "", BenchmarkColumn::actual, 1);
  benchmark("20", "", BenchmarkColumn::default_value, 1.6);
  benchmark("30", "A", BenchmarkColumn::actual, 0.6);
  benchmark("30", "A", BenchmarkColumn::default_value, 0.6);
  benchmark("30", "B", BenchmarkColumn::actual, 0.9);
  benchmark("30", "B", BenchmarkColumn::default_value, 0.9);
  const auto value = [&](const char* country, const char* cn, double direct, double indirect, double total) {
    DefaultValue row = cited(DefaultValue());
    row.country = country;
    row.cn = cn;
    row.direct = direct;
    row.indirect = indirect;
    row.total = total;
    book.default_values.push_back(row);
  };
  value("Far", "10", 0.5, no_figure, 0.5);
  value("Far", "20", 3, no_figure, 3);
  value("Far", "30", 0.73, 0.04, 0.76);  // rounded parts, whose sum is 0.77
  value("elsewhere", "20", 4, no_figure, 4);
  for (const char* sector : {"ore", "metal", "cement"}) {
    MarkUp row = cited(MarkUp());
    row.sector = sector;
    row.first_year = 2026;
    row.last_year = 2030;
    row.share = 0.1;
    book.mark_ups.push_back(row);
  }
  for (const auto& [market, period, amount] :
       {std::tuple{"cbam", "2026", 100.0}, std::tuple{"far-ets", "2026", 50.0}}) {
    CarbonPrice row = cited(CarbonPrice());
    row.market = market;
    row.period = period;
    row.value = amount;
    row.currency = "EUR";
    book.carbon_prices.push_back(row);
  }
  ExemptOrigin exempt = cited(ExemptOrigin());
  exempt.country = "Friend";
  book.exempt_origins.push_back(exempt);
  DeMinimis small = cited(DeMinimis());
  small.first_year = 2026;
  small.tonnes = 50;
  small.excepted = {"electricity"};
  book.de_minimis.push_back(small);
  EmissionFactor coal = cited(EmissionFactor());
  coal.name = "coal_power";
  coal.unit = "tCO2/MWh";
  coal.value = 0.9;
  book.emission_factors.push_back(coal);
  EmissionFactor gas = cited(EmissionFactor());
  gas.name = "natural_gas";
  gas.unit = "tCO2/TJ";
  gas.value = 56.1;
  book.emission_factors.push_back(gas);
  GridFactor grid = cited(GridFactor());
  grid.country = "Far";
  grid.value = 0.5;
  book.grid_factors.push_back(grid);
  return book;
}

/// A file of firms by the small rules; `text` goes below the head.
inline FirmFile small_file(const std::string& text, const std::string& years = "[2026, 2027]") {
  const std::string head = "cost: test\nrules: unused.yaml\nyears: " + years + "\n";
  return read_firm_file(YamlView::parse(head + text, "firm.yaml"), small_book());
}

}  // namespace levee::testing
