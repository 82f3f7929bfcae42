// levee check for studies: read with every check, calibrated, and described.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "app/check_dataset.hpp"
#include "app/check_equations.hpp"
#include "app/file_kind.hpp"
#include "scenarios/study.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

namespace {

constexpr std::ptrdiff_t most_members_listed = 20;

/// A line a scenario; of many members of one the first and the last.
std::string scenario_lines(const Study& study) {
  const std::vector<Scenario>& scenarios = study.scenarios;
  std::string text;
  for (auto first = scenarios.begin(); first != scenarios.end();) {
    const auto last = std::find_if(first, scenarios.end(),
                                   [&](const Scenario& other) { return other.base_name != first->base_name; });
    if (last - first > most_members_listed) {
      text += fmt::format("scenario {}: {} members, {} to {}\n", first->base_name, last - first, first->name,
                          std::prev(last)->name);
      first = last;
    }
    for (; first != last; ++first) text += fmt::format("scenario {}\n", first->name);
  }
  return text;
}

}  // namespace

std::string check_study(const YamlView& document) {
  const Study study = read_study(document.where().file);
  std::string text = fmt::format("study '{}', reference '{}'\n", study.name, study.reference);
  for (const CarbonZone& zone : study.zones) {
    text += fmt::format("zone {}: {} regions\n", zone.name, zone.regions.size());
  }
  return text + scenario_lines(study) + describe_dataset(study.dataset);
}

nlohmann::ordered_json check_study_json(const YamlView& document) {
  const Study study = read_study(document.where().file);
  nlohmann::ordered_json zones = nlohmann::ordered_json::array(), scenarios = nlohmann::ordered_json::array();
  for (const CarbonZone& zone : study.zones) zones.push_back(zone.name);
  for (const Scenario& scenario : study.scenarios) scenarios.push_back(scenario.name);
  return {{"name", study.name},
          {"reference", study.reference},
          {"zones", zones},
          {"scenarios", scenarios},
          {"dataset", dataset_json(study.dataset)}};
}

/// The scenario is solved, since what it holds may follow another scenario's solution.
std::string study_equations(const YamlView& document, const EquationOptions& options) {
  const auto study = std::make_shared<const Study>(read_study(document.where().file));
  // Without a name the reference, or its first member: all members of a sweep or an ensemble may be thousands.
  const auto reference = std::ranges::find(study->scenarios, study->reference, &Scenario::base_name);
  const std::string name = options.scenario.empty() ? reference->name : options.scenario;
  RunOptions run_options;
  run_options.only = {name};
  run_options.channels = false;
  const StudyResult run = run_study(study, run_options);
  for (const ScenarioResult& result : run.results) {
    const Scenario& scenario = study->scenarios[result.scenario];
    if ((scenario.name != name && scenario.base_name != name) || !result.model) continue;
    const Economy& economy = *result.model->economy;
    return list_equations(EconomySystem(economy, economy.parameter_values(), result.model->numeraire), options,
                          document);
  }
  throw InputError(study->scenarios.front().where, fmt::format("scenario '{}' has no model", name));
}

}  // namespace levee
