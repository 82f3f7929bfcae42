// levee mrio: input-output accounts of a dataset.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/named_sets.hpp"
#include "app/progress.hpp"
#include "app/run_arguments.hpp"
#include "data/dataset_reader.hpp"
#include "report/input_output_document.hpp"

namespace levee {

namespace {

struct MrioCommand {
  std::string dataset, against, out;
  std::vector<std::string> stressors, zone, shocks;
  std::string covered = InputOutputOptions().covered;
  double carbon_price = 0;
  int threads = 0;
  bool force = false, json = false;
  Progress progress;
};

/// REGION.SECTOR=PERCENT, each part a code, `all`, or for sectors a group.
void add_shock(const Dataset& data, const std::string& text, std::vector<double>& cost) {
  const std::size_t dot = text.find('.'), equals = text.find('=');
  const auto fault = [&](const std::string& what) {
    return InputError(
        {}, fmt::format("--price-shock: {} in '{}', expected REGION.SECTOR=PERCENT, such as all.ELEC=10", what, text));
  };
  if (dot == std::string::npos || equals == std::string::npos || equals < dot) throw fault("no '.' before '='");
  double percent = 0;
  const char* last = text.data() + text.size();
  const auto read = std::from_chars(text.data() + equals + 1, last, percent);
  if (read.ec != std::errc() || read.ptr != last) throw fault("found no number after '='");
  cost.resize(static_cast<std::size_t>(data.node_count()), 0.0);
  for (const int r : named_regions(data, "--price-shock", {text.substr(0, dot)})) {
    for (const int i : named_sectors(data, "--price-shock", {text.substr(dot + 1, equals - dot - 1)}))
      cost[static_cast<std::size_t>(data.node(r, i))] += percent / 100;
  }
}

int mrio(MrioCommand& command) {
  std::unique_ptr<StagedFolder> folder;
  if (!command.out.empty()) folder = stage_analysis_folder("mrio", command.out, command.force);
  const Dataset data = read_dataset(command.dataset);
  std::optional<Dataset> later;
  if (!command.against.empty()) later = read_dataset(command.against);
  InputOutputOptions options;
  options.stressors = command.stressors;
  options.covered = command.covered;
  options.against = later ? &*later : nullptr;
  options.carbon_price = command.carbon_price;
  if (!command.zone.empty()) options.zone = named_regions(data, "--zone", command.zone);
  for (const std::string& shock : command.shocks) add_shock(data, shock, options.cost_shock);
  options.threads = command.threads > 0 ? command.threads : available_cores();
  options.version = LEVEE_VERSION;
  const AnalysisDocument document = input_output_document(data, options);
  if (folder) write_analysis_folder(document, *folder);
  if (command.json)
    fmt::print("{}", analysis_json(document));
  else if (!command.progress.quiet())
    fmt::print("{}", input_output_text(document));
  return exit_done;
}

}  // namespace

void add_mrio_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("mrio", "Multipliers, footprints and intensities of a dataset's table");
  auto command = std::make_shared<MrioCommand>();
  verb->add_option("DATASET", command->dataset, "The dataset's YAML file")->required();
  verb->add_option("--out", command->out, "Write mrio.json, tables and a report into this folder");
  verb->add_option("--stressor", command->stressors, "Only these stressors (default: all)");
  verb->add_option("--covered", command->covered,
                   "Sector or group whose goods the scope direct+precursors follows (default: cbam)");
  verb->add_option("--against", command->against,
                   "A later dataset with the same regions and sectors: the change of footprints by what changed");
  verb->add_option("--carbon-price", command->carbon_price,
                   "Price model: currency per tonne of CO2, or of the stressors named, passed on in full")
      ->check(CLI::NonNegativeNumber);
  verb->add_option("--zone", command->zone, "Regions that pay the carbon price (default: all)");
  verb->add_option("--price-shock", command->shocks,
                   "Price model: REGION.SECTOR=PERCENT raises that unit cost; `all` and groups are allowed");
  verb->add_option("--threads", command->threads, "Threads (default: one a processor core); changes no figure")
      ->check(CLI::PositiveNumber);
  verb->add_flag("--force", command->force, "Replace earlier accounts");
  verb->add_flag("--json", command->json, "Print mrio.json in place of the tables");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee mrio data/cbam-2011/dataset.yaml --out out/footprints");
  verb->callback([command, &status] { status = mrio(*command); });
}

}  // namespace levee
