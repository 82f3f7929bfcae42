// levee split: a sector or a region of a dataset in parts.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/balancing_words.hpp"
#include "app/command.hpp"
#include "app/dataset_folder.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"
#include "calibration/table_split.hpp"
#include "data/dataset_reader.hpp"
#include "data/file_beside.hpp"
#include "solver/separable_ipopt.hpp"

namespace levee {

namespace {

struct SplitCommand {
  std::string dataset;
  std::string by;
  DatasetFolder folder;
  Progress progress;
};

void print_parts(const Split& split, const Dataset& data) {
  for (const Split::Part& part : split.parts) {
    double output = 0, value_added = 0;
    for (int n = 0; n < data.node_count(); ++n) {
      const auto region = static_cast<std::size_t>(n / data.sector_count());
      const auto sector = static_cast<std::size_t>(n % data.sector_count());
      if ((split.of_region ? data.regions[region].code : data.sectors[sector].code) != part.code) continue;
      output += data.table.x[n];
      value_added += data.table.value_added[n];
    }
    fmt::print("{}: output {:.8g}, value added {:.8g} {}\n", part.code, output, value_added, money_unit(data));
  }
}

int split_dataset(SplitCommand& command) {
  StagedFolder folder = command.folder.open({"back.yaml"});
  command.progress.start(3);
  const YamlView document = YamlView::load(command.by);
  const Dataset from = read_dataset(command.dataset);
  const Split split = read_split(document, from);
  command.progress.step("the dataset is read");
  const SplitTable table = split_table(from, split, solve_separable_with_ipopt);
  if (!table.result.solved) throw_conflicts(command.by, table.result);
  command.progress.step("its parts are balanced");
  command.folder.write(table.dataset, folder);
  folder.write("back.yaml", map_back(from, split));
  folder.publish();
  command.progress.step("the files are written");
  command.progress.finish();
  if (command.progress.quiet()) return exit_done;
  print_parts(split, table.dataset);
  fmt::print("balance: rows off by {:.2g}, columns by {:.2g} of output at most\n", table.dataset.balance.rows,
             table.dataset.balance.columns);
  fmt::print("{}\n", (std::filesystem::path(command.folder.out) / "dataset.yaml").string());
  return exit_done;
}

}  // namespace

std::string check_split(const YamlView& document) {
  const Dataset data = read_dataset(file_beside(document.at("dataset")));
  const Split split = read_split(document, data);
  return fmt::format("split '{}' of '{}': {} in {} parts\n", split.name, data.name,
                     document.at(split.of_region ? "region" : "sector").text(), split.parts.size());
}

void add_split_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("split", "Divide a sector or a region of a dataset into parts");
  auto command = std::make_shared<SplitCommand>();
  verb->add_option("DATASET", command->dataset, "The dataset's YAML file")->required();
  verb->add_option("--by", command->by, "The parts and their shares, a YAML file")->required();
  command->folder.add_options(*verb);
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee split data/cbam-2011/dataset.yaml --by split.yaml --out out/split");
  verb->callback([command, &status] { status = split_dataset(*command); });
}

}  // namespace levee
