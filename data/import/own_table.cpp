// A table of the user's own. What its map says, data/import/own_table_map.hpp holds. Labels come first, in a pass of
// their own (the header of a matrix, every row of a list of flows): then the table's size is known, and figures go to
// their places in a second pass.
#include "data/import/own_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "data/import/label_codes.hpp"
#include "data/import/label_places.hpp"
#include "data/import/own_table_files.hpp"
#include "data/import/own_table_labels.hpp"
#include "data/mass_unit.hpp"

namespace levee {
namespace {

using LabelKind = OwnCodes::Kind;
constexpr double output_tolerance = 1e-6;

/// Which cells of the table were given, by place of row and column.
class GivenCells {
 public:
  GivenCells(int rows, int columns)
      : columns_(static_cast<std::size_t>(columns)), given_(static_cast<std::size_t>(rows) * columns_) {}
  /// False when it was given before.
  bool give(int row, int column) {
    auto cell = given_[static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column)];
    const bool before = cell;
    cell = true;
    return !before;
  }
  bool has(int row, int column) const {
    return given_[static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column)];
  }

 private:
  std::size_t columns_;
  std::vector<bool> given_;
};

/// The header of a matrix: what stands above each column of figures.
struct Header {
  std::vector<OwnLabel> labels;
  int line = 0;  ///< its last
};

class OwnTableReader {
 public:
  OwnTableReader(const std::filesystem::path& source, const ImportOptions& options)
      : files_(source), map_(read_own_table_map(files_.map())), codes_(map_), nodes_(map_) {
    table_.name = map_.name;
    table_.year = map_.year != 0 ? map_.year : options.year;
    table_.currency = map_.currency;
    table_.money_unit = map_.money_unit;
    table_.sources = map_.sources;
  }

  ImportedTable read() {
    for (const OwnFile& file : map_.files) meet_labels(file);
    for (const OwnTableMap::Category& category : map_.categories) {
      if (!category.region.empty())
        nodes_.meet_region(category.region, [&](const std::string& message) { return map_.view.error(message); });
    }
    make_builder();
    for (const OwnFile& file : map_.files) file.wide ? read_wide(file) : read_long(file);
    require_complete();
    finish();
    return std::move(table_);
  }

 private:
  // First pass.

  void meet_labels(const OwnFile& file) {
    const bool of_stressors = file.from && file.from->stressor;
    if (file.wide && !of_stressors) {
      OwnRows rows = files_.open(file);
      meet_header(file, rows);
    } else if (of_stressors) {
      meet_stressors(file);
    } else if (file.from && file.to) {
      meet_flows(file);
    }
  }

  void meet_header(const OwnFile& file, OwnRows& rows) {
    const Header header = read_header(file, rows);
    for (std::size_t k = 0; k < header.labels.size(); ++k) {
      OwnLabel label = header.labels[k];
      if (label.code.empty()) continue;
      const auto error = [&](const std::string& message) { return header_error(file, k, message); };
      const OwnCodes::Meaning meaning = codes_.of_column(label.code);
      if (label.region.empty()) label.region = file.region;
      if (meaning.kind == LabelKind::sector) {
        nodes_.meet(label, OwnNodes::Side::both, error);
        headed_.insert(node_key(label.region, label.code));
        require_room(static_cast<double>(headed_.size()), 0, {rows.name(), header.line, 0});
      } else if (meaning.kind == LabelKind::category && !label.region.empty()) {
        nodes_.meet_region(label.region, error);
      }
    }
  }

  void meet_stressors(const OwnFile& file) {
    OwnRows rows = files_.open(file);
    LabelCells cells;
    if (file.wide) {
      read_header(file, rows);
      cells = LabelCells::of(*file.from, by_number);
    } else {
      const TextRow header = rows.first("a header");
      cells = LabelCells::of(*file.from, in_header(rows, header));
    }
    TextRow row;
    while (rows.rows().next(row)) {
      const std::string name(row.cell(cells.stressor)), unit(row.cell(cells.unit));
      if (name.empty() || codes_.of_row(name).kind == LabelKind::ignored) continue;
      if (unit.empty()) throw rows.rows().error(row, cells.unit, fmt::format("stressor '{}' has no unit", name));
      const auto [known, fresh] = stressor_index_.emplace(name, static_cast<int>(stressors_.size()));
      if (fresh) stressors_.push_back({name, name, unit});
      const std::string& first = stressors_[static_cast<std::size_t>(known->second)].unit;
      if (first != unit) {
        throw rows.rows().error(row, cells.unit,
                                fmt::format("stressor '{}' is in {} here and in {} before", name, unit, first));
      }
    }
  }

  void meet_flows(const OwnFile& file) {
    has_flows_ = true;
    OwnRows rows = files_.open(file);
    const TextRow header = rows.first("a header");
    const LabelCells from = LabelCells::of(*file.from, in_header(rows, header));
    const LabelCells to = LabelCells::of(*file.to, in_header(rows, header));
    TextRow row;
    int at = 0;
    const OwnNodes::Error error = [&](const std::string& message) { return rows.rows().error(row, at, message); };
    const auto cell = [&](int index) { return row.cell(index); };
    while (rows.rows().next(row)) {
      OwnLabel seller = read_own_label(*file.from, from, codes_, cell);
      at = from.named();
      if (seller.region.empty()) seller.region = file.region;
      if (!seller.code.empty() && codes_.of_row(seller.code).kind == LabelKind::sector)
        nodes_.meet(seller, OwnNodes::Side::seller, error);
      OwnLabel buyer = read_own_label(*file.to, to, codes_, cell);
      at = to.named();
      if (buyer.region.empty()) buyer.region = file.region;
      const LabelKind kind = codes_.of_column(buyer.code).kind;
      if (buyer.code.empty()) continue;
      if (kind == LabelKind::sector) nodes_.meet(buyer, OwnNodes::Side::buyer, error);
      if (kind == LabelKind::category && !buyer.region.empty()) nodes_.meet_region(buyer.region, error);
      require_room(nodes_.largest(), 0, {rows.name(), row.line, 0});
    }
  }

  // Headers.

  static int by_number(const FilePlace& place) { return place.number - 1; }

  /// Finds the columns of a list of flows, by number or in the header.
  static std::function<int(const FilePlace&)> in_header(const OwnRows& rows, const TextRow& header) {
    std::vector<std::string> names(header.cells.begin(), header.cells.end());
    return [names = std::move(names), file = rows.name()](const FilePlace& place) {
      if (place.number > static_cast<int>(names.size())) {
        throw place.name.error(
            fmt::format("there is no column {} in {}, which has {}", place.number, file, names.size()));
      }
      if (place.number > 0) return place.number - 1;
      const std::string name = place.name.text();
      const auto found = std::ranges::find(names, name);
      if (found == names.end())
        throw place.name.error(fmt::format("no column '{}' in {}{}", name, file, suggestion(name, names)));
      if (std::ranges::count(names, name) > 1)
        throw place.name.error(fmt::format("several columns of {} are called '{}': name it by its number", file, name));
      return static_cast<int>(found - names.begin());
    };
  }

  Header read_header(const OwnFile& file, OwnRows& rows) const {
    std::vector<std::vector<std::string>> lines;
    Header header;
    std::size_t width = 0;
    for (int k = 0; k < file.header_lines; ++k) {
      const std::string what = fmt::format("line {} of a header of {}", k + 1, file.header_lines);
      const TextRow row = k == 0 ? rows.first(what) : rows.rows().need(what);
      lines.emplace_back(row.cells.begin(), row.cells.end());
      header.line = row.line;
      width = std::max(width, row.cells.size());
    }
    const LabelCells cells = LabelCells::of(*file.to, by_number);
    std::string region;
    for (auto column = static_cast<std::size_t>(file.label_columns); column < width; ++column) {
      const auto cell = [&](int line) {
        const std::vector<std::string>& texts = lines[static_cast<std::size_t>(line)];
        return column < texts.size() ? std::string_view(texts[column]) : std::string_view();
      };
      header.labels.push_back(filled(file, read_own_label(*file.to, cells, codes_, cell), region));
    }
    while (!header.labels.empty() && header.labels.back().code.empty()) header.labels.pop_back();
    if (header.labels.empty())
      throw InputError({rows.name(), header.line, 0}, "found no labels of columns, expected a header with them");
    return header;
  }

  /// With `fill` an empty region is the one before.
  static OwnLabel filled(const OwnFile& file, OwnLabel label, std::string& region) {
    if (!file.fill || label.code.empty()) return label;
    if (label.region.empty()) label.region = region;
    region = label.region;
    return label;
  }

  /// An error at the label of a column: the header is read once more to find its place.
  InputError header_error(const OwnFile& file, std::size_t column, const std::string& message) const {
    OwnRows rows = files_.open(file);
    const LabelCells cells = LabelCells::of(*file.to, by_number);
    TextRow row = rows.first("a header");
    for (int k = 0; k < cells.named(); ++k) row = rows.rows().need("a header");
    return rows.rows().error(row, file.label_columns + static_cast<int>(column), message);
  }

  // Between the passes.

  void make_builder() {
    for (const OwnTableMap::StressorRow& row : map_.stressors) {
      listed_stressors_.push_back(static_cast<int>(stressors_.size()));
      stressors_.push_back(row);
    }
    std::vector<PublishedCategory> categories;
    for (const OwnTableMap::Category& category : map_.categories) categories.push_back(category.as);
    std::vector<PublishedRow> rows = map_.value_added;
    for (const OwnTableMap::StressorRow& row : stressors_) rows.push_back({row.label, row.name, false});
    rows.push_back({"", "output", false});
    labels_ = nodes_.settle(has_flows_);
    require_room_below(rows.size());
    builder_.emplace(table_, labels_, categories, rows, map_.view.where());
    given_.emplace(builder_->value_added(static_cast<int>(rows.size())),
                   builder_->of_own_region(static_cast<int>(categories.size())));
    names_from_map(map_.regions, table_.regions);
    names_from_map(map_.sectors, table_.sectors);
  }

  /// Of the rows below the nodes; TableBuilder asks for that of the transactions.
  void require_room_below(std::size_t rows) const {
    const double columns = static_cast<double>(labels_.nodes()) +
                           static_cast<double>(labels_.regions()) * static_cast<double>(map_.categories.size());
    if (sizeof(double) * static_cast<double>(rows) * columns <= largest_table()) return;
    throw map_.view.error(
        fmt::format("{} rows of value added and stressors take more than half of this machine's memory", rows));
  }

  template <class Item>
  static void names_from_map(const std::vector<OwnTableMap::Named>& named, std::vector<Item>& items) {
    for (std::size_t k = 0; k < named.size() && k < items.size(); ++k) items[k].name = named[k].second;
  }

  // Second pass.

  int node_place(const OwnLabel& label, const OwnNodes::Error& error) {
    const int place = labels_.node(label.region, label.code);
    if (place >= 0) return place;
    if (label.region.empty())
      throw error(fmt::format("'{}' names no region, expected one, or the map's `region`", label.code));
    nodes_.require_region(label.region, error);
    nodes_.require_sector(label.code, error);
    throw error(fmt::format("unknown node '{}.{}'", label.region, label.code));
  }

  int stressor_place(int stressor) const {
    return builder_->value_added(static_cast<int>(map_.value_added.size()) + stressor);
  }

  int output_row() const { return stressor_place(static_cast<int>(stressors_.size())); }

  /// The place of a row; -1 passes over it.
  int row_place(const OwnFile& file, OwnLabel label, const OwnNodes::Error& error) {
    met_codes_.insert(label.code);
    if (file.from && file.from->stressor) {
      const auto found = stressor_index_.find(label.code);
      return found == stressor_index_.end() ? -1 : stressor_place(found->second);
    }
    const OwnCodes::Meaning meaning = codes_.of_row(label.code);
    const auto index = static_cast<std::size_t>(meaning.index);
    switch (meaning.kind) {
      case LabelKind::ignored:
        return -1;
      case LabelKind::output:
        return output_row();
      case LabelKind::value_added:
        return builder_->value_added(meaning.index);
      case LabelKind::stressor:
        return stressor_place(listed_stressors_[index]);
      default:
        break;
    }
    if (label.region.empty()) label.region = file.region;
    return node_place(label, error);
  }

  int column_place(const OwnFile& file, OwnLabel label, const OwnNodes::Error& error) {
    met_codes_.insert(label.code);
    const OwnCodes::Meaning meaning = codes_.of_column(label.code);
    if (meaning.kind == LabelKind::ignored) return -1;
    if (meaning.kind == LabelKind::output) return builder_->output();
    if (label.region.empty()) label.region = file.region;
    if (meaning.kind == LabelKind::sector) return node_place(label, error);
    const std::string& fixed = map_.categories[static_cast<std::size_t>(meaning.index)].region;
    const std::string& region = fixed.empty() ? label.region : fixed;
    if (region.empty()) return builder_->of_own_region(meaning.index);
    nodes_.require_region(region, error);
    return builder_->final_demand(labels_.region(region), meaning.index);
  }

  void read_wide(const OwnFile& file) {
    OwnRows opened = files_.open(file);
    TextRows& rows = opened.rows();
    const Header header = read_header(file, opened);
    std::vector<int> columns;
    LabelPlaces once("column");
    long unlabelled = 0;
    for (std::size_t k = 0; k < header.labels.size(); ++k) {
      const OwnLabel& label = header.labels[k];
      const auto error = [&](const std::string& message) { return header_error(file, k, message); };
      unlabelled += label.code.empty() ? 1 : 0;
      columns.push_back(label.code.empty() ? -1 : column_place(file, label, error));
      if (columns.back() >= 0 && !once.add(node_key(label.region, label.code), 0))
        throw error(fmt::format("duplicate column '{}'", name_of(label)));
    }
    builder_->set_columns(columns);
    const LabelCells cells = LabelCells::of(*file.from, by_number);
    const TextRow* current = nullptr;
    const OwnNodes::Error error = [&](const std::string& message) {
      return rows.error(*current, cells.named(), message);
    };
    LabelPlaces met("row");
    std::set<int> places;
    std::string region;
    const long empty = builder_->read(rows, file.label_columns, [&](const TextRow& row) {
      current = &row;
      const auto cell = [&](int index) { return row.cell(index); };
      const OwnLabel label = filled(file, read_own_label(*file.from, cells, codes_, cell), region);
      unlabelled += label.code.empty() ? 1 : 0;
      const int place = label.code.empty() ? -1 : row_place(file, label, error);
      if (place < 0) return -1;
      const std::string name = name_of(label);
      met.add(name, place);
      met.meet(rows, row, cells.named(), name);
      places.insert(place);
      return place;
    });
    if (places.empty()) throw InputError({opened.name(), header.line, 0}, "found no rows below this header");
    note_given(file, opened.name(), places, columns);
    note_empty_cells(table_, opened.name(), empty);
    if (unlabelled > 0)
      note(fmt::format("{} rows and columns of {} without a label are passed over", unlabelled, opened.name()));
  }

  static std::string name_of(const OwnLabel& label) {
    return label.region.empty() ? label.code : node_key(label.region, label.code);
  }

  void note_given(const OwnFile& file, const std::string& name, const std::set<int>& rows,
                  const std::vector<int>& columns) {
    const std::set<int> distinct(columns.begin(), columns.end());
    for (const int row : rows) {
      for (const int column : distinct) {
        if (column < 0 || given_->give(row, column)) continue;
        throw file.file.error(fmt::format("duplicate: the cell of row {} and column {} in {} was given before",
                                          row_name(row), column_name(column), name));
      }
    }
  }

  void read_long(const OwnFile& file) {
    OwnRows opened = files_.open(file);
    TextRows& rows = opened.rows();
    const TextRow header = opened.first("a header");
    const auto find = in_header(opened, header);
    const LabelCells from = file.from ? LabelCells::of(*file.from, find) : LabelCells{};
    const LabelCells to = file.to ? LabelCells::of(*file.to, find) : LabelCells{};
    std::vector<int> values;
    for (const FilePlace& place : file.values) values.push_back(find(place));
    TextRow row;
    int at = 0;
    long empty = 0, unlabelled = 0;
    const OwnNodes::Error error = [&](const std::string& message) { return rows.error(row, at, message); };
    const auto cell = [&](int index) { return row.cell(index); };
    while (rows.next(row)) {
      const OwnLabel seller = file.from ? read_own_label(*file.from, from, codes_, cell) : OwnLabel{};
      const OwnLabel buyer = file.to ? read_own_label(*file.to, to, codes_, cell) : OwnLabel{};
      if ((file.from && seller.code.empty()) || (file.to && buyer.code.empty())) {
        ++unlabelled;
        continue;
      }
      for (std::size_t k = 0; k < values.size(); ++k) {
        const std::string* const label = file.value_labels.empty() ? nullptr : &file.value_labels[k];
        at = file.from ? from.named() : values[k];
        const int r = row_place(file, file.from ? seller : OwnLabel{"", *label}, error);
        at = file.to ? to.named() : values[k];
        // What a seller has under a label of the map is its own region's final demand, or its output.
        const int c = column_place(file, file.to ? buyer : OwnLabel{seller.region, *label}, error);
        if (r < 0 || c < 0) continue;
        at = values[k];
        if (r >= builder_->nodes() && c > builder_->output())
          throw error("this final demand names no region, expected one, or the map's `region`");
        const bool more_of_it = k > 0 && label == nullptr;
        if (!more_of_it && !given_->give(r, c) && !file.sum) {
          throw error(fmt::format("duplicate: the flow from {} to {} was given before (with `sum: true` it is added)",
                                  row_name(r), column_name(c)));
        }
        if (c == builder_->output() && table_.x.size() == 0) table_.x = Eigen::VectorXd::Zero(builder_->nodes());
        builder_->add(r, c, read_value(rows, row, values[k], empty));
      }
    }
    note_empty_cells(table_, opened.name(), empty);
    if (unlabelled > 0) note(fmt::format("{} rows of {} without a label are passed over", unlabelled, opened.name()));
  }

  static double read_value(const TextRows& rows, const TextRow& row, int cell, long& empty) {
    if (static_cast<std::size_t>(cell) >= row.cells.size()) {
      throw rows.error(row, cell,
                       fmt::format("this row has {} cells, expected at least {}", row.cells.size(), cell + 1));
    }
    const Figure figure = read_figure(row.cell(cell), rows.style());
    if (figure.fault != nullptr)
      throw rows.error(row, cell, fmt::format("found '{}', expected {}", row.cell(cell), figure.fault));
    empty += figure.empty ? 1 : 0;
    return figure.value;
  }

  // After the passes.

  std::string node_name(int node) const {
    const int sectors = labels_.sectors();
    return node_key(labels_.region_labels()[static_cast<std::size_t>(node / sectors)],
                    labels_.sector_labels()[static_cast<std::size_t>(node % sectors)]);
  }

  std::string row_name(int place) const {
    if (place < builder_->nodes()) return node_name(place);
    const auto row = static_cast<std::size_t>(place - builder_->nodes());
    return place == output_row() ? "output" : table_.value_added[row].name;
  }

  std::string column_name(int place) const {
    if (place < builder_->nodes()) return node_name(place);
    if (place == builder_->output()) return "output";
    const int categories = static_cast<int>(map_.categories.size());
    const int column = place > builder_->output() ? place - builder_->of_own_region(0) : place - builder_->nodes();
    const std::string& code = map_.categories[static_cast<std::size_t>(column % categories)].as.code;
    if (place > builder_->output()) return code;
    return node_key(labels_.region_labels()[static_cast<std::size_t>(column / categories)], code);
  }

  /// Matrices say everything: a cell that none of them has is missing. Lists of flows leave out zeros.
  void require_complete() const {
    if (has_flows_) return;
    std::vector<int> expected;
    for (int node = 0; node < builder_->nodes(); ++node) {
      if (headed_.contains(node_name(node))) expected.push_back(node);
    }
    const auto require = [&](int row, int column) {
      if (given_->has(row, column)) return;
      throw map_.view.error(
          fmt::format("no file has the cell of row {} and column {}; labels that are no sectors are "
                      "listed in the map (`final_demand`, `value_added`, `output`, `ignore`)",
                      row_name(row), column_name(column)));
    };
    const auto given_anywhere = [&](int column) {
      return std::ranges::any_of(expected, [&](int row) { return given_->has(row, column); });
    };
    for (int column = 0; column < builder_->of_own_region(static_cast<int>(map_.categories.size())); ++column) {
      const bool sector = column < builder_->nodes();
      if (sector ? !headed_.contains(node_name(column)) : !given_anywhere(column)) continue;
      for (const int row : expected) require(row, column);
    }
    for (int row = builder_->nodes(); row < builder_->value_added(static_cast<int>(map_.value_added.size())); ++row) {
      if (std::ranges::none_of(expected, [&](int column) { return given_->has(row, column); })) continue;
      for (const int column : expected) require(row, column);
    }
  }

  void finish() {
    take_output_row();
    take_stressors();
    if (map_.value_added.empty()) {
      const Eigen::VectorXd sales = table_.Z.rowwise().sum() + table_.Y.rowwise().sum();
      const Eigen::VectorXd& output = table_.x.size() > 0 ? table_.x : sales;
      table_.value_added.push_back({"VA", "value added", false, output - table_.Z.colwise().sum().transpose(),
                                    Eigen::VectorXd::Zero(table_.Y.cols())});
      table_.assumptions.emplace_back("the table has no rows of value added: it is what output leaves over inputs");
    }
    for (const std::string& code : codes_.of_rows()) note_unmet(code);
    for (const std::string& code : codes_.of_columns()) {
      if (codes_.of_row(code).kind == LabelKind::sector) note_unmet(code);
    }
    for (const std::string& region : nodes_.without_production())
      note(fmt::format("region {} has final demand and no production", region));
  }

  void note(std::string text) { table_.artefacts.push_back(std::move(text)); }

  void note_unmet(const std::string& code) {
    if (!met_codes_.contains(code)) note(fmt::format("the map lists '{}', which no file has", code));
  }

  void take_output_row() {
    bool by_row = false;
    for (int node = 0; node < builder_->nodes(); ++node) by_row = by_row || given_->has(output_row(), node);
    const Eigen::VectorXd row = std::move(table_.value_added.back().by_node);
    table_.value_added.pop_back();
    if (!by_row) return;
    if (table_.x.size() == 0) {
      table_.x = row;
      return;
    }
    Eigen::Index worst = 0;
    const double difference = (table_.x - row).cwiseAbs().maxCoeff(&worst);
    if (difference <= output_tolerance * std::max(std::abs(table_.x[worst]), table_.x.cwiseAbs().mean())) return;
    note(
        fmt::format("output of {} is {:.10g} in its column and {:.10g} in its row, the largest difference; columns "
                    "are taken",
                    node_name(static_cast<int>(worst)), table_.x[worst], row[worst]));
  }

  /// Rows below value added become stressors: of industries, and of households where they are in final demand.
  void take_stressors() {
    const auto first = static_cast<std::ptrdiff_t>(map_.value_added.size());
    std::vector<std::string> names;
    for (const OwnTableMap::StressorRow& row : stressors_) names.push_back(row.name);
    const std::vector<std::string> codes = make_codes(names);
    const auto regions = static_cast<Eigen::Index>(table_.regions.size());
    for (std::size_t k = 0; k < stressors_.size(); ++k) {
      ImportedTable::ValueAddedRow& row = table_.value_added[static_cast<std::size_t>(first) + k];
      Stressor stressor{codes[k], stressors_[k].unit, mt_per_mass_unit(stressors_[k].unit), std::move(row.by_node), {},
                        {}};
      stressor.household = Eigen::VectorXd::Zero(regions);
      const Eigen::Index categories = regions == 0 ? 0 : row.by_final_demand.size() / regions;
      for (Eigen::Index r = 0; r < regions; ++r)
        stressor.household[r] = row.by_final_demand.segment(r * categories, categories).sum();
      stressor.process = Eigen::VectorXd::Zero(stressor.industry.size());
      if (stressor.industry.isZero(0) && stressor.household.isZero(0)) {
        note(fmt::format("stressor {} has no figures and is left out", names[k]));
        continue;
      }
      table_.stressors.push_back(std::move(stressor));
    }
    table_.value_added.erase(table_.value_added.begin() + first, table_.value_added.end());
  }

  OwnTableFiles files_;
  OwnTableMap map_;
  OwnCodes codes_;
  OwnNodes nodes_;
  ImportedTable table_;
  bool has_flows_ = false;
  std::set<std::string> headed_;  ///< nodes that head a column of a matrix
  std::vector<OwnTableMap::StressorRow> stressors_;
  std::map<std::string, int> stressor_index_;  ///< of those that files name
  std::vector<int> listed_stressors_;          ///< of those that the map lists
  NodeLabels labels_;
  std::optional<TableBuilder> builder_;
  std::optional<GivenCells> given_;
  std::set<std::string> met_codes_;
};

}  // namespace

ImportedTable read_own_table(const std::filesystem::path& source, const ImportOptions& options) {
  return OwnTableReader(source, options).read();
}

}  // namespace levee
