#include "calibration/price_model.hpp"

namespace levee {

PriceModel::PriceModel(const Benchmark& benchmark) : benchmark_(benchmark) {
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count(), sectors = data.sector_count();
  total_.setZero(nodes);
  weight_.setZero(nodes);
  const double consumed = benchmark.consumption.sum();
  for (int n = 0; n < nodes; ++n) {
    total_[n] = benchmark.composite(n / sectors, n % sectors);
    if (consumed > 0) weight_[n] = benchmark.consumption(n % sectors, n / sectors) / consumed;
  }
  // Row (r, j) is the cost of that maker: what it pays for good i, split over the origins of the region's composite.
  Eigen::MatrixXd system = Eigen::MatrixXd::Identity(nodes, nodes);
  for (int origin = 0; origin < nodes; ++origin) {
    const int good = origin % sectors;
    for (int r = 0; r < data.region_count(); ++r) {
      const int composite = data.node(r, good);
      if (benchmark.flow(origin, r) == 0 || total_[composite] <= 0) continue;
      const double share = benchmark.flow(origin, r) * (1 + benchmark.tariff(origin, r)) / total_[composite];
      for (int user = data.node(r, 0); user < data.node(r, 0) + sectors; ++user) {
        if (benchmark.active[user])
          system(user, origin) -= share * benchmark.intermediate(good, user) / benchmark.x[user];
      }
    }
  }
  transposed_.compute(system);
}

/// q from p and the charges on deliveries.
Eigen::VectorXd PriceModel::to_composites(const Eigen::VectorXd& producer, const AddedCosts& costs) const {
  const Dataset& data = *benchmark_.dataset;
  const int sectors = data.sector_count();
  Eigen::VectorXd change = Eigen::VectorXd::Zero(data.node_count());
  for (int origin = 0; origin < data.node_count(); ++origin) {
    for (int r = 0; r < data.region_count(); ++r) {
      const int composite = data.node(r, origin % sectors);
      if (total_[composite] <= 0) continue;

      const double price = (1 + benchmark_.tariff(origin, r)) * producer[origin] + costs.delivery(origin, r);
      change[composite] += benchmark_.flow(origin, r) / total_[composite] * price;
    }
  }
  return change;
}

Eigen::VectorXd PriceModel::input_cost(const Eigen::VectorXd& composites) const {
  const Dataset& data = *benchmark_.dataset;
  const int sectors = data.sector_count();
  Eigen::VectorXd cost = Eigen::VectorXd::Zero(data.node_count());
  for (int user = 0; user < data.node_count(); ++user) {
    if (!benchmark_.active[user]) continue;
    const int first = data.node(user / sectors, 0);
    cost[user] = benchmark_.intermediate.col(user).dot(composites.segment(first, sectors)) / benchmark_.x[user];
  }
  return cost;
}

Eigen::VectorXd PriceModel::composite_change(const AddedCosts& costs) const {
  const Eigen::VectorXd unmoved = Eigen::VectorXd::Zero(costs.production.size());
  const Eigen::VectorXd first_round = costs.production + input_cost(to_composites(unmoved, costs));
  return to_composites(transposed_.solve(first_round), costs);
}

Eigen::VectorXd PriceModel::real_composite_change(const AddedCosts& costs) const {
  const Eigen::VectorXd change = composite_change(costs);
  return change.array() - weight_.dot(change);
}

}  // namespace levee
