#pragma once

#include <Eigen/Dense>

#include "model/input_output_table.hpp"

namespace levee {

/// Everything a table says about one extension.
struct EmissionAccounts {
  Eigen::VectorXd S;            ///< nodes: direct, per unit of output
  Eigen::MatrixXd by_origin;    ///< nodes x regions: multipliers by the region where it happens
  Eigen::VectorXd downstream;   ///< nodes: per unit of output, in what buyers make of it
  Eigen::VectorXd production;   ///< nodes: D_pba
  Eigen::VectorXd exports;      ///< nodes: the part of production behind final demand in other regions
  Eigen::MatrixXd embodied;     ///< regions x nodes (r, i): by where, of product i consumed in region r
  Eigen::VectorXd consumption;  ///< nodes (r, i): D_cba
  Eigen::VectorXd imports;      ///< nodes (r, i): the part of consumption that happens in other regions
  double error = 0;             ///< proven bound of the multipliers' error, relative to the largest
  int sweeps = 0;

  /// How far the accounts are from adding up, relative to the total: the sum of consumption less that of production,
  /// and of imports less that of exports.
  double imbalance() const;
};

/// `prices` and `quantities` are the two sides of the table's system, `output_by_destination` is L Y, nodes x regions.
EmissionAccounts emission_accounts(const InputOutputTable& table, const LeontiefSystem& prices,
                                   const LeontiefSystem& quantities, const Eigen::MatrixXd& output_by_destination,
                                   const Eigen::VectorXd& F);

}  // namespace levee
