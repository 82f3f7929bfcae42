#pragma once

#include <cstddef>

#include "data/dataset.hpp"

namespace levee {

/// `other` with its regions and sectors in the order of `dataset`: table, stressors. Throws InputError that names what
/// one has and the other lacks, or when their currencies or money units differ.
Dataset in_the_order_of(const Dataset& dataset, const Dataset& other);

/// Index in `other` of the stressor `index` of `dataset`. Throws InputError when it is not there or has another unit.
std::size_t like_stressor(const Dataset& dataset, const Dataset& other, std::size_t index);

}  // namespace levee
