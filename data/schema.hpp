#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace levee {

/// A kind of YAML file and its JSON Schema (draft 2020-12), as shipped in data/schema.
struct Schema {
  std::string_view kind;  ///< "dataset", "economy", "study"
  std::string_view text;
};

/// Every schema, embedded in the program, by kind.
std::span<const Schema> schemas();

/// The keys that a map of a YAML file may have, in the schema's order: of the document ("study") or of one of the
/// schema's definitions ("study/cbam"). Readers take what they accept from here, so that the schema, the reference made
/// of it and the program cannot disagree. Throws std::logic_error when there is no such map.
const std::vector<std::string>& schema_keys(const std::string& map);

}  // namespace levee
