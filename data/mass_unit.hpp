#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levee {

/// Million tonnes in one unit of mass (kg, t, Gg, kt, Mt, Tg and the like); 0 for what is no mass.
double mt_per_mass_unit(std::string_view unit);

/// The units of mass, for messages.
std::vector<std::string> mass_units();

}  // namespace levee
