#include "app/balancing_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "data/diagnostics.hpp"

namespace levee {

namespace {

constexpr std::size_t conflicts_named = 20;

}  // namespace

void throw_conflicts(const std::string& file_name, const BalancingResult& result) {
  const Location file{file_name, 0, 0};
  Diagnostics faults;
  faults.add(file, fmt::format("the table cannot be balanced ({}, largest miss {:.2g} of a total): {} totals cannot be "
                               "met together",
                               result.message, result.miss, result.conflicts.size()));
  for (std::size_t k = 0; k < std::min(result.conflicts.size(), conflicts_named); ++k) {
    const Conflict& conflict = result.conflicts[k];
    faults.add(file, fmt::format("{}: expected {:.8g}, comes to {:.8g} where all misses are smallest (cells that are "
                                 "fixed left out)",
                                 conflict.name, conflict.target, conflict.nearest));
  }
  if (result.conflicts.size() > conflicts_named)
    faults.add(file, fmt::format("... and {} more", result.conflicts.size() - conflicts_named));
  faults.throw_if_any();
}

}  // namespace levee
