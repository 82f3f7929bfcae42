#include "report/table_reader.hpp"

#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include "data/csv.hpp"
#include "data/diagnostics.hpp"

namespace levee {

namespace {

/// Columns of names: text even where all of them look like numbers.
const std::set<std::string, std::less<>>& name_columns() {
  static const std::set<std::string, std::less<>> names = {
      "scenario",    "region",    "sector",    "stressor",  "source",     "zone",   "channel",   "good", "origin",
      "destination", "market",    "kind",      "factor",    "instrument", "level",  "name",      "run",  "unit",
      "group",       "indicator", "component", "reference", "status",     "cap_on", "free_fuels"};
  return names;
}

/// Columns of figures: text in one of them is a fault.
const std::set<std::string, std::less<>>& figure_columns() {
  static const std::set<std::string, std::less<>> names = {
      "value", "change",    "change_percent", "volume",    "rate",         "price",   "cap",
      "share", "emissions", "allowances",     "intensity", "certificates", "revenue", "net_revenue"};
  return names;
}

bool holds_figures(const CsvFile& file, int column) {
  const std::string_view name = file.cell(0, column);
  if (name_columns().contains(name)) return false;
  if (figure_columns().contains(name)) return true;
  try {
    for (int row = 1; row < file.rows(); ++row)
      if (!file.cell(row, column).empty()) file.number(row, column);
    return true;
  } catch (const InputError&) {
    return false;  // a column of names that this version does not know
  }
}

Table table_from(const CsvFile& file, const std::string& name, const std::vector<std::string>& required) {
  Diagnostics faults;
  for (const std::string& column : required) faults.guard([&] { file.column_named(column); });
  faults.throw_if_any();
  Table table;
  table.name = name;
  std::vector<char> figures;
  for (int column = 0; column < file.columns(); ++column) {
    table.columns.emplace_back(file.cell(0, column));
    figures.push_back(holds_figures(file, column));
  }
  table.rows.reserve(static_cast<std::size_t>(file.rows()));
  for (int row = 1; row < file.rows(); ++row) {
    std::vector<Cell> cells;
    cells.reserve(table.columns.size());
    for (int column = 0; column < file.columns(); ++column) {
      const std::string_view text = file.cell(row, column);
      if (!figures[static_cast<std::size_t>(column)]) {
        cells.emplace_back(std::string(text));
      } else {
        cells.emplace_back(text.empty() ? std::numeric_limits<double>::quiet_NaN() : file.number(row, column));
      }
    }
    table.add(std::move(cells));
  }
  return table;
}

}  // namespace

Table read_table(const std::filesystem::path& path, const std::vector<std::string>& required) {
  return table_from(CsvFile::load(path.string()), path.stem().string(), required);
}

Table parse_table(const TableText& text) {
  return table_from(CsvFile::parse(csv_header(text.columns) + text.rows, text.name), text.name, {});
}

}  // namespace levee
