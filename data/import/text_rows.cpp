#include "data/import/text_rows.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>

namespace levee {
namespace {

constexpr std::size_t most_shown = 40;
constexpr std::size_t figures_at_once = 1 << 20;

std::string shorten(std::string_view text) {
  std::string result(text.substr(0, most_shown));
  while (!result.empty() && !is_utf8(result)) result.pop_back();
  return result + (text.size() > most_shown ? "..." : "");
}

/// Length of the UTF-8 sequence that starts with this byte; 0 where none does.
std::size_t sequence_length(std::uint8_t byte) {
  if (byte < 0x80U) return 1;
  if (byte >= 0xC2U && byte < 0xE0U) return 2;
  if (byte >= 0xE0U && byte < 0xF0U) return 3;
  return byte >= 0xF0U && byte < 0xF5U ? 4 : 0;
}

/// The blanks that part digits: no-break, thin, figure and narrow no-break space.
constexpr std::array<std::string_view, 4> wide_blanks{"\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\x87", "\xE2\x80\xAF"};

/// The bytes of the mark that stands here; 0 where none does.
std::size_t mark_length(std::string_view text, const std::string& mark) {
  if (text.starts_with(mark)) return mark.size();
  if (mark != " ") return 0;
  for (const std::string_view blank : wide_blanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

/// Takes the marks between groups of digits out; false where a group has not three.
bool join_groups(std::string_view cell, const NumberForm& style, std::string& joined) {
  std::size_t at = 0, digits = 0;
  bool grouped = false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (cell.starts_with('-')) joined += cell[at++];
  while (at < cell.size()) {
    if (const std::size_t mark = mark_length(cell.substr(at), style.thousands); mark > 0) {
      if (digits == 0 || digits > 3 || (grouped && digits != 3)) return false;
      grouped = true;
      digits = 0;
      at += mark;
      continue;
    }
    if (!is_digit(cell[at])) break;
    ++digits;
    joined += cell[at++];
  }
  joined += cell.substr(at);
  return !grouped || digits == 3;
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
  static const NumberForm point, either{NumberForm::Decimal::either, ""};
  return read_figure(cell, comma_allowed ? either : point);
}

Figure read_figure(std::string_view cell, const NumberForm& style) {
  Figure result;
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.remove_suffix(1);
  if (cell.empty()) {
    result.empty = true;
    return result;
  }
  if (cell.front() == '+') cell.remove_prefix(1);
  std::string joined;
  if (!style.thousands.empty()) {
    if (!join_groups(cell, style, joined)) {
      result.fault = "a number with its digits in groups of three";
      return result;
    }
    cell = joined;
  }
  using Decimal = NumberForm::Decimal;
  const char* end = cell.data() + cell.size();
  const auto parse = [&](char mark) {
    return fast_float::from_chars_advanced(cell.data(), end, result.value,
                                           fast_float::parse_options(fast_float::chars_format::general, mark));
  };
  auto parsed = parse(style.decimal == Decimal::comma ? ',' : '.');
  result.comma = style.decimal == Decimal::comma && cell.find(',') != std::string_view::npos;
  result.point = style.decimal != Decimal::comma && cell.find('.') != std::string_view::npos;
  if (style.decimal == Decimal::either && parsed.ptr != end && *parsed.ptr == ',') {
    parsed = parse(',');
    result.comma = true;
  }
  const bool range = parsed.ec == std::errc::result_out_of_range;
  if ((parsed.ec != std::errc() && !range) || parsed.ptr != end) {
    result.fault = style.decimal == Decimal::comma ? "a number with a decimal comma" : "a number";
  } else if (!std::isfinite(result.value)) {
    result.fault = "a finite number";
  }
  return result;
}

const NumberForm& TextRows::style() const {
  static const NumberForm point;
  return point;
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
      const Figure figure = read_figure(row.cell(cell), style());
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
