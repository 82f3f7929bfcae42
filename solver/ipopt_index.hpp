#pragma once

#include <cstddef>

namespace levee {

/// Ipopt counts with int.
inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

}  // namespace levee
