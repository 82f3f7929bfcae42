#pragma once

#include <string_view>

namespace levee {

/// Million tonnes in one unit of mass (kg, t, Gg, kt, Mt, Tg and the like); 0 for what is no mass.
double mt_per_mass_unit(std::string_view unit);

}  // namespace levee
