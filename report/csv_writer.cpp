#include "report/csv_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace levee {

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

std::string text_field(const std::string& text) {
  return text.find_first_of(",\"\r\n") == std::string::npos ? text : quoted(text);
}

std::string number_field(double value) {
  if (std::isnan(value)) return "";
  return fmt::format("{}", value == 0 ? 0.0 : value);  // no "-0"
}

void check_width(const Table& table, std::size_t row) {
  if (table.rows[row].size() == table.columns.size()) return;
  throw std::logic_error(fmt::format("table {}: row {} has {} cells, the header {}", table.name, row + 1,
                                     table.rows[row].size(), table.columns.size()));
}

}  // namespace

std::string csv_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text_field(*text);
  return number_field(std::get<double>(cell));
}

void write_csv(std::ostream& out, const Table& table) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) out << (c == 0 ? "" : ",") << text_field(table.columns[c]);
  out << '\n';
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    check_width(table, r);
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) out << (c == 0 ? "" : ",") << csv_cell(table.rows[r][c]);
    out << '\n';
  }
}

std::string to_csv(const Table& table) {
  std::ostringstream out;
  write_csv(out, table);
  return std::move(out).str();
}

}  // namespace levee
