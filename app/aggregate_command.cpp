// levee aggregate: a dataset in fewer regions and sectors.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/dataset_folder.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"
#include "data/aggregation.hpp"
#include "data/dataset_reader.hpp"
#include "data/file_beside.hpp"

namespace levee {

namespace {

struct AggregateCommand {
  std::string dataset;
  std::string map;
  DatasetFolder folder;
  Progress progress;
};

std::string size_line(const Dataset& dataset) {
  return fmt::format("'{}': {} regions x {} sectors, output {:.8g}, value added {:.8g} {}", dataset.name,
                     dataset.region_count(), dataset.sector_count(), dataset.table.x.sum(),
                     dataset.table.value_added.sum(), money_unit(dataset));
}

/// The largest relative change of a total.
double drift(const Dataset& from, const Dataset& to) {
  double worst = 0;
  const auto compare = [&](double before, double after) {
    if (before != 0) worst = std::max(worst, std::abs(after / before - 1));
  };
  compare(from.table.x.sum(), to.table.x.sum());
  compare(from.table.value_added.sum(), to.table.value_added.sum());
  compare(from.table.Z.row_sums().sum(), to.table.Z.row_sums().sum());
  compare(from.table.Y.sum(), to.table.Y.sum());
  for (std::size_t k = 0; k < from.stressors.size(); ++k) {
    compare(from.stressors[k].industry.sum() + from.stressors[k].household.sum(),
            to.stressors[k].industry.sum() + to.stressors[k].household.sum());
  }
  return worst;
}

int aggregate_dataset(AggregateCommand& command) {
  StagedFolder folder = command.folder.open();
  command.progress.start(3);
  const YamlView document = YamlView::load(command.map);
  const Dataset from = read_dataset(command.dataset);
  command.progress.step("the dataset is read");
  const Dataset to = aggregate(from, read_aggregation(document, from));
  command.progress.step("its regions and sectors are added up");
  command.folder.write(to, folder);
  folder.publish();
  command.progress.step("the files are written");
  command.progress.finish();
  if (command.progress.quiet()) return exit_done;
  fmt::print("from {}\nto   {}\n", size_line(from), size_line(to));
  fmt::print("totals of the table and of emissions agree to {:.1e}\n", drift(from, to));
  for (std::size_t k = from.assumptions.size() + 1; k < to.assumptions.size(); ++k)
    fmt::print("note: {}\n", to.assumptions[k]);
  fmt::print("{}\n", (std::filesystem::path(command.folder.out) / "dataset.yaml").string());
  return exit_done;
}

std::string side_text(int codes, int targets, const char* what) {
  return codes == 0 ? fmt::format("{}s stay as they are", what) : fmt::format("{} {}s become {}", codes, what, targets);
}

}  // namespace

std::string check_aggregation(const YamlView& document) {
  const auto dataset = document.find("dataset");
  MapSize size;
  std::string judged = ", not held against a dataset (key 'dataset')";
  if (dataset) {
    const Dataset data = read_dataset(file_beside(*dataset));
    const Aggregation map = read_aggregation(document, data);
    if (document.has("regions")) {
      size.regions = data.region_count();
      size.result_regions = static_cast<int>(map.regions.size());
    }
    if (document.has("sectors")) {
      size.sectors = data.sector_count();
      size.result_sectors = static_cast<int>(map.sectors.size());
    }
    judged = fmt::format(" of '{}'", data.name);
  } else {
    size = check_aggregation_alone(document);
  }
  return fmt::format("aggregation map '{}'{}\n{}\n{}\n", document.at("aggregation").text(), judged,
                     side_text(size.regions, size.result_regions, "region"),
                     side_text(size.sectors, size.result_sectors, "sector"));
}

void add_aggregate_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("aggregate", "Add a dataset's regions and sectors up by a map");
  auto command = std::make_shared<AggregateCommand>();
  verb->add_option("DATASET", command->dataset, "The dataset's YAML file")->required();
  verb->add_option("--map", command->map, "The aggregation map, a YAML file")->required();
  command->folder.add_options(*verb);
  command->progress.add_options(*verb);
  verb->footer(
      "Example:\n  levee aggregate data/wiod-2011/dataset.yaml --map data/maps/wiod-2011-to-cbam-2011.yaml "
      "--out out/world");
  verb->callback([command, &status] { status = aggregate_dataset(*command); });
}

}  // namespace levee
