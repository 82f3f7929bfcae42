#pragma once

#include <Eigen/Dense>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// One side of a table's accounts against output: rows (sales) or columns (purchases and value added).
struct SideBalance {
  Eigen::VectorXd first, second;  ///< nodes: to or from sectors; to final demand, or value added
  Eigen::VectorXd relative;       ///< nodes: distance from output, relative to it (see Balance)

  double sum(int node) const { return first[node] + second[node]; }
  double largest() const { return relative.size() > 0 ? relative.maxCoeff() : 0.0; }
  /// Nodes that are off by more than `tolerance`, worst first.
  std::vector<int> worst(double tolerance) const;
};

struct TableBalance {
  SideBalance rows, columns;
  Balance largest() const { return {rows.largest(), columns.largest()}; }
};

TableBalance table_balance(const MrioTable& table);

}  // namespace levee
