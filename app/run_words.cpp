#include "app/run_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "app/command.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// Scenarios that are shown one by one; the files have the rest.
constexpr std::size_t most_lines = 60;
constexpr std::size_t most_unsolved = 10;

std::string text_at(const Json& json, const char* key) { return json.at(key).get<std::string>(); }

std::string number_or_dash(const Json& value, const char* format) {
  return value.is_number() ? fmt::format(fmt::runtime(format), value.get<double>()) : "-";
}

void print_unsolved(const Json& scenario) {
  fmt::print(stderr, "scenario '{}': no equilibrium found ({}; {})\n", text_at(scenario, "name"),
             text_at(scenario, "status"), text_at(scenario.at("solver"), "message"));
  for (const Json& row : scenario.at("solver").at("worst")) {
    const Json& residual = row.at("residual");
    fmt::print(stderr, "  {}, residual {}\n", text_at(row, "equation"),
               residual.is_number() ? fmt::format("{:.3g}", residual.get<double>()) : "nan");
  }
}

}  // namespace

std::string step_text(const Study& study, const RunStep& step) {
  const ScenarioResult& result = *step.result;
  const std::string& name = study.scenarios[result.scenario].name;
  if (step.channels) {
    return result.channel_seconds > 0 ? fmt::format("{}: channels of leakage, {:.2f} s", name, result.channel_seconds)
                                      : "";
  }
  const Solution& solution = result.solution;
  if (!result.solved()) return fmt::format("{}: {}", name, to_string(solution.status));
  std::string how;
  if (!solution.linear.empty()) how += fmt::format(" with {}", solution.linear);
  if (solution.homotopy_steps > 0) how += fmt::format(", {} steps from the benchmark", solution.homotopy_steps);
  if (solution.verification) how += ", verified by Ipopt";
  return fmt::format("{}: solved in {} iterations{}, {:.2f} s", name, solution.iterations, how, result.seconds);
}

std::string step_text(const ScenarioRecord& record) {
  const auto status = text_at(record.summary, "status");
  if (status != "solved") return fmt::format("{}: {}", record.name, status);
  return fmt::format("{}: solved in {} iterations, {:.2f} s", record.name,
                     record.summary.at("solver").at("iterations").get<int>(), record.run.at("seconds").get<double>());
}

std::string headline(const FinishedRun& run) {
  std::string text = fmt::format("\n{:<34} {:<6} {:>9} {:>13} {:>13} {:>11} {:>14}\n", "scenario", "zone", "leakage",
                                 "world CO2, Mt", "change, Mt", "world EV, %", "CBAM revenue");
  std::map<std::string, double> world_of;
  std::vector<Json> shown;
  for (std::size_t k = 0; k < run.size(); ++k) {
    Json scenario = run.summary_entry(k);
    if (scenario["emissions_mt"].is_object())
      world_of[text_at(scenario, "name")] = scenario["emissions_mt"]["world"].get<double>();
    if (k < most_lines) shown.push_back(std::move(scenario));
  }
  for (const Json& scenario : shown) {
    const std::string name = text_at(scenario, "name");
    if (scenario["status"] != "solved" || !scenario["leakage_rate"].is_object()) {
      text += fmt::format("{:<34} {}\n", name, text_at(scenario, "status"));
      continue;
    }
    const double world = world_of.at(name);
    for (const auto& [zone, rate] : scenario["leakage_rate"].items()) {
      const std::string leakage = rate.is_number() ? fmt::format("{:.1f} %", 100 * rate.get<double>()) : "-";
      text += fmt::format("{:<34} {:<6} {:>9} {:>13.1f} {:>13} {:>11} {:>14}\n", name, zone, leakage, world,
                          fmt::format("{:+.1f}", world - world_of.at(text_at(scenario, "reference"))),
                          number_or_dash(scenario["welfare_ev_percent"]["world"], "{:+.3f}"),
                          number_or_dash(scenario["cbam_revenue"][zone], "{:.0f}"));
    }
  }
  if (run.size() > shown.size())
    text += fmt::format("... and {} more scenarios: see summary.json.\n", run.size() - shown.size());
  const Json& units = run.head().summary.at("units");
  return text + fmt::format("CBAM revenue in {} of {}.\n", text_at(units, "money"), units.at("price_year").get<int>());
}

int explain_unsolved(const FinishedRun& run) {
  std::size_t unsolved = 0;
  bool interrupted = false;
  for (std::size_t k = 0; k < run.size(); ++k) {
    const Json scenario = run.summary_entry(k);
    if (scenario.at("status") == "solved") continue;
    interrupted = interrupted || scenario.at("status") == "interrupted";
    if (!interrupted && ++unsolved <= most_unsolved) print_unsolved(scenario);
  }
  if (unsolved > most_unsolved) fmt::print(stderr, "... and {} more\n", unsolved - most_unsolved);
  if (interrupted) return exit_interrupted;
  if (unsolved == 0) return exit_done;
  fmt::print(stderr,
             "What to try: a lower carbon price or a looser cap, or a sweep towards it, to see where the equations "
             "give way; a smaller share\n"
             "of covered goods; 'levee check' on the dataset for nodes that hardly produce anything.\n");
  return exit_not_found;
}

}  // namespace levee
