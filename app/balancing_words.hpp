#pragma once

#include <string>

#include "calibration/balancing.hpp"

namespace levee {

/// Throws an InputError about `file` that names the totals which stand against each other.
void throw_conflicts(const std::string& file, const BalancingResult& result);

}  // namespace levee
