#pragma once

#include <string>

#include "data/diagnostics.hpp"

namespace levee {

/// A code of the Combined Nomenclature as the rules keep it: its digits. Blanks are dropped ("7601 10 00"). Throws
/// InputError at `asked` when what is left is no 2 to 10 digits.
std::string cn_digits(const std::string& text, const Location& asked);

}  // namespace levee
