#include "data/mass_unit.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace levee {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 11> masses{{{"g", 1e-12},
                                                                      {"kg", 1e-9},
                                                                      {"t", 1e-6},
                                                                      {"tonnes", 1e-6},
                                                                      {"tonne", 1e-6},
                                                                      {"Mg", 1e-6},
                                                                      {"kt", 1e-3},
                                                                      {"Gg", 1e-3},
                                                                      {"Mt", 1},
                                                                      {"Tg", 1},
                                                                      {"kilotonnes", 1e-3}}};

}  // namespace

double mt_per_mass_unit(std::string_view unit) {
  const auto* const found = std::ranges::find(masses, unit, &std::pair<std::string_view, double>::first);
  return found == masses.end() ? 0 : found->second;
}

std::vector<std::string> mass_units() {
  std::vector<std::string> result;
  for (const auto& [unit, mt] : masses) result.emplace_back(unit);
  return result;
}

}  // namespace levee
