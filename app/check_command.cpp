// levee check: validates a file of any kind and describes it.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/command.hpp"
#include "app/file_kind.hpp"
#include "app/progress.hpp"

namespace levee {

namespace {

struct CheckOptions {
  std::string file;
  bool equations = false;
  bool json = false;
  EquationOptions listed;
  Progress progress;
};

using Json = nlohmann::ordered_json;

/// What is wrong with the file, for programs.
Json faults_json(const InputError& error) {
  Json faults = Json::array();
  for (const Diagnostic& fault : error.diagnostics()) {
    faults.push_back({{"file", fault.where.file},
                      {"line", fault.where.line},
                      {"column", fault.where.column},
                      {"message", fault.message}});
  }
  return faults;
}

/// Prints an answer whether the file is valid or not; faults go to standard error too.
int check_for_programs(const std::string& file) {
  Json answer{{"file", file}, {"kind", nullptr}, {"valid", false}, {"faults", Json::array()}};
  try {
    const YamlView document = YamlView::load(file);
    const FileKind& kind = find_kind(document);
    answer["kind"] = kind.name;
    if (kind.json != nullptr) {
      answer[kind.name] = kind.json(document);
    } else {
      kind.check(document);
    }
    answer["valid"] = true;
  } catch (const InputError& error) {
    answer["faults"] = faults_json(error);
    fmt::print("{}\n", answer.dump(2));
    throw;
  }
  fmt::print("{}\n", answer.dump(2));
  return exit_done;
}

int check(const CheckOptions& options) {
  if (options.json) return check_for_programs(options.file);
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
  CLI::Option* json = verb->add_flag("--json", options->json, "Print the answer as JSON, for programs");
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
  equations->excludes(json);
  options->progress.add_options(*verb);
  verb->footer(
      "Examples:\n  levee check economy.yaml\n"
      "  levee check scenarios/eu-cbam/study.yaml --equations --scenario ets_only --match 'STEEL in EUR'");
  verb->callback([options, &status] { status = check(*options); });
}

}  // namespace levee
