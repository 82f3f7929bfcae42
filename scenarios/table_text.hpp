#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace levee {

/// A cell on its way into a text. A missing figure is NaN.
using CellView = std::variant<std::string_view, double>;

/// Appends a cell as RFC 4180 text: quoted only when it holds a comma, a quote or a line break; a number in the
/// shortest form that reads back to the same double; NaN as nothing.
void append_csv_cell(std::string& text, const CellView& cell);

/// Appends a line of cells.
void append_csv_row(std::string& text, std::initializer_list<CellView> cells);

/// A result table in long form, one observation a row, as the lines of its CSV file: a run's tables are too large to
/// be held cell by cell.
struct TableText {
  std::string name;  ///< file name without .csv
  std::vector<std::string> columns;
  std::string rows;  ///< lines, each ended by '\n'; without the header
};

/// The header line of a table's CSV file.
std::string csv_header(const std::vector<std::string>& columns);

}  // namespace levee
