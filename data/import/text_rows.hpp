#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// A row's cells as text, without the blanks around them. They hold until the next row is asked for.
struct TextRow {
  int line = 0;  ///< of the file, or the row of the sheet; from 1
  std::vector<std::string_view> cells;
  std::string_view cell(int index) const;  ///< empty past the end
};

/// Where rows of figures go.
struct FigureTarget {
  int labels = 0;   ///< cells before the figures
  int columns = 0;  ///< figures a row
  /// Called in the order of rows with their labels; returns what `take` is told of the row, -1 to pass over it.
  std::function<int(const TextRow& row)> place;
  /// Takes figures, row after row: places.size() x columns. Called from one thread.
  std::function<void(std::span<const int> places, std::span<const double> figures)> take;
};

/// How figures are written.
struct NumberForm {
  enum class Decimal { point, comma, either };
  Decimal decimal = Decimal::point;
  std::string thousands;  ///< between groups of three digits; a blank stands for every kind of it; empty: nothing
};

/// Rows of a table that is read from its start to its end.
class TextRows {
 public:
  TextRows() = default;
  virtual ~TextRows() = default;
  TextRows(const TextRows&) = delete;
  TextRows& operator=(const TextRows&) = delete;

  /// The next row that is not blank; false at the end. Throws InputError: encoding, quotes, a damaged archive.
  virtual bool next(TextRow& row) = 0;
  /// Where a cell of a row stands.
  virtual Location where(const TextRow& row, int cell) const = 0;
  /// What a cell is called where cells have names, with a word in front: " in cell E8".
  virtual std::string cell_name(const TextRow& row, int cell) const;

  /// All rows that are left, as figures. Returns the number of empty cells, which count as 0. Throws InputError for the
  /// first row that is too short or too long and the first cell that is no finite number.
  virtual long figures(const FigureTarget& target);

  /// How the figures of these rows are written.
  virtual const NumberForm& style() const;

  InputError error(const TextRow& row, int cell, const std::string& message) const;
  /// The next row. Throws InputError when the file ends, naming `what` was expected.
  TextRow need(const std::string& what);
  const std::string& name() const { return name_; }

 protected:
  explicit TextRows(std::string name) : name_(std::move(name)) {}
  std::string name_;
  int last_line_ = 0;
};

/// Whether every byte belongs to a UTF-8 character.
bool is_utf8(std::string_view text);

/// What a cell holds.
struct Figure {
  double value = 0;
  const char* fault = nullptr;  ///< what was expected instead; nullptr: none
  bool empty = false;
  bool comma = false;  ///< written with a decimal comma
  bool point = false;  ///< written with a decimal point
};

/// Reads a cell; with `comma_allowed` a decimal comma is as good as a point.
Figure read_figure(std::string_view cell, bool comma_allowed);
/// Reads a cell that is written in this style.
Figure read_figure(std::string_view cell, const NumberForm& style);

}  // namespace levee
