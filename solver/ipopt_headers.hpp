#pragma once

// What Ipopt's adapters include, and how they count.

#include <cstddef>

// Debian's ipopt.pc spells the switch as Ipopt's headers do; without pkg-config they stop on an #error.
#ifndef HAVE_CSTDDEF
#define HAVE_CSTDDEF
#endif
#include <IpIpoptApplication.hpp>
#include <IpTNLP.hpp>

namespace levee {

/// An Ipopt index as the index of a vector.
inline std::size_t ipopt_index(Ipopt::Index i) { return static_cast<std::size_t>(i); }

}  // namespace levee
