// The transaction table: intermediate deliveries, final demand, output and value added, wide or long.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

/// Decides what a negative cell means: returns the figure to keep or throws. Arguments: row node, matrix column,
/// figure, the cell's row and column in the file.
using Negative = std::function<double(int, int, double, int, int)>;

/// Where a block's figures go: labels of its columns and the matrix column of each (several may be summed).
struct Target {
  const LabelSet& columns;
  std::vector<int> matrix_column;
  Eigen::MatrixXd& matrix;
  const Negative& negative;
  void add(int row, int label, double value, int file_row, int file_column) {
    const int column = matrix_column[static_cast<std::size_t>(label)];
    matrix(row, column) += value < 0 ? negative(row, column, value, file_row, file_column) : value;
  }
};

void read_wide(DatasetContext& context, const CsvFile& file, Target& target) {
  FaultLimit faults(context.faults, file.path());
  const std::vector<int> rows = match_rows(file, context.nodes, true, faults);
  const std::vector<int> columns = match_columns(file, target.columns, true, faults);
  for (int row = 1; row < file.rows(); ++row) {
    const int node = rows[static_cast<std::size_t>(row - 1)];
    for (int column = 1; node >= 0 && column < file.columns(); ++column) {
      const int label = columns[static_cast<std::size_t>(column - 1)];
      if (label < 0) continue;
      try {
        target.add(node, label, file.number(row, column), row, column);
      } catch (const InputError& error) {
        faults.add(error);
      }
    }
  }
}

void read_long(DatasetContext& context, const YamlView& block, const CsvFile& file, Target& target) {
  auto named = [&](const char* key) {
    const auto column = block.find(key);
    return file.column_named(column ? column->text() : key);
  };
  const int row_column = named("row"), column_column = named("column"), value_column = named("value");
  FaultLimit faults(context.faults, file.path());
  std::vector<bool> seen(static_cast<std::size_t>(context.nodes.size()) *
                         static_cast<std::size_t>(target.columns.size()));
  for (int row = 1; row < file.rows(); ++row) {
    if (faults.full()) {
      faults.skip();
      continue;
    }
    try {
      const int node = context.nodes.find(file.cell(row, row_column));
      if (node < 0) throw file.error(row, row_column, context.nodes.unknown(file.cell(row, row_column)));
      const int label = target.columns.find(file.cell(row, column_column));
      if (label < 0) throw file.error(row, column_column, target.columns.unknown(file.cell(row, column_column)));
      const std::size_t cell = static_cast<std::size_t>(node) * static_cast<std::size_t>(target.columns.size()) +
                               static_cast<std::size_t>(label);
      if (seen[cell]) {
        throw file.error(
            row, row_column,
            fmt::format("duplicate cell ({}, {})", file.cell(row, row_column), file.cell(row, column_column)));
      }
      seen[cell] = true;
      target.add(node, label, file.number(row, value_column), row, value_column);
    } catch (const InputError& error) {
      faults.add(error);
    }
  }
}

const CsvFile& matrix_file(DatasetContext& context, const YamlView& block) {
  return context.block_file(block, "dataset/matrix_file");
}

void read_matrix(DatasetContext& context, const YamlView& block, const CsvFile& file, Target target) {
  std::string layout = "wide";
  if (block.is_map() && block.has("layout")) layout = block.at("layout").text();
  if (layout == "wide") {
    read_wide(context, file, target);
  } else if (layout == "long") {
    read_long(context, block, file, target);
  } else {
    const std::vector<std::string> layouts{"wide", "long"};
    throw block.at("layout").error(fmt::format("unknown layout '{}'{}", layout, suggestion(layout, layouts)));
  }
}

/// Labels REGION.CATEGORY of the final demand columns, and where each goes in Y.
std::pair<LabelSet, std::vector<int>> final_demand_columns(DatasetContext& context, const YamlView& table) {
  static const std::vector<std::string> categories{"household", "npish", "government", "investment", "inventories"};
  std::vector<std::string> codes;
  std::vector<int> category;
  Diagnostics faults;
  for (const auto& [code, meaning] : table.at("final_demand").entries()) {
    faults.guard([&, &key = code, &value = meaning] {
      const auto found = std::find(categories.begin(), categories.end(), value.text());
      if (found == categories.end()) {
        throw value.error(
            fmt::format("unknown final demand '{}'{}", value.text(), suggestion(value.text(), categories)));
      }
      codes.push_back(key);
      category.push_back(static_cast<int>(found - categories.begin()));
    });
  }
  faults.throw_if_any();
  std::vector<std::string> labels;
  std::vector<int> matrix_column;
  for (int region = 0; region < context.regions.size(); ++region) {
    for (std::size_t k = 0; k < codes.size(); ++k) {
      labels.push_back(context.regions.name(region) + "." + codes[k]);
      matrix_column.push_back(region * final_demand_count + category[k]);
    }
  }
  return {LabelSet("final demand", std::move(labels)), std::move(matrix_column)};
}

void read_intermediate(DatasetContext& context, const YamlView& table, double tolerance) {
  MrioTable& mrio = context.dataset.table;
  const YamlView block = table.at("Z");
  double removed = 0;
  int count = 0;
  const CsvFile& file = matrix_file(context, block);
  const Negative negative = [&](int row, int column, double value, int file_row, int file_column) {
    // A balanced table comes out of an iteration: what is below its tolerance is rounding.
    if (-value > tolerance * std::max(mrio.x[row], mrio.x[column])) {
      throw file.error(file_row, file_column, fmt::format("found {}, expected an intermediate delivery >= 0", value));
    }
    removed += value;
    ++count;
    return 0.0;
  };
  std::vector<int> identity;
  for (int node = 0; node < context.nodes.size(); ++node) identity.push_back(node);
  mrio.Z = Eigen::MatrixXd::Zero(context.nodes.size(), context.nodes.size());
  read_matrix(context, block, file, {context.nodes, std::move(identity), mrio.Z, negative});
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
  const Negative negative = [&](int row, int column, double value, int file_row, int file_column) {
    const int category = column % final_demand_count;
    if (category == inventories) {
      ++inventory_count;
      inventory_sum += value;
      return value;
    }
    if (category == investment) {  // disposals of used equipment: like a stock that is run down
      ++disposal_count;
      disposal_sum += value;
      mrio.Y(row, column - investment + inventories) += value;
      return 0.0;
    }
    if (-value > tolerance * mrio.x[row]) {
      throw file.error(
          file_row, file_column,
          fmt::format("found {}, expected a delivery >= 0: only inventories and investment may be negative", value));
    }
    ++rounding_count;
    return 0.0;
  };
  auto [labels, matrix_column] = final_demand_columns(context, table);
  mrio.Y = Eigen::MatrixXd::Zero(context.nodes.size(), context.regions.size() * final_demand_count);
  read_matrix(context, block, file, {labels, std::move(matrix_column), mrio.Y, negative});
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
  context.faults.guard([&] { read_intermediate(context, table, tolerance); });
  context.faults.guard([&] { read_final_demand(context, table, tolerance); });
  if (context.faults.list().size() == before) check_table(context, table, output);
}

}  // namespace levee
