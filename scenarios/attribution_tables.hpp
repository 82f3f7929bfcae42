#pragma once

#include <vector>

#include "scenarios/result_tables.hpp"

namespace levee {

/// Tables that trace changes to where they come from and whom they reach; docs/output.md says what a row is.
Table leakage_by_route_table(const std::vector<Comparison>& pairs);
Table decomposition_table(const std::vector<Comparison>& pairs);
Table incidence_table(const std::vector<Comparison>& pairs);
Table pass_through_table(const std::vector<Comparison>& pairs);

}  // namespace levee
