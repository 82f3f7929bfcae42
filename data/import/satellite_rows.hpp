#pragma once

#include <string>
#include <vector>

#include "data/import/imported_table.hpp"
#include "data/import/text_rows.hpp"

namespace levee {

/// Places of rows that carry no labels: theirs are in another file, in the same order.
class OrderedPlaces {
 public:
  OrderedPlaces(const TextRows& rows, std::vector<int> places) : rows_(rows), places_(std::move(places)) {}
  int next(const TextRow& row);  ///< Throws InputError at a row too many.
  void require_all() const;      ///< Throws InputError when rows are missing.

 private:
  const TextRows& rows_;
  std::vector<int> places_;
  std::size_t met_ = 0;
};

/// Satellite accounts without labels in their own files: a row an account, a column an industry or a use.
class SatelliteRows {
 public:
  SatelliteRows(int nodes, int regions) : nodes_(nodes), regions_(regions) {}
  void add(const std::string& name, const std::string& unit);
  /// `columns`: the node of each column, -1 passed over. Throws InputError.
  void read_industry(TextRows& rows, const std::vector<int>& columns);
  /// `columns`: the region of each use, -1 passed over; the uses of a region are summed. Throws InputError.
  void read_households(TextRows& rows, const std::vector<int>& columns);
  /// Appends them to the table's stressors, names made codes; those without a figure are left out and counted.
  void finish(ImportedTable& table);

 private:
  void read(TextRows& rows, const std::vector<int>& columns, Eigen::VectorXd Stressor::*into);

  int nodes_, regions_;
  std::vector<std::string> names_;
  std::vector<Stressor> stressors_;
  long empty_ = 0;
};

}  // namespace levee
