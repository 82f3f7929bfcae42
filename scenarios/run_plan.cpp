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
std::set<int> closed_over(const Study& study, std::set<int> scenarios) {
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

/// Scenarios with the same reference one after the other, the reference first, each after those that its caps follow.
std::vector<int> working_order(const Study& study, const std::set<int>& scenarios) {
  std::map<int, std::vector<int>> by_reference;
  std::vector<int> references;  // in the order in which the study comes to them
  for (const int s : scenarios) {
    const int reference = study.reference_of(s);
    std::vector<int>& group = by_reference[reference];
    if (group.empty()) {
      references.push_back(reference);
      if (scenarios.contains(reference)) group.push_back(reference);
    }
    if (s != reference) group.push_back(s);
  }
  std::vector<int> grouped;
  for (const int reference : references)
    grouped.insert(grouped.end(), by_reference[reference].begin(), by_reference[reference].end());
  return solving_order(study, grouped);
}

}  // namespace

std::vector<int> selected_scenarios(const Study& study, const std::vector<std::string>& only) {
  const std::set<int> selected = closed_over(study, named_scenarios(study, only));
  return {selected.begin(), selected.end()};
}

std::vector<int> with_needed(const Study& study, const std::vector<int>& scenarios) {
  const std::set<int> all = closed_over(study, {scenarios.begin(), scenarios.end()});
  return {all.begin(), all.end()};
}

std::vector<int> dealt_scenarios(const Study& study, const std::vector<int>& scenarios, int number, int parts) {
  const std::vector<int> order = working_order(study, {scenarios.begin(), scenarios.end()});
  const auto edge = [&](long part) { return order.begin() + static_cast<long>(order.size()) * part / parts; };
  std::vector<int> part(edge(number - 1), edge(number));
  std::sort(part.begin(), part.end());
  return part;
}

RunPlan plan_run(const Study& study, const std::vector<int>& wanted, const std::vector<int>& decomposed) {
  const std::set<int> asked(wanted.begin(), wanted.end()), divided(decomposed.begin(), decomposed.end());
  const std::set<int> all = closed_over(study, asked);
  RunPlan plan;
  std::map<int, int> place;
  for (const int s : working_order(study, all)) {
    place[s] = static_cast<int>(plan.work.size());
    PlannedScenario& planned = plan.work.emplace_back();
    planned.scenario = s;
    for (const int needed : needed_for_caps(study, s)) planned.followed.push_back(place.at(needed));
    planned.wanted = asked.contains(s);
    planned.decomposed = planned.wanted && divided.contains(s) && has_market(study.scenarios[s]);
  }
  for (PlannedScenario& planned : plan.work) {
    const auto reference = place.find(study.reference_of(planned.scenario));
    if (reference != place.end()) planned.reference = reference->second;
  }
  return plan;
}

}  // namespace levee
