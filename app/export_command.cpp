// levee export: a dataset or a run's results in the formats of other programs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/format_named.hpp"
#include "app/progress.hpp"
#include "app/whole_file.hpp"
#include "data/dataset_har.hpp"
#include "data/dataset_reader.hpp"
#include "report/run_har.hpp"
#include "report/run_reader.hpp"

namespace levee {

namespace {

struct ExportCommand {
  std::string format;
  std::string source;
  std::string out;
  bool force = false;
  Progress progress;
};

/// A format, and a file of it made of a dataset or of a run.
struct ExportFormat {
  const char* name;
  const char* what;
  std::string (*of_dataset)(const Dataset& dataset, const std::string& path);
  std::string (*of_run)(const RunDocument& run, const std::string& path);
};

constexpr std::array export_formats{ExportFormat{
    "har", "header arrays of GEMPACK, for ViewHAR and models of the GTAP family",
    [](const Dataset& dataset, const std::string& path) {
      return har_bytes(dataset_har(dataset, LEVEE_VERSION, path));
    },
    [](const RunDocument& run, const std::string& path) { return har_bytes(run_har(run, LEVEE_VERSION, path)); }}};

int export_file(const ExportCommand& command) {
  const ExportFormat& format = format_named(export_formats, command.format);
  check_writable(command.out, command.force);
  const std::string bytes = std::filesystem::is_directory(command.source)
                                ? format.of_run(read_run_folder(command.source), command.out)
                                : format.of_dataset(read_dataset(command.source), command.out);
  write_whole_file(command.out, bytes, command.force);
  if (!command.progress.quiet()) fmt::print("{}\n", command.out);
  return exit_done;
}

std::string export_formats_text() {
  std::string text = "FORMAT is\n";
  for (const ExportFormat& format : export_formats) text += fmt::format("  {:<5}{}\n", format.name, format.what);
  return text;
}

}  // namespace

void add_export_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("export", "Write a dataset or results for other programs");
  auto command = std::make_shared<ExportCommand>();
  verb->add_option("FORMAT", command->format, "The format, see below")->required();
  verb->add_option("SOURCE", command->source, "A dataset's YAML file, or the folder that 'levee run' wrote")
      ->required();
  verb->add_option("--out", command->out, "File to write")->required();
  verb->add_flag("--force", command->force, "Replace an existing file");
  command->progress.add_options(*verb);
  verb->footer(export_formats_text() +
               "\nExample:\n  levee export har data/cbam-2011/dataset.yaml --out out/cbam-2011.har");
  verb->callback([command, &status] { status = export_file(*command); });
}

}  // namespace levee
