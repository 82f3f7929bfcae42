#include "data/dataset_review.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace levee {
namespace {

constexpr double odd_ratio = 10;       // to the intensity of the sector in the world
constexpr double worth_a_look = 1e-4;  // of the stressor's total

void review_final_demand(const Dataset& dataset, DatasetReview& review) {
  review.final_demand.assign(final_demand_count, 0);
  for (Eigen::Index column = 0; column < dataset.table.Y.cols(); ++column) {
    const auto category = static_cast<std::size_t>(column % final_demand_count);
    review.final_demand[category] += dataset.table.Y.col(column).sum();
    if (category != inventories) continue;
    for (const double value : dataset.table.Y.col(column)) {
      if (value >= 0) continue;
      ++review.negative_inventories;
      review.negative_inventories_sum += value;
    }
  }
}

void review_nodes(const Dataset& dataset, DatasetReview& review) {
  for (int node = 0; node < dataset.node_count(); ++node) {
    const bool empty = dataset.table.x[node] <= 0;
    if (empty) review.empty.push_back(node);
    if (dataset.table.value_added[node] < 0)
      review.negative_value_added.push_back({node, dataset.table.value_added[node]});
    if (!empty) continue;
    double emitted = 0;
    for (const Stressor& stressor : dataset.stressors)
      emitted += stressor.mt_per_unit > 0 ? stressor.industry[node] : 0;
    if (emitted > 0) review.emitting_without_output.push_back({node, emitted});
  }
  std::ranges::stable_sort(review.negative_value_added, {}, &NodeFigure::value);
}

void review_intensities(const Dataset& dataset, int index, DatasetReview& review) {
  const Stressor& stressor = dataset.stressors[static_cast<std::size_t>(index)];
  const double total = stressor.industry.sum();
  if (total <= 0 || stressor.mt_per_unit == 0) return;  // money and hours are no emissions
  std::vector<OddIntensity> found;
  for (int sector = 0; sector < dataset.sector_count(); ++sector) {
    double emitted = 0, output = 0;
    for (int r = 0; r < dataset.region_count(); ++r) {
      emitted += stressor.industry[dataset.node(r, sector)];
      output += std::max(0.0, dataset.table.x[dataset.node(r, sector)]);
    }
    if (emitted <= 0 || output <= 0) continue;
    for (int r = 0; r < dataset.region_count(); ++r) {
      const int node = dataset.node(r, sector);
      const double x = dataset.table.x[node];
      if (x <= 0) continue;
      const double ratio = stressor.industry[node] / x * output / emitted;
      const double share = std::max(stressor.industry[node], x * emitted / output) / total;
      if (share < worth_a_look || (ratio <= odd_ratio && ratio * odd_ratio >= 1)) continue;
      found.push_back({index, node, stressor.industry[node] / x, ratio, stressor.industry[node] / total});
    }
  }
  std::ranges::stable_sort(found, std::greater{}, &OddIntensity::share);
  review.odd_intensities.insert(review.odd_intensities.end(), found.begin(), found.end());
}

}  // namespace

DatasetReview review_dataset(const Dataset& dataset) {
  DatasetReview review;
  review.balance = table_balance(dataset.table);
  review.intermediate = dataset.table.Z.row_sums().sum();
  review_final_demand(dataset, review);
  review_nodes(dataset, review);
  for (int k = 0; k < static_cast<int>(dataset.stressors.size()); ++k) {
    if (dataset.stressors[static_cast<std::size_t>(k)].part_of.empty()) review_intensities(dataset, k, review);
  }
  return review;
}

}  // namespace levee
