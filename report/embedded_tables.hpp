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

/// The tables as a JSON array, with nine digits: one more than the page promises, since it works out some columns.
std::string embedded_tables(const std::vector<Table>& tables);

/// The tables as a JSON array of at most about `budget` bytes when compressed: if 9 digits do not fit, the largest
/// tables are cut to 6, then left out, largest first; the page says so and names the CSV file.
std::string embedded_tables(const std::vector<Table>& tables, std::size_t budget);

}  // namespace levee
