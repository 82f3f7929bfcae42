#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/table.hpp"

namespace levee {

/// A column that follows from others of the same table, so that the page need not carry it. A row's change is taken
/// against its reference row: the one whose `scenario` is this row's `reference` and whose other texts are the same.
struct DerivedColumn {
  enum class Rule {
    percent,        ///< 100 change / (level - change)
    from_reference  ///< the reference row's figure + change; rows that have no other row for reference are given
  };
  Rule rule;
  std::string change;                   ///< name of the column of changes
  std::string level;                    ///< of percent: the column that moved by `change`
  std::vector<std::size_t> given_rows;  ///< of from_reference: rows whose figures the page must be given
};

/// The number as it is written with so many significant digits.
std::string printed(double value, int digits);

/// How `column` follows from the others when these are read with `digits` significant digits: to half a unit of the
/// last but one digit in every row, or not at all. Only `change_percent`, and levels beside a `change`, are looked at.
std::optional<DerivedColumn> derived_column(const Table& table, std::size_t column, int digits);

}  // namespace levee
