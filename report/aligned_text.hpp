#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace levee {

using TextRow = std::vector<std::string>;

/// Rows of texts as aligned lines, the first `left` columns to the left, numbers to the right.
std::string aligned(const std::vector<TextRow>& rows, std::size_t left);

}  // namespace levee
