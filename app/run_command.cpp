// levee run: a study's scenarios, solved and written as a folder of results.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/progress.hpp"
#include "report/run_writer.hpp"
#include "scenarios/study_runner.hpp"
#include "scenarios/summary.hpp"

namespace levee {

namespace {

struct RunCommand {
  std::string study;
  std::string out;
  std::vector<std::string> scenarios;
  std::string solver = "ipopt";
  bool force = false;
  bool log = false;
  bool decompose = false;
  bool no_decompose = false;
  int threads = 1;
  Progress progress;
};

std::string step_text(const Scenario& scenario, const ScenarioResult& result) {
  const Solution& solution = result.solution;
  if (result.channel_seconds > 0)
    return fmt::format("{}: channels of leakage, {:.2f} s", scenario.name, result.channel_seconds);
  if (!result.solved()) return fmt::format("{}: {}", scenario.name, to_string(solution.status));
  const std::string steps =
      solution.homotopy_steps > 0 ? fmt::format(", {} steps from the benchmark", solution.homotopy_steps) : "";
  return fmt::format("{}: solved in {} iterations{}, {:.2f} s", scenario.name, solution.iterations, steps,
                     result.seconds);
}

std::string number_or_dash(const nlohmann::ordered_json& value, const char* format) {
  return value.is_number() ? fmt::format(fmt::runtime(format), value.get<double>()) : "-";
}

/// A line a scenario and zone: what the study was run for.
std::string headline(const nlohmann::ordered_json& summary) {
  std::string text = fmt::format("\n{:<34} {:<6} {:>9} {:>13} {:>13} {:>11} {:>14}\n", "scenario", "zone", "leakage",
                                 "world CO2, Mt", "change, Mt", "world EV, %", "CBAM revenue");
  std::map<std::string, double> world_of;
  for (const auto& scenario : summary["scenarios"]) {
    if (scenario["emissions_mt"].is_object())
      world_of[scenario["name"].get<std::string>()] = scenario["emissions_mt"]["world"].get<double>();
  }
  for (const auto& scenario : summary["scenarios"]) {
    const std::string name = scenario["name"].get<std::string>();
    if (scenario["status"] != "solved" || !scenario["leakage_rate"].is_object()) {
      text += fmt::format("{:<34} {}\n", name, scenario["status"].get<std::string>());
      continue;
    }
    const double world = scenario["emissions_mt"]["world"].get<double>();
    for (const auto& [zone, rate] : scenario["leakage_rate"].items()) {
      const std::string leakage = rate.is_number() ? fmt::format("{:.1f} %", 100 * rate.get<double>()) : "-";
      text += fmt::format("{:<34} {:<6} {:>9} {:>13.1f} {:>13} {:>11} {:>14}\n", name, zone, leakage, world,
                          fmt::format("{:+.1f}", world - world_of.at(scenario["reference"].get<std::string>())),
                          number_or_dash(scenario["welfare_ev_percent"]["world"], "{:+.3f}"),
                          number_or_dash(scenario["cbam_revenue"][zone], "{:.0f}"));
    }
  }
  return text + fmt::format("CBAM revenue in {} of {}.\n", summary["units"]["money"].get<std::string>(),
                            summary["units"]["price_year"].get<int>());
}

int explain_unsolved(const StudyResult& run) {
  int status = exit_done;
  for (const ScenarioResult& result : run.results) {
    if (result.solved()) continue;
    if (result.solution.status == SolveStatus::interrupted) {
      return exit_interrupted;
    }
    status = exit_not_found;
    fmt::print(stderr, "scenario '{}': no equilibrium found ({}; {})\n", run.study->scenarios[result.scenario].name,
               to_string(result.solution.status), result.solution.message);
    for (const WorstRow& row : result.solution.worst)
      fmt::print(stderr, "  {}, residual {:.3g}\n", row.name, row.residual);
  }
  if (status == exit_not_found) {
    fmt::print(stderr,
               "What to try: a lower carbon price or a looser cap, or a sweep towards it, to see where the equations "
               "give way; a "
               "smaller share\n"
               "of covered goods; 'levee check' on the dataset for nodes that hardly produce anything.\n");
  }
  return status;
}

int run(RunCommand& command) {
  interrupt_flag();  // Ctrl-C must find its handler before there is anything to clean up
  const std::filesystem::path out =
      command.out.empty() ? "out/" + std::filesystem::path(command.study).stem().string() : command.out;
  StagedFolder folder = stage_run_folder(out, command.force);
  const auto study = std::make_shared<const Study>(read_study(command.study));
  if (!command.progress.quiet()) {
    for (const Diagnostic& warning : study->dataset->warnings) {
      fmt::print(stderr, "note: {}:{}: {}\n", warning.where.file, warning.where.line, warning.message);
    }
  }
  RunOptions options;
  options.only = command.scenarios;
  options.interrupted = &interrupt_flag();
  options.solver.log = command.log;
  if (command.solver == "newton") options.solver.backend = Backend::newton;
  options.progress = [&](int done, int total, const Scenario& scenario, const ScenarioResult* result) {
    if (done == 0 && result == nullptr) command.progress.start(total);
    if (result != nullptr) command.progress.step(step_text(scenario, *result));
  };
  if (command.decompose) options.channels = true;
  if (command.no_decompose) options.channels = false;
  const StudyResult result = run_study(study, options);
  command.progress.finish();
  const bool interrupted = interrupt_flag().load();
  if (interrupted && folder.replaces()) {
    fmt::print(stderr, "interrupted: the earlier results in {} stay as they are\n", out.string());
    return exit_interrupted;
  }
  const RunRecord record{
      .version = LEVEE_VERSION,
      .options = {{"study", command.study}, {"scenarios", command.scenarios}, {"solver", command.solver}}};
  const RunDocument document = make_run_document(result, record);
  write_run_folder(document, folder);
  if (interrupted) fmt::print(stderr, "interrupted: the results hold what was solved before, the rest is marked\n");
  const int unsolved = explain_unsolved(result);
  const int status = interrupted ? exit_interrupted : unsolved;
  fmt::print("{}\n{} scenarios in {:.1f} s. Report: {}\n", headline(document.summary), result.results.size(),
             result.seconds, std::filesystem::absolute(out / "report.html").lexically_normal().string());
  return status;
}

}  // namespace

void add_run_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("run", "Solve a study's scenarios and write tables and a report");
  auto command = std::make_shared<RunCommand>();
  verb->add_option("STUDY", command->study, "The study's YAML file")->required();
  verb->add_option("--out", command->out, "Folder for the results (default: out/ and the study file's name)");
  verb->add_option("--scenario", command->scenarios,
                   "Only these scenarios, their reference and what their caps follow");
  verb->add_option("--solver", command->solver, "ipopt, the solver of record, or newton, which is faster")
      ->check(CLI::IsMember({"ipopt", "newton"}))
      ->capture_default_str();
  verb->add_flag("--force", command->force, "Replace the results of an earlier run");
  verb->add_flag("--log", command->log, "Keep the solver's iterations in run.json");
  verb->add_option("--threads", command->threads,
                   "Processor threads; one scenario is solved at a time, so more change nothing yet")
      ->check(CLI::PositiveNumber);
  CLI::Option* with = verb->add_flag("--decompose", command->decompose,
                                     "Decompose leakage by channel: three more runs a scenario and zone (the default "
                                     "for a study without a sweep or an ensemble)");
  verb->add_flag("--no-decompose", command->no_decompose, "Leave out the channels of leakage")->excludes(with);
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee run scenarios/eu-cbam/study.yaml --out out/eu-cbam");
  verb->callback([command, &status] { status = run(*command); });
}

}  // namespace levee
