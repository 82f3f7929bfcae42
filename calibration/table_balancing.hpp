#pragma once

#include <string>
#include <vector>

#include "calibration/balancing.hpp"
#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// What stays and what is asked for when a dataset's table is balanced.
struct TableTargets {
  bool output_fixed = true;  ///< every row and column comes to the published output; else only to each other
  bool fixed_Z = false, fixed_Y = false, fixed_value_added = false;

  /// Some cells of the table: rows are nodes or value added, columns nodes or final demand.
  struct Part {
    std::vector<int> rows;     ///< nodes; value_added_row for value added
    std::vector<int> columns;  ///< nodes, then nodes + column of Y
    double value = 0;
    bool given = false;  ///< whether the value stands in the file; else it is what the table holds
    std::string name;
  };
  static constexpr int value_added_row = -1;
  std::vector<Part> cells;   ///< each cell of a part is fixed
  std::vector<Part> totals;  ///< the sum of a part is fixed
};

/// Reads the file of fixed cells and totals. Throws InputError with every fault.
TableTargets read_table_targets(const YamlView& document, const Dataset& dataset);

/// How far a block of the table moved.
struct BlockChange {
  std::string block;  ///< Z, household, ..., value added
  double sum_before = 0, sum_after = 0;
  double moved = 0;  ///< sum of the absolute changes of its cells
  int cells = 0;     ///< that are not 0
};

struct BalancedTable {
  BalancingResult result;
  Dataset dataset;  ///< only when solved
  std::vector<BlockChange> changes;
};

/// Balances the table of a dataset; of a table in factors InputError, since its factors would not survive.
BalancedTable balance_table(const Dataset& dataset, const TableTargets& targets, BalancingMethod method,
                            const SolveSeparable& solve);

}  // namespace levee
