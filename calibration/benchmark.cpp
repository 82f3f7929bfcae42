#include "calibration/benchmark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/emission_account.hpp"

namespace levee {

namespace {

/// Value added down to this share of output below zero counts as rounding of the source; further down it is an error.
constexpr double repairable_deficit = 0.05;
/// Land and natural resource take at most this share of what is left after labour.
constexpr double resource_limit = 0.8;

std::string node_label(const Dataset& dataset, int node) {
  const int sectors = dataset.sector_count();
  return dataset.regions[node / sectors].code + "." + dataset.sectors[node % sectors].code;
}

/// Column of Y: the household takes the non-profit institutions in.
Eigen::VectorXd final_deliveries(const Dataset& dataset, int region, FinalDemand category) {
  const int first = region * final_demand_count;
  Eigen::VectorXd deliveries = dataset.table.Y.col(first + category);
  if (category == household) deliveries += dataset.table.Y.col(first + npish);
  return deliveries;
}

class BenchmarkMaker {
 public:
  explicit BenchmarkMaker(std::shared_ptr<const Dataset> dataset) : data_(*dataset) {
    benchmark_.dataset = std::move(dataset);
  }

  Benchmark make() {
    load();
    drop_empty_nodes();
    repair_value_added();
    aggregate_purchases();
    split_value_added();
    close_budgets();
    report_sizes();
    settle_fuel_use();
    for (const auto& stressor : data_.stressors) {
      if (stressor.mt_per_unit == 0) continue;
      benchmark_.emissions.push_back(allocate_emissions(benchmark_, stressor, benchmark_.treatments));
    }
    return std::move(benchmark_);
  }

 private:
  void treat(const std::string& name, double value, const std::string& unit) {
    benchmark_.treatments.push_back({name, value, unit});
  }
  std::string money() const { return money_unit(data_); }

  void load() {
    benchmark_.table = data_.table.Z;
    const int nodes = data_.node_count(), regions = data_.region_count();
    for (Eigen::MatrixXd& demand : final_) demand.resize(nodes, regions);
    benchmark_.inventory.resize(nodes, regions);
    for (int r = 0; r < regions; ++r) {
      final_[0].col(r) = final_deliveries(data_, r, household);
      final_[1].col(r) = final_deliveries(data_, r, FinalDemand::government);
      final_[2].col(r) = final_deliveries(data_, r, FinalDemand::investment);
      benchmark_.inventory.col(r) = final_deliveries(data_, r, inventories);
    }
    benchmark_.tariff = data_.tariff.size() > 0 ? data_.tariff : Eigen::MatrixXd::Zero(nodes, regions);
    for (int node = 0; node < nodes; ++node) benchmark_.tariff(node, node / data_.sector_count()) = 0;
    double npish_total = 0;
    for (int r = 0; r < regions; ++r) npish_total += data_.table.Y.col(r * final_demand_count + npish).sum();
    treat("final demand of non-profit institutions joined to the household's", npish_total, money());
  }

  /// What every node sells.
  Eigen::VectorXd sales() const {
    Eigen::VectorXd sum = benchmark_.table.row_sums() + benchmark_.inventory.rowwise().sum();
    for (const Eigen::MatrixXd& demand : final_) sum += demand.rowwise().sum();
    return sum;
  }

  /// A node without output sells nothing and buys nothing; dropping one can empty another, so it goes on until none is
  /// left.
  void drop_empty_nodes() {
    benchmark_.active.assign(data_.node_count(), 1);
    double dropped_money = 0;
    int dropped = 0;
    for (bool again = true; again;) {
      again = false;
      const Eigen::VectorXd sold = sales();
      for (int node = 0; node < data_.node_count(); ++node) {
        if (!benchmark_.active[node] || sold[node] > 0) continue;
        benchmark_.active[node] = 0;
        dropped_money += drop(node);
        ++dropped;
        again = true;
      }
    }
    treat("nodes without output, dropped", dropped, "nodes");
    if (dropped > 0) treat("what these nodes bought and sold", dropped_money, money());
    require_positive_flows();
  }

  /// Takes a node out; returns what it bought and sold.
  double drop(int node) {
    double money = benchmark_.table.drop(node);
    for (Eigen::MatrixXd& demand : final_) {
      money += demand.row(node).cwiseAbs().sum();
      demand.row(node).setZero();
    }
    money += benchmark_.inventory.row(node).cwiseAbs().sum();
    benchmark_.inventory.row(node).setZero();
    return money;
  }

  void require_positive_flows() const {
    for (int node = 0; node < data_.node_count(); ++node) {
      for (int r = 0; r < data_.region_count(); ++r) {
        for (const Eigen::MatrixXd& demand : final_) {
          if (demand(node, r) >= 0) continue;
          throw InputError(
              {data_.path, 0, 0},
              fmt::format("final demand of {} for {} is {}, expected a number >= 0 (only inventories may be negative)",
                          data_.regions[r].code, node_label(data_, node), demand(node, r)));
        }
      }
    }
  }

  void repair_value_added() {
    const int nodes = data_.node_count(), sectors = data_.sector_count();
    const Eigen::MatrixXd weight = (1 + benchmark_.tariff.array()).matrix();
    Eigen::VectorXd output = sales();
    Eigen::VectorXd cost = benchmark_.table.purchases(weight).colwise().sum().transpose();
    double moved = 0;
    int repaired = 0;
    // Lowering an input lowers its seller's output, so the check goes round until nothing is negative.
    for (bool again = true; again;) {
      again = false;
      for (int user = 0; user < nodes; ++user) {
        if (!benchmark_.active[user]) continue;
        const double deficit = cost[user] - output[user];
        if (deficit <= 1e-12 * output[user]) continue;
        if (deficit > repairable_deficit * output[user]) {
          throw InputError(
              {data_.path, 0, 0},
              fmt::format("value added of {} is {:.6g} with an output of {:.6g}: too far below zero to repair",
                          node_label(data_, user), -deficit, output[user]));
        }
        const auto reduction = benchmark_.table.lower_largest_input(user, deficit, weight.col(user / sectors));
        for (const auto& [origin, amount] : reduction.sales) output[origin] -= amount;
        cost[user] -= reduction.cost;
        moved += deficit;
        ++repaired;
        again = true;
        if (repaired > 1000 * nodes) {
          throw InputError({data_.path, 0, 0},
                           "lowering inputs does not end the negative value added of " + node_label(data_, user));
        }
      }
    }
    treat("negative value added removed by lowering the largest input", moved, money());
    benchmark_.x = sales();
    treat("largest change of a node's output against the source", (benchmark_.x - data_.table.x).cwiseAbs().maxCoeff(),
          money());
  }

  void aggregate_purchases() {
    const int sectors = data_.sector_count(), regions = data_.region_count(), nodes = data_.node_count();
    benchmark_.flow = benchmark_.table.deliveries();
    for (const Eigen::MatrixXd& demand : final_) benchmark_.flow += demand;
    const Eigen::MatrixXd purchaser = (1 + benchmark_.tariff.array()).matrix();
    benchmark_.intermediate = benchmark_.table.purchases(purchaser);
    benchmark_.intermediate_basic = benchmark_.table.purchases();
    std::array<Eigen::MatrixXd*, 3> composites = {&benchmark_.consumption, &benchmark_.government,
                                                  &benchmark_.investment};
    for (Eigen::MatrixXd* matrix : composites) matrix->setZero(sectors, regions);
    benchmark_.consumption_basic.setZero(sectors, regions);
    for (int r = 0; r < regions; ++r) {
      for (int origin = 0; origin < nodes; ++origin) {
        const int good = origin % sectors;
        for (std::size_t d = 0; d < composites.size(); ++d)
          (*composites[d])(good, r) += final_[d](origin, r) * purchaser(origin, r);
        benchmark_.consumption_basic(good, r) += final_[0](origin, r);
      }
    }
  }

  void split_value_added() {
    const int nodes = data_.node_count();
    for (Eigen::VectorXd* factor : {&benchmark_.labour, &benchmark_.capital, &benchmark_.resource})
      factor->setZero(nodes);
    double cut = 0;
    for (int node = 0; node < nodes; ++node) {
      if (!benchmark_.active[node]) continue;
      const double value_added = std::max(0.0, benchmark_.x[node] - benchmark_.intermediate.col(node).sum());
      benchmark_.labour[node] = data_.parameters.labour_share[node] * value_added;
      const double rest = value_added - benchmark_.labour[node];
      const double wanted = data_.parameters.resource_share[node] * value_added;
      benchmark_.resource[node] = std::min(wanted, resource_limit * rest);
      cut += wanted - benchmark_.resource[node];
      benchmark_.capital[node] = rest - benchmark_.resource[node];
    }
    treat(fmt::format("land and natural resource cut to {:g} of capital's share", resource_limit), cut, money());
  }

  void close_budgets() {
    const int regions = data_.region_count(), sectors = data_.sector_count();
    benchmark_.foreign_saving.resize(regions);
    double tariffs = 0;
    for (int r = 0; r < regions; ++r) {
      const double revenue = benchmark_.flow.col(r).dot(benchmark_.tariff.col(r));
      double income = revenue;
      for (int node = r * sectors; node < (r + 1) * sectors; ++node) income += benchmark_.value_added(node);
      const double spending = benchmark_.consumption.col(r).sum() + benchmark_.government.col(r).sum() +
                              benchmark_.investment.col(r).sum() + benchmark_.inventory.col(r).sum();
      benchmark_.foreign_saving[r] = spending - income;
      tariffs += revenue;
    }
    treat("tariffs taken out of value added (intermediates) or put on final purchases", tariffs, money());
  }

  void report_sizes() {
    treat("inventories held as fixed purchases from their origin, sum of absolute values",
          benchmark_.inventory.cwiseAbs().sum(), money());
  }

  void settle_fuel_use() {
    benchmark_.share_outside.setZero(data_.sector_count(), data_.node_count());
    double outside = 0;
    for (const FuelUse& use : data_.parameters.fuel_use) {
      for (int r = 0; r < data_.region_count(); ++r) {
        const int node = data_.node(r, use.user);
        benchmark_.share_outside(use.fuel, node) = use.share_outside_nest;
        outside += use.share_outside_nest * benchmark_.intermediate(use.fuel, node);
      }
    }
    treat("feedstock, own use and network losses of energy, bought in fixed proportion to output", outside, money());
  }

  const Dataset& data_;
  Benchmark benchmark_;
  std::array<Eigen::MatrixXd, 3> final_;  ///< household with NPISH, government, investment
};

}  // namespace

double Benchmark::composite(int region, int good) const {
  const int sectors = dataset->sector_count();
  return intermediate.row(good).segment(region * sectors, sectors).sum() + consumption(good, region) +
         government(good, region) + investment(good, region);
}

Benchmark make_benchmark(std::shared_ptr<const Dataset> dataset) {
  if (!dataset->has_parameters()) {
    throw InputError({dataset->path, 0, 0},
                     "the dataset has no 'parameters' (elasticities, factor shares, fuel weights): it serves accounts "
                     "(levee mrio, levee exposure); a model needs them, see docs/data.md");
  }
  return BenchmarkMaker(std::move(dataset)).make();
}

}  // namespace levee
