#include "data/dataset_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "data/dataset_context.hpp"
#include "data/dataset_words.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

void read_description(DatasetContext& context, const YamlView& root) {
  Dataset& dataset = context.dataset;
  Diagnostics& faults = context.faults;
  faults.guard([&] { root.only_keys(schema_keys("dataset")); });
  faults.guard([&] { dataset.name = root.at("name").text(); });
  faults.guard([&] { dataset.year = root.at("year").integer(); });
  faults.guard([&] { dataset.currency = root.at("currency").text(); });
  faults.guard([&] { dataset.money_unit = read_money_unit(root.at("money_unit")); });
  faults.guard([&] {
    if (const auto sources = root.find("sources")) dataset.sources = read_sources(*sources, "dataset/source");
  });
  faults.guard([&] {
    if (const auto list = root.find("artefacts")) dataset.artefacts = list->texts();
  });
  faults.guard([&] {
    if (const auto list = root.find("assumptions")) dataset.assumptions = list->texts();
  });
}

Dataset read(const std::string& yaml_path, bool accept_unbalanced) {
  const YamlView root = YamlView::load(yaml_path);
  if (!root.is_map()) throw root.error("expected a map that describes a dataset");
  Dataset dataset;
  dataset.path = yaml_path;
  dataset.files.push_back(yaml_path);
  Diagnostics faults;
  const std::string folder = std::filesystem::path(yaml_path).parent_path().string();
  DatasetContext context{.dataset = dataset,
                         .faults = faults,
                         .folder = folder.empty() ? "." : folder,
                         .regions = {},
                         .sectors = {},
                         .nodes = {},
                         .files = {},
                         .accept_unbalanced = accept_unbalanced,
                         .for_models = root.has("parameters")};
  read_description(context, root);
  read_sets(context, root);
  for (const auto& read : {read_table, read_stressors, read_tariffs, read_parameters, read_technologies}) {
    faults.guard([&] { read(context, root); });
  }
  faults.throw_if_any();
  return dataset;
}

}  // namespace

Dataset read_dataset(const std::string& yaml_path) { return read(yaml_path, false); }

Dataset read_unbalanced_dataset(const std::string& yaml_path) { return read(yaml_path, true); }

}  // namespace levee
