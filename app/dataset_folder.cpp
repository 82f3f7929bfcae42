#include "app/dataset_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "data/dataset_writer.hpp"
#include "data/diagnostics.hpp"

namespace levee {

namespace {

/// Files of a dataset whose names depend on its stressors.
bool names_a_stressor(const std::string& name) {
  return name.ends_with(".csv") && (name.starts_with("emissions_") || name.starts_with("household_"));
}

/// What a folder with a dataset may hold: the files that levee writes.
std::set<std::string> dataset_files(const std::string& out) {
  std::set<std::string> result{"dataset.yaml",
                               "regions.csv",
                               "sectors.csv",
                               "Z.csv",
                               "Y.csv",
                               "use.csv",
                               "final_use.csv",
                               "trade.csv",
                               "inventories.csv",
                               "output.csv",
                               "tariffs.csv",
                               "elasticities.csv",
                               "factor_shares.csv",
                               "fuel_use.csv",
                               "fuel_weights.csv",
                               "fossil_supply.csv",
                               "stressors.csv",
                               "household_stressors.csv",
                               "process_stressors.csv"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(out, none)) {
    const std::string name = entry.path().filename().string();
    if (names_a_stressor(name)) result.insert(name);
  }
  return result;
}

TableLayout layout_from(const std::string& layout, const Dataset& dataset) {
  if (layout == "wide") return TableLayout::wide;
  if (layout == "long") return TableLayout::long_form;
  if (layout == "auto") return automatic_layout(dataset);
  if (!dataset.table.Z.factored())
    throw InputError({}, "--layout use-trade: this table is given in full, which use and trade cannot say");
  return TableLayout::use_trade;
}

}  // namespace

void DatasetFolder::add_options(CLI::App& verb) {
  verb.add_option("--out", out, "Folder to write")->required();
  verb.add_option("--layout", layout,
                  "Layout of the transaction table: wide or long, a figure a pair of nodes; use-trade, in factors "
                  "(default auto: wide up to 1000 nodes or where the table is in full, else use-trade)")
      ->check(CLI::IsMember({"auto", "wide", "long", "use-trade"}));
  verb.add_flag("--force", force, "Replace a dataset that was written before");
}

StagedFolder DatasetFolder::open(const std::set<std::string>& more) const {
  std::set<std::string> own = dataset_files(out);
  own.insert(more.begin(), more.end());
  return {out, force, own};
}

std::string DatasetFolder::write(const Dataset& dataset, StagedFolder& folder) const {
  const TableLayout chosen = layout_from(layout, dataset);
  write_dataset(dataset, chosen, [&](const std::string& name, const std::string& text) { folder.write(name, text); });
  return layout_name(chosen);
}

}  // namespace levee
