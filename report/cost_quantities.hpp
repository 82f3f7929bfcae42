#pragma once

#include <string>
#include <vector>

#include "rules/cost_path.hpp"

namespace levee {

/// A figure of a firm's row as it is shown: its name in tables, its unit, its value.
struct CostQuantity {
  std::string name, unit;
  double value = 0;
};

/// Every figure of a row, in the order of the tables.
std::vector<CostQuantity> cost_quantities(const FirmFile& file, const FirmCost& cost);

/// "t", or "MWh" of electricity.
std::string unit_of_good(const FirmFile& file, const Firm& firm);

}  // namespace levee
