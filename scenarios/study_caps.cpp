#include "scenarios/study_caps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/schema.hpp"
#include "scenarios/study_words.hpp"

namespace levee {

namespace {

double positive_amount(const YamlView& view) {
  const double value = non_negative(view);
  if (value == 0) throw view.error("found 0, expected more than 0");
  return value;
}

/// Walks the scenarios that caps follow, each before those that need it.
class Order {
 public:
  explicit Order(const Study& study) : study_(study), state_(study.scenarios.size(), State::waiting) {}

  /// False when the scenario needs its own result.
  bool visit(int scenario) {
    State& state = state_[static_cast<std::size_t>(scenario)];
    if (state != State::waiting) return state == State::done;
    state = State::open;
    for (const int needed : needed_for_caps(study_, scenario)) {
      if (!visit(needed)) return false;
    }
    state_[static_cast<std::size_t>(scenario)] = State::done;
    order_.push_back(scenario);
    return true;
  }
  const std::vector<int>& order() const { return order_; }

 private:
  enum class State { waiting, open, done };
  const Study& study_;
  std::vector<State> state_;
  std::vector<int> order_;
};

}  // namespace

std::string followed_scenario(const Study& study, const CapRule& rule) {
  if (rule.mt) return "";
  return rule.as_in.empty() ? study.reference : rule.as_in;
}

CapRule read_cap_rule(const YamlView& view) {
  CapRule rule;
  rule.where = view.where();
  if (!view.is_map()) {
    rule.mt = positive_amount(view);
    return rule;
  }
  view.only_keys(schema_keys("study/cap"));
  if (const auto mt = view.find("mt")) rule.mt = positive_amount(*mt);
  if (const auto share = view.find("share")) rule.share = positive_amount(*share);
  if (const auto as_in = view.find("as_in")) {
    rule.as_in = as_in->text();
    rule.where = as_in->where();
  }
  if (const auto world = view.find("world")) rule.world = truth(*world);
  if (rule.mt && (view.has("share") || view.has("as_in"))) {
    throw view.key_error("mt", "the cap is given twice: found mt beside share or as_in, expected one of them");
  }
  if (!rule.mt && !view.has("share") && !view.has("as_in")) {
    throw view.error("the cap has no size, expected mt, share or as_in");
  }
  return rule;
}

std::vector<std::vector<int>> read_links(const YamlView& view, const std::vector<CarbonZone>& zones,
                                         const std::vector<std::optional<CapRule>>& caps, Diagnostics& faults) {
  std::vector<std::string> names;
  for (const CarbonZone& zone : zones) names.push_back(zone.name);
  std::vector<std::vector<int>> links;
  std::vector<char> linked(zones.size(), 0);
  const auto member = [&](const YamlView& item) {
    const auto found = std::find(names.begin(), names.end(), item.text());
    if (found == names.end()) {
      throw item.error(fmt::format("unknown zone '{}'{}", item.text(), suggestion(item.text(), names)));
    }
    const auto z = static_cast<std::size_t>(found - names.begin());
    if (linked[z] != 0) throw item.error(fmt::format("zone '{}' is linked twice", names[z]));
    linked[z] = 1;
    if (!caps[z]) throw item.error(fmt::format("zone '{}' is linked but has no cap in this scenario", names[z]));
    if (caps[z]->world) {
      throw item.error(
          fmt::format("zone '{}' is linked: found a cap on the world's emissions, expected one on its "
                      "covered emissions",
                      names[z]));
    }
    return static_cast<int>(z);
  };
  for (const YamlView& group : view.items()) {
    faults.guard([&] {
      std::vector<int> link;
      for (const YamlView& item : group.items()) link.push_back(member(item));
      if (link.size() < 2)
        throw group.error("found fewer than two zones, expected a list of zones that share a market");
      for (const int z : link) {
        if (zones[z].stressors == zones[link.front()].stressors) continue;
        throw group.error(fmt::format("zones '{}' and '{}' price different stressors and cannot share a market",
                                      names[link.front()], names[z]));
      }
      links.push_back(std::move(link));
    });
  }
  return links;
}

void check_caps(const Study& study, Diagnostics& faults) {
  std::vector<std::string> names;
  for (const Scenario& scenario : study.scenarios) {
    if (names.empty() || names.back() != scenario.base_name) names.push_back(scenario.base_name);
  }
  const std::size_t before = faults.list().size();
  for (int s = 0; s < static_cast<int>(study.scenarios.size()); ++s) {
    for (const std::optional<CapRule>& rule : study.scenarios[s].caps) {
      if (!rule) continue;
      const std::string name = followed_scenario(study, *rule);
      if (name.empty()) continue;
      if (!study.members.contains(name)) {
        faults.add(InputError(rule->where, fmt::format("unknown scenario '{}'{}", name, suggestion(name, names))));
      } else if (study.member_of(name, s) < 0) {
        faults.add(
            InputError(rule->where, fmt::format("the cap of scenario '{}' follows '{}', of which the sweep has no "
                                                "member with the same values",
                                                study.scenarios[s].name, name)));
      }
    }
  }
  if (faults.list().size() != before) return;
  Order order(study);
  for (int s = 0; s < static_cast<int>(study.scenarios.size()); ++s) {
    if (order.visit(s)) continue;
    const Scenario& scenario = study.scenarios[s];
    const auto rule = std::find_if(scenario.caps.begin(), scenario.caps.end(),
                                   [](const std::optional<CapRule>& cap) { return cap && !cap->mt; });
    faults.add(InputError(
        rule == scenario.caps.end() ? scenario.where : (*rule)->where,
        fmt::format("the cap of scenario '{}' follows a scenario that needs the cap's own result", scenario.name)));
  }
}

std::vector<int> needed_for_caps(const Study& study, int scenario) {
  std::vector<int> needed;
  for (const std::optional<CapRule>& rule : study.scenarios[static_cast<std::size_t>(scenario)].caps) {
    if (!rule || rule->mt) continue;
    needed.push_back(study.member_of(followed_scenario(study, *rule), scenario));
  }
  return needed;
}

std::vector<int> solving_order(const Study& study, const std::vector<int>& scenarios) {
  Order order(study);
  for (const int scenario : scenarios) order.visit(scenario);
  return order.order();
}

}  // namespace levee
