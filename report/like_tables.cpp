#include "report/like_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

namespace {

template <class Named>
std::vector<std::string> codes(const std::vector<Named>& list) {
  std::vector<std::string> result;
  for (const Named& one : list) result.push_back(one.code);
  return result;
}

/// Place of each of `wanted` in `there`.
std::vector<int> places(const Dataset& other, const char* kind, const std::vector<std::string>& wanted,
                        const std::vector<std::string>& there) {
  std::vector<int> result;
  for (const std::string& code : wanted) {
    const auto found = std::find(there.begin(), there.end(), code);
    if (found == there.end()) {
      throw InputError({other.path, 0, 0}, fmt::format("--against: there is no {} '{}'{}; both datasets must have the "
                                                       "same regions and sectors",
                                                       kind, code, suggestion(code, there)));
    }
    result.push_back(static_cast<int>(found - there.begin()));
  }
  for (const std::string& code : there) {
    if (std::find(wanted.begin(), wanted.end(), code) == wanted.end()) {
      throw InputError({other.path, 0, 0}, fmt::format("--against: {} '{}' is in this dataset only; both must have the "
                                                       "same regions and sectors",
                                                       kind, code));
    }
  }
  return result;
}

}  // namespace

Dataset in_the_order_of(const Dataset& dataset, const Dataset& other) {
  if (dataset.currency != other.currency || dataset.money_unit != other.money_unit) {
    throw InputError({other.path, 0, 0},
                     fmt::format("--against: found money in {}, expected {}", money_unit(other), money_unit(dataset)));
  }
  const std::vector<int> regions = places(other, "region", codes(dataset.regions), codes(other.regions));
  const std::vector<int> sectors = places(other, "sector", codes(dataset.sectors), codes(other.sectors));
  std::vector<int> nodes, columns;
  for (const int r : regions) {
    for (const int i : sectors) nodes.push_back(other.node(r, i));
    for (int k = 0; k < final_demand_count; ++k) columns.push_back(r * final_demand_count + k);
  }
  Dataset result = other;
  result.regions = dataset.regions;
  result.sectors = dataset.sectors;
  result.electricity = dataset.electricity;
  result.table.Z = other.table.Z.factored()
                       ? IntermediateTable(Eigen::MatrixXd(other.table.Z.share()(nodes, regions)),
                                           Eigen::MatrixXd(other.table.Z.use()(sectors, nodes)))
                       : IntermediateTable(Eigen::MatrixXd(other.table.Z.dense()(nodes, nodes)), other.sector_count());
  result.table.Y = other.table.Y(nodes, columns).eval();
  result.table.x = other.table.x(nodes).eval();
  result.table.value_added = other.table.value_added(nodes).eval();
  for (Stressor& stressor : result.stressors) {
    stressor.industry = stressor.industry(nodes).eval();
    stressor.process = stressor.process(nodes).eval();
    stressor.household = stressor.household(regions).eval();
  }
  return result;
}

std::size_t like_stressor(const Dataset& dataset, const Dataset& other, std::size_t index) {
  const Stressor& wanted = dataset.stressors[index];
  std::vector<std::string> names;
  for (std::size_t k = 0; k < other.stressors.size(); ++k) {
    if (other.stressors[k].name != wanted.name) {
      names.push_back(other.stressors[k].name);
      continue;
    }
    if (other.stressors[k].unit == wanted.unit) return k;
    throw InputError({other.path, 0, 0}, fmt::format("--against: found {} in {}, expected {}", wanted.name,
                                                     other.stressors[k].unit, wanted.unit));
  }
  throw InputError({other.path, 0, 0},
                   fmt::format("--against: there is no stressor '{}'{}", wanted.name, suggestion(wanted.name, names)));
}

}  // namespace levee
