#include "scenarios/economy_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "calibration/economy_names.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t column_width = 12;

/// Named numbers; null where there are none.
template <class Entity>
Json named(const std::vector<Entity>& entities, const std::vector<double>& values) {
  Json object = Json::object();
  for (std::size_t k = 0; k < entities.size(); ++k) {
    object[entities[k].name] = k < values.size() ? Json(values[k]) : Json(nullptr);
  }
  return object;
}

Json quantities(const Economy& economy, const LeafNames& leaves, const std::vector<double>& values) {
  Json object = Json::object();
  for (std::size_t node = 0; node < economy.nodes.size(); ++node) {
    if (!economy.nodes[node].is_leaf()) continue;
    object[leaves.name(static_cast<int>(node))] = node < values.size() ? Json(values[node]) : Json(nullptr);
  }
  return object;
}

Json scenario_json(const Economy& economy, const LeafNames& leaves, const EconomyScenario& scenario) {
  const Solution& solution = scenario.solution;
  Json object;
  object["name"] = scenario.name;
  object["status"] = to_string(solution.status);
  object["residual"] = std::isfinite(solution.residual) ? Json(solution.residual) : Json(nullptr);
  object["prices"] = named(economy.commodities, scenario.state.prices);
  object["levels"] = named(economy.activities, scenario.state.levels);
  object["incomes"] = named(economy.agents, scenario.state.incomes);
  object["auxiliaries"] = named(economy.auxiliaries, scenario.state.auxiliaries);
  object["quantities"] = quantities(economy, leaves, scenario.quantities);
  object["walras"] = scenario.solved() ? Json(scenario.walras) : Json(nullptr);
  object["iterations"] = solution.iterations;
  object["homotopy_steps"] = solution.homotopy_steps;
  if (scenario.solved()) return object;
  object["message"] = solution.message;
  object["worst"] = Json::array();
  for (const WorstRow& row : solution.worst) {
    object["worst"].push_back(
        {{"row", row.name}, {"residual", std::isfinite(row.residual) ? Json(row.residual) : Json(nullptr)}});
  }
  return object;
}

struct SummaryRow {
  std::string name;
  std::vector<double> values;  ///< a shown scenario
};

template <class Entity, class Pick>
void add_rows(std::vector<SummaryRow>& rows, const std::vector<const EconomyScenario*>& scenarios, const char* kind,
              const std::vector<Entity>& entities, const Pick& pick) {
  for (std::size_t k = 0; k < entities.size(); ++k) {
    SummaryRow row{fmt::format("{}({})", kind, entities[k].name), {}};
    for (const EconomyScenario* scenario : scenarios) {
      row.values.push_back(scenario->solved() ? pick(*scenario)[k] : std::nan(""));
    }
    rows.push_back(std::move(row));
  }
}

std::string shortened(const std::string& text, std::size_t width) {
  return text.size() <= width ? text : text.substr(0, width - 2) + "..";
}

/// Some columns of the table, with their head.
std::string block(const std::vector<SummaryRow>& rows, const std::vector<const EconomyScenario*>& scenarios,
                  std::size_t first, std::size_t last, std::size_t name_width) {
  std::string text = fmt::format("{:<{}}", "", name_width);
  for (std::size_t k = first; k < last; ++k) {
    text += fmt::format("  {:>{}}", shortened(scenarios[k]->name, column_width), column_width);
  }
  text += '\n';
  for (const SummaryRow& row : rows) {
    text += fmt::format("{:<{}}", row.name, name_width);
    for (std::size_t k = first; k < last; ++k) {
      const double value = row.values[k];
      text += std::isnan(value) ? fmt::format("  {:>{}}", "-", column_width)
                                : fmt::format("  {:>{}.6g}", value, column_width);
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::vector<const EconomyScenario*> shown_scenarios(const EconomyRun& run) {
  std::vector<const EconomyScenario*> shown;
  const auto named_benchmark = [](const EconomyScenario& scenario) { return scenario.name == "benchmark"; };
  const bool replaced = std::count_if(run.scenarios.begin(), run.scenarios.end(), named_benchmark) > 1;
  for (const EconomyScenario& scenario : run.scenarios) {
    if (replaced && &scenario == &run.scenarios.front()) continue;
    shown.push_back(&scenario);
  }
  return shown;
}

std::string economy_json(const EconomyFile& file, const EconomyRun& run) {
  const LeafNames leaves(file.economy);
  Json document;
  if (!file.economy.name.empty()) document["title"] = file.economy.name;
  document["scenarios"] = Json::array();
  for (const EconomyScenario* scenario : shown_scenarios(run)) {
    document["scenarios"].push_back(scenario_json(file.economy, leaves, *scenario));
  }
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string economy_summary(const EconomyFile& file, const EconomyRun& run, int width) {
  const Economy& economy = file.economy;
  const auto scenarios = shown_scenarios(run);
  std::vector<SummaryRow> rows;
  add_rows(rows, scenarios, "price", economy.commodities, [](const auto& s) { return s.state.prices; });
  add_rows(rows, scenarios, "level", economy.activities, [](const auto& s) { return s.state.levels; });
  add_rows(rows, scenarios, "income", economy.agents, [](const auto& s) { return s.state.incomes; });
  add_rows(rows, scenarios, "auxiliary", economy.auxiliaries, [](const auto& s) { return s.state.auxiliaries; });
  std::size_t name_width = 0;
  for (const SummaryRow& row : rows) name_width = std::max(name_width, row.name.size());
  const auto room = static_cast<std::size_t>(std::max(width, 1));
  const std::size_t columns = room > name_width + column_width + 2 ? (room - name_width) / (column_width + 2) : 1;
  std::string text;
  for (std::size_t first = 0; first < scenarios.size(); first += columns) {
    if (first > 0) text += '\n';
    text += block(rows, scenarios, first, std::min(scenarios.size(), first + columns), name_width);
  }
  return text;
}

}  // namespace levee
