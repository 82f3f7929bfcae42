#include "data/csv.hpp"

#include <csv.h>
#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <system_error>
#include <utility>

#include "data/text_file.hpp"

namespace levee {
namespace {

constexpr unsigned char options = CSV_STRICT | CSV_STRICT_FINI;

/// libcsv's parser with its buffer released on every path.
class Parser {
 public:
  Parser() {
    if (csv_init(&parser_, options) != 0) throw std::bad_alloc();
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_{};
};

/// Past the end of the physical line that starts at `from`: after \n, \r\n or a lone \r.
std::size_t line_end(const std::string& text, std::size_t from) {
  const std::size_t end = text.find_first_of("\r\n", from);
  if (end == std::string::npos) return text.size();
  return text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? end + 2 : end + 1;
}

std::string line_of(const std::string& text, std::size_t from) {
  return text.substr(from, std::min(text.find_first_of("\r\n", from), text.size()) - from);
}

/// Position of the last field met while libcsv reads one row again byte by byte: exact whatever the quoting.
struct FieldSearch {
  int seen = 0;
  static void field(void*, std::size_t, void* self) { ++static_cast<FieldSearch*>(self)->seen; }
};

}  // namespace

struct CsvFile::Builder {
  CsvFile& file;
  Diagnostics faults;
  std::size_t line_start = 0;  ///< byte at which the physical line being read starts
  int line = 1;
  bool row_open = false;
  int fields = 0;  ///< of the row being read

  static void field(void* text, std::size_t size, void* self) {
    auto& builder = *static_cast<Builder*>(self);
    if (text != nullptr) builder.file.text_.append(static_cast<const char*>(text), size);
    builder.file.starts_.push_back(static_cast<std::uint32_t>(builder.file.text_.size()));
    ++builder.fields;
  }

  static void row(int, void* self) { static_cast<Builder*>(self)->end_row(); }

  void begin_row() {
    row_open = true;
    file.lines_.push_back(line);
    file.row_starts_.push_back(line_start);
  }

  void end_row() {
    const int row = static_cast<int>(file.lines_.size()) - 1;
    if (file.columns_ == 0) file.columns_ = fields;
    if (fields != file.columns_) {
      const int line_here = file.lines_.back();
      faults.add({file.path_, line_here, 1},
                 fmt::format("this row has {} fields, expected {} as in the header", fields, file.columns_),
                 line_of(file.raw_, file.row_starts_.back()));
      // Keep the table rectangular so that the rows after it can still be judged.
      file.starts_.resize(static_cast<std::size_t>(row) * static_cast<std::size_t>(file.columns_) + 1);
      file.text_.resize(file.starts_.back());
      file.lines_.pop_back();
      file.row_starts_.pop_back();
    }
    fields = 0;
    row_open = false;
  }

  [[noreturn]] void broken(std::size_t at, const std::string& message) const {
    throw InputError({file.path_, line, static_cast<int>(at - line_start) + 1}, message,
                     line_of(file.raw_, line_start));
  }

  /// Feeds libcsv one physical line at a time, so that the line on which each row starts is known.
  void run() {
    Parser parser;
    const std::string& raw = file.raw_;
    if (raw.starts_with("\xEF\xBB\xBF")) line_start = 3;
    file.text_.reserve(raw.size());
    file.starts_.reserve(static_cast<std::size_t>(std::ranges::count(raw, ',') + std::ranges::count(raw, '\n')) + 2);
    file.starts_.push_back(0);
    while (line_start < raw.size()) {
      const std::size_t end = line_end(raw, line_start);
      if (!row_open && raw.find_first_not_of(" \t\r\n", line_start) >= end) {  // libcsv skips blank lines as well
        line_start = end;
        ++line;
        continue;
      }
      if (!row_open) begin_row();
      const std::size_t done = csv_parse(parser.get(), raw.data() + line_start, end - line_start, field, row, this);
      if (done != end - line_start)
        broken(line_start + done, "a quote stands inside a field; quote the whole field and double the quotes in it");
      line_start = end;
      ++line;
    }
    if (csv_fini(parser.get(), field, row, this) != 0) {
      throw InputError({file.path_, file.lines_.back(), 1}, "a quoted field that starts in this row never ends",
                       line_of(raw, file.row_starts_.back()));
    }
    if (file.lines_.empty()) throw InputError({file.path_, 1, 1}, "the file is empty; expected a header row");
    faults.throw_if_any();
  }
};

CsvFile CsvFile::load(const std::string& path) { return parse(read_text(path), path); }

CsvFile CsvFile::parse(std::string text, const std::string& name) {
  CsvFile file;
  file.path_ = name;
  file.raw_ = std::move(text);
  Builder{.file = file, .faults = {}}.run();
  return file;
}

int CsvFile::rows() const { return static_cast<int>(lines_.size()); }

int CsvFile::columns() const { return columns_; }

std::string_view CsvFile::cell(int row, int column) const {
  const std::size_t field =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
  return std::string_view(text_).substr(starts_[field], starts_[field + 1] - starts_[field]);
}

double CsvFile::number(int row, int column) const {
  std::string_view found = cell(row, column);
  if (found.empty()) throw error(row, column, "found an empty cell, expected a number");
  if (found.front() == '+') found.remove_prefix(1);
  double value = 0;
  const auto result = fast_float::from_chars(found.data(), found.data() + found.size(), value);
  const bool whole = result.ptr == found.data() + found.size();
  if ((result.ec != std::errc() && result.ec != std::errc::result_out_of_range) || !whole) {
    throw error(row, column, fmt::format("found '{}', expected a number", cell(row, column)));
  }
  if (!std::isfinite(value))
    throw error(row, column, fmt::format("found '{}', expected a finite number", cell(row, column)));
  return value;
}

Location CsvFile::where(int row, int column) const {
  const auto index = static_cast<std::size_t>(row);
  const std::size_t start = row_starts_[index];
  Parser parser;
  FieldSearch search;
  std::size_t at = start;
  while (search.seen < column && at < raw_.size()) {
    csv_parse(parser.get(), raw_.data() + at, 1, FieldSearch::field, nullptr, &search);
    ++at;
  }
  while (at < raw_.size() && (raw_[at] == ' ' || raw_[at] == '\t')) ++at;
  Location result{path_, lines_[index], 1};
  std::size_t line_start = start;  // a quoted field may hold line ends
  for (std::size_t next = line_end(raw_, line_start); next <= at && next < raw_.size();
       next = line_end(raw_, line_start)) {
    line_start = next;
    ++result.line;
  }
  result.column = static_cast<int>(at - line_start) + 1;
  return result;
}

InputError CsvFile::error(int row, int column, const std::string& message) const {
  const Location location = where(row, column);
  std::size_t line_start = row_starts_[static_cast<std::size_t>(row)];
  for (int line = lines_[static_cast<std::size_t>(row)]; line < location.line; ++line)
    line_start = line_end(raw_, line_start);
  return InputError(location, message, line_of(raw_, line_start));
}

int CsvFile::column_named(const std::string& header) const {
  std::vector<std::string> headers;
  for (int column = 0; column < columns_; ++column) {
    if (cell(0, column) == header) return column;
    headers.emplace_back(cell(0, column));
  }
  throw error(0, 0, fmt::format("no column '{}' in the header{}", header, suggestion(header, headers)));
}

bool CsvFile::has_column(const std::string& header) const {
  for (int column = 0; column < columns_; ++column) {
    if (cell(0, column) == header) return true;
  }
  return false;
}

}  // namespace levee
