#pragma once

#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

namespace levee {

/// A cell of a result table. A missing figure is NaN and is written as an empty cell.
using Cell = std::variant<std::string, double>;

/// One result table in long form: one observation a row. The CSV files and the report are written from the same tables.
struct Table {
  std::string name;  ///< file name without .csv
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;

  void add(std::vector<Cell> row) { rows.push_back(std::move(row)); }
};

}  // namespace levee
