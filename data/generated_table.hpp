#pragma once

#include <Eigen/Dense>
#include <cstdint>

#include "data/dataset.hpp"
#include "data/generated_regions.hpp"
#include "data/generated_sectors.hpp"

namespace levee {

/// The transaction table of a generated world, in factors: every figure is a whole number of `grid` million USD, so
/// that both sides of the accounts agree exactly.
MrioTable generated_table(const GeneratedSectors& sectors, const GeneratedRegions& regions, std::uint64_t seed);

}  // namespace levee
