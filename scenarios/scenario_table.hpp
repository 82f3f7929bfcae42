#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/result_tables.hpp"
#include "scenarios/table.hpp"

namespace levee {

/// A figure that does not exist.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Change in percent of the base; missing where that is zero.
inline double percent(double now, double base) { return base != 0 ? 100 * (now / base - 1) : missing; }

/// A table whose rows all begin with the scenario and end with unit and reference.
class ScenarioTable {
 public:
  ScenarioTable(const std::string& name, const std::vector<std::string>& columns) {
    table_.name = name;
    table_.columns = {"scenario"};
    table_.columns.insert(table_.columns.end(), columns.begin(), columns.end());
    table_.columns.insert(table_.columns.end(), {"unit", "reference"});
  }
  void add(const Comparison& pair, std::vector<Cell> cells, const std::string& unit) {
    cells.insert(cells.begin(), pair.scenario->name);
    cells.emplace_back(unit);
    cells.emplace_back(pair.reference->name);
    table_.add(std::move(cells));
  }
  Table take() { return std::move(table_); }

 private:
  Table table_;
};

}  // namespace levee
