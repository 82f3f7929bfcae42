#include "data/import/label_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace levee {

bool LabelPlaces::add(const std::string& label, int place, bool optional) {
  if (!index_.emplace(label, entries_.size()).second) return false;
  labels_.push_back(label);
  entries_.push_back({place, optional, 0});
  return true;
}

int LabelPlaces::find(std::string_view label) const {
  const auto found = index_.find(label);
  return found == index_.end() ? -1 : entries_[found->second].place;
}

int LabelPlaces::meet(const TextRows& rows, const TextRow& row, int cell, std::string_view label) {
  const auto found = index_.find(label);
  if (found == index_.end()) {
    const std::string word(label);
    throw rows.error(row, cell, fmt::format("unknown {} '{}'{}", kind_, word, suggestion(word, labels_)));
  }
  Entry& entry = entries_[found->second];
  if (entry.line != 0)
    throw rows.error(row, cell, fmt::format("duplicate {} '{}' (first given in line {})", kind_, label, entry.line));
  entry.line = row.line;
  return entry.place;
}

bool LabelPlaces::was_met(std::string_view label) const {
  const auto found = index_.find(label);
  return found != index_.end() && entries_[found->second].line != 0;
}

void LabelPlaces::require_all(const TextRows& rows) const {
  std::size_t missing = 0, first = 0;
  for (std::size_t k = entries_.size(); k-- > 0;) {
    if (entries_[k].line != 0 || entries_[k].optional) continue;
    ++missing;
    first = k;
  }
  if (missing == 0) return;
  throw InputError({rows.name(), 0, 0}, fmt::format("has no {} '{}'{}", kind_, labels_[first],
                                                    missing == 1 ? "" : fmt::format(" (and {} more)", missing - 1)));
}

std::string node_key(std::string_view region, std::string_view sector) {
  std::string key(region);
  key += '.';
  key += sector;
  return key;
}

}  // namespace levee
