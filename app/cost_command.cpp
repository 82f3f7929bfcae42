// levee cost: what a tonne costs at the border by the rules, without a model.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "report/cost_document.hpp"
#include "rules/cost_path.hpp"
#include "rules/cost_quantiles.hpp"
#include "rules/firm_file.hpp"

namespace levee {

namespace {

struct CostCommand {
  std::string file, out;
  bool force = false, json = false, csv = false;
  Progress progress;
};

int cost(const CostCommand& command) {
  std::unique_ptr<StagedFolder> folder;
  if (!command.out.empty()) folder = stage_analysis_folder("cost", command.out, command.force);
  const FirmFile file = read_firm_file(YamlView::load(command.file));
  const CostPath path = cost_path(file);
  const std::vector<CostQuantile> quantiles = cost_quantiles(file, path);
  const AnalysisDocument document = cost_document(file, path, quantiles, LEVEE_VERSION);
  if (folder) write_analysis_folder(document, *folder);
  if (command.json)
    fmt::print("{}", analysis_json(document));
  else if (command.csv)
    fmt::print("{}{}", csv_header(document.tables.front().columns), document.tables.front().rows);
  else if (!command.progress.quiet())
    fmt::print("{}", cost_text(file, path, quantiles));
  return exit_done;
}

}  // namespace

void add_cost_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("cost", "What firms' goods cost at the border, by the rules as written");
  auto command = std::make_shared<CostCommand>();
  verb->add_option("FIRM", command->file, "The firms' YAML file")->required();
  verb->add_option("--out", command->out, "Write cost.json, tables and a report into this folder");
  CLI::Option* json = verb->add_flag("--json", command->json, "Print cost.json in place of the tables");
  verb->add_flag("--csv", command->csv, "Print tables/border_cost.csv in place of the tables")->excludes(json);
  verb->add_flag("--force", command->force, "Replace earlier results");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee cost scenarios/border-cost/aluminium.yaml --out out/aluminium");
  verb->callback([command, &status] { status = cost(*command); });
}

}  // namespace levee
