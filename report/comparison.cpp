#include "report/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "report/comparison_effort.hpp"
#include "report/comparison_figures.hpp"

namespace levee {

namespace {

std::vector<ComparedScenario> compared(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen) {
  const std::vector<std::size_t> worlds = comparable_worlds(runs, chosen);
  std::vector<ComparedScenario> result;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const auto& entry = runs[chosen[k].run].document.summary["scenarios"][chosen[k].index];
    ComparedScenario scenario;
    scenario.name = chosen[k].name;
    scenario.run = chosen[k].run;
    scenario.status = entry["status"].get<std::string>();
    scenario.world = worlds[k];
    for (const ChosenScenario& other : chosen) {
      const auto reference = entry.find("reference");
      if (reference != entry.end() && other.run == chosen[k].run && *reference == other.local)
        scenario.reference = other.name;
    }
    if (scenario.solved()) scenario.holds = scenario_holds(runs[chosen[k].run], chosen[k]);
    result.push_back(std::move(scenario));
  }
  return result;
}

std::size_t default_base(const std::vector<ComparedScenario>& scenarios) {
  const auto first = [&](const auto& test) {
    const auto found = std::find_if(scenarios.begin(), scenarios.end(), test);
    return found == scenarios.end() ? RunComparison::none : static_cast<std::size_t>(found - scenarios.begin());
  };
  const std::size_t priced = first([](const ComparedScenario& scenario) {
    return std::any_of(scenario.holds.begin(), scenario.holds.end(),
                       [](const HeldQuantity& quantity) { return quantity.what == "price"; });
  });
  if (priced != RunComparison::none) return priced;
  const std::size_t active = first([](const ComparedScenario& scenario) { return !scenario.holds.empty(); });
  return active != RunComparison::none ? active
                                       : first([](const ComparedScenario& scenario) { return scenario.solved(); });
}

/// Figures less the base's, where both are there and in the same unit.
void add_differences(std::vector<ComparedFigure>& figures, std::size_t base) {
  std::map<std::tuple<std::size_t, std::string, std::string, std::string>, double> values;
  const auto key = [](const ComparedFigure& figure) {
    return std::make_tuple(figure.indicator, figure.zone, figure.region, figure.unit);
  };
  for (const ComparedFigure& figure : figures)
    if (figure.scenario == base) values[key(figure)] = figure.value;
  for (ComparedFigure& figure : figures) {
    const auto other = values.find(key(figure));
    if (other == values.end()) continue;
    figure.difference = figure.value - other->second;
    if (other->second != 0) figure.difference_percent = 100 * figure.difference / std::abs(other->second);
  }
}

}  // namespace

RunComparison compare_runs(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen,
                           std::size_t base) {
  RunComparison result;
  result.scenarios = compared(runs, chosen);
  result.warnings = comparison_warnings(runs, chosen);
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    for (ComparedFigure& figure : scenario_figures(runs[chosen[k].run], chosen[k])) {
      figure.scenario = k;
      result.figures.push_back(std::move(figure));
    }
  }
  result.base = base == RunComparison::none ? default_base(result.scenarios) : base;
  if (result.base != RunComparison::none) add_differences(result.figures, result.base);
  result.groups = effort_groups(result.scenarios, result.figures, runs, chosen);
  result.rankings = rank_groups(result.groups, result.figures);
  return result;
}

}  // namespace levee
