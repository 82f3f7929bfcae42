// levee exposure: exposure to a border charge, without a model.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/named_sets.hpp"
#include "app/progress.hpp"
#include "app/run_arguments.hpp"
#include "data/dataset_reader.hpp"
#include "report/exposure_document.hpp"
#include "scenarios/scope_words.hpp"

namespace levee {

namespace {

struct ExposureCommand {
  std::string dataset, out, scope = ExposureOptions().scope_word, denominator = "covered";
  std::vector<std::string> zone, goods{"cbam"}, stressors = ExposureOptions().stressors;
  double carbon_price = ExposureOptions().carbon_price;
  int threads = 0;
  bool force = false, json = false;
  Progress progress;
};

std::vector<std::string> scope_words() {
  std::vector<std::string> words;
  for (const auto& [word, scope] : intensity_scopes()) words.push_back(word);
  return words;
}

int exposure(ExposureCommand& command) {
  std::unique_ptr<StagedFolder> folder;
  if (!command.out.empty()) folder = stage_analysis_folder("exposure", command.out, command.force);
  const Dataset data = read_dataset(command.dataset);
  ExposureOptions options;
  options.zone = named_regions(data, "--zone", command.zone);
  options.goods = named_sectors(data, "--goods", command.goods);
  options.carbon_price = command.carbon_price;
  options.scope_word = command.scope;
  for (const auto& [word, scope] : intensity_scopes()) {
    if (word == command.scope) options.scope = scope;
  }
  options.stressors = command.stressors;
  if (command.denominator == "total") options.denominator = ExposureDenominator::total_exports;
  options.threads = command.threads > 0 ? command.threads : available_cores();
  options.version = LEVEE_VERSION;
  const AnalysisDocument document = exposure_document(data, options);
  if (folder) write_analysis_folder(document, *folder);
  if (command.json)
    fmt::print("{}", analysis_json(document));
  else if (!command.progress.quiet())
    fmt::print("{}", exposure_text(document));
  return exit_done;
}

}  // namespace

void add_exposure_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("exposure", "Exposure of exporters to a zone's border charge");
  auto command = std::make_shared<ExposureCommand>();
  verb->add_option("DATASET", command->dataset, "The dataset's YAML file")->required();
  verb->add_option("--zone", command->zone, "The regions that charge")->required();
  verb->add_option("--carbon-price", command->carbon_price, "Currency per tonne")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_option("--scope", command->scope, "Emissions charged")
      ->check(CLI::IsMember(scope_words()))
      ->capture_default_str();
  verb->add_option("--goods", command->goods, "Sectors or groups that are charged (default: cbam)");
  verb->add_option("--stressor", command->stressors, "Stressors that are charged (default: CO2)");
  verb->add_option("--denominator", command->denominator,
                   "What aggregate trade exposure is a share of: exports of covered goods or of everything")
      ->check(CLI::IsMember({"covered", "total"}))
      ->capture_default_str();
  verb->add_option("--out", command->out, "Write exposure.json, tables and a report into this folder");
  verb->add_option("--threads", command->threads, "Threads (default: one a processor core); changes no figure")
      ->check(CLI::PositiveNumber);
  verb->add_flag("--force", command->force, "Replace earlier results");
  verb->add_flag("--json", command->json, "Print exposure.json in place of the table");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee exposure data/cbam-2011/dataset.yaml --zone EUR --out out/exposure");
  verb->callback([command, &status] { status = exposure(*command); });
}

}  // namespace levee
