#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/import/byte_stream.hpp"
#include "data/import/text_rows.hpp"

namespace levee {

/// Rows of text with separated cells (CSV, tab separated): a block of the file is in memory at a time, whose figures
/// are read by all threads. A byte order mark, either line end, blanks around cells, quoted cells (on one line) and
/// separators at the end of a row are passed over. Where the separator is no comma, figures may have decimal commas, if
/// all have, unless they are said to be written otherwise.
class DelimitedRows : public TextRows {
 public:
  /// With separator 0 it is what the first line has most of: tabs, semicolons or commas.
  DelimitedRows(std::unique_ptr<ByteStream> stream, std::string name, char separator = 0,
                std::optional<NumberForm> style = std::nullopt);

  /// Passes over lines before the first row is asked for, whatever they hold.
  void skip(int lines);
  bool next(TextRow& row) override;
  Location where(const TextRow& row, int cell) const override;
  long figures(const FigureTarget& target) override;
  char separator() const { return separator_; }
  const NumberForm& style() const override;

 private:
  struct Line {
    std::string_view text;
    int number = 0;
  };
  struct LineFault;

  void start();
  bool fill();                ///< one more piece of the file behind what is not used up; false at its end
  bool whole_line();          ///< makes sure that a whole line is in memory; false at the end
  bool cut_line(Line& line);  ///< takes it; false when it is blank
  std::vector<Line> next_block();
  /// Cuts a line into at most `most` cells.
  void split(const Line& line, std::size_t most, TextRow& row);
  std::string_view label(const Line& line, std::string_view raw);
  std::size_t cell_end(std::string_view text, std::size_t from) const;
  std::size_t start_of(std::string_view text, int cell) const;
  void read_line(std::string_view text, const FigureTarget& target, double* values, LineFault& fault) const;
  void refuse(const Line& line, const FigureTarget& target, const LineFault& fault) const;
  void note_marks(const Line& line, const LineFault& fault);

  std::unique_ptr<ByteStream> stream_;
  char separator_;
  std::optional<NumberForm> style_;  ///< none: as the separator allows
  std::string buffer_;
  std::size_t at_ = 0;  ///< the first byte of buffer_ that is not used up
  bool ended_ = false;
  bool started_ = false;
  Line current_;                         ///< of the last row handed out
  std::deque<std::string> unescaped_;    ///< its quoted cells with quotes in them
  int comma_line_ = 0, point_line_ = 0;  ///< where each decimal mark was met first
};

}  // namespace levee
