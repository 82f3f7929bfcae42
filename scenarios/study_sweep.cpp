// `sweep` and `ensemble` of a study: see study_scenarios.hpp for what the keys mean.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "scenarios/ensemble.hpp"
#include "scenarios/study_scenarios.hpp"
#include "scenarios/sweep_axis.hpp"

namespace levee {
namespace {

constexpr const char* member_key = "member";

std::vector<SweepAxis> read_sweep(const YamlView& sweep) {
  std::vector<SweepAxis> axes;
  Diagnostics faults;
  for (const auto& [key, values] : sweep.entries()) {
    faults.guard([&, &name = key, &given = values] { axes.push_back(SweepAxis::read(sweep, name, given)); });
  }
  faults.throw_if_any();
  return axes;
}

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

/// A key, and whether it changes a scenario itself or only one that its caps follow.
template <class Key>
struct Applied {
  const Key* key;
  bool own;
};

/// Multiplies scenarios by the keys that apply to each; remembers which keys applied to none.
class Expansion {
 public:
  Expansion(const std::vector<ScenarioText>& scenarios, std::vector<SweepAxis> axes, Ensemble ensemble)
      : scenarios_(scenarios),
        followers_(scenarios),
        axes_(std::move(axes)),
        ensemble_(std::move(ensemble)),
        axis_used_(axes_.size(), 0),
        draw_used_(ensemble_.draws.size(), 0) {}

  ExpandedScenarios run(const std::optional<YamlView>& sweep, const std::optional<YamlView>& draw) {
    for (const ScenarioText& scenario : scenarios_) expand(scenario);
    for (std::size_t a = 0; a < axes_.size(); ++a) check_used(axis_used_[a] != 0, "sweep of", *sweep, axes_[a]);
    for (std::size_t d = 0; d < ensemble_.draws.size(); ++d)
      check_used(draw_used_[d] != 0, "draw for", *draw, ensemble_.draws[d].axis());
    faults_.throw_if_any();
    return std::move(result_);
  }

 private:
  void expand(const ScenarioText& scenario) {
    std::vector<ScenarioText> members{scenario};
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      const auto own = applies(axes_[a], scenario);
      if (!own) continue;
      axis_used_[a] = 1;
      members = product(members, axes_[a], *own);
    }
    std::vector<Applied<Draw>> draws;
    for (std::size_t d = 0; d < ensemble_.draws.size(); ++d) {
      const auto own = applies(ensemble_.draws[d].axis(), scenario);
      if (!own) continue;
      draw_used_[d] = 1;
      draws.push_back({&ensemble_.draws[d], *own});
    }
    if (!draws.empty()) {
      for (const ScenarioText& member : members) add_trials(member, draws);
      members = drawn(members, draws);
    }
    std::ranges::move(members, std::back_inserter(result_.scenarios));
  }

  /// Whether the key changes this scenario itself; nothing when it leaves it alone. Judged by what the study says, not
  /// by what other keys made of it: the order of keys only orders members.
  std::optional<bool> applies(const SweepAxis& axis, const ScenarioText& scenario) const {
    if (axis.applies(scenario.measures)) return true;
    const bool follows = followers_.any(scenario, [&](const YamlView& followed) { return axis.applies(followed); });
    return follows ? std::optional(false) : std::nullopt;
  }

  static void add_value(ScenarioText& member, const std::string& key, const std::string& label) {
    member.name += (member.sweep_values.empty() ? "/" : ",") + key + "=" + label;
    member.sweep_values.emplace_back(key, label);
  }

  std::vector<ScenarioText> product(const std::vector<ScenarioText>& members, const SweepAxis& axis, bool own) {
    std::vector<ScenarioText> result;
    for (const ScenarioText& member : members) {
      for (const SweepAxis::Member& value : axis.members()) {
        faults_.guard([&] {
          ScenarioText made = member;
          add_value(made, axis.key(), value.label);
          if (own) made.measures = axis.change(member.measures, value);
          result.push_back(std::move(made));
        });
      }
    }
    return result;
  }

  std::vector<ScenarioText> drawn(const std::vector<ScenarioText>& members, const std::vector<Applied<Draw>>& draws) {
    std::vector<std::vector<std::string>> labels;  // one for each draw and member, whatever the scenario
    for (const Applied<Draw>& draw : draws) {
      std::vector<std::string>& known = labels_[draw.key];
      for (int k = static_cast<int>(known.size()) + 1; k <= ensemble_.members; ++k)
        known.push_back(draw.key->label(ensemble_.seed, k));
      labels.push_back(known);
    }
    std::vector<ScenarioText> result;
    result.reserve(members.size() * static_cast<std::size_t>(ensemble_.members));
    for (const ScenarioText& member : members) {
      for (int k = 1; k <= ensemble_.members; ++k) {
        faults_.guard([&] {
          ScenarioText made = member;
          add_value(made, member_key, Ensemble::member_name(k));
          for (std::size_t d = 0; d < draws.size(); ++d) {
            const std::string& label = labels[d][static_cast<std::size_t>(k - 1)];
            made.sweep_values.emplace_back(draws[d].key->axis().key(), label);
            if (draws[d].own) made.measures = draws[d].key->change(made.measures, label);
          }
          result.push_back(std::move(made));
        });
      }
    }
    return result;
  }

  /// The scenario with each extreme of each draw, to be read and thrown away.
  void add_trials(const ScenarioText& member, const std::vector<Applied<Draw>>& draws) {
    for (const Applied<Draw>& draw : draws) {
      if (!draw.own) continue;
      for (const std::string& label : draw.key->extremes()) {
        faults_.guard([&] {
          ScenarioText trial = member;
          trial.measures = draw.key->change(member.measures, label);
          result_.trials.push_back(std::move(trial));
        });
      }
    }
  }

  void check_used(bool used, const char* what, const YamlView& block, const SweepAxis& axis) {
    if (used) return;
    faults_.add(block.key_error(axis.key(),
                                fmt::format("the {} '{}' applies to no scenario{}", what, axis.key(), axis.lacking())));
  }

  const std::vector<ScenarioText>& scenarios_;
  Followers followers_;
  std::vector<SweepAxis> axes_;
  Ensemble ensemble_;
  std::vector<char> axis_used_, draw_used_;
  std::map<const Draw*, std::vector<std::string>> labels_;
  ExpandedScenarios result_;
  Diagnostics faults_;
};

/// A key that is swept cannot be drawn for as well, nor can the key that counts members be swept.
void check_distinct(const std::vector<SweepAxis>& axes, const Ensemble& ensemble, const YamlView& sweep) {
  Diagnostics faults;
  for (const SweepAxis& axis : axes) {
    const bool drawn =
        std::ranges::any_of(ensemble.draws, [&](const Draw& draw) { return draw.axis().key() == axis.key(); });
    if (drawn)
      faults.add(
          sweep.key_error(axis.key(), fmt::format("'{}' is swept and drawn for: expected one of them", axis.key())));
    if (axis.key() == member_key)
      faults.add(
          sweep.key_error(axis.key(), "in a study with an ensemble 'member' counts its members: use another name"));
  }
  faults.throw_if_any();
}

}  // namespace

ExpandedScenarios expand_scenarios(const std::vector<ScenarioText>& scenarios, const std::optional<YamlView>& sweep,
                                   const std::optional<YamlView>& ensemble) {
  Diagnostics faults;
  std::vector<SweepAxis> axes;
  Ensemble drawn;
  if (sweep) faults.guard([&] { axes = read_sweep(*sweep); });
  if (ensemble) faults.guard([&] { drawn = Ensemble::read(*ensemble); });
  faults.throw_if_any();
  if (sweep && ensemble) check_distinct(axes, drawn, *sweep);
  return Expansion(scenarios, std::move(axes), std::move(drawn))
      .run(sweep, ensemble ? ensemble->find("draw") : ensemble);
}

}  // namespace levee
