#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace levee {

/// What a sweep or an ensemble makes of a scenario: key and value, in the order of the keys.
using SweepValues = std::vector<std::pair<std::string, std::string>>;

/// Finds the member of a scenario of the study that has given values, in constant time: a study may have many thousand.
class MemberIndex {
 public:
  /// All members of a scenario have the same keys.
  void add(const std::string& base_name, const SweepValues& values, int scenario);
  /// The scenario of that base name whose values are all among `values`; -1 when there is none.
  int find(const std::string& base_name, const SweepValues& values) const;
  bool contains(const std::string& base_name) const { return keys_.contains(base_name); }

 private:
  static std::string identity(const std::string& base_name, const SweepValues& values);

  std::unordered_map<std::string, std::vector<std::string>> keys_;  ///< by base name
  std::unordered_map<std::string, int> scenarios_;                  ///< by base name and values
};

}  // namespace levee
