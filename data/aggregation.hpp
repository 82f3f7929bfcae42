#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// Where regions and sectors of a dataset go.
struct Aggregation {
  std::string name;               ///< of the dataset that results
  std::vector<Region> regions;    ///< of the result
  std::vector<Sector> sectors;    ///< of the result; groups are those given, or those that all of its members share
  Eigen::MatrixXd region_weight;  ///< regions of the dataset x regions of the result; rows add up to 1
  Eigen::MatrixXd sector_weight;  ///< sectors of the dataset x sectors of the result; rows add up to 1
};

/// Reads an aggregation map against a dataset. Throws one InputError with every fault: unknown codes with the nearest
/// name, codes that are mapped nowhere or twice, weights that do not add up to 1.
Aggregation read_aggregation(const YamlView& document, const Dataset& dataset);

/// What can be said of a map without its dataset: faults as above, save for codes that do not exist or are mapped
/// nowhere. Returns how many codes it maps.
struct MapSize {
  int regions = 0, result_regions = 0;  ///< 0: regions stay as they are
  int sectors = 0, result_sectors = 0;
};
MapSize check_aggregation_alone(const YamlView& document);

/// The dataset in the regions and sectors of the map. Flows, output, value added and emissions are added up, so every
/// total stays. Tariffs are weighted by trade, and end where trade becomes domestic; Armington elasticities are
/// weighted by what the region absorbs (domestic against imports) or imports (over origins), other elasticities and
/// factor shares by value added, supply elasticities by the value of the resource, fuels by their purchases. A tree's
/// goods follow, a good that stood in several nests into the one where most of it was. What had to be decided or was
/// lost is said in `assumptions`.
Dataset aggregate(const Dataset& dataset, const Aggregation& aggregation);

}  // namespace levee
