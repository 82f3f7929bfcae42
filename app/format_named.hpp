#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// The one of `formats` that has this name. Throws InputError with the nearest name and all of them.
template <class Formats>
const auto& format_named(const Formats& formats, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& format : formats) {
    if (format.name == name) return format;
    names.emplace_back(format.name);
  }
  const std::string nearest = nearest_name(name, names);
  const std::string hint = nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest);
  throw InputError({}, fmt::format("unknown format '{}'{}; known are {}", name, hint, fmt::join(names, ", ")));
}

}  // namespace levee
