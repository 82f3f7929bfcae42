#include "data/dataset_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

/// A number of units of currency, or a word for it.
double money_unit(const YamlView& view) {
  static const std::vector<std::string> words{"one", "thousand", "million", "billion"};
  static const std::vector<double> factors{1, 1e3, 1e6, 1e9};
  const std::string text = view.text();
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return factors[static_cast<std::size_t>(found - words.begin())];
  double value = 0;
  try {
    value = view.number();
  } catch (const InputError&) {
    throw view.error(fmt::format("unknown unit '{}', expected a number{}", text, suggestion(text, words)));
  }
  if (value <= 0) throw view.error(fmt::format("found {}, expected a unit > 0", text));
  return value;
}

void read_sources(Dataset& dataset, const YamlView& root) {
  const auto sources = root.find("sources");
  if (!sources) return;
  for (const YamlView& source : sources->items()) {
    source.only_keys(schema_keys("dataset/source"));
    auto optional = [&](const char* key) { return source.has(key) ? source.at(key).text() : std::string(); };
    dataset.sources.push_back({source.at("title").text(), optional("licence"), optional("citation")});
  }
}

void read_description(DatasetContext& context, const YamlView& root) {
  Dataset& dataset = context.dataset;
  Diagnostics& faults = context.faults;
  faults.guard([&] { root.only_keys(schema_keys("dataset")); });
  faults.guard([&] { dataset.name = root.at("name").text(); });
  faults.guard([&] { dataset.year = root.at("year").integer(); });
  faults.guard([&] { dataset.currency = root.at("currency").text(); });
  faults.guard([&] { dataset.money_unit = money_unit(root.at("money_unit")); });
  faults.guard([&] { read_sources(dataset, root); });
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
                         .accept_unbalanced = accept_unbalanced};
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
