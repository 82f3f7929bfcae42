#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// The text of study.yaml beside the dataset.yaml of a generated world: a zone Z of the regions given, and the
/// scenarios of the study of the European Union's border adjustment that compare designs at one price, over the goods
/// that there are, with the border charge on indirect emissions also at equal effort (`cbam_indirect_cap`).
std::string generated_study(const Dataset& dataset, const std::vector<int>& zone_regions);

}  // namespace levee
