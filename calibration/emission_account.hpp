#pragma once

#include <vector>

#include "calibration/benchmark.hpp"

namespace levee {

/// Divides a stressor's totals over their causes. CO2: process emissions go with output; the rest is divided over each
/// user's emitting fuel purchases (basic prices) by the fuels' weights, up to three times the region's implied factor,
/// the excess going with output or consumption as `unallocated`. Other stressors go with output and consumption. Totals
/// are kept exactly; emissions of dropped nodes are reported in `treatments`. The benchmark must hold its purchases
/// already.
EmissionAccount allocate_emissions(const Benchmark& benchmark, const Stressor& stressor,
                                   std::vector<Treatment>& treatments);

}  // namespace levee
