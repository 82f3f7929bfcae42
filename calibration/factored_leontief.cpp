#include "calibration/factored_leontief.hpp"

#include <utility>

#include "data/diagnostics.hpp"

namespace levee {

namespace {

constexpr int max_iterations = 20000;
/// h is good enough when (I - A')h, 1 for the exact h, is nowhere below this.
constexpr double enough_slack = 0.5;

}  // namespace

FactoredLeontief::FactoredLeontief(Eigen::MatrixXd share, Eigen::MatrixXd coefficient)
    : share_(std::move(share)), coefficient_(std::move(coefficient)) {
  const Eigen::Index goods = coefficient_.rows(), regions = share_.cols(), nodes = share_.rows();
  for (Eigen::Index r = 0; r < regions; ++r) {
    const auto own_share = share_.col(r).segment(r * goods, goods);
    own_.emplace_back(Eigen::MatrixXd::Identity(goods, goods) -
                      coefficient_.middleCols(r * goods, goods).transpose() * own_share.asDiagonal());
  }
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(nodes);
  bound_ = Eigen::VectorXd::Zero(nodes);
  for (int iteration = 0; iteration < max_iterations; ++iteration) {
    slack_ = bound_ - transposed_product(bound_);
    if (slack_.minCoeff() >= enough_slack && bound_.minCoeff() >= 0) return;
    correct(bound_, ones - slack_);
  }
  throw InputError({},
                   "the table's sectors use up between them all that they make: intensities of whole supply chains "
                   "do not exist");
}

Eigen::VectorXd FactoredLeontief::transposed_product(const Eigen::VectorXd& y) const {
  const Eigen::Index goods = coefficient_.rows(), regions = share_.cols(), nodes = share_.rows();
  Eigen::VectorXd result(nodes);
  for (Eigen::Index r = 0; r < regions; ++r) {
    Eigen::VectorXd composite = Eigen::VectorXd::Zero(goods);
    for (Eigen::Index s = 0; s < regions; ++s)
      composite += share_.col(r).segment(s * goods, goods).cwiseProduct(y.segment(s * goods, goods));
    result.segment(r * goods, goods) = coefficient_.middleCols(r * goods, goods).transpose() * composite;
  }
  return result;
}

void FactoredLeontief::correct(Eigen::VectorXd& y, const Eigen::VectorXd& residual) const {
  const Eigen::Index goods = coefficient_.rows();
  for (std::size_t r = 0; r < own_.size(); ++r) {
    const Eigen::Index first = static_cast<Eigen::Index>(r) * goods;
    y.segment(first, goods) += own_[r].solve(residual.segment(first, goods));
  }
}

Eigen::VectorXd FactoredLeontief::solve(const Eigen::VectorXd& d) const {
  Eigen::VectorXd y = Eigen::VectorXd::Zero(d.size());
  for (int iteration = 0; iteration < max_iterations; ++iteration) {
    const Eigen::VectorXd residual = d - y + transposed_product(y);
    const double error = (residual.cwiseAbs().cwiseQuotient(slack_)).maxCoeff() * bound_.maxCoeff();
    correct(y, residual);  // also once more than the bound asks for: it leaves rounding only
    if (error <= accuracy * y.cwiseAbs().maxCoeff()) return y;
  }
  throw InputError({}, "the intensities of whole supply chains were not found to full accuracy");
}

}  // namespace levee
