// levee solve: a general equilibrium model written directly in YAML.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/progress.hpp"
#include "app/whole_file.hpp"
#include "calibration/economy_reader.hpp"
#include "scenarios/economy_results.hpp"
#include "scenarios/economy_runner.hpp"

namespace levee {

namespace {

struct SolveOptions {
  std::string economy;
  std::string out;
  bool force = false;
  Progress progress;
};

std::string step_text(const EconomyScenario& scenario) {
  const Solution& solution = scenario.solution;
  if (!scenario.solved()) return fmt::format("{}: {}", scenario.name, to_string(solution.status));
  const std::string steps = solution.homotopy_steps > 0 ? fmt::format(", {} steps", solution.homotopy_steps) : "";
  return fmt::format("{}: solved in {} iterations{}, residual {:.1e}", scenario.name, solution.iterations, steps,
                     solution.residual);
}

void explain(const EconomyScenario& scenario) {
  fmt::print(stderr, "scenario '{}': no equilibrium found ({}; {})\n", scenario.name,
             to_string(scenario.solution.status), scenario.solution.message);
  for (const WorstRow& row : scenario.solution.worst) fmt::print(stderr, "  {}: {:.3g}\n", row.name, row.residual);
}

constexpr const char* what_to_try =
    "What to try: a smaller change with 'from: previous' steps; 'start' values nearer to the solution; another "
    "numeraire in\n"
    "'fixed' (one whose price may fall to zero has no equilibrium at a positive price).\n";

int outcome(const EconomyRun& run) {
  int status = exit_done;
  for (const EconomyScenario* scenario : shown_scenarios(run)) {
    if (scenario->solved()) continue;
    if (scenario->solution.status == SolveStatus::interrupted) return exit_interrupted;
    explain(*scenario);
    status = exit_not_found;
  }
  if (status == exit_not_found) fmt::print(stderr, "{}", what_to_try);
  return status;
}

int solve(SolveOptions& options) {
  if (!options.out.empty()) check_writable(options.out, options.force);
  const EconomyFile file = load_economy(options.economy);
  EconomyRunOptions how;
  how.solver.interrupt = &interrupt_flag();
  how.progress = [&](const EconomyScenario& scenario) { options.progress.step(step_text(scenario)); };
  options.progress.start(static_cast<int>(file.counterfactuals.size()) + 1);
  const EconomyRun run = run_economy(file, how);
  options.progress.finish();
  const int status = outcome(run);
  if (status == exit_interrupted) {
    fmt::print(stderr, "interrupted; nothing was written\n");
    return status;
  }
  const std::string json = economy_json(file, run);
  if (options.out.empty()) {
    if (!options.progress.quiet()) fmt::print(stderr, "{}", economy_summary(file, run));
    fmt::print("{}", json);
  } else {
    write_whole_file(options.out, json, options.force);
    if (!options.progress.quiet()) fmt::print("{}", economy_summary(file, run));
  }
  return status;
}

}  // namespace

void add_solve_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("solve", "Solve a general equilibrium model written directly in YAML");
  auto options = std::make_shared<SolveOptions>();
  verb->add_option("ECONOMY", options->economy, "The economy: commodities, activities, agents, counterfactuals")
      ->required();
  verb->add_option("--out", options->out, "Write the JSON here; without it, it goes to standard output");
  verb->add_flag("--force", options->force, "Replace an existing file");
  options->progress.add_options(*verb);
  verb->footer("Example:\n  levee solve economy.yaml --out result.json");
  verb->callback([options, &status] { status = solve(*options); });
}

}  // namespace levee
