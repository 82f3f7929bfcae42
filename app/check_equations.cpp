#include "app/check_equations.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "calibration/equation_families.hpp"
#include "model/equation_listing.hpp"

namespace levee {

namespace {

std::string list_families(const EconomySystem& system) {
  std::string text;
  for (const EquationFamily& family : equation_families(system)) {
    text += fmt::format("## {}\n\n{} {}, paired with: {}.\n\n    {}\n\n{}\n\n", family.family, family.rows,
                        family.rows == 1 ? "row" : "rows", family.pairing, family.formula, family.statement);
    text += fmt::format("```text\n{}```\n\n", family.example);
  }
  return text;
}

}  // namespace

std::string list_equations(const EconomySystem& system, const EquationOptions& options, const YamlView& document) {
  if (options.families) return list_families(system);
  const EquationListing listing(system);
  std::string text;
  std::vector<std::string> names;
  for (int row = 0; row < listing.size(); ++row) {
    names.push_back(listing.name(row));
    if (names.back().find(options.match) == std::string::npos) continue;
    text += write_equation(listing.equation(row), std::numeric_limits<std::size_t>::max()) + "\n";
  }
  if (!text.empty()) return text;
  throw InputError({document.where().file, 0, 0},
                   fmt::format("no equation's name contains '{}'{}", options.match, suggestion(options.match, names)));
}

}  // namespace levee
