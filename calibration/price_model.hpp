#pragma once

#include <Eigen/Dense>

#include "calibration/benchmark.hpp"
#include "model/leontief_system.hpp"

namespace levee {

/// What measures add to costs at the benchmark's technology and trade, in money per benchmark unit. Negative where they
/// pay.
struct AddedCosts {
  Eigen::VectorXd production;  ///< nodes: per unit of output
  Eigen::MatrixXd delivery;    ///< nodes x regions: per unit of the origin's good delivered to the region

  explicit AddedCosts(const Dataset& dataset)
      : production(Eigen::VectorXd::Zero(dataset.node_count())),
        delivery(Eigen::MatrixXd::Zero(dataset.node_count(), dataset.region_count())) {}
};

/// The Leontief price model of a benchmark: every cost is passed on, nothing is substituted, factors cost what they
/// did. With p the makers' prices and q those of the composites that a region's users buy, less 1 each,
///
///     q[r,i] = sum_s flow[(s,i),r] ((1 + tariff) p[s,i] + delivery[(s,i),r]) / composite[r,i]
///     p[r,j] = production[r,j] + sum_i intermediate[i,(r,j)] / x[r,j] q[r,i]
///
/// which is p' = c' (I - A)^-1 (section 1 of the model's description) over the whole multi-region table, A in values at
/// purchasers' prices with one mix of origins for all users of a good in a region, as the regional model has it.
/// Prepared once; a nodes x nodes matrix is never formed. The benchmark must outlive the model.
class PriceModel {
 public:
  explicit PriceModel(const Benchmark& benchmark);

  /// q by node (r, i), relative to unchanged prices of factors; 0 where there is no composite.
  Eigen::VectorXd composite_change(const AddedCosts& costs) const;

  /// The same relative to the world's consumer price index (benchmark weights w), when `costs` are counted in units of
  /// that index: q - w'q. For with prices of factors at 1 the index is 1 / (1 - w'q) and the prices 1 + q times it.
  Eigen::VectorXd real_composite_change(const AddedCosts& costs) const;

 private:
  Eigen::VectorXd to_composites(const Eigen::VectorXd& producer, const AddedCosts& costs) const;
  Eigen::VectorXd input_cost(const Eigen::VectorXd& composites) const;

  const Benchmark& benchmark_;
  Eigen::VectorXd total_;        ///< nodes (r, i): uses of the composite
  Eigen::VectorXd weight_;       ///< nodes (r, i): share in the world's consumption
  Eigen::MatrixXd coefficient_;  ///< goods x nodes: composites per unit of output, purchasers' prices
  LeontiefSystem chain_;         ///< the origins' parts of composites times these
};

}  // namespace levee
