#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// A YAML document whose every value knows its line and column. The only way levee reads YAML: yaml-cpp accepts
/// duplicate keys, resolves no merge keys and loses the position of a missing key; this view rejects duplicate keys,
/// resolves `<<`, and points a missing key at its map. Scalars are text until asked for: the code NO stays "NO". Every
/// accessor throws InputError on the wrong kind. Cheap to copy.
class YamlView {
 public:
  /// Reads and parses a file. Throws InputError (file missing, syntax error, duplicate key).
  static YamlView load(const std::string& path);
  /// Parses text; `name` stands for the file in messages.
  static YamlView parse(const std::string& text, const std::string& name);

  bool is_map() const;
  bool is_sequence() const;
  bool is_scalar() const;
  bool is_null() const;  ///< `null`, `~` or nothing, unquoted

  Location where() const;
  std::string excerpt() const;  ///< the line of the file

  std::string text() const;  ///< a scalar as written
  double number() const;     ///< a finite number
  int integer() const;
  bool boolean() const;                    ///< true or false only
  std::vector<std::string> texts() const;  ///< a sequence of scalars, or one scalar as a list of one

  bool has(const std::string& key) const;
  YamlView at(const std::string& key) const;                      ///< required key
  std::optional<YamlView> find(const std::string& key) const;     ///< optional key
  std::vector<std::pair<std::string, YamlView>> entries() const;  ///< of a map, in the order written
  Location key_where(const std::string& key) const;               ///< where the key itself stands
  std::vector<YamlView> items() const;                            ///< of a sequence

  /// Rejects keys that are not listed, naming the nearest valid one.
  void only_keys(std::initializer_list<const char*> keys) const;
  void only_keys(const std::vector<std::string>& keys) const;
  /// An InputError at this value, for the caller to throw.
  InputError error(const std::string& message) const;
  /// An InputError at a key of this map (at the map itself when the key is not there).
  InputError key_error(const std::string& key, const std::string& message) const;

  /// The maps of `over` merged over those of `base`: maps merge deeply, lists and scalars replace, null deletes.
  /// A whole `over` that is null changes nothing. Locations stay those of the value's own file.
  static YamlView merge(const YamlView& base, const YamlView& over);
  /// A copy in which the value at the dotted path (`carbon_price.EU`) is the scalar `text`, located at `where`; maps
  /// that are missing on the way are made. Throws InputError at `where` when the path runs through a list or a scalar.
  YamlView with(const std::vector<std::string>& path, const std::string& text, const Location& where) const;

  struct Value;

 private:
  explicit YamlView(std::shared_ptr<const Value> value) : value_(std::move(value)) {}
  std::shared_ptr<const Value> value_;
};

}  // namespace levee
