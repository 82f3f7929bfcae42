#include "data/schema.hpp"

#include <map>
#include <stdexcept>

#include "data/yaml_view.hpp"

namespace levee {
namespace {

using KeysByMap = std::map<std::string, std::vector<std::string>>;

void collect(KeysByMap& keys, const std::string& map, const YamlView& definition) {
  const auto properties = definition.find("properties");
  if (!properties) return;
  std::vector<std::string>& list = keys[map];
  for (const auto& [key, description] : properties->entries()) list.push_back(key);
}

/// JSON is YAML, so the reader of the user's files reads the schemas too.
KeysByMap read_schemas() {
  KeysByMap keys;
  for (const Schema& schema : schemas()) {
    const std::string kind(schema.kind);
    const YamlView document = YamlView::parse(std::string(schema.text), kind + ".json");
    collect(keys, kind, document);
    for (const auto& [name, definition] : document.at("$defs").entries()) {
      collect(keys, std::string(kind).append("/").append(name), definition);
    }
  }
  return keys;
}

}  // namespace

const std::vector<std::string>& schema_keys(const std::string& map) {
  static const KeysByMap keys = read_schemas();
  const auto found = keys.find(map);
  if (found == keys.end()) throw std::logic_error("no schema describes the map " + map);
  return found->second;
}

}  // namespace levee
