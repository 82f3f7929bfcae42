#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"
#include "model/policy.hpp"

namespace levee {

/// Reads `zones:`: members, covered sectors and stressors by name. Throws InputError with every fault.
std::vector<CarbonZone> read_zones(const Dataset& dataset, const YamlView& view);

/// The zones of a scenario: the study's, with what the scenario's own `zones:` says merged over. Zones can be neither
/// added nor removed, so that every scenario's measures stand in the same order.
std::vector<CarbonZone> read_scenario_zones(const Dataset& dataset, const YamlView& study_zones,
                                            const YamlView& scenario);

/// Reads a resolved scenario's carbon_price, free_allocation and cbam. Throws InputError with every fault.
Policy read_policy(const Dataset& dataset, const std::vector<CarbonZone>& zones, const std::string& name,
                   const YamlView& scenario);

}  // namespace levee
