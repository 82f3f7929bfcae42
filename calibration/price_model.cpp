#include "calibration/price_model.hpp"

#include <utility>

namespace levee {

namespace {

Eigen::VectorXd composite_totals(const Benchmark& benchmark) {
  const int sectors = benchmark.dataset->sector_count();
  Eigen::VectorXd total(benchmark.dataset->node_count());
  for (int n = 0; n < total.size(); ++n) total[n] = benchmark.composite(n / sectors, n % sectors);
  return total;
}

/// The origins' parts of composites, nodes x regions, purchasers' prices.
Eigen::MatrixXd origin_share(const Benchmark& benchmark, const Eigen::VectorXd& total) {
  const int sectors = benchmark.dataset->sector_count();
  Eigen::MatrixXd share = Eigen::MatrixXd::Zero(benchmark.flow.rows(), benchmark.flow.cols());
  for (int r = 0; r < share.cols(); ++r) {
    for (int origin = 0; origin < share.rows(); ++origin) {
      const double bought = total[r * sectors + origin % sectors];
      if (bought > 0) share(origin, r) = benchmark.flow(origin, r) * (1 + benchmark.tariff(origin, r)) / bought;
    }
  }
  return share;
}

Eigen::MatrixXd input_coefficients(const Benchmark& benchmark) {
  Eigen::MatrixXd coefficient = benchmark.intermediate;
  for (int user = 0; user < coefficient.cols(); ++user)
    coefficient.col(user) *= benchmark.active[user] ? 1 / benchmark.x[user] : 0.0;
  return coefficient;
}

}  // namespace

PriceModel::PriceModel(const Benchmark& benchmark)
    : benchmark_(benchmark),
      total_(composite_totals(benchmark)),
      coefficient_(input_coefficients(benchmark)),
      chain_(IntermediateTable(origin_share(benchmark, total_), coefficient_), Eigen::VectorXd::Ones(total_.size()),
             Eigen::VectorXd::Ones(total_.size()), LeontiefSystem::Side::prices) {
  const Dataset& data = *benchmark.dataset;
  const int sectors = data.sector_count();
  weight_.setZero(data.node_count());
  const double consumed = benchmark.consumption.sum();
  for (int n = 0; n < data.node_count() && consumed > 0; ++n)
    weight_[n] = benchmark.consumption(n % sectors, n / sectors) / consumed;
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
  const int sectors = benchmark_.dataset->sector_count();
  Eigen::VectorXd cost(composites.size());
  for (int user = 0; user < cost.size(); ++user)
    cost[user] = coefficient_.col(user).dot(composites.segment(user / sectors * sectors, sectors));
  return cost;
}

Eigen::VectorXd PriceModel::composite_change(const AddedCosts& costs) const {
  const Eigen::VectorXd unmoved = Eigen::VectorXd::Zero(costs.production.size());
  const Eigen::VectorXd first_round = costs.production + input_cost(to_composites(unmoved, costs));
  return to_composites(chain_.solve(first_round), costs);
}

Eigen::VectorXd PriceModel::real_composite_change(const AddedCosts& costs) const {
  const Eigen::VectorXd change = composite_change(costs);
  return change.array() - weight_.dot(change);
}

}  // namespace levee
