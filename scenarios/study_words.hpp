#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// What a word of a closed list means. Throws InputError with the nearest word.
template <class Meaning>
Meaning meaning_of(const YamlView& view, const std::string& kind,
                   const std::vector<std::pair<std::string, Meaning>>& words) {
  const std::string text = view.text();
  std::vector<std::string> names;
  for (const auto& [name, meaning] : words) {
    if (name == text) return meaning;
    names.push_back(name);
  }
  throw view.error(fmt::format("unknown {} '{}'{}", kind, text, suggestion(text, names)));
}

/// true or false.
bool truth(const YamlView& view);
double non_negative(const YamlView& view);
double share_of_one(const YamlView& view);

/// The sectors of a set: a list of codes and groups (`all`, `non-GROUP`), or one text with blanks or commas between
/// them. Faults are collected; a sector that two entries name is one.
std::vector<int> read_sectors(const Dataset& dataset, const YamlView& set, Diagnostics& faults);

/// The entry of such a set that names `sector`, or the set itself: where a message about that sector belongs.
YamlView entry_of_sector(const Dataset& dataset, const YamlView& set, int sector);

/// The regions of a set of codes, written as a set of sectors is.
std::vector<int> read_regions(const Dataset& dataset, const YamlView& set, Diagnostics& faults);

/// A value that a map gives for a sector, with the key that named it.
struct SectorValue {
  std::string key;
  YamlView value;
};

/// The entries of a map by sector code or group, spread over their sectors.
std::map<int, SectorValue> read_by_sector(const Dataset& dataset, const YamlView& map, Diagnostics& faults);

}  // namespace levee
