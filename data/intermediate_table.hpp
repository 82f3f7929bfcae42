#pragma once

#include <Eigen/Dense>
#include <memory>
#include <utility>
#include <vector>

namespace levee {

/// Intermediate deliveries Z[(s,i),(r,j)] of a multi-regional table, money. Node (r, i) has index r * sectors + i; a
/// row sells to a column. Two representations give the same figures:
///
///   dense     a nodes x nodes matrix, shared between copies until one of them is changed
///   factored  Z[(s,i),(r,j)] = share[(s,i),r] use[i,(r,j)]: what each user buys of each good, whatever its origin, and
///             one mix of origins for all users in a region (nodes x regions and goods x nodes; no sum is imposed on
///             the shares, so that an origin can be taken out without touching the others)
class IntermediateTable {
 public:
  IntermediateTable() = default;
  IntermediateTable(Eigen::MatrixXd dense, int sectors);
  IntermediateTable(Eigen::MatrixXd share, Eigen::MatrixXd use);

  bool factored() const { return dense_ == nullptr; }
  int nodes() const { return static_cast<int>(factored() ? share_.rows() : dense_->rows()); }
  int sectors() const { return sectors_; }
  int regions() const { return nodes() / sectors_; }

  double operator()(int origin, int user) const {
    return factored() ? share_(origin, user / sectors_) * use_(origin % sectors_, user) : (*dense_)(origin, user);
  }

  /// The dense matrix, and the same to be changed: copied first when another table holds it too. std::logic_error when
  /// the table is factored.
  const Eigen::MatrixXd& dense() const;
  Eigen::MatrixXd& dense();
  /// The factors. std::logic_error when the table is dense.
  const Eigen::MatrixXd& share() const;
  const Eigen::MatrixXd& use() const;

  /// The nodes x nodes matrix whatever the representation: for small worlds.
  Eigen::MatrixXd expanded() const;

  Eigen::VectorXd row_sums() const;     ///< nodes: what each sells
  Eigen::VectorXd column_sums() const;  ///< nodes: what each buys
  /// Nodes x regions: what each sells to all sectors of a region.
  Eigen::MatrixXd deliveries() const;
  /// Goods x nodes: purchases of each good by each user, every delivery times `weight(origin, region of the user)`.
  Eigen::MatrixXd purchases(const Eigen::MatrixXd& weight) const;
  Eigen::MatrixXd purchases() const;

  /// Sets the row and column of a node to zero; returns the sum of their absolute values (their common cell twice).
  double drop(int node);

  /// What `lower_largest_input` took out: money less sold by each origin, and less paid by the user.
  struct Reduction {
    std::vector<std::pair<int, double>> sales;
    double cost = 0;
  };
  /// Lowers a user's largest purchase so that it pays `cost` less, `weight` (nodes) being the cost of each delivery per
  /// unit, down to 0 at most. Dense: the largest delivery. Factored: the largest purchase of a good, from all its
  /// origins in proportion.
  Reduction lower_largest_input(int user, double cost, const Eigen::VectorXd& weight);

 private:
  int sectors_ = 1;
  std::shared_ptr<Eigen::MatrixXd> dense_;  ///< null when factored
  Eigen::MatrixXd share_;                   ///< nodes x regions
  Eigen::MatrixXd use_;                     ///< goods x nodes
};

}  // namespace levee
