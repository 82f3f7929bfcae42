#pragma once

#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/yaml_view.hpp"
#include "model/policy.hpp"
#include "scenarios/study.hpp"

namespace levee {

/// Reads one zone's entry of a scenario's `cap`: a number of Mt, or a map with `mt`, or with `share` and `as_in`, and
/// `world`. Throws InputError.
CapRule read_cap_rule(const YamlView& view);

/// Reads a scenario's `link`, a list of lists of zones. Linked zones need a cap each, on their covered emissions, and
/// the same stressors. Faults are collected.
std::vector<std::vector<int>> read_links(const YamlView& view, const std::vector<CarbonZone>& zones,
                                         const std::vector<std::optional<CapRule>>& caps, Diagnostics& faults);

/// Faults of the caps of all scenarios together: names that are no scenario, members of a sweep that do not exist,
/// scenarios that need each other's results.
void check_caps(const Study& study, Diagnostics& faults);

/// Base name of the scenario whose emissions a cap follows; empty when it is given in Mt.
std::string followed_scenario(const Study& study, const CapRule& rule);

/// Indices of the scenarios whose results a scenario's caps need.
std::vector<int> needed_for_caps(const Study& study, int scenario);

/// The scenarios given, each after those that its caps need; otherwise in the study's order.
std::vector<int> solving_order(const Study& study, const std::vector<int>& scenarios);

}  // namespace levee
