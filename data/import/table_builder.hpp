#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/import/imported_table.hpp"
#include "data/import/label_places.hpp"
#include "data/import/text_rows.hpp"

namespace levee {

/// A category of final demand as published, and what levee takes it for.
struct PublishedCategory {
  std::string code, name;
  FinalDemand kind = household;
};

/// A row below the nodes.
struct PublishedRow {
  std::string code, name;
  bool product_tax = false;
};

/// Regions and sectors in the order in which they are met, and that every region has every sector once.
class NodeLabels {
 public:
  /// Returns the node's number in the order of the file; -1 when it was added before.
  int add(const std::string& region, const std::string& sector);
  int regions() const { return static_cast<int>(regions_.size()); }
  int sectors() const { return static_cast<int>(sectors_.size()); }
  int nodes() const { return regions() * sectors(); }
  int region(std::string_view label) const;                          ///< -1 when unknown
  int sector(std::string_view label) const;                          ///< -1 when unknown
  int node(std::string_view region, std::string_view sector) const;  ///< in levee's order; -1 when unknown
  bool has(std::string_view region, std::string_view sector) const;  ///< whether the pair was added
  const std::vector<std::string>& region_labels() const { return regions_; }
  const std::vector<std::string>& sector_labels() const { return sectors_; }
  /// Throws InputError at `where` when there is none, or a region lacks a sector.
  void require_complete(const Location& where) const;

 private:
  std::vector<std::string> regions_, sectors_;
  std::map<std::string, int, std::less<>> region_index_, sector_index_;
  std::map<std::pair<int, int>, int> met_;
};

/// Takes the rows and columns of a published sheet to their places in an ImportedTable. Places of columns: nodes, then
/// final demand (region * categories + category), then `output()`, then the final demand of the row's own region by
/// category; -1 is passed over. Places of rows: nodes, then the rows of value added.
class TableBuilder {
 public:
  /// Sets regions, sectors, categories and rows of value added and makes room. Throws InputError at `where` when the
  /// table would not fit into memory.
  TableBuilder(ImportedTable& table, const NodeLabels& labels, const std::vector<PublishedCategory>& categories,
               const std::vector<PublishedRow>& rows, const Location& where);

  int nodes() const { return nodes_; }
  int final_demand(int region, int category) const { return nodes_ + region * categories_ + category; }
  int output() const { return nodes_ + final_demand_columns_; }
  int of_own_region(int category) const { return output() + 1 + category; }
  int value_added(int row) const { return nodes_ + row; }

  /// The places of the columns of the rows to come.
  void set_columns(std::vector<int> places);
  /// Adds rows of figures: places.size() x columns. Several rows or columns may have one place: their figures are
  /// summed.
  void take(std::span<const int> places, std::span<const double> figures);
  void add(int row, int column, double figure);
  /// Reads the rest of a sheet whose row labels `place` knows.
  long read(TextRows& rows, int labels, const std::function<int(const TextRow&)>& place);

 private:
  double* cell(int row, int column);
  void add_column(std::size_t column, std::span<const int> places, std::span<const double> figures);

  ImportedTable& table_;
  int nodes_ = 0, sectors_ = 0, categories_ = 0, final_demand_columns_ = 0;
  std::vector<int> columns_;
  std::vector<std::size_t> alone_, shared_;  ///< columns whose place is theirs alone, or not
};

/// Adds the words on empty cells, when there were any.
void note_empty_cells(ImportedTable& table, const std::string& file, long count);

/// Says in the assumptions what each published category is taken for.
void note_categories(ImportedTable& table, const std::vector<PublishedCategory>& categories);

/// Bytes that an imported table may have: half of the machine's memory.
double largest_table();

/// Throws InputError at `where` when a table of these nodes and columns of final demand does not fit.
void require_room(double nodes, double final_demand_columns, const Location& where);

}  // namespace levee
