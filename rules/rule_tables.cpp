// The layout of each table: its columns, what its cells are, which rows would contradict each other.
#include "rules/rule_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "data/dataset_context.hpp"
#include "rules/rule_table.hpp"

namespace levee {
namespace {

constexpr double complement_rounding = 1e-9;

/// What a row is about. Two rows about the same in a year contradict each other.
struct RowSubject {
  std::string what;
  int first_year = 0, last_year = 0;

  bool overlaps(const RowSubject& other) const {
    return first_year <= other.last_year && other.first_year <= last_year;
  }
};

template <class Row>
struct TableLayout {
  TableColumns columns;
  void (*read)(RuleCells& cells, Row& row);
  RowSubject (*subject)(const Row& row);
};

/// Subjects met so far, each with the line that it stands in.
class Subjects {
 public:
  void add(const RowSubject& subject, const RuleTable& table, int row, Diagnostics& faults) {
    auto& same = seen_[subject.what];
    for (const auto& [other, line] : same) {
      if (!subject.overlaps(other)) continue;
      faults.add(table.file().error(row, 0, fmt::format("{} is given already, in line {}", subject.what, line)));
      return;
    }
    same.emplace_back(subject, table.file().where(row, 0).line);
  }

 private:
  std::map<std::string, std::vector<std::pair<RowSubject, int>>> seen_;
};

/// Throws the first faults and the number of the others.
void report(const Diagnostics& faults, const std::string& path) {
  Diagnostics shown;
  {
    FaultLimit limit(shown, path);
    for (const Diagnostic& fault : faults.list()) limit.add(InputError({fault}));
  }
  shown.throw_if_any();
}

template <class Row>
std::vector<Row> read_rows(const std::string& path, const std::vector<std::string>& sources,
                           const TableLayout<Row>& layout) {
  const RuleTable table(path, layout.columns, sources);
  Diagnostics faults;
  Subjects subjects;
  std::vector<Row> rows;
  for (int row = 1; row <= table.rows(); ++row) {
    Row next;
    RuleCells cells(table, row, faults);
    cells.head(next);
    layout.read(cells, next);
    if (!cells.good()) continue;
    subjects.add(layout.subject(next), table, row, faults);
    rows.push_back(std::move(next));
  }
  if (table.rows() == 0) faults.add({path, 1, 1}, "the table has no rows");
  report(faults, path);
  return rows;
}

std::string by_route(const std::string& route) { return route.empty() ? "" : fmt::format(" by route {}", route); }

void read_scope(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static constexpr std::array<std::pair<const char*, ChargedEmissions>, 2> charged{
      {{"direct", ChargedEmissions::direct}, {"direct_and_indirect", ChargedEmissions::direct_and_indirect}}};
  static const TableLayout<ScopeRule> layout{{{"cn", "sector", "gases", "charged"}, {"excluded"}},
                                             [](RuleCells& cells, ScopeRule& row) {
                                               cells.code("cn", row.cn);
                                               cells.yes_or_no("excluded", row.excluded);
                                               cells.text("sector", row.sector);
                                               cells.texts("gases", row.gases);
                                               cells.word<ChargedEmissions>("charged", charged, row.charged);
                                             },
                                             [](const ScopeRule& row) { return RowSubject{"CN " + row.cn}; }};
  book.scope = read_rows(path, sources, layout);
}

/// The charge grows: a share charged that falls is the share that remains, in the wrong column.
void check_direction(const std::string& path, std::vector<PhaseInYear> years) {
  std::ranges::sort(years, {}, &PhaseInYear::year);
  for (std::size_t k = 1; k < years.size(); ++k) {
    const PhaseInYear &before = years[k - 1], &after = years[k];
    if (after.charged >= before.charged) continue;
    throw InputError({path, after.where.line, 1},
                     fmt::format("the share charged falls from {} in {} to {} in {}; are 'charged' and 'remaining' "
                                 "swapped?",
                                 before.charged, before.year, after.charged, after.year));
  }
}

void read_phase_in(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<PhaseInYear> layout{
      {{"year", "charged", "remaining"}, {"correction_factor"}},
      [](RuleCells& cells, PhaseInYear& row) {
        cells.year("year", row.year);
        cells.share("charged", row.charged);
        cells.share("remaining", row.remaining);
        cells.optional_amount("correction_factor", row.correction_factor);
        if (!cells.good() || std::abs(row.charged + row.remaining - 1) <= complement_rounding) return;
        cells.refuse("remaining", fmt::format("charged {} and remaining {} add up to {:.10g}, expected 1", row.charged,
                                              row.remaining, row.charged + row.remaining));
      },
      [](const PhaseInYear& row) { return RowSubject{fmt::format("year {}", row.year)}; }};
  book.phase_in = read_rows(path, sources, layout);
  check_direction(path, book.phase_in);
}

void read_benchmarks(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static constexpr std::array<std::pair<const char*, BenchmarkColumn>, 2> columns{
      {{"actual", BenchmarkColumn::actual}, {"default_value", BenchmarkColumn::default_value}}};
  static const TableLayout<BorderBenchmark> layout{
      {{"cn", "column", "first_year", "value"}, {"route", "last_year"}},
      [](RuleCells& cells, BorderBenchmark& row) {
        cells.code("cn", row.cn);
        cells.optional_text("route", row.route);
        cells.word<BenchmarkColumn>("column", columns, row.column);
        cells.year("first_year", row.first_year);
        cells.last_year("last_year", row.first_year, row.last_year);
        cells.amount("value", row.value);
      },
      [](const BorderBenchmark& row) {
        const char* column = columns[row.column == BenchmarkColumn::actual ? 0 : 1].first;
        return RowSubject{fmt::format("CN {}{} in the column {}", row.cn, by_route(row.route), column), row.first_year,
                          row.last_year};
      }};
  book.benchmarks = read_rows(path, sources, layout);
}

void read_default_values(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<DefaultValue> layout{
      {{"country", "cn", "total"}, {"route", "direct", "indirect", "description"}},
      [](RuleCells& cells, DefaultValue& row) {
        cells.text("country", row.country);
        cells.code("cn", row.cn);
        cells.optional_text("description", row.description);
        cells.optional_text("route", row.route);
        cells.optional_amount("direct", row.direct);
        cells.optional_amount("indirect", row.indirect);
        cells.amount("total", row.total);
      },
      [](const DefaultValue& row) {
        return RowSubject{fmt::format("CN {}{} of {}", row.cn, by_route(row.route), row.country)};
      }};
  book.default_values = read_rows(path, sources, layout);
}

void read_goods(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<GoodName> layout{
      {{"cn", "description"}, {"route"}},
      [](RuleCells& cells, GoodName& row) {
        cells.code("cn", row.cn);
        cells.optional_text("route", row.route);
        cells.text("description", row.description);
      },
      [](const GoodName& row) { return RowSubject{fmt::format("CN {}{}", row.cn, by_route(row.route))}; }};
  book.goods = read_rows(path, sources, layout);
}

void read_mark_ups(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<MarkUp> layout{{{"sector", "first_year", "share"}, {"last_year"}},
                                          [](RuleCells& cells, MarkUp& row) {
                                            cells.text("sector", row.sector);
                                            cells.year("first_year", row.first_year);
                                            cells.last_year("last_year", row.first_year, row.last_year);
                                            cells.amount("share", row.share);
                                          },
                                          [](const MarkUp& row) {
                                            return RowSubject{row.sector, row.first_year, row.last_year};
                                          }};
  book.mark_ups = read_rows(path, sources, layout);
}

void read_carbon_prices(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<CarbonPrice> layout{
      {{"market", "period", "value", "currency"}, {}},
      [](RuleCells& cells, CarbonPrice& row) {
        cells.text("market", row.market);
        cells.period("period", row.period);
        cells.amount("value", row.value);
        cells.text("currency", row.currency);
      },
      [](const CarbonPrice& row) { return RowSubject{fmt::format("{} in the market {}", row.period, row.market)}; }};
  book.carbon_prices = read_rows(path, sources, layout);
}

void read_exempt_origins(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<ExemptOrigin> layout{
      {{"country"}, {}},
      [](RuleCells& cells, ExemptOrigin& row) { cells.text("country", row.country); },
      [](const ExemptOrigin& row) { return RowSubject{row.country}; }};
  book.exempt_origins = read_rows(path, sources, layout);
}

void read_de_minimis(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<DeMinimis> layout{
      {{"first_year", "tonnes"}, {"excepted"}},
      [](RuleCells& cells, DeMinimis& row) {
        cells.year("first_year", row.first_year);
        cells.amount("tonnes", row.tonnes);
        cells.texts("excepted", row.excepted);
      },
      [](const DeMinimis& row) { return RowSubject{fmt::format("first_year {}", row.first_year)}; }};
  book.de_minimis = read_rows(path, sources, layout);
}

void read_emission_factors(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<EmissionFactor> layout{{{"name", "unit", "value"}, {}},
                                                  [](RuleCells& cells, EmissionFactor& row) {
                                                    cells.text("name", row.name);
                                                    cells.text("unit", row.unit);
                                                    cells.amount("value", row.value);
                                                  },
                                                  [](const EmissionFactor& row) { return RowSubject{row.name}; }};
  book.emission_factors = read_rows(path, sources, layout);
}

void read_grid_factors(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<GridFactor> layout{{{"country", "value"}, {}},
                                              [](RuleCells& cells, GridFactor& row) {
                                                cells.text("country", row.country);
                                                cells.amount("value", row.value);
                                              },
                                              [](const GridFactor& row) { return RowSubject{row.country}; }};
  book.grid_factors = read_rows(path, sources, layout);
}

void read_allowance_benchmarks(const std::string& path, const std::vector<std::string>& sources, RuleBook& book) {
  static const TableLayout<AllowanceBenchmark> layout{
      {{"market", "product", "first_year", "value", "unit"}, {"technology", "last_year"}},
      [](RuleCells& cells, AllowanceBenchmark& row) {
        cells.text("market", row.market);
        cells.text("product", row.product);
        cells.optional_text("technology", row.technology);
        cells.year("first_year", row.first_year);
        cells.last_year("last_year", row.first_year, row.last_year);
        cells.amount("value", row.value);
        cells.text("unit", row.unit);
      },
      [](const AllowanceBenchmark& row) {
        const std::string technology = row.technology.empty() ? "" : " by " + row.technology;
        return RowSubject{fmt::format("{}{} in the market {}", row.product, technology, row.market), row.first_year,
                          row.last_year};
      }};
  book.allowance_benchmarks = read_rows(path, sources, layout);
}

}  // namespace

const std::vector<TableKind>& table_kinds() {
  static const std::vector<TableKind> kinds{
      {"scope", read_scope},
      {"phase_in", read_phase_in},
      {"benchmarks", read_benchmarks},
      {"default_values", read_default_values},
      {"goods", read_goods},
      {"mark_ups", read_mark_ups},
      {"carbon_prices", read_carbon_prices},
      {"exempt_origins", read_exempt_origins},
      {"de_minimis", read_de_minimis},
      {"emission_factors", read_emission_factors},
      {"grid_factors", read_grid_factors},
      {"allowance_benchmarks", read_allowance_benchmarks},
  };
  return kinds;
}

}  // namespace levee
