#pragma once

#include <vector>

#include "scenarios/result_tables.hpp"

namespace levee {

/// Tables that trace changes to where they come from and whom they reach; docs/output.md says what a row is.
TableText leakage_by_route_table(const std::vector<Comparison>& pairs);
TableText decomposition_table(const std::vector<Comparison>& pairs);
TableText incidence_table(const std::vector<Comparison>& pairs);
TableText pass_through_table(const std::vector<Comparison>& pairs);

}  // namespace levee
