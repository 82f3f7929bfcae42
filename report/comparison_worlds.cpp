// Which scenarios differ in policy only, and what readers must be told where they differ in more.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "report/comparison_effort.hpp"
#include "report/comparison_figures.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

const Json* named(const Json& document, const std::string& name) {
  const auto list = document.find("scenarios");
  if (list == document.end() || !list->is_array()) return nullptr;
  for (const Json& entry : *list)
    if (entry.is_object() && text_in(entry, "name") == name) return &entry;
  return nullptr;
}

/// The data files that a run read, by name, with their checksums.
std::map<std::string, std::string> data_files(const NamedRun& run) {
  std::map<std::string, std::string> files;
  const auto inputs = run.document.run.find("inputs");
  if (inputs == run.document.run.end() || !inputs->is_array()) return files;
  for (const Json& input : *inputs) {
    const std::filesystem::path file(input.is_object() ? text_in(input, "file") : "");
    if (file.filename().string().find(".csv") != std::string::npos)  // as it is or compressed
      files[file.filename().string()] = text_in(input, "sha256");
  }
  return files;
}

Json assumptions(const NamedRun& run) { return run.document.about.value("assumptions", Json::array()); }

/// The emissions of a scenario by region, for comparison within same_effort.
bool same_emissions(const Json& a, const Json& b) {
  const auto x = a.find("emissions_mt"), y = b.find("emissions_mt");
  if (x == a.end() || y == b.end() || !x->is_object() || !y->is_object() || x->size() != y->size()) return false;
  for (const auto& entry : x->items()) {
    const double left = summary_figure(a, "emissions_mt", entry.key());
    const double right = summary_figure(b, "emissions_mt", entry.key());
    if (!(std::abs(left - right) <= same_effort * std::max(1.0, std::abs(left)))) return false;
  }
  return true;
}

/// What differs between two runs besides their scenarios: each a sentence.
std::vector<std::string> run_differences(const NamedRun& a, const NamedRun& b) {
  std::vector<std::string> result;
  const Json &x = a.document.summary, &y = b.document.summary;
  const auto differ = [&](const std::string& what, const std::string& left, const std::string& right,
                          const std::string& consequence) {
    if (left != right)
      result.push_back(
          fmt::format("{} differ: {} has {}, {} has {}{}", what, a.name, left, b.name, right, consequence));
  };
  differ("datasets", text_in(x, "dataset"), text_in(y, "dataset"),
         "; regions and sectors of the same name need not be the same");
  const auto money = [](const Json& summary) {
    return fmt::format("{} of {}", text_in(summary["units"], "money"), summary["units"]["price_year"].dump());
  };
  differ("units of money", money(x), money(y), "; no difference of money is computed between them");
  differ("units of mass", text_in(x["units"], "mass"), text_in(y["units"], "mass"), "");
  if (text_in(x, "dataset") == text_in(y, "dataset") && data_files(a) != data_files(b))
    result.push_back(fmt::format("{} and {} read other data files under the same dataset's name", a.name, b.name));
  if (assumptions(a) != assumptions(b))
    result.push_back(fmt::format("{} and {} differ in their assumptions", a.name, b.name));
  return result;
}

/// What differs between two references of different runs; empty when they are the same in all that a run shows.
std::string reference_difference(const NamedRun& a, const std::string& left, const NamedRun& b,
                                 const std::string& right) {
  if (left != right) return fmt::format("references differ: {}/{} and {}/{}", a.name, left, b.name, right);
  const Json *x = named(a.document.run, left), *y = named(b.document.run, right);
  if (x != nullptr && y != nullptr && text_in(*x, "resolved") != text_in(*y, "resolved"))
    return fmt::format("references differ: '{}' does not say the same in {} and {}", left, a.name, b.name);
  const Json *now = named(a.document.summary, left), *other = named(b.document.summary, right);
  if (now != nullptr && other != nullptr && !same_emissions(*now, *other))
    return fmt::format("references differ: emissions of '{}' are not the same in {} and {}", left, a.name, b.name);
  return "";
}

/// A reference of a run, by its name there.
using World = std::pair<std::size_t, std::string>;

World world_of(const std::vector<NamedRun>& runs, const ChosenScenario& scenario) {
  return {scenario.run, text_in(runs[scenario.run].document.summary["scenarios"][scenario.index], "reference")};
}

bool same_world(const std::vector<NamedRun>& runs, const World& a, const World& b) {
  if (a.first == b.first) return a.second == b.second;
  const NamedRun &x = runs[a.first], &y = runs[b.first];
  return run_differences(x, y).empty() && reference_difference(x, a.second, y, b.second).empty();
}

}  // namespace

std::vector<std::size_t> comparable_worlds(const std::vector<NamedRun>& runs,
                                           const std::vector<ChosenScenario>& chosen) {
  std::vector<World> worlds;
  std::vector<std::size_t> numbers;
  for (const ChosenScenario& scenario : chosen) {
    const World world = world_of(runs, scenario);
    const auto known =
        std::find_if(worlds.begin(), worlds.end(), [&](const World& other) { return same_world(runs, world, other); });
    numbers.push_back(static_cast<std::size_t>(known - worlds.begin()));
    if (known == worlds.end()) worlds.push_back(world);
  }
  return numbers;
}

std::vector<std::string> comparison_warnings(const std::vector<NamedRun>& runs,
                                             const std::vector<ChosenScenario>& chosen) {
  std::vector<std::string> warnings;
  for (std::size_t r = 1; r < runs.size(); ++r) {
    for (std::string& difference : run_differences(runs[0], runs[r])) warnings.push_back(std::move(difference));
    const std::string left = text_in(runs[0].document.summary, "reference");
    const std::string right = text_in(runs[r].document.summary, "reference");
    const std::string difference = reference_difference(runs[0], left, runs[r], right);
    if (!difference.empty()) warnings.push_back(difference + "; changes are to different worlds");
    const std::string before = text_in(runs[0].document.run, "version"), now = text_in(runs[r].document.run, "version");
    if (before != now)
      warnings.push_back(fmt::format("{} was made by levee {}, {} by {}", runs[0].name, before, runs[r].name, now));
  }
  for (const ChosenScenario& scenario : chosen) {
    const Json& entry = runs[scenario.run].document.summary["scenarios"][scenario.index];
    const std::string status = text_in(entry, "status");
    if (status != "solved") {
      warnings.push_back(fmt::format("{} is {}: no figures", scenario.name, status));
    } else if (text_in(entry, "reference").empty()) {
      warnings.push_back(fmt::format("{}: its reference is not solved: no figures", scenario.name));
    }
  }
  return warnings;
}

}  // namespace levee
