#pragma once

#include <string>

#include "app/file_kind.hpp"
#include "model/economy_system.hpp"

namespace levee {

/// What `levee check --equations` prints of a system. Throws InputError when no equation's name holds the text asked
/// for.
std::string list_equations(const EconomySystem& system, const EquationOptions& options, const YamlView& document);

}  // namespace levee
