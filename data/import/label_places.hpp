#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/import/text_rows.hpp"

namespace levee {

/// The places of labelled rows, each of which is met once.
class LabelPlaces {
 public:
  /// `kind` names what the labels stand for in messages: "row", "node".
  explicit LabelPlaces(std::string kind) : kind_(std::move(kind)) {}

  /// A row of this label belongs to `place`; with `optional` the file may do without. False when the label is there
  /// already.
  bool add(const std::string& label, int place, bool optional = false);
  /// The place of a label; -1 when it is unknown.
  int find(std::string_view label) const;
  /// The place of a row's label. Throws InputError at the cell: unknown, with the nearest label; met before, with its
  /// line.
  int meet(const TextRows& rows, const TextRow& row, int cell, std::string_view label);
  bool was_met(std::string_view label) const;
  /// Throws InputError when a label that is not optional was never met.
  void require_all(const TextRows& rows) const;

 private:
  struct Entry {
    int place = 0;
    bool optional = false;
    int line = 0;  ///< where it was met
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::string kind_;
  std::vector<std::string> labels_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> index_;
};

/// A region and sector as one label.
std::string node_key(std::string_view region, std::string_view sector);

}  // namespace levee
