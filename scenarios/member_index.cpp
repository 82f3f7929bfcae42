#include "scenarios/member_index.hpp"

#include <algorithm>

namespace levee {

std::string MemberIndex::identity(const std::string& base_name, const SweepValues& values) {
  std::string result = base_name;
  for (const auto& [key, value] : values) result.append(1, '/').append(key).append(1, '=').append(value);  // in no name
  return result;
}

void MemberIndex::add(const std::string& base_name, const SweepValues& values, int scenario) {
  if (std::vector<std::string>& keys = keys_[base_name]; keys.empty()) {
    for (const auto& entry : values) keys.push_back(entry.first);
  }
  scenarios_.emplace(identity(base_name, values), scenario);
}

int MemberIndex::find(const std::string& base_name, const SweepValues& values) const {
  const auto known = keys_.find(base_name);
  if (known == keys_.end()) return -1;
  SweepValues wanted;
  for (const std::string& key : known->second) {
    const auto value = std::ranges::find(values, key, &std::pair<std::string, std::string>::first);
    if (value == values.end()) return -1;
    wanted.push_back(*value);
  }
  const auto found = scenarios_.find(identity(base_name, wanted));
  return found == scenarios_.end() ? -1 : found->second;
}

}  // namespace levee
