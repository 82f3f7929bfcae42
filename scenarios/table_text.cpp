#include "scenarios/table_text.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace levee {

namespace {

void append_text(std::string& text, std::string_view field) {
  const auto special = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  if (std::none_of(field.begin(), field.end(), special)) {
    text += field;
    return;
  }
  text += '"';
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

void append_number(std::string& text, double value) {
  if (std::isnan(value)) return;
  std::array<char, 32> digits{};  // the shortest form of a double has at most 24
  const char* first = digits.data();
  const char* last = fmt::format_to(digits.data(), FMT_COMPILE("{}"), value == 0 ? 0.0 : value);  // no "-0"
  text.append(first, last);
}

}  // namespace

void append_csv_cell(std::string& text, const CellView& cell) {
  if (const auto* field = std::get_if<std::string_view>(&cell)) {
    append_text(text, *field);
  } else {
    append_number(text, std::get<double>(cell));
  }
}

void append_csv_row(std::string& text, std::initializer_list<CellView> cells) {
  bool first = true;
  for (const CellView& cell : cells) {
    if (!first) text += ',';
    append_csv_cell(text, cell);
    first = false;
  }
  text += '\n';
}

std::string csv_header(const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) {
    if (!text.empty()) text += ',';
    append_csv_cell(text, column);
  }
  return text + '\n';
}

}  // namespace levee
