#include "scenarios/sweep_axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

#include "scenarios/study_scenarios.hpp"

namespace levee {
namespace {

constexpr const char* parameters = "parameters";
/// Blocks of a scenario that hold an entry a zone, and the blocks of which one must hold the zone for a sweep to apply.
const std::map<std::string, std::vector<std::string>> zone_blocks{{"carbon_price", {"carbon_price"}},
                                                                  {"cap", {"cap"}},
                                                                  {"free_allocation", {"free_allocation"}},
                                                                  {"cbam", {"cbam"}},
                                                                  {"zones", {"carbon_price", "cap"}}};

std::vector<std::string> block_names() {
  std::vector<std::string> names{parameters};
  for (const auto& entry : zone_blocks) names.push_back(entry.first);
  return names;
}

bool has_zone(const YamlView& measures, const std::string& block, const std::string& zone) {
  const std::vector<std::string>& holders = zone_blocks.at(block);
  return std::ranges::any_of(holders, [&](const std::string& holder) {
    const auto found = measures.find(holder);
    return found && found->has(zone);
  });
}

/// A path's steps. What follows a parameter's name is one step: it may be REGION.SECTOR.
std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> steps;
  std::size_t from = 0;
  while (true) {
    const bool last = !steps.empty() && steps.front() == parameters && steps.size() == 3;
    const std::size_t to = last ? std::string::npos : path.find('.', from);
    steps.push_back(path.substr(from, to == std::string::npos ? to : to - from));
    if (to == std::string::npos) return steps;
    from = to + 1;
  }
}

/// A list becomes one text: sets of sectors and regions may be written so, and a text can be set at any path.
std::string joined(const YamlView& value, const char* between) {
  if (!value.is_scalar() && !value.is_sequence()) {
    throw value.error("expected a number, a word or a list of codes");
  }
  std::string result;
  for (const std::string& text : value.texts()) result += (result.empty() ? "" : between) + text;
  return result;
}

/// What of a variant concerns the scenario.
YamlView part(const SweepAxis::Member& member, const YamlView& measures) {
  std::string removed;
  for (const auto& [block, zones] : member.value.entries()) {
    if (block == parameters) continue;
    std::string names;
    bool any = false;
    for (const auto& [zone, value] : zones.entries()) {
      const bool concerns = has_zone(measures, block, zone);
      any = any || concerns;
      if (!concerns) names += scalar_text(zone) + ": null, ";
    }
    removed += block + ": " + (any ? "{" + names + "}" : "null") + ", ";
  }
  return YamlView::merge(member.value, YamlView::parse("{" + removed + "}", ""));
}

void check_key(const YamlView& block, const std::string& key) {
  if (key.find_first_of("/=,") == std::string::npos) return;
  throw block.key_error(key, fmt::format("found the key '{}', expected one without / = and ,", key));
}

std::vector<std::string> checked_path(const YamlView& block, const std::string& key) {
  std::vector<std::string> path = steps_of(key);
  const std::vector<std::string> blocks = block_names();
  if (std::ranges::find(blocks, path.front()) == blocks.end()) {
    throw block.key_error(
        key, fmt::format("cannot sweep '{}': unknown '{}'{}", key, path.front(), suggestion(path.front(), blocks)));
  }
  const bool whole_block = path.size() < (path.front() == parameters ? 3U : 2U);
  if (whole_block || std::ranges::find(path, "") != path.end()) {
    throw block.key_error(key, fmt::format("'{}' is not the path of one value", key));
  }
  return path;
}

}  // namespace

SweepAxis SweepAxis::read(const YamlView& block, const std::string& key, const YamlView& values) {
  check_key(block, key);
  SweepAxis axis(key);
  if (key.find('.') != std::string::npos) axis.path_ = checked_path(block, key);
  if (values.is_map()) {
    for (const auto& [label, value] : values.entries()) axis.members_.push_back({label, value});
  } else if (axis.path_.empty()) {
    throw values.error(fmt::format(
        "expected a path to sweep, such as carbon_price.ZONE, or a map of variants under the free name '{}'", key));
  } else {
    for (const YamlView& value : values.items()) axis.members_.push_back({joined(value, "+"), value});
  }
  if (axis.members_.empty()) throw values.error("found no values, expected at least one");
  axis.check_members();
  return axis;
}

SweepAxis SweepAxis::read_path(const YamlView& block, const std::string& key) {
  check_key(block, key);
  SweepAxis axis(key);
  axis.path_ = checked_path(block, key);
  return axis;
}

void SweepAxis::check_members() {
  std::set<std::string> seen;
  Diagnostics faults;
  for (const Member& member : members_) {
    if (!seen.insert(member.label).second) {
      throw member.value.error(fmt::format("the value '{}' appears twice in this sweep", member.label));
    }
    if (member.label.find_first_of("/=,") != std::string::npos) {
      throw member.value.error(fmt::format("found '{}', expected a value without / = and ,", member.label));
    }
    faults.guard([&] {
      if (path_.empty()) {
        member.value.only_keys(block_names());
        for (const auto& [block, zones] : member.value.entries()) zones.entries();
      } else {
        joined(member.value, " ");
      }
    });
  }
  faults.throw_if_any();
}

bool SweepAxis::applies(const YamlView& measures) const {
  if (path_.empty()) {
    return std::ranges::any_of(members_,
                               [&](const Member& member) { return !part(member, measures).entries().empty(); });
  }
  return path_.front() == parameters || has_zone(measures, path_[0], path_[1]);
}

YamlView SweepAxis::change(const YamlView& measures, const Member& member) const {
  if (path_.empty()) return YamlView::merge(measures, part(member, measures));
  return change(measures, joined(member.value, " "), member.value.where());
}

YamlView SweepAxis::change(const YamlView& measures, const std::string& text, const Location& where) const {
  return measures.with(path_, text, where);
}

std::string SweepAxis::lacking() const {
  return path_.empty() ? "" : fmt::format(": none has '{}.{}'", zone_blocks.at(path_.front()).front(), path_[1]);
}

}  // namespace levee
