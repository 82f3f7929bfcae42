#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"
#include "scenarios/study.hpp"

namespace levee {

/// Reads a scenario's `parameters: {scale: {NAME: VALUES}, set: {NAME: VALUES}}`. What is scaled comes first, then what
/// is set, so that `set` has the last word. NAME is
///
///     a column of the elasticity table; `armington` for armington_domestic_import and armington_origins
///     fossil_supply      elasticity of supply, where the dataset gives one
///     resource_share, labour_share     of value added
///     fuel_weight        by sector: t CO2 per unit of money, only the ratio between fuels counts
///     tariffs            ad valorem, by importing region and good. The benchmark is calibrated anew: without tariffs
///                        the same table means other prices
///     household          elasticities of the household's nests by nest, `utility` at the top
///
/// and VALUES a number for all, or a map by sector code, group, or REGION.SECTOR. Of several entries for a sector the
/// most specific holds: REGION.SECTOR, REGION.GROUP, SECTOR, GROUP.
/// `household` names the household's tree. Throws InputError with every fault.
std::vector<ParameterChange> read_parameters(const Dataset& dataset, const std::string& household,
                                             const YamlView& view);

}  // namespace levee
