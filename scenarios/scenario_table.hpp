#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/result_tables.hpp"
#include "scenarios/table_text.hpp"

namespace levee {

/// A figure that does not exist.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Change in percent of the base; missing where that is zero.
inline double percent(double now, double base) { return base != 0 ? 100 * (now / base - 1) : missing; }

/// A table whose rows all begin with the scenario and end with unit and reference. Nothing is kept of a row but its
/// text, and nothing is allocated for one: some tables have a million.
class ScenarioTable {
 public:
  ScenarioTable(const std::string& name, const std::vector<std::string>& columns) {
    table_.name = name;
    table_.columns = {"scenario"};
    table_.columns.insert(table_.columns.end(), columns.begin(), columns.end());
    table_.columns.insert(table_.columns.end(), {"unit", "reference"});
  }

  void add(const Comparison& pair, std::initializer_list<CellView> cells, std::string_view unit) {
    if (cells.size() + 3 != table_.columns.size()) {
      throw std::logic_error(fmt::format("table {}: a row has {} cells, the header {}", table_.name, cells.size() + 3,
                                         table_.columns.size()));
    }
    append_csv_cell(table_.rows, pair.scenario->name);
    for (const CellView& cell : cells) append_next(cell);
    append_next(unit);
    append_next(pair.reference->name);
    table_.rows += '\n';
  }

  TableText take() { return std::move(table_); }

 private:
  void append_next(const CellView& cell) {
    table_.rows += ',';
    append_csv_cell(table_.rows, cell);
  }

  TableText table_;
};

}  // namespace levee
