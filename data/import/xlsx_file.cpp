#include "data/import/xlsx_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <deque>
#include <map>
#include <system_error>
#include <utility>

#include "data/import/xml_stream.hpp"

namespace levee {
namespace {

// What Excel itself allows.
constexpr int most_rows = 1048576;
constexpr int most_columns = 16384;
constexpr std::size_t longest_cell = 32767;
constexpr std::size_t most_strings = 1 << 22;
constexpr std::size_t most_string_bytes = 1ULL << 28U;
constexpr std::size_t most_sheets = 10000;

void read_whole(const ZipArchive& archive, const ZipArchive::Member& member, XmlHandler handler) {
  XmlStream document(archive.open(member), archive.name() + "/" + member.name, std::move(handler));
  while (document.advance()) {
  }
}

/// Row and column, from 1, of a reference like AB12; 0 for what is missing.
std::pair<int, int> position(std::string_view reference) {
  int column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && column <= most_columns; ++at)
    column = column * 26 + (reference[at] - 'A' + 1);
  int row = 0;
  const std::string_view digits = reference.substr(at);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), row);
  return {parsed.ec == std::errc() ? row : 0, column};
}

}  // namespace

std::string cell_reference(int row, int column) {
  std::string letters;
  for (int rest = column; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row);
}

namespace {

/// The rows of one sheet.
class SheetRows : public TextRows {
 public:
  SheetRows(std::shared_ptr<ZipArchive> archive, const ZipArchive::Member& member,
            std::shared_ptr<std::vector<std::string>> strings, const std::string& sheet)
      : TextRows(archive->name() + " [" + sheet + "]"), archive_(std::move(archive)), strings_(std::move(strings)) {
    XmlHandler handler;
    handler.start = [this](std::string_view name, const XmlAttributes& attributes) { start(name, attributes); };
    handler.end = [this](std::string_view name) { end(name); };
    handler.text = [this](std::string_view text) {
      if (in_value_) cell_ += text;
      if (cell_.size() > longest_cell) throw fault("found a longer cell than a workbook can have");
    };
    xml_ =
        std::make_unique<XmlStream>(archive_->open(member), archive_->name() + "/" + member.name, std::move(handler));
  }

  bool next(TextRow& row) override {
    while (true) {
      while (rows_.empty()) {
        if (!xml_->advance() && rows_.empty()) return false;
      }
      held_ = std::move(rows_.front());
      rows_.pop_front();
      last_line_ = held_.number;
      if (held_.cells.empty()) continue;
      row.line = held_.number;
      row.cells.assign(static_cast<std::size_t>(held_.cells.back().column), {});
      for (const Cell& cell : held_.cells)
        row.cells[static_cast<std::size_t>(cell.column) - 1] =
            std::string_view(held_.text).substr(cell.start, cell.size);
      return true;
    }
  }

  Location where(const TextRow& row, int cell) const override { return {name_, row.line, cell + 1}; }
  std::string cell_name(const TextRow& row, int cell) const override {
    return " in cell " + cell_reference(row.line, cell + 1);
  }

 private:
  /// A cell that is not empty. Empty ones take no memory, however many a row claims.
  struct Cell {
    int column = 0;
    std::size_t start = 0, size = 0;
  };
  struct Row {
    int number = 0;
    std::string text;
    std::vector<Cell> cells;
  };

  InputError fault(const std::string& message) const {
    return InputError({name_, row_.number, column_}, message + " in cell " + cell_reference(row_.number, column_));
  }

  void start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "row") {
      const std::string_view given = attributes.get("r");
      const int number = given.empty() ? last_row_ + 1 : position(given).first;
      if (number <= last_row_ || number > most_rows)
        throw InputError({name_, last_row_, 0}, fmt::format("found row '{}' after row {}", given, last_row_));
      row_ = {number, {}, {}};
      last_row_ = number;
      column_ = 0;
    } else if (name == "c") {
      const std::string_view given = attributes.get("r");
      const int column = given.empty() ? column_ + 1 : position(given).second;
      if (column <= column_ || column > most_columns)
        throw InputError({name_, row_.number, column_}, fmt::format("found cell '{}' after column {}", given, column_));
      column_ = column;
      type_ = attributes.get("t");
      cell_.clear();
    } else if (name == "v" || (name == "t" && type_ == "inlineStr")) {
      in_value_ = true;
    }
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t") {
      in_value_ = false;
    } else if (name == "c") {
      if (!cell_.empty()) keep_cell();
    } else if (name == "row") {
      rows_.push_back(std::move(row_));
      row_ = {last_row_, {}, {}};
    }
  }

  void keep_cell() {
    if (type_ == "e") throw fault(fmt::format("found the error {}", cell_));
    if (type_ == "s") {
      std::size_t index = strings_->size();
      const auto parsed = std::from_chars(cell_.data(), cell_.data() + cell_.size(), index);
      if (parsed.ec != std::errc() || index >= strings_->size())
        throw fault(fmt::format("found string number '{}' of {}", cell_, strings_->size()));
      cell_ = (*strings_)[index];
    }
    const std::size_t first = cell_.find_first_not_of(" \t\r\n"), last = cell_.find_last_not_of(" \t\r\n");
    if (first == std::string::npos) return;
    row_.cells.push_back({column_, row_.text.size(), last - first + 1});
    row_.text.append(cell_, first, last - first + 1);
  }

  std::shared_ptr<ZipArchive> archive_;
  std::shared_ptr<std::vector<std::string>> strings_;
  std::unique_ptr<XmlStream> xml_;
  std::deque<Row> rows_;  ///< read, not yet handed out
  Row held_, row_;
  std::string cell_, type_;
  int last_row_ = 0, column_ = 0;
  bool in_value_ = false;
};

/// "xl/" and a target that may be absolute.
std::string part_path(std::string_view target) {
  return target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
}

}  // namespace

XlsxFile::XlsxFile(ZipArchive archive)
    : archive_(std::make_shared<ZipArchive>(std::move(archive))),
      strings_(std::make_shared<std::vector<std::string>>()) {
  read_sheets();
  read_strings();
}

void XlsxFile::read_sheets() {
  const ZipArchive::Member* workbook = archive_->find("xl/workbook.xml");
  const ZipArchive::Member* relations = archive_->find("xl/_rels/workbook.xml.rels");
  if (workbook == nullptr || relations == nullptr) {
    const bool binary = archive_->find("xl/workbook.bin") != nullptr;
    throw InputError({name(), 0, 0}, binary ? "is a binary workbook (.xlsb): save it as .xlsx"
                                            : "is no workbook: xl/workbook.xml is missing in it");
  }
  std::map<std::string, std::string> targets;
  XmlHandler of_relations;
  of_relations.start = [&](std::string_view element, const XmlAttributes& attributes) {
    if (element == "Relationship") targets.emplace(attributes.get("Id"), attributes.get("Target"));
  };
  read_whole(*archive_, *relations, std::move(of_relations));
  XmlHandler of_workbook;
  of_workbook.start = [&](std::string_view element, const XmlAttributes& attributes) {
    if (element != "sheet" || sheets_.size() >= most_sheets) return;
    const auto target = targets.find(std::string(attributes.get("id")));
    sheets_.emplace_back(attributes.get("name"));
    parts_.push_back(target == targets.end() ? "" : part_path(target->second));
  };
  read_whole(*archive_, *workbook, std::move(of_workbook));
}

void XlsxFile::read_strings() {
  const ZipArchive::Member* member = archive_->find("xl/sharedStrings.xml");
  if (member == nullptr) return;
  std::size_t bytes = 0;
  bool in_text = false, phonetic = false;
  XmlHandler handler;
  handler.start = [&](std::string_view element, const XmlAttributes&) {
    if (element == "si") strings_->emplace_back();
    if (element == "rPh") phonetic = true;
    in_text = element == "t" && !phonetic && !strings_->empty();
    if (strings_->size() > most_strings)
      throw InputError({name(), 0, 0}, fmt::format("has more than {} strings", most_strings));
  };
  handler.end = [&](std::string_view element) {
    if (element == "t") in_text = false;
    if (element == "rPh") phonetic = false;
  };
  handler.text = [&](std::string_view text) {
    if (!in_text) return;
    bytes += text.size();
    if (bytes > most_string_bytes) throw InputError({name(), 0, 0}, "has too many strings for a table");
    strings_->back() += text;
  };
  read_whole(*archive_, *member, std::move(handler));
}

bool XlsxFile::has_sheet(const std::string& sheet) const { return std::ranges::find(sheets_, sheet) != sheets_.end(); }

std::unique_ptr<TextRows> XlsxFile::rows(const std::string& sheet) const {
  const auto found = std::ranges::find(sheets_, sheet);
  if (found == sheets_.end())
    throw InputError({name(), 0, 0}, fmt::format("has no sheet '{}'{}", sheet, suggestion(sheet, sheets_)));
  const std::string& part = parts_[static_cast<std::size_t>(found - sheets_.begin())];
  const ZipArchive::Member* member = archive_->find(part);
  if (member == nullptr)
    throw InputError({name(), 0, 0}, fmt::format("sheet '{}' is listed, but '{}' is missing", sheet, part));
  return std::make_unique<SheetRows>(archive_, *member, strings_, sheet);
}

}  // namespace levee
