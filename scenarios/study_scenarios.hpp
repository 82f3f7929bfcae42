#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"
#include "scenarios/member_index.hpp"

namespace levee {

/// One scenario's text after `extends` and sweep, before names are turned into indices.
struct ScenarioText {
  std::string name;
  std::string base_name;
  SweepValues sweep_values;
  YamlView measures;     ///< a map
  YamlView declared_in;  ///< the map whose key is the scenario's base name
};

/// Resolves `extends` in the scenarios of a chain of study files, the base first. A scenario is what its parent says,
/// with each file's own entry merged over. In a file that extends another, `NAME: null` removes a scenario of the base.
/// Throws InputError with every fault: unknown parents, cycles.
std::vector<ScenarioText> resolve_scenarios(const std::vector<YamlView>& chain);

struct ExpandedScenarios {
  std::vector<ScenarioText> scenarios;
  /// Scenarios with the extremes of what an ensemble can draw: what is wrong with them is wrong with the ensemble.
  std::vector<ScenarioText> trials;
};

/// Multiplies the scenarios by a sweep, the Cartesian product of its keys, the first varying slowest.
///
/// A key is the path of one value, with a list of what to put there, or a map if the members are to have short names:
///
///     carbon_price.EU: [50, 100]                        members ets_only/carbon_price.EU=50, ...
///     zones.EU.sectors: {narrow: [ELEC], all: [all]}    members ets_only/zones.EU.sectors=narrow, ...
///
/// or a free name for variants, each a map that is merged over the scenario:
///
///     data: {as_is: {}, no_tariffs: {parameters: {set: {tariffs: 0}}}}       members ets_only/data=as_is, ...
///
/// An ensemble multiplies them by its members after that, the member varying fastest: ets_only/member=0001, ... Each
/// has for each key of `draw` a value drawn from a distribution or chosen among what a sweep may list:
///
///     ensemble: {members: 1000, seed: 7, draw: {carbon_price.EU: {uniform: [10, 300]}}}
///
/// Both vary what a scenario does and never make it do something else: `parameters` apply to every scenario,
/// `carbon_price.Z`, `cap.Z`, `free_allocation.Z` and `cbam.Z` only where the scenario has such a measure, `zones.Z`
/// where zone Z has a carbon price or a cap. A scenario whose cap follows another (`as_in`) has a member for each of
/// the other's. So the reference is solved once for all carbon prices but once for each elasticity. A key that applies
/// to no scenario is a fault; a scenario that no key applies to keeps its name. Throws InputError with every fault.
ExpandedScenarios expand_scenarios(const std::vector<ScenarioText>& scenarios, const std::optional<YamlView>& sweep,
                                   const std::optional<YamlView>& ensemble);

/// A value as YAML on one line, for the record.
std::string flow_text(const YamlView& view);
/// A text as a YAML scalar, quoted where it must be.
std::string scalar_text(const std::string& text);

}  // namespace levee
