#pragma once

#include "rules/cost_path.hpp"

namespace levee {

/// What is asked: a firm, in a year, by a reading.
struct FirmYear {
  std::size_t firm = 0, reading = 0;
  int year = 0;
};

/// What a firm's tonne costs, `pays` telling whether its importer does. What is looked up is added to `looked_up`.
FirmCost firm_cost(const FirmFile& file, const FirmYear& asked, bool pays, std::vector<LookedUp>* looked_up);

/// What is paid a tonne of good, in the report's currency, where the firm of `cost` meets another charge.
double paid_at(const FirmFile& file, const FirmCost& cost, const TonneCharge& charge);

}  // namespace levee
