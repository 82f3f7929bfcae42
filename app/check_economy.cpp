#include <fmt/format.h>

#include "app/check_equations.hpp"
#include "app/file_kind.hpp"
#include "calibration/economy_reader.hpp"
#include "scenarios/economy_runner.hpp"

namespace levee {

/// Builds the benchmark's and every counterfactual's equations, so that an impossible number in any of them is found.
std::string check_economy(const YamlView& document) {
  const EconomyFile file = read_economy(document);
  const Economy& economy = file.economy;
  Diagnostics faults;
  std::string benchmark;
  for (const EconomyCase& entry : economy_cases(file)) {
    faults.guard([&] {
      const EconomySystem system = economy_system(file, entry);
      if (entry.name != "benchmark" || !benchmark.empty()) return;
      std::string row;
      const double error = check_replication(file, system, row);
      const char* word = error <= replication_tolerance ? "replicates" : "not an equilibrium, as it says";
      benchmark = fmt::format("benchmark {} (largest relative residual {:.1e}{}), {} unknowns, {} non-zeros", word,
                              error, row.empty() ? "" : " in " + row, system.equations().size(),
                              system.equations().pattern().nonzeros());
    });
  }
  faults.throw_if_any();
  return fmt::format(
      "economy{}: {} commodities, {} activities, {} agents, {} auxiliaries, {} parameters, {} counterfactuals\n{}\n",
      economy.name.empty() ? "" : fmt::format(" '{}'", economy.name), economy.commodities.size(),
      economy.activities.size(), economy.agents.size(), economy.auxiliaries.size(), economy.parameters.size(),
      file.counterfactuals.size(), benchmark);
}

std::string economy_equations(const YamlView& document, const EquationOptions& options) {
  const EconomyFile file = read_economy(document);
  std::vector<std::string> names;
  for (const EconomyCase& entry : economy_cases(file)) {
    names.push_back(entry.name);
    if (entry.name == (options.scenario.empty() ? "benchmark" : options.scenario))
      return list_equations(economy_system(file, entry), options, document);
  }
  throw InputError({document.where().file, 0, 0},
                   fmt::format("there is no scenario '{}'{}", options.scenario, suggestion(options.scenario, names)));
}

}  // namespace levee
