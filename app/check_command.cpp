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
  Progress progress;
};

int check(const CheckOptions& options) {
  const YamlView document = YamlView::load(options.file);
  const std::string description = find_kind(document).check(document);
  if (!options.progress.quiet()) fmt::print("{}", description);
  return exit_done;
}

}  // namespace

void add_check_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("check", "Validate a YAML file of any kind and describe it");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("FILE", options->file, "The file")->required();
  options->progress.add_options(*verb);
  verb->footer("Example:\n  levee check economy.yaml");
  verb->callback([options, &status] { status = check(*options); });
}

}  // namespace levee
