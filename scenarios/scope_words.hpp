#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/policy.hpp"

namespace levee {

/// The scopes of intensities by the words that files and command lines have for them.
const std::vector<std::pair<std::string, IntensityScope>>& intensity_scopes();

}  // namespace levee
