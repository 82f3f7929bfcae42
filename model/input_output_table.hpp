#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "model/leontief_system.hpp"

namespace levee {

/// What nodes and final users cause besides transactions: a stressor, or value added. In `unit`.
struct Extension {
  std::string name;
  std::string unit;
  Eigen::VectorXd F;    ///< nodes
  Eigen::VectorXd F_Y;  ///< regions: by final users themselves
  double dropped = 0;   ///< of nodes without output, not in F
};

/// A multi-regional table in the letters of input-output analysis, money at basic prices. Balanced by rows: x is what
/// is sold, value added what is left of it.
struct InputOutputTable {
  IntermediateTable Z;
  Eigen::MatrixXd Y;                 ///< nodes x regions: final demand of all kinds, inventories too
  Eigen::VectorXd x;                 ///< nodes, row sums of Z and Y
  Eigen::VectorXd v;                 ///< nodes, x less the column sums of Z
  std::vector<Extension> stressors;  ///< in the dataset's order
  int dropped = 0;                   ///< nodes that sell nothing, taken out with what they buy
  double dropped_money = 0;

  int sectors() const { return Z.sectors(); }
  int regions() const { return Z.regions(); }
  int nodes() const { return Z.nodes(); }
};

/// The dataset's table as published. Nodes that sell nothing are taken out, one after the other until none is left:
/// what they buy and emit cannot be led to a final user, and is reported.
InputOutputTable input_output_table(const Dataset& dataset);

/// S = F x^-1, 0 where there is no output.
Eigen::VectorXd per_output(const InputOutputTable& table, const Eigen::VectorXd& F);

/// Multipliers by the region where what is counted happens: nodes x regions, column q being s_q' L with s_q = s in
/// region q, 0 elsewhere. Row sums are M = s' L, the whole chain behind a unit of final demand; entry (node, its own
/// region) is the part that stays at home.
LeontiefSolution multipliers_by_origin(const LeontiefSystem& prices, const Eigen::VectorXd& s, int regions);

/// What final demand for each product in each region causes, by the region where: regions x nodes, entry
/// (q, (r, i)) = sum_s B[(s,i), q] Y[(s,i), r], B the multipliers by origin. Column sums are the consumption-based
/// account D_cba.
Eigen::MatrixXd embodied_by_product(const InputOutputTable& table, const Eigen::MatrixXd& by_origin);

/// What each node causes for the final demand of each region: nodes x regions, s times L Y. Row sums are F, the
/// production-based account.
Eigen::MatrixXd embodied_by_maker(const Eigen::VectorXd& s, const Eigen::MatrixXd& output_by_destination);

/// D_cba straight from M = s' L: by node (r, i), the product i that region r consumes, wherever it comes from.
Eigen::VectorXd consumption_account(const InputOutputTable& table, const Eigen::VectorXd& M);

/// What buyers of a node's product do with it downstream, per unit of output: S (G' - I) with the Ghosh inverse
/// G = (I - x^-1 Z)^-1, which is (L F) / x - S. `prices` is not needed: `quantities` is the other side of the system.
Eigen::VectorXd downstream_multipliers(const InputOutputTable& table, const LeontiefSystem& quantities,
                                       const Eigen::VectorXd& F);

}  // namespace levee
