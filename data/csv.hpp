#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// A CSV file read whole: cells with the line and column they came from. Tokenised by libcsv, numbers by fast_float. A
/// file named .gz or .xz is expanded (see text_file.hpp).
/// Blank lines are skipped, spaces around unquoted fields dropped, cells stay text until asked for as a number.
class CsvFile {
 public:
  /// Throws InputError when the file cannot be read or expanded or its rows differ in length.
  static CsvFile load(const std::string& path);
  /// Parses text; `name` stands for the file in messages.
  static CsvFile parse(std::string text, const std::string& name);

  int rows() const;  ///< including the header
  int columns() const;
  std::string_view cell(int row, int column) const;
  /// The cell as a finite number; throws InputError naming line, column (of the field's first character) and what was
  /// found.
  double number(int row, int column) const;
  /// Where the field starts. Reads the row again, so it is for messages, not for loops.
  Location where(int row, int column) const;
  /// An InputError at the cell, with the line as excerpt, for the caller to throw.
  InputError error(int row, int column, const std::string& message) const;
  /// Index of a header's column; throws InputError with the nearest header.
  int column_named(const std::string& header) const;
  bool has_column(const std::string& header) const;
  const std::string& path() const { return path_; }

 private:
  struct Builder;

  std::string path_;
  std::string raw_;                      ///< the file as it is, for positions and excerpts
  std::string text_;                     ///< unescaped fields, one after the other
  std::vector<std::uint32_t> starts_;    ///< of each field in text_, and the end; a text is below 4 GiB
  std::vector<std::size_t> row_starts_;  ///< of each row in raw_
  std::vector<int> lines_;               ///< of each row
  int columns_ = 0;
};

}  // namespace levee
