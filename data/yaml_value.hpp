#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"

namespace levee {

namespace yaml {

/// A file's text by line, for excerpts.
struct Text {
  std::string name;
  std::vector<std::string> lines;
  /// The line (from 1), empty outside the file.
  std::string line(int number) const;
};

}  // namespace yaml

/// One node of a document. Immutable once parsed; aliases share it.
struct YamlView::Value {
  enum class Kind { null, scalar, sequence, map };
  struct Entry {
    std::string key;
    Location where;  ///< of the key
    std::shared_ptr<const Value> value;
  };

  Kind kind = Kind::null;
  std::string text;  ///< of a scalar, as written
  std::vector<std::shared_ptr<const Value>> items;
  std::vector<Entry> entries;
  Location where;
  std::shared_ptr<const yaml::Text> source;  ///< the file it came from

  /// The entry of a map, nullptr when there is none.
  const Entry* entry(const std::string& key) const;
};

namespace yaml {

/// Parses one document: duplicate keys rejected, `<<` resolved, plain words such as NO kept as text. Throws InputError.
std::shared_ptr<const YamlView::Value> parse_document(const std::string& text, const std::string& name);

}  // namespace yaml
}  // namespace levee
