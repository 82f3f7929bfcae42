#pragma once

#include <string>
#include <vector>

#include "data/yaml_view.hpp"

namespace levee {

/// One key of a sweep or an ensemble, and how a value of it changes a scenario. What keys mean: study_scenarios.hpp.
class SweepAxis {
 public:
  struct Member {
    std::string label;
    YamlView value;
  };

  /// Reads the key `key` of `block`, its values in `values`: a list, a map of short names, or a map of variants under a
  /// free name. Throws InputError with every fault.
  static SweepAxis read(const YamlView& block, const std::string& key, const YamlView& values);
  /// The path of one value without values of its own: they come later, as texts.
  static SweepAxis read_path(const YamlView& block, const std::string& key);

  const std::string& key() const { return key_; }
  const std::vector<Member>& members() const { return members_; }
  /// Whether the key is the path of one value; otherwise it is a free name for variants.
  bool is_path() const { return !path_.empty(); }

  /// Whether the scenario has the measure that the key varies.
  bool applies(const YamlView& measures) const;
  YamlView change(const YamlView& measures, const Member& member) const;
  /// Puts a text at the path.
  YamlView change(const YamlView& measures, const std::string& text, const Location& where) const;
  /// ": none has 'cbam.EU'", for the message that the key applies to no scenario; empty for variants.
  std::string lacking() const;

 private:
  explicit SweepAxis(std::string key) : key_(std::move(key)) {}
  void check_members();

  std::string key_;
  std::vector<std::string> path_;  ///< empty: variants
  std::vector<Member> members_;
};

}  // namespace levee
