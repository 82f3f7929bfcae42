#pragma once

#include <string>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// Reads a production tree, as under `technologies:` of a dataset, against the dataset's sectors and elasticity
/// columns. Throws InputError with every fault: unknown sectors, groups, factors, elasticities; a sector or factor that
/// the tree does not hold exactly once.
Technology read_technology(const Dataset& dataset, const std::string& name, const YamlView& view);

/// Reads a household's tree, as under `households:` of a dataset: goods only, elasticities are numbers. Throws
/// InputError.
HouseholdTemplate read_household(const Dataset& dataset, const std::string& name, const YamlView& view);

}  // namespace levee
