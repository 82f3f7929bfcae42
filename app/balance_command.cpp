// levee balance: a dataset whose rows and columns come to output, changed as little as possible.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/balancing_words.hpp"
#include "app/command.hpp"
#include "app/dataset_folder.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"
#include "calibration/table_balancing.hpp"
#include "data/dataset_reader.hpp"
#include "data/file_beside.hpp"
#include "data/table_balance.hpp"
#include "solver/separable_ipopt.hpp"

namespace levee {

namespace {

struct BalanceCommand {
  std::string dataset;
  std::string method = "gras";
  std::string fix;
  DatasetFolder folder;
  Progress progress;
};

BalancingMethod method_named(const std::string& name) {
  if (name == "entropy") return BalancingMethod::entropy;
  return name == "gras" ? BalancingMethod::gras : BalancingMethod::least_squares;
}

void print_changes(const Dataset& before, const BalancedTable& balanced) {
  const Balance old = table_balance(before.table).largest();
  fmt::print("balance: rows off by {:.2g}, columns by {:.2g} of output before; {:.2g} and {:.2g} now\n", old.rows,
             old.columns, balanced.dataset.balance.rows, balanced.dataset.balance.columns);
  fmt::print("{} iterations\n", balanced.result.iterations);
  fmt::print("{:<14}{:>10}{:>16}{:>16}{:>16}\n", "block", "cells", "before", "after", "moved");
  for (const BlockChange& change : balanced.changes) {
    if (change.cells == 0) continue;
    fmt::print("{:<14}{:>10}{:>16.8g}{:>16.8g}{:>16.4g}\n", change.block, change.cells, change.sum_before,
               change.sum_after, change.moved);
  }
}

int balance_dataset(BalanceCommand& command) {
  StagedFolder folder = command.folder.open();
  command.progress.start(3);
  const Dataset before = read_unbalanced_dataset(command.dataset);
  const TableTargets targets =
      command.fix.empty() ? TableTargets{} : read_table_targets(YamlView::load(command.fix), before);
  command.progress.step("the dataset is read");
  BalancedTable balanced = balance_table(before, targets, method_named(command.method), solve_separable_with_ipopt);
  if (!balanced.result.solved) throw_conflicts(command.fix.empty() ? command.dataset : command.fix, balanced.result);
  command.progress.step("its table is balanced");
  balanced.dataset.assumptions.push_back(
      fmt::format("The table of '{}' was balanced by levee balance --method {}.", before.name, command.method));
  command.folder.write(balanced.dataset, folder);
  folder.publish();
  command.progress.step("the files are written");
  command.progress.finish();
  if (command.progress.quiet()) return exit_done;
  print_changes(before, balanced);
  fmt::print("{}\n", (std::filesystem::path(command.folder.out) / "dataset.yaml").string());
  return exit_done;
}

}  // namespace

std::string check_balance_file(const YamlView& document) {
  const Dataset data = read_unbalanced_dataset(file_beside(document.at("dataset")));
  const TableTargets targets = read_table_targets(document, data);
  return fmt::format("balance '{}' of '{}': {} fixed cells or groups of cells, {} fixed totals, output {}\n",
                     document.at("balance").text(), data.name, targets.cells.size(), targets.totals.size(),
                     targets.output_fixed ? "fixed" : "free");
}

void add_balance_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("balance", "Balance a dataset's table");
  auto command = std::make_shared<BalanceCommand>();
  verb->add_option("DATASET", command->dataset, "The dataset's YAML file")->required();
  verb->add_option("--method", command->method, "gras, entropy or least-squares")
      ->check(CLI::IsMember({"gras", "entropy", "least-squares"}))
      ->capture_default_str();
  verb->add_option("--fix", command->fix, "Cells and totals that are fixed, a YAML file");
  command->folder.add_options(*verb);
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee balance data/wiod-2011/dataset.yaml --method gras --out out/balanced");
  verb->callback([command, &status] { status = balance_dataset(*command); });
}

}  // namespace levee
