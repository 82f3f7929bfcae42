#pragma once

#include <string>

#include "scenarios/table.hpp"

namespace levee {

/// The header row and the rows, each ended by '\n'. A row whose width differs from the header's is a programming error.
std::string to_csv(const Table& table);

}  // namespace levee
