#include "data/import/delimited_rows.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

namespace levee {
namespace {

constexpr std::size_t first_piece = 1 << 16;
constexpr std::size_t largest_piece = 1 << 22;
constexpr std::size_t block = 1 << 24;
constexpr std::size_t longest_line = 1 << 26;
constexpr std::size_t most_cells = 1 << 21;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \r\t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \r\t") - first + 1);
}

/// The separator a line has most of, tabs before semicolons before commas.
char likely_separator(std::string_view line) {
  char best = ',';
  std::ptrdiff_t most = -1;
  for (const char candidate : {'\t', ';', ','}) {
    const std::ptrdiff_t count = std::ranges::count(line, candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

}  // namespace

/// What there is to say of a row's figures.
struct DelimitedRows::LineFault {
  int cells = -1;  ///< how many there are, where that is wrong
  int cell = -1;   ///< the first that is no figure
  const char* expected = nullptr;
  long empty = 0;
  bool comma = false, point = false;
};

DelimitedRows::DelimitedRows(std::unique_ptr<ByteStream> stream, std::string name, char separator,
                             std::optional<NumberForm> style)
    : TextRows(std::move(name)), stream_(std::move(stream)), separator_(separator), style_(std::move(style)) {}

const NumberForm& DelimitedRows::style() const {
  static const NumberForm point, either{NumberForm::Decimal::either, ""};
  if (style_) return *style_;
  return separator_ == ',' ? point : either;
}

bool DelimitedRows::fill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  const std::size_t piece = std::clamp(buffer_.capacity(), first_piece, largest_piece);
  buffer_.resize(before + piece);
  const std::size_t count = stream_->read(buffer_.data() + before, piece);
  buffer_.resize(before + count);
  ended_ = count == 0;
  return !ended_;
}

void DelimitedRows::start() {
  started_ = true;
  fill();
  const std::string_view first(buffer_);
  if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF") || first.substr(0, 4).find('\0') < 4)
    throw InputError({name_, 1, 1}, "found UTF-16 or other binary text, expected UTF-8: save the file as UTF-8");
  if (first.starts_with("PK\x03\x04")) throw InputError({name_, 1, 1}, "found a zip archive, expected text");
  if (first.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

bool DelimitedRows::whole_line() {
  if (!started_) start();
  std::size_t searched = at_;
  while (buffer_.find('\n', searched) == std::string::npos) {
    if (ended_) return at_ < buffer_.size();
    const std::size_t length = buffer_.size() - at_;
    if (length > longest_line) {
      throw InputError({name_, last_line_ + 1, 1},
                       fmt::format("found a line of more than {} bytes, expected a table", longest_line));
    }
    fill();
    searched = at_ + length;
  }
  return true;
}

void DelimitedRows::skip(int lines) {
  for (int k = 0; k < lines && whole_line(); ++k) {
    at_ = std::min(buffer_.find('\n', at_), buffer_.size() - 1) + 1;
    ++last_line_;
  }
}

bool DelimitedRows::cut_line(Line& line) {
  const std::size_t stop = std::min(buffer_.find('\n', at_), buffer_.size());
  std::string_view text(buffer_.data() + at_, stop - at_);
  at_ = std::min(stop + 1, buffer_.size());
  ++last_line_;
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.find_first_not_of(" \t,;") == std::string_view::npos) return false;
  if (separator_ == 0) separator_ = likely_separator(text);
  line = {text, last_line_};
  return true;
}

std::size_t DelimitedRows::cell_end(std::string_view text, std::size_t from) const {
  std::size_t at = from;
  while (at < text.size() && text[at] == ' ') ++at;
  if (at < text.size() && text[at] == '"') {
    ++at;
    while (at < text.size()) {
      if (text[at] == '"') {
        if (at + 1 >= text.size() || text[at + 1] != '"') break;
        ++at;
      }
      ++at;
    }
  }
  return std::min(text.find(separator_, at), text.size());
}

std::string_view DelimitedRows::label(const Line& line, std::string_view raw) {
  std::string_view text = trimmed(raw);
  const auto fault = [&](const std::string& message) {
    const int column = static_cast<int>(raw.data() - line.text.data()) + 1;
    return InputError({name_, line.number, column}, message);
  };
  if (text.starts_with('"')) {
    if (text.size() < 2 || !text.ends_with('"'))
      throw fault("a quoted cell that starts here does not end in this line");
    text = trimmed(text.substr(1, text.size() - 2));
    if (text.find('"') != std::string_view::npos) {
      std::string& plain = unescaped_.emplace_back();
      for (std::size_t k = 0; k < text.size(); ++k) {
        plain += text[k];
        if (text[k] == '"') ++k;
      }
      text = plain;
    }
  }
  if (!is_utf8(text)) throw fault("found text that is not UTF-8 (Latin-1?): save the file as UTF-8");
  return text;
}

void DelimitedRows::split(const Line& line, std::size_t most, TextRow& row) {
  row.line = line.number;
  row.cells.clear();
  unescaped_.clear();
  current_ = line;
  std::size_t from = 0;
  while (row.cells.size() < most && from <= line.text.size()) {
    const std::size_t end = cell_end(line.text, from);
    row.cells.push_back(label(line, line.text.substr(from, end - from)));
    from = end + 1;
  }
}

bool DelimitedRows::next(TextRow& row) {
  Line line;
  while (whole_line()) {
    if (!cut_line(line)) continue;
    split(line, most_cells, row);
    if (row.cells.size() == most_cells)
      throw InputError({name_, line.number, 1}, fmt::format("found more than {} cells in a row", most_cells));
    return true;
  }
  return false;
}

std::size_t DelimitedRows::start_of(std::string_view text, int cell) const {
  std::size_t at = 0;
  for (int k = 0; k < cell && at <= text.size(); ++k) at = cell_end(text, at) + 1;
  return at;
}

Location DelimitedRows::where(const TextRow& row, int cell) const {
  if (row.line != current_.number) return {name_, row.line, 0};
  return {name_, row.line, static_cast<int>(std::min(start_of(current_.text, cell), current_.text.size())) + 1};
}

std::vector<DelimitedRows::Line> DelimitedRows::next_block() {
  std::vector<Line> lines;
  while (lines.empty() && whole_line()) {
    while (buffer_.size() - at_ < block && fill()) {
    }
    const std::size_t stop = ended_ ? buffer_.size() : buffer_.rfind('\n') + 1;
    Line line;
    while (at_ < stop) {
      if (cut_line(line)) lines.push_back(line);
    }
  }
  return lines;
}

void DelimitedRows::read_line(std::string_view text, const FigureTarget& target, double* values,
                              LineFault& fault) const {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const NumberForm& written = style();
  const fast_float::parse_options plain(fast_float::chars_format::general,
                                        written.decimal == NumberForm::Decimal::comma ? ',' : '.');
  std::size_t at = start_of(text, target.labels);
  if (written.decimal == NumberForm::Decimal::either && at < text.size())
    fault.point = text.find('.', at) != std::string_view::npos;
  for (int column = 0; column < target.columns; ++column) {
    if (at > text.size()) {
      fault.cells = target.labels + column;
      return;
    }
    const auto parsed = fast_float::from_chars_advanced(begin + at, end, values[column], plain);
    if (parsed.ec == std::errc() && (parsed.ptr == end || *parsed.ptr == separator_) && std::isfinite(values[column])) {
      at = static_cast<std::size_t>(parsed.ptr - begin) + 1;
      continue;
    }
    const std::size_t stop = cell_end(text, at);
    const Figure figure = read_figure(text.substr(at, stop - at), written);
    if (figure.fault != nullptr) {
      fault.cell = target.labels + column;
      fault.expected = figure.fault;
      return;
    }
    values[column] = figure.value;
    fault.empty += figure.empty ? 1 : 0;
    fault.comma = fault.comma || figure.comma;
    at = stop + 1;
  }
  if (at < text.size() && text.find_first_not_of(" \t,;\r", at) != std::string_view::npos) {
    fault.cells = target.labels + target.columns;
    while (at <= text.size()) {
      ++fault.cells;
      at = cell_end(text, at) + 1;
    }
  }
}

void DelimitedRows::refuse(const Line& line, const FigureTarget& target, const LineFault& fault) const {
  if (fault.cells >= 0) {
    throw InputError({name_, line.number, 1},
                     fmt::format("this row has {} cells, expected {}", fault.cells, target.labels + target.columns));
  }
  if (fault.expected == nullptr) return;
  constexpr std::size_t shown = 40;
  const std::size_t at = start_of(line.text, fault.cell);
  std::string found(trimmed(line.text.substr(at, std::min(cell_end(line.text, at) - at, shown))));
  while (!found.empty() && !is_utf8(found)) found.pop_back();
  throw InputError({name_, line.number, static_cast<int>(at) + 1},
                   fmt::format("found '{}', expected {}", found, fault.expected));
}

void DelimitedRows::note_marks(const Line& line, const LineFault& fault) {
  if (style().decimal != NumberForm::Decimal::either) return;
  if (fault.comma && comma_line_ == 0) comma_line_ = line.number;
  if (fault.point && point_line_ == 0) point_line_ = line.number;
  if (comma_line_ == 0 || point_line_ == 0) return;
  throw InputError({name_, line.number, 1},
                   fmt::format("found both decimal commas (line {}) and points (line {}), expected one of them",
                               comma_line_, point_line_));
}

long DelimitedRows::figures(const FigureTarget& target) {
  const auto columns = static_cast<std::size_t>(target.columns);
  long empty = 0;
  std::vector<double> values;
  TextRow row;
  while (true) {
    std::vector<Line> lines = next_block();
    if (lines.empty()) return empty;
    std::vector<int> places;
    std::size_t kept = 0;
    for (const Line& line : lines) {
      split(line, static_cast<std::size_t>(target.labels), row);
      const int place = target.place(row);
      if (place < 0) continue;
      lines[kept++] = line;
      places.push_back(place);
    }
    lines.resize(kept);
    values.resize(kept * columns);
    std::vector<LineFault> faults(kept);
#pragma omp parallel for schedule(dynamic, 1)
    for (std::size_t k = 0; k < kept; ++k) read_line(lines[k].text, target, values.data() + k * columns, faults[k]);
    for (std::size_t k = 0; k < kept; ++k) {
      refuse(lines[k], target, faults[k]);
      note_marks(lines[k], faults[k]);
      empty += faults[k].empty;
    }
    if (kept > 0) target.take(places, values);
  }
}

}  // namespace levee
