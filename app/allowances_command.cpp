// levee allowances: free allocation to a plant by several methods, without a model.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"
#include "report/allowances_document.hpp"
#include "rules/plant_file.hpp"

namespace levee {

namespace {

struct AllowancesCommand {
  std::string plant, out;
  bool force = false, json = false, csv = false;
  Progress progress;
};

void print_csv(const AnalysisDocument& document) {
  for (const TableText& table : document.tables) {
    if (table.name == "allowances") fmt::print("{}{}", csv_header(table.columns), table.rows);
  }
}

int allowances(AllowancesCommand& command) {
  std::unique_ptr<StagedFolder> folder;
  if (!command.out.empty()) folder = stage_analysis_folder("allowances", command.out, command.force);
  const AnalysisDocument document = allowances_document(read_plant(YamlView::load(command.plant)), LEVEE_VERSION);
  if (folder) write_analysis_folder(document, *folder);
  if (command.json)
    fmt::print("{}", analysis_json(document));
  else if (command.csv)
    print_csv(document);
  else if (!command.progress.quiet())
    fmt::print("{}", allowances_text(document));
  return exit_done;
}

}  // namespace

std::string check_plant(const YamlView& document) {
  const PlantFile plant = read_plant(document);
  std::string text = fmt::format("plant '{}': {} to {}, output in {}, money in {}{}\n", plant.name,
                                 plant.study.years.front(), plant.study.years.back(), plant.unit, plant.currency,
                                 plant.rules.empty() ? "" : fmt::format(", rules '{}'", plant.rules));
  for (const AllowanceMethod& method : plant.study.methods)
    text += fmt::format("  {}: {}\n", method.name, rule_word(method.rule));
  return text;
}

void add_allowances_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("allowances", "Free allowances of a plant by several methods");
  auto command = std::make_shared<AllowancesCommand>();
  verb->add_option("PLANT", command->plant, "The plant's YAML file")->required();
  verb->add_option("--out", command->out, "Write allowances.json, tables and a report into this folder");
  verb->add_flag("--force", command->force, "Replace earlier results");
  CLI::Option* json = verb->add_flag("--json", command->json, "Print allowances.json in place of the tables");
  verb->add_flag("--csv", command->csv, "Print methods by year as CSV in place of the tables")->excludes(json);
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee allowances scenarios/allowances/cement.yaml --out out/allowances");
  verb->callback([command, &status] { status = allowances(*command); });
}

}  // namespace levee
