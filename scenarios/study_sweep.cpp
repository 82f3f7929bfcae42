// `sweep` of a study: see study_scenarios.hpp for what the keys mean.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

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

/// One key of a sweep: its members, and how each changes a scenario.
struct Axis {
  struct Member {
    std::string label;
    YamlView value;
  };
  std::string key;
  std::vector<std::string> path;  ///< empty: variants
  std::vector<Member> members;

  bool applies(const YamlView& measures) const {
    if (path.empty()) {
      return std::ranges::any_of(members,
                                 [&](const Member& member) { return !part(member, measures).entries().empty(); });
    }
    return path.front() == parameters || has_zone(measures, path[0], path[1]);
  }

  YamlView change(const YamlView& measures, const Member& member) const {
    if (path.empty()) return YamlView::merge(measures, part(member, measures));
    return measures.with(path, joined(member.value, " "), member.value.where());
  }

 private:
  /// What of a variant concerns the scenario.
  static YamlView part(const Member& member, const YamlView& measures) {
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
};

class SweepReader {
 public:
  explicit SweepReader(const YamlView& sweep) : sweep_(sweep) {}

  std::vector<Axis> read() {
    std::vector<Axis> axes;
    for (const auto& [key, values] : sweep_.entries()) {
      faults_.guard([&, &name = key, &given = values] { axes.push_back(read_axis(name, given)); });
    }
    faults_.throw_if_any();
    return axes;
  }

 private:
  Axis read_axis(const std::string& key, const YamlView& values) {
    Axis axis{key, {}, {}};
    if (key.find_first_of("/=,") != std::string::npos) {
      throw sweep_.key_error(key, fmt::format("found the key '{}', expected one without / = and ,", key));
    }
    if (key.find('.') != std::string::npos) axis.path = read_path(key);
    if (values.is_map()) {
      for (const auto& [label, value] : values.entries()) axis.members.push_back({label, value});
    } else if (axis.path.empty()) {
      throw values.error(fmt::format(
          "expected a path to sweep, such as carbon_price.ZONE, or a map of variants under the free name '{}'", key));
    } else {
      for (const YamlView& value : values.items()) axis.members.push_back({joined(value, "+"), value});
    }
    if (axis.members.empty()) throw values.error("found no values, expected at least one");
    check_members(axis);
    return axis;
  }

  std::vector<std::string> read_path(const std::string& key) const {
    std::vector<std::string> path = steps_of(key);
    const std::vector<std::string> blocks = block_names();
    if (std::ranges::find(blocks, path.front()) == blocks.end()) {
      throw sweep_.key_error(
          key, fmt::format("cannot sweep '{}': unknown '{}'{}", key, path.front(), suggestion(path.front(), blocks)));
    }
    if (std::ranges::find(path, "") != path.end() || (path.front() == parameters && path.size() < 3)) {
      throw sweep_.key_error(key, fmt::format("'{}' is not the path of one value", key));
    }
    return path;
  }

  void check_members(const Axis& axis) {
    std::set<std::string> seen;
    for (const Axis::Member& member : axis.members) {
      if (!seen.insert(member.label).second) {
        throw member.value.error(fmt::format("the value '{}' appears twice in this sweep", member.label));
      }
      if (member.label.find_first_of("/=,") != std::string::npos) {
        throw member.value.error(fmt::format("found '{}', expected a value without / = and ,", member.label));
      }
      faults_.guard([&] {
        if (axis.path.empty()) {
          member.value.only_keys(block_names());
          for (const auto& [block, zones] : member.value.entries()) zones.entries();
        } else {
          joined(member.value, " ");
        }
      });
    }
    faults_.throw_if_any();
  }

  const YamlView& sweep_;
  Diagnostics faults_;
};

/// Which scenarios' caps follow which: a sweep of what is followed is a sweep of those who follow.
class Followers {
 public:
  explicit Followers(const std::vector<ScenarioText>& scenarios) {
    for (const ScenarioText& scenario : scenarios) measures_.emplace(scenario.name, scenario.measures);
  }

  /// Whether a scenario that this one's caps follow, directly or through others, is as asked.
  template <class Predicate>
  bool any(const ScenarioText& scenario, Predicate&& wanted) const {
    std::set<std::string> seen{scenario.name};
    std::vector<std::string> open = followed_by(scenario.measures);
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      const auto found = measures_.find(name);
      if (found == measures_.end() || !seen.insert(name).second) continue;
      if (wanted(found->second)) return true;
      for (const std::string& next : followed_by(found->second)) open.push_back(next);
    }
    return false;
  }

 private:
  /// Names alone: whatever is wrong with a cap is said where it is read.
  static std::vector<std::string> followed_by(const YamlView& measures) {
    std::vector<std::string> names;
    const auto caps = measures.find("cap");
    if (!caps || !caps->is_map()) return names;
    for (const auto& [zone, cap] : caps->entries()) {
      if (!cap.is_map()) continue;
      const auto as_in = cap.find("as_in");
      if (as_in && as_in->is_scalar()) names.push_back(as_in->text());
    }
    return names;
  }

  std::map<std::string, YamlView> measures_;
};

}  // namespace

std::vector<ScenarioText> expand_sweep(const std::vector<ScenarioText>& scenarios, const YamlView& sweep) {
  const std::vector<Axis> axes = SweepReader(sweep).read();
  const Followers followers(scenarios);
  std::vector<char> used(axes.size(), 0);
  std::vector<ScenarioText> result;
  Diagnostics faults;
  for (const ScenarioText& scenario : scenarios) {
    std::vector<ScenarioText> members{scenario};
    for (std::size_t a = 0; a < axes.size(); ++a) {
      // Judged by what the study says, not by what the keys before made of it: the order of keys only orders members.
      const bool own = axes[a].applies(scenario.measures);
      if (!own && !followers.any(scenario, [&](const YamlView& followed) { return axes[a].applies(followed); }))
        continue;
      used[a] = 1;
      std::vector<ScenarioText> product;
      for (const ScenarioText& member : members) {
        for (const Axis::Member& value : axes[a].members) {
          faults.guard([&] {
            ScenarioText made = member;
            made.name += (made.sweep_values.empty() ? "/" : ",") + axes[a].key + "=" + value.label;
            made.sweep_values.emplace_back(axes[a].key, value.label);
            if (own) made.measures = axes[a].change(member.measures, value);
            product.push_back(std::move(made));
          });
        }
      }
      members = std::move(product);
    }
    result.insert(result.end(), members.begin(), members.end());
  }
  for (std::size_t a = 0; a < axes.size(); ++a) {
    if (used[a]) continue;
    const std::vector<std::string>& path = axes[a].path;
    const std::string why =
        path.empty() ? "" : fmt::format(": none has '{}.{}'", zone_blocks.at(path.front()).front(), path[1]);
    faults.add(
        sweep.key_error(axes[a].key, fmt::format("the sweep of '{}' applies to no scenario{}", axes[a].key, why)));
  }
  faults.throw_if_any();
  return result;
}

}  // namespace levee
