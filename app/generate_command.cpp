// levee generate: a synthetic world as a dataset with a study.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/dataset_folder.hpp"
#include "app/progress.hpp"
#include "data/generated_sectors.hpp"
#include "data/generated_world.hpp"

namespace levee {

namespace {

struct GenerateCommand {
  WorldOptions world;
  DatasetFolder folder;
  Progress progress;
};

constexpr int most_regions = 1000;
constexpr int most_sectors = 1000;

double flow_density(const IntermediateTable& table) {
  return static_cast<double>((table.share().array() > 0).count()) / static_cast<double>(table.share().size());
}

std::string summary(const GeneratedWorld& world, const std::string& layout, bool automatic) {
  const Dataset& data = world.dataset;
  double zone_output = 0;
  std::string zone;
  for (const int r : world.zone_regions) {
    zone += (zone.empty() ? "" : ", ") + data.regions[static_cast<std::size_t>(r)].code;
    zone_output += data.table.x.segment(data.node(r, 0), data.sector_count()).sum();
  }
  std::string text = fmt::format("{}: {} regions x {} sectors, output {:.4g} {}\n", data.name, data.region_count(),
                                 data.sector_count(), data.table.x.sum(), money_unit(data));
  text += fmt::format("trade: {:.0f} % of the pairs of a node and a region have a flow\n",
                      100 * flow_density(data.table.Z));
  text += fmt::format("zone Z: {} ({:.1f} % of the world's output)\n", zone, 100 * zone_output / data.table.x.sum());
  return text + fmt::format("layout: {}{}\n", layout, automatic ? ", chosen by size" : "");
}

int generate(GenerateCommand& command) {
  StagedFolder folder = command.folder.open({"study.yaml"});
  command.progress.start(2);
  const GeneratedWorld world = generate_world(command.world);
  command.progress.step("the world is drawn and balanced");
  const std::string layout = command.folder.write(world.dataset, folder);
  folder.write("study.yaml", world.study);
  folder.publish();
  command.progress.step("its files are written");
  command.progress.finish();
  if (command.progress.quiet()) return exit_done;
  fmt::print("{}", summary(world, layout, command.folder.layout == "auto"));
  fmt::print("{}\n", (std::filesystem::path(command.folder.out) / "study.yaml").string());
  return exit_done;
}

}  // namespace

void add_generate_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("generate", "Write a synthetic world: a dataset of any size and a study");
  auto command = std::make_shared<GenerateCommand>();
  verb->add_option("--regions", command->world.regions, "Number of regions, 2 to 1000")
      ->required()
      ->check(CLI::Range(2, most_regions));
  verb->add_option("--sectors", command->world.sectors, "Number of sectors, 3 to 1000")
      ->required()
      ->check(CLI::Range(fewest_generated_sectors, most_sectors));
  verb->add_option("--seed", command->world.seed, "The same seed gives the same world")->required();
  command->folder.add_options(*verb);
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee generate --regions 20 --sectors 41 --seed 1 --out out/world");
  verb->callback([command, &status] { status = generate(*command); });
}

}  // namespace levee
