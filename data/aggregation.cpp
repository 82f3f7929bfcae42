#include "data/aggregation.hpp"

#include <fmt/format.h>

#include <Eigen/Sparse>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

#include "data/table_balance.hpp"
#include "data/tree_following.hpp"

namespace levee {
namespace {

using SparseMatrix = Eigen::SparseMatrix<double>;

constexpr double no_bound = std::numeric_limits<double>::infinity();
constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// Nodes of the one table x nodes of the other.
SparseMatrix node_weights(const Eigen::MatrixXd& regions, const Eigen::MatrixXd& sectors) {
  std::vector<Eigen::Triplet<double>> entries;
  for (Eigen::Index r = 0; r < regions.rows(); ++r) {
    for (Eigen::Index s = 0; s < regions.cols(); ++s) {
      if (regions(r, s) == 0) continue;
      for (Eigen::Index i = 0; i < sectors.rows(); ++i) {
        for (Eigen::Index j = 0; j < sectors.cols(); ++j) {
          if (sectors(i, j) == 0) continue;
          entries.emplace_back(static_cast<int>(r * sectors.rows() + i), static_cast<int>(s * sectors.cols() + j),
                               regions(r, s) * sectors(i, j));
        }
      }
    }
  }
  SparseMatrix result(regions.rows() * sectors.rows(), regions.cols() * sectors.cols());
  result.setFromTriplets(entries.begin(), entries.end());
  return result;
}

/// Mean by node (or sector) of the result; members without a value (NaN) are left out. What members agree on is kept to
/// the last bit. Where all weights are 0 every member counts by its part in the map alone.
Eigen::VectorXd weighted_mean(const SparseMatrix& map, const Eigen::VectorXd& values, const Eigen::VectorXd& weights) {
  Eigen::VectorXd result(map.cols());
  for (int target = 0; target < map.cols(); ++target) {
    double sum = 0, weight = 0, plain_sum = 0, plain_weight = 0, least = no_bound, most = -no_bound;
    for (SparseMatrix::InnerIterator member(map, target); member; ++member) {
      const double value = values[member.row()];
      if (std::isnan(value)) continue;
      least = std::min(least, value);
      most = std::max(most, value);
      const double part = member.value() * std::max(0.0, weights[member.row()]);
      sum += part * value;
      weight += part;
      plain_sum += member.value() * value;
      plain_weight += member.value();
    }
    if (plain_weight == 0) {
      result[target] = no_value;
    } else if (least == most) {
      result[target] = least;
    } else {
      result[target] = weight > 0 ? sum / weight : plain_sum / plain_weight;
    }
  }
  return result;
}

class Aggregator {
 public:
  Aggregator(const Dataset& dataset, const Aggregation& map) : from_(dataset), map_(map) {
    nodes_ = node_weights(map.region_weight, map.sector_weight);
    goods_ = map.sector_weight.sparseView();
  }

  Dataset make() {
    to_ = dataset_after(from_, map_.name);
    to_.regions = map_.regions;
    to_.sectors = map_.sectors;
    find_electricity();
    add_table();
    add_stressors();
    measure_flows();
    if (from_.tariff.size() > 0) add_tariffs();
    add_parameters();
    follow_trees(from_, {map_.sector_weight, purchases_}, to_, notes_);
    note_origin();
    return std::move(to_);
  }

 private:
  void find_electricity() {
    if (from_.electricity < 0) return;
    Eigen::Index target = 0;
    map_.sector_weight.row(from_.electricity).maxCoeff(&target);
    to_.electricity = static_cast<int>(target);
    if ((map_.sector_weight.col(target).array() > 0).count() > 1) {
      notes_.push_back(fmt::format("{}, which holds electricity and more, stands for electricity",
                                   to_.sectors[static_cast<std::size_t>(target)].code));
    }
  }

  void add_table() {
    const MrioTable& table = from_.table;
    to_.table.Z = IntermediateTable(table.Z.factored() ? added_factors() : added_dense(), to_.sector_count());
    const Eigen::MatrixXd rows = nodes_.transpose() * table.Y;
    to_.table.Y = Eigen::MatrixXd::Zero(to_.node_count(), to_.region_count() * final_demand_count);
    for (int r = 0; r < from_.region_count(); ++r) {
      for (int s = 0; s < to_.region_count(); ++s) {
        if (map_.region_weight(r, s) == 0) continue;
        to_.table.Y.middleCols(s * final_demand_count, final_demand_count) +=
            map_.region_weight(r, s) * rows.middleCols(r * final_demand_count, final_demand_count);
      }
    }
    to_.table.x = nodes_.transpose() * table.x;
    to_.table.value_added = nodes_.transpose() * table.value_added;
    to_.balance = table_balance(to_.table).largest();
  }

  Eigen::MatrixXd added_dense() const {
    const Eigen::MatrixXd rows = nodes_.transpose() * from_.table.Z.dense();
    return rows * nodes_;
  }

  /// Sums of a table in factors have none: they are written out, a column of the source at a time.
  Eigen::MatrixXd added_factors() const {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(nodes_.cols(), nodes_.cols());
    const SparseMatrix by_user = nodes_.transpose();
    Eigen::VectorXd column(nodes_.rows());
    for (int user = 0; user < nodes_.rows(); ++user) {
      for (int origin = 0; origin < nodes_.rows(); ++origin) column[origin] = from_.table.Z(origin, user);
      const Eigen::VectorXd sums = by_user * column;
      for (SparseMatrix::InnerIterator target(by_user, user); target; ++target)
        result.col(target.row()) += target.value() * sums;
    }
    return result;
  }

  void add_stressors() {
    for (const Stressor& stressor : from_.stressors) {
      Stressor sum = stressor;
      sum.industry = nodes_.transpose() * stressor.industry;
      sum.process = nodes_.transpose() * stressor.process;
      sum.household = map_.region_weight.transpose() * stressor.household;
      to_.stressors.push_back(std::move(sum));
    }
  }

  /// Deliveries but for inventories, and what is bought of each good.
  void measure_flows() {
    flow_ = from_.table.Z.deliveries();
    for (int r = 0; r < from_.region_count(); ++r) {
      for (const FinalDemand category : {household, npish, government, investment})
        flow_.col(r) += from_.table.Y.col(r * final_demand_count + category);
    }
    absorbed_ = Eigen::VectorXd::Zero(from_.node_count());
    imported_ = absorbed_;
    for (int origin = 0; origin < from_.node_count(); ++origin) {
      const int good = origin % from_.sector_count();
      for (int r = 0; r < from_.region_count(); ++r) {
        absorbed_[from_.node(r, good)] += flow_(origin, r);
        if (origin / from_.sector_count() != r) imported_[from_.node(r, good)] += flow_(origin, r);
      }
    }
    purchases_ = Eigen::VectorXd::Zero(from_.sector_count());
    for (int node = 0; node < from_.node_count(); ++node) purchases_[node % from_.sector_count()] += absorbed_[node];
  }

  void add_tariffs() {
    const Eigen::MatrixXd paid = from_.tariff.cwiseProduct(flow_);
    const Eigen::MatrixXd revenue = nodes_.transpose() * paid * map_.region_weight;
    const Eigen::MatrixXd trade = nodes_.transpose() * flow_ * map_.region_weight;
    const Eigen::MatrixXd rates = nodes_.transpose() * from_.tariff * map_.region_weight;
    const Eigen::MatrixXd pairs =
        nodes_.transpose() * Eigen::MatrixXd::Ones(flow_.rows(), flow_.cols()) * map_.region_weight;
    to_.tariff = Eigen::MatrixXd::Zero(to_.node_count(), to_.region_count());
    double lost = 0;
    for (int node = 0; node < to_.node_count(); ++node) {
      for (int r = 0; r < to_.region_count(); ++r) {
        if (node / to_.sector_count() == r) {
          lost += revenue(node, r);
        } else {
          to_.tariff(node, r) =
              trade(node, r) > 0 ? revenue(node, r) / trade(node, r) : rates(node, r) / pairs(node, r);
        }
      }
    }
    if (lost != 0) {
      notes_.push_back(fmt::format("tariffs of {:.6g} {} are on trade that is domestic now and have ended", lost,
                                   money_unit(from_)));
    }
  }

  Eigen::VectorXd mean(const Eigen::VectorXd& values, const Eigen::VectorXd& weights) const {
    return values.size() == 0 ? values : weighted_mean(nodes_, values, weights);
  }

  void add_parameters() {
    const Parameters& old = from_.parameters;
    Parameters& now = to_.parameters;
    const Eigen::VectorXd& value_added = from_.table.value_added;
    for (const auto& [name, values] : old.elasticities.by_node) {
      const bool domestic = name == "armington_domestic_import", origins = name == "armington_origins";
      now.elasticities.by_node[name] = mean(values, domestic ? absorbed_ : origins ? imported_ : value_added);
    }
    now.labour_share = mean(old.labour_share, value_added);
    now.resource_share = mean(old.resource_share, value_added);
    if (old.supply_elasticity.size() > 0)
      now.supply_elasticity = mean(old.supply_elasticity, value_added.cwiseProduct(old.resource_share));
    if (old.fuel_weight.size() > 0) now.fuel_weight = weighted_mean(goods_, old.fuel_weight, purchases_);
    if (!old.fuel_use.empty()) add_fuel_use();
  }

  /// Purchases of a fuel by a sector that lie outside the energy nest, and those of them that emit.
  struct FuelPurchase {
    double all = 0, outside = 0, emitting = 0;
    double plain = 0, plain_outside = 0, plain_emitting = 0;  ///< the same with every pair of members counting alike
    double least = 1, most = 0;
    void add(double weight, double money, double share, bool emits) {
      all += weight * money;
      outside += weight * money * share;
      plain += weight;
      plain_outside += weight * share;
      if (emits) {
        emitting += weight * money * share;
        plain_emitting += weight * share;
      }
      least = std::min(least, share);
      most = std::max(most, share);
    }
    double share() const {
      if (least == most) return least;
      return all > 0 ? outside / all : plain_outside / plain;
    }
    bool mixed() const { return emitting > 0 && emitting < outside; }
    bool emits() const { return outside > 0 ? 2 * emitting > outside : 2 * plain_emitting > plain_outside; }
  };

  void add_fuel_use() {
    const int sectors = from_.sector_count();
    const Eigen::MatrixXd by_node = from_.table.Z.purchases();
    Eigen::MatrixXd money = Eigen::MatrixXd::Zero(sectors, sectors);
    for (int r = 0; r < from_.region_count(); ++r) money += by_node.middleCols(r * sectors, sectors);
    std::map<std::pair<int, int>, FuelUse> rows;
    for (const FuelUse& use : from_.parameters.fuel_use) rows[{use.fuel, use.user}] = use;
    std::map<std::pair<int, int>, FuelPurchase> sums;
    for (int fuel = 0; fuel < sectors; ++fuel) {
      for (int user = 0; user < sectors; ++user) {
        const auto row = rows.find({fuel, user});
        const double share = row == rows.end() ? 0 : row->second.share_outside_nest;
        const bool emits = row != rows.end() && row->second.emits;
        for (int i = 0; i < to_.sector_count(); ++i) {
          if (map_.sector_weight(fuel, i) == 0) continue;
          for (int j = 0; j < to_.sector_count(); ++j) {
            const double weight = map_.sector_weight(fuel, i) * map_.sector_weight(user, j);
            if (weight > 0) sums[{i, j}].add(weight, money(fuel, user), share, emits);
          }
        }
      }
    }
    for (const auto& [pair, sum] : sums) {
      if (sum.most == 0) continue;
      to_.parameters.fuel_use.push_back({pair.first, pair.second, sum.share(), sum.emits()});
      if (!sum.mixed()) continue;
      notes_.push_back(fmt::format("{} bought by {} outside the energy nest {}: {:.3g} % of it did",
                                   to_.sectors[static_cast<std::size_t>(pair.first)].code,
                                   to_.sectors[static_cast<std::size_t>(pair.second)].code,
                                   sum.emits() ? "emits" : "does not emit", 100 * sum.emitting / sum.outside));
    }
  }

  void note_origin() {
    to_.assumptions.push_back(fmt::format("Added up from '{}' ({} regions x {} sectors).", from_.name,
                                          from_.region_count(), from_.sector_count()));
    for (const std::string& note : notes_) to_.assumptions.push_back("Adding up: " + note + ".");
  }

  const Dataset& from_;
  const Aggregation& map_;
  Dataset to_;
  SparseMatrix nodes_, goods_;
  Eigen::MatrixXd flow_;                             ///< nodes x regions
  Eigen::VectorXd absorbed_, imported_, purchases_;  ///< by node (region that buys, good); by good
  std::vector<std::string> notes_;
};

}  // namespace

Dataset aggregate(const Dataset& dataset, const Aggregation& aggregation) {
  return Aggregator(dataset, aggregation).make();
}

}  // namespace levee
