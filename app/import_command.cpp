// levee import: a published table as a dataset.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/check_dataset.hpp"
#include "app/command.hpp"
#include "app/dataset_folder.hpp"
#include "app/file_kind.hpp"
#include "app/format_named.hpp"
#include "app/progress.hpp"
#include "data/dataset_reader.hpp"
#include "data/file_beside.hpp"
#include "data/import/import_format.hpp"
#include "data/import/imported_dataset.hpp"
#include "data/import/own_table_map.hpp"

namespace levee {

namespace {

struct ImportCommand {
  std::string format;
  std::string source;
  ImportOptions options;
  DatasetFolder folder;
  Progress progress;
};

int import_table(ImportCommand& command) {
  const ImportFormat& format = format_named(import_formats(), command.format);
  StagedFolder folder = command.folder.open();
  command.progress.start(3);
  Dataset dataset = make_dataset(format.read(command.source, command.options));
  command.progress.step("the table is read");
  command.folder.write(dataset, folder);
  command.progress.step("the files are written");
  // What levee cannot read is not left behind.
  const auto read = std::make_shared<const Dataset>(read_dataset(folder.staged("dataset.yaml").string()));
  command.progress.step("the files are read again and checked");
  folder.publish();
  command.progress.finish();
  if (command.progress.quiet()) return exit_done;
  fmt::print("{}", describe_dataset(read));
  for (const std::string& text : dataset.assumptions) fmt::print("note: {}\n", text);
  for (const std::string& text : dataset.artefacts) fmt::print("odd: {}\n", text);
  fmt::print("{}\n", (std::filesystem::path(command.folder.out) / "dataset.yaml").string());
  return exit_done;
}

std::string import_formats_text() {
  std::string text = "FORMAT is one of\n";
  for (const ImportFormat& format : import_formats())
    text += fmt::format("  {:<11}{}\n             SOURCE: {}\n", format.name, format.what, format.source);
  return text;
}

}  // namespace

std::string check_import(const YamlView& document) {
  const OwnTableMap map = read_own_table_map(document);
  for (const OwnFile& file : map.files) file_beside(file.file);
  return fmt::format(
      "map of the table '{}' in {} files: {} categories of final demand, {} rows of value added, {} of "
      "stressors\n",
      map.name, map.files.size(), map.categories.size(), map.value_added.size(), map.stressors.size());
}

void add_import_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("import", "Make a dataset of a published table");
  auto command = std::make_shared<ImportCommand>();
  verb->add_option("FORMAT", command->format, "The published layout, see below")->required();
  verb->add_option("SOURCE", command->source, "What the publisher distributes: a file, folder or zip")->required();
  verb->add_option("--year", command->options.year, "The year, where SOURCE holds several");
  verb->add_option("--release", command->options.version, "The publisher's version, for the list of sources");
  command->folder.add_options(*verb);
  command->progress.add_options(*verb);
  verb->footer(import_formats_text() + "\nExample:\n  levee import exiobase3 IOT_2011_ixi.zip --out out/exiobase");
  verb->callback([command, &status] { status = import_table(*command); });
}

}  // namespace levee
