#include "data/import/table_builder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "data/final_demand_words.hpp"
#include "data/import/label_codes.hpp"

namespace levee {
namespace {

int index_of(const std::map<std::string, int, std::less<>>& index, std::string_view label) {
  const auto found = index.find(label);
  return found == index.end() ? -1 : found->second;
}

int add_to(std::vector<std::string>& labels, std::map<std::string, int, std::less<>>& index, const std::string& label) {
  const auto [entry, fresh] = index.emplace(label, static_cast<int>(labels.size()));
  if (fresh) labels.push_back(label);
  return entry->second;
}

}  // namespace

int NodeLabels::add(const std::string& region, const std::string& sector) {
  const int r = add_to(regions_, region_index_, region), i = add_to(sectors_, sector_index_, sector);
  const int number = static_cast<int>(met_.size());
  return met_.emplace(std::pair(r, i), number).second ? number : -1;
}

int NodeLabels::region(std::string_view label) const { return index_of(region_index_, label); }
int NodeLabels::sector(std::string_view label) const { return index_of(sector_index_, label); }

int NodeLabels::node(std::string_view region_label, std::string_view sector_label) const {
  const int r = region(region_label), i = sector(sector_label);
  return r < 0 || i < 0 ? -1 : r * sectors() + i;
}

bool NodeLabels::has(std::string_view region_label, std::string_view sector_label) const {
  return met_.contains({region(region_label), sector(sector_label)});
}

void NodeLabels::require_complete(const Location& where) const {
  if (met_.empty()) throw InputError(where, "found no region and sector, expected the labels of a table");
  for (int r = 0; r < regions(); ++r) {
    for (int i = 0; i < sectors(); ++i) {
      if (met_.contains({r, i})) continue;
      throw InputError(where,
                       fmt::format("region '{}' has no sector '{}', which other regions have",
                                   regions_[static_cast<std::size_t>(r)], sectors_[static_cast<std::size_t>(i)]));
    }
  }
}

double largest_table() {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages <= 0 || size <= 0 ? 1e9 : 0.5 * static_cast<double>(pages) * static_cast<double>(size);
}

void require_room(double nodes, double final_demand_columns, const Location& where) {
  const double bytes = sizeof(double) * nodes * (nodes + final_demand_columns);
  if (bytes <= largest_table()) return;
  throw InputError(
      where, fmt::format("a table of {:.0f} nodes takes {:.3g} GiB, more than half of this machine's memory", nodes,
                         bytes / (1ULL << 30U)));
}

TableBuilder::TableBuilder(ImportedTable& table, const NodeLabels& labels,
                           const std::vector<PublishedCategory>& categories, const std::vector<PublishedRow>& rows,
                           const Location& where)
    : table_(table),
      nodes_(labels.nodes()),
      sectors_(labels.sectors()),
      categories_(static_cast<int>(categories.size())),
      final_demand_columns_(labels.regions() * categories_) {
  labels.require_complete(where);
  require_room(nodes_, final_demand_columns_, where);
  const std::vector<std::string> regions = make_codes(labels.region_labels()),
                                 sectors = make_codes(labels.sector_labels());
  for (std::size_t r = 0; r < regions.size(); ++r) table.regions.push_back({regions[r], labels.region_labels()[r], ""});
  for (std::size_t i = 0; i < sectors.size(); ++i) table.sectors.push_back({sectors[i], labels.sector_labels()[i], {}});
  for (const PublishedCategory& category : categories) {
    table.final_demand.push_back(category.code);
    table.final_demand_kind.push_back(category.kind);
  }
  for (const PublishedRow& row : rows) {
    table.value_added.push_back({row.code, row.name, row.product_tax, Eigen::VectorXd::Zero(nodes_),
                                 Eigen::VectorXd::Zero(final_demand_columns_)});
  }
  table.Z = Eigen::MatrixXd::Zero(nodes_, nodes_);
  table.Y = Eigen::MatrixXd::Zero(nodes_, final_demand_columns_);
  note_categories(table, categories);
}

void TableBuilder::set_columns(std::vector<int> places) {
  columns_ = std::move(places);
  alone_.clear();
  shared_.clear();
  std::map<int, int> users;
  for (const int place : columns_) ++users[place];
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    if (columns_[j] < 0) continue;
    (users[columns_[j]] == 1 ? alone_ : shared_).push_back(j);
    if (columns_[j] == output() && table_.x.size() == 0) table_.x = Eigen::VectorXd::Zero(nodes_);
  }
}

double* TableBuilder::cell(int row, int column) {
  if (row < nodes_) {
    if (column < nodes_) return &table_.Z(row, column);
    if (column < output()) return &table_.Y(row, column - nodes_);
    if (column > output()) return &table_.Y(row, row / sectors_ * categories_ + column - of_own_region(0));
    return &table_.x[row];
  }
  ImportedTable::ValueAddedRow& values = table_.value_added[static_cast<std::size_t>(row - nodes_)];
  if (column < nodes_) return &values.by_node[column];
  return column < output() ? &values.by_final_demand[column - nodes_] : nullptr;
}

void TableBuilder::add_column(std::size_t column, std::span<const int> places, std::span<const double> figures) {
  for (std::size_t k = 0; k < places.size(); ++k) {
    double* const to = cell(places[k], columns_[column]);
    if (to != nullptr) *to += figures[k * columns_.size() + column];
  }
}

void TableBuilder::add(int row, int column, double figure) {
  double* const to = cell(row, column);
  if (to != nullptr) *to += figure;
}

void TableBuilder::take(std::span<const int> places, std::span<const double> figures) {
  // A column is one thread's work, so that rows of one place add up in the same order always.
#pragma omp parallel for schedule(static)
  for (const std::size_t j : alone_) add_column(j, places, figures);
  for (const std::size_t j : shared_) add_column(j, places, figures);
}

long TableBuilder::read(TextRows& rows, int labels, const std::function<int(const TextRow&)>& place) {
  return rows.figures(
      {.labels = labels,
       .columns = static_cast<int>(columns_.size()),
       .place = place,
       .take = [this](std::span<const int> places, std::span<const double> figures) { take(places, figures); }});
}

void note_empty_cells(ImportedTable& table, const std::string& file, long count) {
  if (count > 0) table.artefacts.push_back(fmt::format("{} empty cells of {} are taken as 0", count, file));
}

void note_categories(ImportedTable& table, const std::vector<PublishedCategory>& categories) {
  std::string text = "final demand as published, and what it is taken for: ";
  for (std::size_t c = 0; c < categories.size(); ++c) {
    text += fmt::format("{}{} ({}) {}", c == 0 ? "" : "; ", categories[c].code, categories[c].name,
                        final_demand_words.at(static_cast<std::size_t>(categories[c].kind)));
  }
  table.assumptions.push_back(text);
}

}  // namespace levee
