#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/rule_book.hpp"

namespace levee {

/// A figure that an answer rests on, with the row it was read from.
struct LookedUp {
  std::string what;  ///< scope, phase-in, benchmark, default value, mark-up, grid factor, certificate price, ...
  std::string key;   ///< CN code, country, market
  int year = 0;
  double value = 0;
  std::string unit, source, confidence;
  Location where;
};

/// A rule book in a year, as somebody asks it: what is looked up is kept.
struct RuleYear {
  const RuleBook& book;
  int year = 0;
  bool marked_up = true;                    ///< default values carry their mark-up
  std::optional<double> correction_factor;  ///< cross-sectoral, in place of the book's
  std::vector<LookedUp>* looked_up = nullptr;

  void note(std::string what, std::string key, double value, std::string unit, const RuleRow& row) const {
    if (looked_up == nullptr) return;
    looked_up->push_back(
        {std::move(what), std::move(key), year, value, std::move(unit), row.source, row.confidence, row.where});
  }
};

}  // namespace levee
