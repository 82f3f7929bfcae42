#pragma once

#include <cstddef>

/// Lengths of the texts of a header-array file, and the dimensions that an array may have.
namespace levee::har_layout {

inline constexpr std::size_t name_bytes = 4, description_bytes = 70, label_bytes = 12, comment_bytes = 80;
inline constexpr std::size_t most_dimensions = 7;

}  // namespace levee::har_layout
