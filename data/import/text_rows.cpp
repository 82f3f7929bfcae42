#include "data/import/text_rows.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>

namespace levee {
namespace {

constexpr std::size_t shown = 40;
constexpr std::size_t figures_at_once = 1 << 20;

std::string shorten(std::string_view text) {
  std::string result(text.substr(0, shown));
  while (!result.empty() && !is_utf8(result)) result.pop_back();
  return result + (text.size() > shown ? "..." : "");
}

/// Length of the UTF-8 sequence that starts with this byte; 0 where none does.
std::size_t sequence_length(std::uint8_t byte) {
  if (byte < 0x80U) return 1;
  if (byte >= 0xC2U && byte < 0xE0U) return 2;
  if (byte >= 0xE0U && byte < 0xF0U) return 3;
  return byte >= 0xF0U && byte < 0xF5U ? 4 : 0;
}

}  // namespace

std::string_view TextRow::cell(int index) const {
  const auto at = static_cast<std::size_t>(index);
  return at < cells.size() ? cells[at] : std::string_view();
}

bool is_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(static_cast<std::uint8_t>(text[at]));
    if (length == 0 || at + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<std::uint8_t>(text[at + k]) & 0xC0U) != 0x80U) return false;
    }
    at += length;
  }
  return true;
}

Figure read_figure(std::string_view cell, bool comma_allowed) {
  Figure result;
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.remove_suffix(1);
  if (cell.empty()) {
    result.empty = true;
    return result;
  }
  if (cell.front() == '+') cell.remove_prefix(1);
  const char* end = cell.data() + cell.size();
  auto parsed = fast_float::from_chars(cell.data(), end, result.value);
  result.point = cell.find('.') != std::string_view::npos;
  if (comma_allowed && parsed.ptr != end && *parsed.ptr == ',') {
    parsed = fast_float::from_chars_advanced(cell.data(), end, result.value,
                                             fast_float::parse_options(fast_float::chars_format::general, ','));
    result.comma = true;
  }
  const bool range = parsed.ec == std::errc::result_out_of_range;
  if ((parsed.ec != std::errc() && !range) || parsed.ptr != end) {
    result.fault = "a number";
  } else if (!std::isfinite(result.value)) {
    result.fault = "a finite number";
  }
  return result;
}

InputError TextRows::error(const TextRow& row, int cell, const std::string& message) const {
  return InputError(where(row, cell), message + cell_name(row, cell));
}

std::string TextRows::cell_name(const TextRow&, int) const { return ""; }

TextRow TextRows::need(const std::string& what) {
  TextRow row;
  if (!next(row)) throw InputError({name_, last_line_, 0}, fmt::format("the file ends here, expected {}", what));
  return row;
}

long TextRows::figures(const FigureTarget& target) {
  std::vector<int> places;
  std::vector<double> values;
  long empty = 0;
  const auto columns = static_cast<std::size_t>(target.columns);
  TextRow row;
  while (next(row)) {
    const int place = target.place(row);
    if (place < 0) continue;
    places.push_back(place);
    for (int column = 0; column < target.columns; ++column) {
      const int cell = target.labels + column;
      const Figure figure = read_figure(row.cell(cell), false);
      if (figure.fault != nullptr)
        throw error(row, cell, fmt::format("found '{}', expected {}", shorten(row.cell(cell)), figure.fault));
      empty += figure.empty ? 1 : 0;
      values.push_back(figure.value);
    }
    if (values.size() < std::max(figures_at_once, columns)) continue;
    target.take(places, values);
    places.clear();
    values.clear();
  }
  if (!places.empty()) target.take(places, values);
  return empty;
}

}  // namespace levee
