// levee compare: scenarios of one run or of several, side by side.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "data/diagnostics.hpp"
#include "report/comparison_document.hpp"
#include "report/comparison_text.hpp"

namespace levee {

namespace {

struct CompareCommand {
  std::vector<std::string> folders;
  std::vector<std::string> scenarios;
  std::string against;
  std::string out;
  bool force = false;
  bool json = false;
  Progress progress;
};

/// Index of the one scenario that --against names. It is chosen even if --scenario does not name it.
std::size_t base_of(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen,
                    const std::string& against) {
  if (against.empty()) return RunComparison::none;
  std::vector<ChosenScenario> meant;
  for (const ChosenScenario& scenario : choose_scenarios(runs, {against}))
    if (scenario.asked_for) meant.push_back(scenario);
  if (meant.size() > 1) {
    std::string names;
    for (const ChosenScenario& scenario : meant) names += (names.empty() ? "" : ", ") + scenario.name;
    throw InputError(
        {}, fmt::format("levee compare: --against '{}' is the name of several scenarios, expected one of {}", against,
                        names));
  }
  for (std::size_t k = 0; k < chosen.size(); ++k)
    if (chosen[k].name == meant.front().name) return k;
  throw std::logic_error("the base scenario was not chosen");
}

std::vector<NamedRun> read_with_progress(CompareCommand& command) {
  std::vector<NamedRun> runs = read_runs({command.folders.begin(), command.folders.end()});
  command.progress.start(static_cast<int>(runs.size()));
  for (const NamedRun& run : runs) {
    command.progress.step(
        fmt::format("{}: {} scenarios read", run.folder.string(), run.document.summary["scenarios"].size()));
  }
  command.progress.finish();
  return runs;
}

int compare(CompareCommand& command) {
  // First, so that a folder that may not be replaced is said before the work.
  std::unique_ptr<StagedFolder> folder;
  if (!command.out.empty()) folder = stage_comparison_folder(command.out, command.force);
  std::vector<NamedRun> runs = read_with_progress(command);
  std::vector<std::string> wanted = command.scenarios;
  if (!wanted.empty() && !command.against.empty()) wanted.push_back(command.against);
  std::vector<ChosenScenario> chosen = choose_scenarios(runs, wanted);
  const std::size_t base = base_of(runs, chosen, command.against);
  drop_unused(runs, chosen);
  const RunComparison comparison = compare_runs(runs, chosen, base);
  const nlohmann::ordered_json json = comparison_json(comparison, runs, chosen, LEVEE_VERSION);
  if (folder) write_comparison_folder(json, comparison_document(comparison, runs, chosen, LEVEE_VERSION), *folder);
  if (command.json) {
    fmt::print("{}", comparison_json_text(json));
    return exit_done;
  }
  fmt::print("{}", comparison_text(comparison));
  if (folder && !command.progress.quiet()) {
    fmt::print(
        "\nReport: {}\n",
        std::filesystem::absolute(std::filesystem::path(command.out) / "report.html").lexically_normal().string());
  }
  return exit_done;
}

}  // namespace

void add_compare_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("compare", "Compare scenarios of one run or of several");
  auto command = std::make_shared<CompareCommand>();
  verb->add_option("DIR", command->folders, "Folders that 'levee run' wrote")->required();
  verb->add_option("--scenario", command->scenarios,
                   "Only these scenarios and their references: NAME, FOLDER/NAME, or a sweep's base name");
  verb->add_option("--against", command->against,
                   "The scenario that differences are to (default: the first with a carbon price)");
  verb->add_option("--out", command->out, "Write comparison.json, tables and a report into this folder");
  verb->add_flag("--force", command->force, "Replace an earlier comparison");
  verb->add_flag("--json", command->json, "Print comparison.json in place of the tables");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee compare out/eu-cbam --against ets_only --out out/comparison");
  verb->callback([command, &status] { status = compare(*command); });
}

}  // namespace levee
