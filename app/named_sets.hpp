#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// Regions by codes, `all` being every one, without repetition in the order given. Throws InputError that names the
/// option and the nearest code.
std::vector<int> named_regions(const Dataset& dataset, const std::string& option,
                               const std::vector<std::string>& codes);

/// Sectors by codes and groups (`all`, `non-GROUP`), likewise.
std::vector<int> named_sectors(const Dataset& dataset, const std::string& option,
                               const std::vector<std::string>& words);

}  // namespace levee
