#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/table.hpp"
#include "scenarios/table_text.hpp"

namespace levee {

/// Reads the CSV file of a result table, named after the file. Cells of columns that hold names are text, cells of
/// columns that hold figures are doubles, an empty one NaN. Throws InputError on a column that is `required` and
/// missing, and on text for a figure.
Table read_table(const std::filesystem::path& path, const std::vector<std::string>& required = {});

/// The same of a table that is still in memory.
Table parse_table(const TableText& text);

}  // namespace levee
