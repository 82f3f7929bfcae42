#pragma once

#include <array>

#include "data/dataset.hpp"

namespace levee {

/// What YAML files call the categories of final demand, in the order of FinalDemand.
inline constexpr std::array<const char*, final_demand_count> final_demand_words{"household", "npish", "government",
                                                                                "investment", "inventories"};

}  // namespace levee
