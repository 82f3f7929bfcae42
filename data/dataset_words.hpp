#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// One unit of a table in units of currency: a number or a word for it. Throws InputError.
double read_money_unit(const YamlView& view);

/// The category of final demand that a word names. Throws InputError.
FinalDemand final_demand_named(const YamlView& view);

/// A list of sources, whose keys are those of the schema's `map`. Throws InputError.
std::vector<Source> read_sources(const YamlView& list, const std::string& map);

}  // namespace levee
