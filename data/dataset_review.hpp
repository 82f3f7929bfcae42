#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/table_balance.hpp"

namespace levee {

/// A node with a figure worth a look.
struct NodeFigure {
  int node = 0;
  double value = 0;
};

/// A node that emits far more or less of a stressor, per unit of output, than its sector does in the world.
struct OddIntensity {
  int stressor = 0;
  int node = 0;
  double intensity = 0;  ///< stressor's unit per unit of money
  double ratio = 0;      ///< to that of the sector in the world; 0 where the node emits nothing
  double share = 0;      ///< of the stressor's total over industry
};

/// What there is to know of a dataset before it is used.
struct DatasetReview {
  TableBalance balance;
  double intermediate = 0;                          ///< sum of Z
  std::vector<double> final_demand;                 ///< sums by category
  std::vector<int> empty;                           ///< nodes without output
  std::vector<NodeFigure> negative_value_added;     ///< lowest first
  std::vector<NodeFigure> emitting_without_output;  ///< all stressors, each in its own unit, added
  int negative_inventories = 0;                     ///< cells
  double negative_inventories_sum = 0;
  std::vector<OddIntensity> odd_intensities;  ///< by stressor, largest share of the total first
};

/// An intensity is odd when it is more than ten times, or less than a tenth, of the world's for the sector and the node
/// would have (or has) a ten-thousandth of the stressor's total.
DatasetReview review_dataset(const Dataset& dataset);

}  // namespace levee
