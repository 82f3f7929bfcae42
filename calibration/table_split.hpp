#pragma once

#include <string>
#include <vector>

#include "calibration/balancing.hpp"
#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// A sector of every region, or a region with all its sectors, in parts. Shares of a part are of the parent; over parts
/// each adds up to 1. "Other" is the dimension that is not split: regions for a sector, sectors for a region.
struct Split {
  std::string name;
  bool of_region = false;
  int parent = 0;  ///< sector or region of the dataset
  struct Part {
    std::string code, name;
    std::vector<std::string> groups;  ///< of a sector
    std::string income_group;         ///< of a region
    std::vector<double> output;       ///< by other
    std::vector<double> value_added;  ///< by other
    std::vector<double> inputs;       ///< of what it buys: by sector, or for a region by region of origin
    std::vector<double> use;  ///< of what it sells to sectors: by sector, or for a region by region of destination
    std::vector<double> final_use;  ///< of what it sells to final demand: by region that buys
    double final_demand = 0;        ///< of a region: of what its final demand buys
    std::vector<double> emissions;  ///< by stressor
  };
  std::vector<Part> parts;
  /// What a part, or a part of the seller and one of the buyer, has of one cell of the parent; over the shares above.
  struct CellShare {
    int row = 0;  ///< node of the dataset; their number for value added
    int row_part = -1;
    int column = 0;  ///< node of the dataset, then nodes + column of Y
    int column_part = -1;
    double share = 0;
  };
  std::vector<CellShare> cells;
  std::string electricity;  ///< the part that is electricity, where the parent was
};

/// Reads a split against a dataset; shares that are not given are those of output. Throws InputError with every fault.
Split read_split(const YamlView& document, const Dataset& dataset);

struct SplitTable {
  BalancingResult result;
  Dataset dataset;  ///< only when solved
};

/// Shares that are to add up to 1 may miss it by this.
inline constexpr double share_rounding = 1e-9;

/// The dataset with the parent replaced by its parts: every cell divided by the shares, then scaled (GRAS) so that
/// parts add up to the parent cell by cell, and each part's sales and costs to its share of the parent's. InputError
/// for a table in factors.
SplitTable split_table(const Dataset& dataset, const Split& split, const SolveSeparable& solve);

/// The aggregation map that takes the parts back.
std::string map_back(const Dataset& dataset, const Split& split);

}  // namespace levee
