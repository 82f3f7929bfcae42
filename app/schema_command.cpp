// levee schema: the JSON Schema of a kind of YAML file, for editors.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "app/whole_file.hpp"
#include "data/diagnostics.hpp"
#include "data/schema.hpp"

namespace levee {

namespace {

struct SchemaCommand {
  std::string kind;
  std::string out;
  bool force = false;
  Progress progress;
};

int print_schema(const SchemaCommand& command) {
  std::vector<std::string> kinds;
  for (const Schema& schema : schemas()) {
    kinds.emplace_back(schema.kind);
    if (kinds.back() != command.kind) continue;
    if (command.out.empty()) {
      fmt::print("{}", schema.text);
    } else {
      write_whole_file(command.out, schema.text, command.force);
    }
    return exit_done;
  }
  if (command.kind.empty()) {
    for (const std::string& kind : kinds) fmt::print("{}\n", kind);
    return exit_done;
  }
  throw InputError({}, fmt::format("there is no kind of file '{}'{}", command.kind, suggestion(command.kind, kinds)));
}

}  // namespace

void add_schema_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("schema", "Print the JSON Schema of a kind of YAML file, or list the kinds");
  auto command = std::make_shared<SchemaCommand>();
  verb->add_option("KIND", command->kind, "study, dataset, ...; without it the kinds are listed");
  verb->add_option("--out", command->out, "File to write (default: printed)");
  verb->add_flag("--force", command->force, "Replace an existing file");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee schema dataset --out dataset.schema.json");
  verb->callback([command, &status] { status = print_schema(*command); });
}

}  // namespace levee
