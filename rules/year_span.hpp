#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "rules/rule_book.hpp"

namespace levee {

/// From the first to the last year of the rows that it covers.
struct YearSpan {
  int first = no_last_year, last = 0;

  template <class Row>
  void cover(const Row& row) {
    first = std::min(first, row.first_year);
    last = std::max(last, row.last_year);
  }
  /// "2026 to 2030", or "2026 or later".
  std::string told() const {
    return last == no_last_year ? fmt::format("{} or later", first) : fmt::format("{} to {}", first, last);
  }
};

/// Whether a row is in force in a year.
template <class Row>
bool in_force(const Row& row, int year) {
  return row.first_year <= year && year <= row.last_year;
}

}  // namespace levee
