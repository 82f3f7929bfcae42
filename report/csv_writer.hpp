#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "scenarios/table.hpp"

namespace levee {

/// A cell as RFC 4180 text: quoted only when it holds a comma, a quote or a line break; a number in the shortest form
/// that reads back to the same double; NaN as nothing.
std::string csv_cell(const Cell& cell);

/// The header row and the rows, each ended by '\n'. A row whose width differs from the header's is a programming error.
void write_csv(std::ostream& out, const Table& table);
std::string to_csv(const Table& table);

}  // namespace levee
