// levee check: validates a file of any kind and describes it.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "app/command.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"

namespace levee {

namespace {

struct CheckOptions {
  std::string file;
  bool equations = false;
  EquationOptions listed;
  Progress progress;
};

int check(const CheckOptions& options) {
  const YamlView document = YamlView::load(options.file);
  const FileKind& kind = find_kind(document);
  if (options.equations) {
    if (kind.equations == nullptr) {
      throw document.error(
          fmt::format("a {} has no equations of its own; expected a study that uses it, or an economy", kind.name));
    }
    fmt::print("{}", kind.equations(document, options.listed));
    return exit_done;
  }
  const std::string description = kind.check(document);
  if (!options.progress.quiet()) fmt::print("{}", description);
  return exit_done;
}

}  // namespace

void add_check_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("check", "Validate a YAML file of any kind and describe it");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("FILE", options->file, "The file")->required();
  CLI::Option* equations =
      verb->add_flag("--equations", options->equations, "Print the model's equations, as the solver has them, instead");
  verb->add_option("--scenario", options->listed.scenario,
                   "With --equations: of this scenario (else the reference or the benchmark)")
      ->type_name("NAME")
      ->needs(equations);
  verb->add_option("--match", options->listed.match, "With --equations: those whose name holds this text")
      ->type_name("TEXT")
      ->needs(equations);
  verb->add_flag("--families", options->listed.families, "With --equations: every kind of equation, explained, once")
      ->needs(equations);
  options->progress.add_options(*verb);
  verb->footer(
      "Examples:\n  levee check economy.yaml\n"
      "  levee check scenarios/eu-cbam/study.yaml --equations --scenario ets_only --match 'STEEL in EUR'");
  verb->callback([options, &status] { status = check(*options); });
}

}  // namespace levee
