#pragma once

#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// A kind of table that a rule book may have.
struct TableKind {
  std::string name;  ///< its key under `tables`
  /// Reads a file in place of the book's table; its rows may cite `sources`. Throws InputError with what is wrong.
  void (*read)(const std::string& path, const std::vector<std::string>& sources, RuleBook& book);
};

/// Every kind of table.
const std::vector<TableKind>& table_kinds();

}  // namespace levee
