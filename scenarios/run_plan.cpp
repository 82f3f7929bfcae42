#include "scenarios/run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/study_caps.hpp"

namespace levee {

namespace {

/// Scenarios by name or base name.
std::set<int> named_scenarios(const Study& study, const std::vector<std::string>& only) {
  std::set<int> named;
  const int count = static_cast<int>(study.scenarios.size());
  if (only.empty()) {
    for (int s = 0; s < count; ++s) named.insert(named.end(), s);
  }
  for (const std::string& name : only) {
    bool known = false;
    std::vector<std::string> names;
    for (int s = 0; s < count; ++s) {
      const Scenario& scenario = study.scenarios[s];
      names.push_back(scenario.base_name);
      if (scenario.name != name && scenario.base_name != name) continue;
      known = true;
      named.insert(s);
    }
    if (!known) {
      throw InputError({study.path, 0, 0},
                       fmt::format("the study has no scenario '{}'{}", name, suggestion(name, names)));
    }
  }
  return named;
}

/// Adds what the scenarios are measured against and what their caps follow, until nothing new is needed.
std::set<int> with_needed(const Study& study, std::set<int> scenarios) {
  for (std::vector<int> open(scenarios.begin(), scenarios.end()); !open.empty();) {
    const int s = open.back();
    open.pop_back();
    std::vector<int> needed = needed_for_caps(study, s);
    needed.push_back(study.reference_of(s));
    for (const int other : needed) {
      if (other >= 0 && scenarios.insert(other).second) open.push_back(other);
    }
  }
  return scenarios;
}

bool has_market(const Scenario& scenario) {
  const auto priced = [](const ZonePolicy& zone) { return zone.has_market(); };
  const auto capped = [](const std::optional<CapRule>& rule) { return rule.has_value(); };
  return std::any_of(scenario.policy.zones.begin(), scenario.policy.zones.end(), priced) ||
         std::any_of(scenario.caps.begin(), scenario.caps.end(), capped);
}

}  // namespace

std::vector<int> selected_scenarios(const Study& study, const std::vector<std::string>& only) {
  const std::set<int> selected = with_needed(study, named_scenarios(study, only));
  return {selected.begin(), selected.end()};
}

RunPlan plan_run(const Study& study, const std::vector<int>& wanted, bool channels) {
  const std::set<int> asked(wanted.begin(), wanted.end());
  const std::set<int> all = with_needed(study, asked);
  std::map<int, std::vector<int>> by_reference;
  std::vector<int> references;  // in the order in which the study comes to them
  std::map<int, int> reference_of;
  for (const int s : all) {
    const int reference = reference_of[s] = study.reference_of(s);
    std::vector<int>& group = by_reference[reference];
    if (group.empty()) {
      references.push_back(reference);
      if (reference >= 0) group.push_back(reference);
    }
    if (s != reference) group.push_back(s);
  }
  std::vector<int> grouped;
  for (const int reference : references)
    grouped.insert(grouped.end(), by_reference[reference].begin(), by_reference[reference].end());

  RunPlan plan;
  std::map<int, int> place;
  for (const int s : solving_order(study, grouped)) {
    place[s] = static_cast<int>(plan.work.size());
    PlannedScenario& planned = plan.work.emplace_back();
    planned.scenario = s;
    for (const int needed : needed_for_caps(study, s)) planned.followed.push_back(place.at(needed));
    planned.wanted = asked.contains(s);
    planned.decomposed = channels && planned.wanted && has_market(study.scenarios[s]);
  }
  for (PlannedScenario& planned : plan.work) {
    const int reference = reference_of.at(planned.scenario);
    if (reference >= 0) planned.reference = place.at(reference);
  }
  return plan;
}

}  // namespace levee
