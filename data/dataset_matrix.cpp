// Matrices in CSV files, wide or long.
#include "data/dataset_matrix.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset_words.hpp"

namespace levee {
namespace {

void read_wide(DatasetContext& context, const CsvFile& file, const LabelSet& row_labels, const LabelSet& column_labels,
               const AcceptCell& accept) {
  FaultLimit faults(context.faults, file.path());
  const std::vector<int> rows = match_rows(file, row_labels, true, faults);
  const std::vector<int> columns = match_columns(file, column_labels, true, faults);
  for (int row = 1; row < file.rows(); ++row) {
    const int row_label = rows[static_cast<std::size_t>(row - 1)];
    for (int column = 1; row_label >= 0 && column < file.columns(); ++column) {
      const int column_label = columns[static_cast<std::size_t>(column - 1)];
      if (column_label < 0) continue;
      try {
        accept({row_label, column_label, file.number(row, column), row, column});
      } catch (const InputError& error) {
        faults.add(error);
      }
    }
  }
}

void read_long(DatasetContext& context, const YamlView& block, const CsvFile& file, const LabelSet& row_labels,
               const LabelSet& column_labels, const AcceptCell& accept) {
  auto named = [&](const char* key) {
    const auto column = block.find(key);
    return file.column_named(column ? column->text() : key);
  };
  const int row_column = named("row"), column_column = named("column"), value_column = named("value");
  FaultLimit faults(context.faults, file.path());
  std::vector<bool> seen(static_cast<std::size_t>(row_labels.size()) * static_cast<std::size_t>(column_labels.size()));
  for (int row = 1; row < file.rows(); ++row) {
    if (faults.full()) {
      faults.skip();
      continue;
    }
    try {
      const int row_label = row_labels.find(file.cell(row, row_column));
      if (row_label < 0) throw file.error(row, row_column, row_labels.unknown(file.cell(row, row_column)));
      const int column_label = column_labels.find(file.cell(row, column_column));
      if (column_label < 0) throw file.error(row, column_column, column_labels.unknown(file.cell(row, column_column)));
      const std::size_t cell = static_cast<std::size_t>(row_label) * static_cast<std::size_t>(column_labels.size()) +
                               static_cast<std::size_t>(column_label);
      if (seen[cell]) {
        throw file.error(
            row, row_column,
            fmt::format("duplicate cell ({}, {})", file.cell(row, row_column), file.cell(row, column_column)));
      }
      seen[cell] = true;
      accept({row_label, column_label, file.number(row, value_column), row, value_column});
    } catch (const InputError& error) {
      faults.add(error);
    }
  }
}

}  // namespace

const CsvFile& matrix_file(DatasetContext& context, const YamlView& block) {
  return context.block_file(block, "dataset/matrix_file");
}

void read_matrix(DatasetContext& context, const YamlView& block, const LabelSet& rows, const LabelSet& columns,
                 const AcceptCell& accept) {
  const CsvFile& file = matrix_file(context, block);
  std::string layout = "wide";
  if (block.is_map() && block.has("layout")) layout = block.at("layout").text();
  if (layout == "wide") {
    read_wide(context, file, rows, columns, accept);
  } else if (layout == "long") {
    read_long(context, block, file, rows, columns, accept);
  } else {
    const std::vector<std::string> layouts{"wide", "long"};
    throw block.at("layout").error(fmt::format("unknown layout '{}'{}", layout, suggestion(layout, layouts)));
  }
}

FinalDemandColumns final_demand_columns(const DatasetContext& context, const YamlView& table) {
  std::vector<std::string> codes;
  std::vector<int> category;
  Diagnostics faults;
  for (const auto& [code, meaning] : table.at("final_demand").entries()) {
    faults.guard([&, &key = code, &value = meaning] {
      category.push_back(final_demand_named(value));
      codes.push_back(key);
    });
  }
  faults.throw_if_any();
  std::vector<std::string> labels;
  std::vector<int> column;
  for (int region = 0; region < context.regions.size(); ++region) {
    for (std::size_t k = 0; k < codes.size(); ++k) {
      labels.push_back(context.regions.name(region) + "." + codes[k]);
      column.push_back(region * final_demand_count + category[k]);
    }
  }
  return {LabelSet("final demand", std::move(labels)), std::move(column)};
}

}  // namespace levee
