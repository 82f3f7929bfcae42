#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"
#include "model/policy.hpp"
#include "scenarios/study.hpp"

namespace levee {

/// Reads `zones:`: members, covered sectors and stressors by name. Throws InputError with every fault.
std::vector<CarbonZone> read_zones(const Dataset& dataset, const YamlView& view);

/// The zones of a scenario: the study's, with what the scenario's own `zones:` says merged over. Zones can be neither
/// added nor removed, so that every scenario's measures stand in the same order.
std::vector<CarbonZone> read_scenario_zones(const Dataset& dataset, const YamlView& study_zones,
                                            const YamlView& scenario);

/// Reads a resolved scenario's carbon_price, cap, link, free_allocation and cbam into its policy and caps, which have
/// an entry for each of its zones. Throws InputError with every fault.
void read_measures(const Dataset& dataset, const YamlView& text, Scenario& scenario);

}  // namespace levee
