#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/table.hpp"

namespace levee {

/// One table as compact columnar JSON for the page:
///   {"name": ..., "rows": N, "columns": [COLUMN, ...]}
///   {"name", "rows", "omitted": true, "columns"}           when left out for size
/// where COLUMN is {"name"} with one of
///   "constant": cell                    the same cell in every row
///   "dictionary": [text], "run": r      the dictionary repeated in order, each entry r rows long (a loop variable of a
///                                       cross product)
///   "dictionary": [text], "codes": [i]  one index a row
///   "percent": [change, level]          100 change / (level - change) of two other columns (report/derived_column.hpp)
///   "change": name, "values": [cell]    the figure of the row's reference + the change named; rows without another row
///                                       for reference take the next of the values
///   "values": [cell]                    numbers (`digits` significant ones), null for NaN, or a mixture with text
std::string embedded_table(const Table& table, int digits);

/// A table that is too large to be read for the page: the page names its CSV file instead.
struct TableOutline {
  std::string name;
  std::vector<std::string> columns;
  std::size_t rows = 0;
};

/// The tables as a JSON array, with nine digits: one more than the page promises, since it works out some columns.
/// After them those that are left out.
std::string embedded_tables(const std::vector<Table>& tables, const std::vector<TableOutline>& left_out);

/// The same in at most about `budget` bytes when compressed: if 9 digits do not fit, the largest tables are cut to 6,
/// then left out, largest first.
std::string embedded_tables(const std::vector<Table>& tables, const std::vector<TableOutline>& left_out,
                            std::size_t budget);

}  // namespace levee
