#include "data/table_balance.hpp"

#include <algorithm>
#include <utility>

namespace levee {
namespace {

constexpr double small_node = 1e-3;  // of the mean output: below it an imbalance is judged against this

SideBalance side(Eigen::VectorXd first, Eigen::VectorXd second, const Eigen::VectorXd& x) {
  const double floor = small_node * x.cwiseAbs().mean();
  Eigen::VectorXd relative = ((first + second - x).cwiseAbs().array() / x.cwiseAbs().cwiseMax(floor).array()).matrix();
  return {std::move(first), std::move(second), std::move(relative)};
}

}  // namespace

std::vector<int> SideBalance::worst(double tolerance) const {
  std::vector<int> result;
  for (int node = 0; node < relative.size(); ++node) {
    if (relative[node] > tolerance) result.push_back(node);
  }
  std::ranges::stable_sort(result, [&](int p, int q) { return relative[p] > relative[q]; });
  return result;
}

TableBalance table_balance(const MrioTable& table) {
  return {side(table.Z.row_sums(), table.Y.rowwise().sum(), table.x),
          side(table.Z.column_sums(), table.value_added, table.x)};
}

}  // namespace levee
