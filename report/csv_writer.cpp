#include "report/csv_writer.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "scenarios/table_text.hpp"

namespace levee {

namespace {

CellView view_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return std::string_view(*text);
  return std::get<double>(cell);
}

void check_width(const Table& table, std::size_t row) {
  if (table.rows[row].size() == table.columns.size()) return;
  throw std::logic_error(fmt::format("table {}: row {} has {} cells, the header {}", table.name, row + 1,
                                     table.rows[row].size(), table.columns.size()));
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string text = csv_header(table.columns);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    check_width(table, r);
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      if (c > 0) text += ',';
      append_csv_cell(text, view_of(table.rows[r][c]));
    }
    text += '\n';
  }
  return text;
}

}  // namespace levee
