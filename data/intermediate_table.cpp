#include "data/intermediate_table.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace levee {

IntermediateTable::IntermediateTable(Eigen::MatrixXd dense, int sectors)
    : sectors_(sectors), dense_(std::make_shared<Eigen::MatrixXd>(std::move(dense))) {}

IntermediateTable::IntermediateTable(Eigen::MatrixXd share, Eigen::MatrixXd use)
    : sectors_(static_cast<int>(use.rows())), share_(std::move(share)), use_(std::move(use)) {
  if (use_.cols() != share_.rows() || share_.cols() * sectors_ != share_.rows())
    throw std::logic_error("the factors of a table do not fit");
}

const Eigen::MatrixXd& IntermediateTable::dense() const {
  if (factored()) throw std::logic_error("a factored table has no dense matrix");
  return *dense_;
}

Eigen::MatrixXd& IntermediateTable::dense() {
  if (factored()) throw std::logic_error("a factored table has no dense matrix");
  if (dense_.use_count() > 1) dense_ = std::make_shared<Eigen::MatrixXd>(*dense_);
  return *dense_;
}

const Eigen::MatrixXd& IntermediateTable::share() const {
  if (!factored()) throw std::logic_error("a dense table has no factors");
  return share_;
}

const Eigen::MatrixXd& IntermediateTable::use() const {
  if (!factored()) throw std::logic_error("a dense table has no factors");
  return use_;
}

Eigen::MatrixXd IntermediateTable::expanded() const {
  if (!factored()) return *dense_;
  Eigen::MatrixXd result(nodes(), nodes());
  for (int user = 0; user < nodes(); ++user) {
    for (int origin = 0; origin < nodes(); ++origin) result(origin, user) = (*this)(origin, user);
  }
  return result;
}

Eigen::VectorXd IntermediateTable::row_sums() const {
  if (!factored()) return dense_->rowwise().sum();
  return deliveries().rowwise().sum();
}

Eigen::VectorXd IntermediateTable::column_sums() const {
  if (!factored()) return dense_->colwise().sum().transpose();
  return purchases().colwise().sum().transpose();
}

Eigen::MatrixXd IntermediateTable::deliveries() const {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(nodes(), regions());
  for (int region = 0; region < regions(); ++region) {
    if (!factored()) {
      for (int user = region * sectors_; user < (region + 1) * sectors_; ++user)
        result.col(region) += dense_->col(user);
      continue;
    }
    const Eigen::VectorXd total = use_.middleCols(region * sectors_, sectors_).rowwise().sum();
    for (int origin = 0; origin < nodes(); ++origin)
      result(origin, region) = share_(origin, region) * total[origin % sectors_];
  }
  return result;
}

Eigen::MatrixXd IntermediateTable::purchases(const Eigen::MatrixXd& weight) const {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(sectors_, nodes());
  for (int region = 0; region < regions(); ++region) {
    Eigen::VectorXd per_use = Eigen::VectorXd::Zero(sectors_);
    if (factored()) {
      for (int origin = 0; origin < nodes(); ++origin)
        per_use[origin % sectors_] += share_(origin, region) * weight(origin, region);
    }
    for (int user = region * sectors_; user < (region + 1) * sectors_; ++user) {
      if (factored()) {
        result.col(user) = per_use.cwiseProduct(use_.col(user));
        continue;
      }
      for (int origin = 0; origin < nodes(); ++origin)
        result(origin % sectors_, user) += (*dense_)(origin, user) * weight(origin, region);
    }
  }
  return result;
}

Eigen::MatrixXd IntermediateTable::purchases() const { return purchases(Eigen::MatrixXd::Ones(nodes(), regions())); }

double IntermediateTable::drop(int node) {
  double money = 0;
  for (int other = 0; other < nodes(); ++other)
    money += std::abs((*this)(node, other)) + std::abs((*this)(other, node));
  if (factored()) {
    share_.row(node).setZero();
    use_.col(node).setZero();
  } else if (money != 0) {
    dense().row(node).setZero();
    dense().col(node).setZero();
  }
  return money;
}

IntermediateTable::Reduction IntermediateTable::lower_largest_input(int user, double cost,
                                                                    const Eigen::VectorXd& weight) {
  int largest = 0;
  if (!factored()) {
    Eigen::MatrixXd& matrix = dense();
    matrix.col(user).maxCoeff(&largest);
    const double taken = std::min(matrix(largest, user), cost / weight[largest]);
    matrix(largest, user) -= taken;
    return {{{largest, taken}}, taken * weight[largest]};
  }
  const int region = user / sectors_;
  Eigen::VectorXd shares = Eigen::VectorXd::Zero(sectors_), weighted = Eigen::VectorXd::Zero(sectors_);
  for (int origin = 0; origin < nodes(); ++origin) {
    shares[origin % sectors_] += share_(origin, region);
    weighted[origin % sectors_] += share_(origin, region) * weight[origin];
  }
  shares.cwiseProduct(use_.col(user)).maxCoeff(&largest);
  const double taken = std::min(use_(largest, user), cost / weighted[largest]);
  use_(largest, user) -= taken;
  Reduction result{{}, taken * weighted[largest]};
  for (int origin = largest; origin < nodes(); origin += sectors_)
    result.sales.emplace_back(origin, taken * share_(origin, region));
  return result;
}

}  // namespace levee
