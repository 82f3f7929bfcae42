#include "data/import/world_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "data/import/delimited_rows.hpp"

namespace levee {
namespace {

constexpr int label_columns = 4;
constexpr std::size_t most_header_rows = 20;

/// A row kept after the next one was asked for.
struct KeptRow {
  int line = 0;
  std::vector<std::string> cells;
  std::string cell(std::size_t column) const { return column < cells.size() ? cells[column] : ""; }
};

class WorldSheetReader {
 public:
  WorldSheetReader(TextRows& rows, const WorldSheetLayout& layout, ImportedTable& table)
      : rows_(rows), layout_(layout), table_(table) {}

  void read() {
    read_header();
    read_labels();
    builder_.emplace(table_, labels_, layout_.categories, layout_.rows, Location{rows_.name(), header_.back().line, 0});
    name_sectors();
    builder_->set_columns(column_places());
    read_rows();
  }

  /// Words of the first label column of the header.
  std::string corner() const {
    std::string text;
    for (const KeptRow& row : header_) text += row.cell(0) + " ";
    return text;
  }

 private:
  /// Down to the row of running codes.
  void read_header() {
    TextRow row;
    while (header_.size() < most_header_rows && rows_.next(row)) {
      KeptRow kept{row.line, {row.cells.begin(), row.cells.end()}};
      const bool last = kept.cell(label_columns) == "c1" || kept.cell(label_columns) == "C1";
      header_.push_back(std::move(kept));
      if (last) break;
    }
    if (header_.empty() || header_.size() == most_header_rows || header_.size() < 3 ||
        header_.back().cell(label_columns).size() != 2) {
      throw InputError({rows_.name(), 1, label_columns + 1},
                       "expected rows of header with the running code c1 in the fifth column, found none");
    }
  }

  std::string above(int rows_up, std::size_t column) const {
    const auto up = static_cast<std::size_t>(rows_up);
    return up < header_.size() ? header_[header_.size() - 1 - up].cell(column) : "";
  }
  std::string running(std::size_t column) const { return above(0, column); }
  std::string region(std::size_t column) const { return above(1, column); }
  std::string name(std::size_t column) const { return above(2, column); }
  std::string sector(std::size_t column) const {
    return layout_.sector_code == WorldSheetLayout::SectorCode::running ? running(column) : above(3, column);
  }

  InputError header_error(int rows_up, std::size_t column, const std::string& message) const {
    const KeptRow& row = header_[header_.size() - 1 - static_cast<std::size_t>(rows_up)];
    return InputError({rows_.name(), row.line, static_cast<int>(column) + 1}, message);
  }

  std::optional<int> category(std::size_t column) const {
    const std::string code = above(layout_.category_row, column);
    const auto found = std::ranges::find(layout_.categories, code, &PublishedCategory::code);
    if (found == layout_.categories.end()) return std::nullopt;
    return static_cast<int>(found - layout_.categories.begin());
  }

  std::size_t width() const {
    std::size_t columns = 0;
    for (const KeptRow& row : header_) columns = std::max(columns, row.cells.size());
    return columns;
  }

  /// Nodes come first, then final demand, then the total.
  void read_labels() {
    while (first_final_ + label_columns < width() && !category(first_final_ + label_columns)) {
      const std::size_t column = first_final_ + label_columns;
      if (is_total(column)) break;
      if (region(column).empty()) throw header_error(1, column, "found no region above this column");
      if (sector(column).empty()) throw header_error(0, column, "found no code of a sector above this column");
      if (labels_.add(region(column), sector(column)) < 0)
        throw header_error(0, column, fmt::format("duplicate column '{}' of '{}'", sector(column), region(column)));
      names_.emplace(sector(column), name(column));
      ++first_final_;
    }
  }

  bool is_total(std::size_t column) const {
    std::string region_label = region(column);
    std::ranges::transform(region_label, region_label.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return region_label == "TOT" || region_label == "TOTAL" || (region_label.empty() && column + 1 == width());
  }

  void name_sectors() {
    for (Sector& sector_of : table_.sectors) {
      const std::string& published = names_[sector_of.name];
      if (!published.empty()) sector_of.name = published;
    }
  }

  std::vector<int> column_places() {
    std::vector<int> places;
    std::map<int, std::size_t> met;
    for (std::size_t column = label_columns; column < width(); ++column) {
      const int place = column_place(column);
      if (place >= 0 && !met.emplace(place, column).second)
        throw header_error(0, column, fmt::format("duplicate column '{}' of '{}'", running(column), region(column)));
      places.push_back(place);
    }
    const auto expected = static_cast<std::size_t>(builder_->output());
    const std::size_t found = met.size() - (met.contains(builder_->output()) ? 1 : 0);
    if (found != expected) {
      throw header_error(
          0, first_final_ + label_columns,
          fmt::format("found {} columns of final demand, expected each of {} categories in each of {} regions",
                      found - first_final_, layout_.categories.size(), labels_.regions()));
    }
    return places;
  }

  int column_place(std::size_t column) const {
    if (column - label_columns < first_final_) return labels_.node(region(column), sector(column));
    if (is_total(column)) return builder_->output();
    const std::optional<int> use = category(column);
    if (!use)
      throw header_error(layout_.category_row, column,
                         fmt::format("unknown column '{}'", above(layout_.category_row, column)));
    const int of = labels_.region(region(column));
    if (of < 0) throw header_error(1, column, fmt::format("unknown region '{}'", region(column)));
    return builder_->final_demand(of, *use);
  }

  void read_rows() {
    LabelPlaces places("row");
    for (const std::string& of : labels_.region_labels()) {
      for (const std::string& code : labels_.sector_labels()) places.add(node_key(of, code), labels_.node(of, code));
    }
    for (std::size_t k = 0; k < layout_.rows.size(); ++k)
      places.add(layout_.rows[k].code, builder_->value_added(static_cast<int>(k)),
                 layout_.rows[k].code != layout_.needed_row);
    const int sector_column = layout_.sector_code == WorldSheetLayout::SectorCode::running ? 3 : 0;
    const long empty = builder_->read(rows_, label_columns, [&](const TextRow& row) {
      const std::string_view of = row.cell(2), code = row.cell(layout_.row_code);
      if (labels_.region(of) >= 0) {
        const std::string key = node_key(of, row.cell(sector_column));
        return places.meet(rows_, row, sector_column, key);
      }
      const auto has_code = [&](const std::string& total) { return code == total; };
      if (code.empty() || std::ranges::any_of(layout_.passed_over, has_code)) return -1;
      const auto other = layout_.row_names.find(std::string(code));
      return places.meet(rows_, row, layout_.row_code, other == layout_.row_names.end() ? code : other->second);
    });
    places.require_all(rows_);
    for (const PublishedRow& row : layout_.rows) {
      if (!places.was_met(row.code))
        table_.artefacts.push_back(fmt::format("there is no row {} ({}): it is taken as 0", row.code, row.name));
    }
    note_empty_cells(table_, rows_.name(), empty);
  }

  TextRows& rows_;
  const WorldSheetLayout& layout_;
  ImportedTable& table_;
  std::vector<KeptRow> header_;
  NodeLabels labels_;
  std::map<std::string, std::string> names_;
  std::size_t first_final_ = 0;  ///< columns of nodes
  std::optional<TableBuilder> builder_;
};

}  // namespace

std::vector<PublishedRow> running_code_rows() {
  return {{"r99", "taxes less subsidies on products", true},
          {"r61", "cif/fob adjustments on exports", false},
          {"r62", "direct purchases abroad by residents", false},
          {"r63", "purchases on the domestic territory by non-residents", false},
          {"r64", "value added at basic prices", false},
          {"r65", "international transport margins", false}};
}

std::string read_world_sheet(TextRows& rows, const WorldSheetLayout& layout, ImportedTable& table) {
  WorldSheetReader reader(rows, layout, table);
  reader.read();
  return reader.corner();
}

OpenedSheet open_world_sheet(const ImportSource& source, const std::string& what, int year, bool last_year,
                             const std::string& sheet_begins) {
  const auto is_table = [](const ImportSource::Member& member) {
    const std::string file = member.file();
    const auto ends = [&](const char* suffix) { return file.ends_with(suffix); };
    return !file.starts_with("~$") && (ends(".xlsx") || ends(".csv") || ends(".csv.gz") || ends(".csv.xz"));
  };
  const ImportSource::Member& member = source.only(is_table, what, year, last_year);
  if (!member.file().ends_with(".xlsx"))
    return {std::make_unique<DelimitedRows>(source.open(member), member.name), member.file(), nullptr};
  auto workbook = std::make_shared<XlsxFile>(source.open_archive(member));
  const auto begins = [&](const std::string& sheet) { return sheet.starts_with(sheet_begins); };
  const auto found = std::ranges::find_if(workbook->sheets(), begins);
  if (workbook->sheets().empty()) throw InputError({member.name, 0, 0}, "is a workbook without a sheet");
  return {workbook->rows(found == workbook->sheets().end() ? workbook->sheets().front() : *found), member.file(),
          workbook};
}

}  // namespace levee
