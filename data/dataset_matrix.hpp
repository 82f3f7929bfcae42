#pragma once

#include <functional>
#include <vector>

#include "data/dataset_context.hpp"

namespace levee {

/// A figure of a matrix file: indices of its labels, and the cell that it stands in.
struct MatrixCell {
  int row = 0, column = 0;
  double value = 0;
  int file_row = 0, file_column = 0;
};

/// Takes a figure; throws InputError to refuse it.
using AcceptCell = std::function<void(const MatrixCell&)>;

const CsvFile& matrix_file(DatasetContext& context, const YamlView& block);

/// Reads `FILE` or `{file, layout: wide | long, ...}` and hands every figure to `accept`. A wide file has every row and
/// column, a long one no cell twice. Faults of the file and refusals are collected.
void read_matrix(DatasetContext& context, const YamlView& block, const LabelSet& rows, const LabelSet& columns,
                 const AcceptCell& accept);

/// The columns of final demand: labels REGION.CODE, and the column of Y that each is added to.
struct FinalDemandColumns {
  LabelSet labels;
  std::vector<int> column;  ///< region * final_demand_count + category
};
FinalDemandColumns final_demand_columns(const DatasetContext& context, const YamlView& table);

/// `use`, `final_use`, `trade` and `inventories` of a table block: the factored layout, into Z and Y.
void read_use_and_trade(DatasetContext& context, const YamlView& table, double tolerance);

}  // namespace levee
