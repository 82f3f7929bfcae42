// The transaction table: intermediate deliveries, final demand, output and value added.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "data/dataset_matrix.hpp"
#include "data/large_matrix.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

/// The deliveries of a large wide file in which nothing is to be treated or refused.
std::optional<Eigen::MatrixXd> large_wide_table(DatasetContext& context, const YamlView& block) {
  if (block.is_map() && (!block.has("file") || (block.has("layout") && block.at("layout").text() != "wide"))) return {};
  const YamlView name = block.is_map() ? block.at("file") : block;
  const std::filesystem::path path = std::filesystem::path(context.folder) / name.text();
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  if (none || size < large_matrix_file || context.files.contains(path.string())) return {};
  std::optional<Eigen::MatrixXd> figures = read_large_matrix(path.string(), context.nodes);
  if (figures && block.is_map()) context.faults.guard([&] { block.only_keys(schema_keys("dataset/matrix_file")); });
  if (figures) context.dataset.files.push_back(path.string());
  return figures;
}

void read_intermediate(DatasetContext& context, const YamlView& table, double tolerance) {
  MrioTable& mrio = context.dataset.table;
  const YamlView block = table.at("Z");
  if (std::optional<Eigen::MatrixXd> figures = large_wide_table(context, block)) {
    mrio.Z = IntermediateTable(std::move(*figures), context.sectors.size());
    return;
  }
  const CsvFile& file = matrix_file(context, block);
  double removed = 0;
  int count = 0;
  Eigen::MatrixXd Z = Eigen::MatrixXd::Zero(context.nodes.size(), context.nodes.size());
  read_matrix(context, block, context.nodes, context.nodes, [&](const MatrixCell& cell) {
    if (cell.value >= 0) {
      Z(cell.row, cell.column) = cell.value;
      return;
    }
    // A balanced table comes out of an iteration: what is below its tolerance is rounding.
    if (-cell.value > tolerance * std::max(mrio.x[cell.row], mrio.x[cell.column])) {
      throw file.error(cell.file_row, cell.file_column,
                       fmt::format("found {}, expected an intermediate delivery >= 0", cell.value));
    }
    removed += cell.value;
    ++count;
  });
  mrio.Z = IntermediateTable(std::move(Z), context.sectors.size());
  if (count > 0)
    context.warn(block.where(), fmt::format("{} intermediate deliveries are negative by rounding, {} in all: set to 0",
                                            count, removed));
}

void read_final_demand(DatasetContext& context, const YamlView& table, double tolerance) {
  MrioTable& mrio = context.dataset.table;
  const YamlView block = table.at("Y");
  const CsvFile& file = matrix_file(context, block);
  int inventory_count = 0, disposal_count = 0, rounding_count = 0;
  double inventory_sum = 0, disposal_sum = 0;
  const FinalDemandColumns columns = final_demand_columns(context, table);
  mrio.Y = Eigen::MatrixXd::Zero(context.nodes.size(), context.regions.size() * final_demand_count);
  read_matrix(context, block, context.nodes, columns.labels, [&](const MatrixCell& cell) {
    int column = columns.column[static_cast<std::size_t>(cell.column)];
    const int category = column % final_demand_count;
    if (cell.value < 0 && category == inventories) {
      ++inventory_count;
      inventory_sum += cell.value;
    } else if (cell.value < 0 &&
               category == investment) {  // disposals of used equipment: like a stock that is run down
      ++disposal_count;
      disposal_sum += cell.value;
      column += inventories - investment;
    } else if (cell.value < 0) {
      if (-cell.value > tolerance * mrio.x[cell.row]) {
        throw file.error(
            cell.file_row, cell.file_column,
            fmt::format("found {}, expected a delivery >= 0: only inventories and investment may be negative",
                        cell.value));
      }
      ++rounding_count;
      return;
    }
    mrio.Y(cell.row, column) += cell.value;
  });
  if (inventory_count > 0)
    context.warn(block.where(), fmt::format("{} inventory cells are negative, {:.6g} in all: kept as fixed quantities",
                                            inventory_count, inventory_sum));
  if (disposal_count > 0)
    context.warn(block.where(), fmt::format("{} investment cells are negative, {:.6g} in all: booked as inventories",
                                            disposal_count, disposal_sum));
  if (rounding_count > 0)
    context.warn(block.where(),
                 fmt::format("{} deliveries to final demand are negative by rounding: set to 0", rounding_count));
}

/// Whether the table comes in factors. Throws when keys of both layouts are there.
bool in_factors(const YamlView& table) {
  for (const char* factor : {"use", "final_use", "trade", "inventories"}) {
    if (!table.has(factor)) continue;
    for (const char* whole : {"Z", "Y"}) {
      if (table.has(whole)) {
        throw table.key_error(whole, fmt::format("found '{}' beside '{}': expected either Z and Y, or use, final_use "
                                                 "and trade",
                                                 whole, factor));
      }
    }
    return true;
  }
  return false;
}

}  // namespace

void read_table(DatasetContext& context, const YamlView& root) {
  const YamlView table = root.at("table");
  context.faults.guard([&] { table.only_keys(schema_keys("dataset/table")); });
  double tolerance = default_balance_tolerance;
  if (const auto given = table.find("tolerance")) {
    tolerance = given->number();
    if (tolerance < 0) throw given->error(fmt::format("found {}, expected a tolerance >= 0", given->text()));
  }
  const std::size_t before = context.faults.list().size();
  const LabelledColumn output = read_column(context, table.at("x"), context.nodes, true);
  context.dataset.table.x = output.values;
  context.faults.guard([&] {
    context.dataset.table.value_added = read_column(context, table.at("value_added"), context.nodes, true).values;
  });
  if (in_factors(table)) {
    context.faults.guard([&] { read_use_and_trade(context, table, tolerance); });
  } else {
    context.faults.guard([&] { read_intermediate(context, table, tolerance); });
    context.faults.guard([&] { read_final_demand(context, table, tolerance); });
  }
  if (context.faults.list().size() == before) check_table(context, table, output);
}

}  // namespace levee
