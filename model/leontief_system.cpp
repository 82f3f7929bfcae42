#include "model/leontief_system.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "data/diagnostics.hpp"
#include "solver/matrix_product.hpp"

namespace levee {

namespace {

constexpr int most_sweeps = 20000;
/// A larger h would be one of rounding only.
constexpr double largest_bound = 1e12;
constexpr double slack = 0.5;  // v is nowhere below

void require_not_negative(const IntermediateTable& Z) {
  const bool fits = Z.factored() ? Z.share().minCoeff() >= 0 && Z.use().minCoeff() >= 0 : Z.dense().minCoeff() >= 0;
  if (!fits) throw InputError({}, "multipliers of whole supply chains need intermediate deliveries >= 0");
}

/// Points to sweep from that are better than where the last sweep led: of the last few points and what a sweep moved
/// each by, the combination that would have moved least (Anderson's mixing, which on a linear system is GMRES with the
/// sweep as preconditioner). Column by column; whatever it proposes, the bound of the error is that of the sweep after.
class Mixing {
 public:
  /// `led` is where a sweep led, `moved` by how much; `led` becomes the point for the next.
  void propose(Eigen::MatrixXd& led, const Eigen::MatrixXd& moved) {
    const Eigen::MatrixXd here = led;
    if (last_led_.size() > 0) {
      led_changes_.emplace_back(here - last_led_);
      moved_changes_.emplace_back(moved - last_moved_);
      if (led_changes_.size() > depth) {
        led_changes_.erase(led_changes_.begin());
        moved_changes_.erase(moved_changes_.begin());
      }
      for (Eigen::Index c = 0; c < led.cols(); ++c) mix(led, moved, c);
    }
    last_led_ = here;
    last_moved_ = moved;
  }

 private:
  static constexpr std::size_t depth = 4;

  void mix(Eigen::MatrixXd& led, const Eigen::MatrixXd& moved, Eigen::Index c) const {
    const auto count = static_cast<Eigen::Index>(moved_changes_.size());
    Eigen::MatrixXd normal(count, count);
    Eigen::VectorXd right(count);
    for (Eigen::Index a = 0; a < count; ++a) {
      const auto change = moved_changes_[static_cast<std::size_t>(a)].col(c);
      right[a] = change.dot(moved.col(c));
      for (Eigen::Index b = 0; b <= a; ++b)
        normal(a, b) = normal(b, a) = change.dot(moved_changes_[static_cast<std::size_t>(b)].col(c));
    }
    const Eigen::VectorXd weight = normal.completeOrthogonalDecomposition().solve(right);
    if (!weight.allFinite()) return;
    for (Eigen::Index a = 0; a < count; ++a) led.col(c) -= weight[a] * led_changes_[static_cast<std::size_t>(a)].col(c);
  }

  std::vector<Eigen::MatrixXd> led_changes_, moved_changes_;
  Eigen::MatrixXd last_led_, last_moved_;
};

}  // namespace

Eigen::VectorXd inverse_output(const Eigen::VectorXd& x) {
  return x.unaryExpr([](double output) { return output > 0 ? 1 / output : 0.0; });
}

LeontiefSystem::LeontiefSystem(const IntermediateTable& Z, const Eigen::VectorXd& sells, const Eigen::VectorXd& buys,
                               Side side, int threads)
    : Z_(Z),
      side_(side),
      threads_(threads),
      inner_(side == Side::prices ? sells : buys),
      outer_(side == Side::prices ? buys : sells) {
  require_not_negative(Z);
  factorise_own(sells, buys);
  find_bound();
}

LeontiefSystem::LeontiefSystem(const IntermediateTable& Z, const Eigen::VectorXd& x, Side side, int threads)
    : LeontiefSystem(Z, Eigen::VectorXd::Ones(x.size()), inverse_output(x), side, threads) {}

void LeontiefSystem::factorise_own(const Eigen::VectorXd& sells, const Eigen::VectorXd& buys) {
  const int sectors = Z_.sectors();
  for (int r = 0; r < Z_.regions(); ++r) {
    const int first = r * sectors;
    Eigen::MatrixXd own(sectors, sectors);
    for (int j = 0; j < sectors; ++j) {
      for (int i = 0; i < sectors; ++i)
        own(i, j) = (i == j ? 1.0 : 0.0) - sells[first + i] * Z_(first + i, first + j) * buys[first + j];
    }
    if (side_ == Side::prices) own.transposeInPlace();
    own_.emplace_back(std::move(own));
  }
}

/// What a region's users buy of each good, of factored tables on the side of quantities: it serves every origin.
Eigen::MatrixXd LeontiefSystem::composites(int region, const Eigen::MatrixXd& w) const {
  const int sectors = Z_.sectors();
  if (!Z_.factored() || side_ == Side::prices) return {};
  return Z_.use().middleCols(region * sectors, sectors) * w.middleRows(region * sectors, sectors);
}

Eigen::MatrixXd LeontiefSystem::block_product(int region, const Eigen::MatrixXd& w,
                                              const std::vector<Eigen::MatrixXd>& bought) const {
  const int sectors = Z_.sectors(), first = region * sectors;
  const auto outer = outer_.segment(first, sectors).asDiagonal();
  if (!Z_.factored()) {
    if (side_ == Side::prices) return outer * matrix_product(Z_.dense().middleCols(first, sectors), true, w, threads_);
    return outer * matrix_product(Z_.dense().middleRows(first, sectors), false, w, threads_);
  }
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(sectors, w.cols());
  for (int other = 0; other < Z_.regions(); ++other) {
    if (side_ == Side::prices)
      sum += Z_.share().col(region).segment(other * sectors, sectors).asDiagonal() *
             w.middleRows(other * sectors, sectors);
    else
      sum += Z_.share().col(other).segment(first, sectors).asDiagonal() * bought[static_cast<std::size_t>(other)];
  }
  if (side_ == Side::quantities) return outer * sum;
  return outer * (Z_.use().middleCols(first, sectors).transpose() * sum);
}

Eigen::MatrixXd LeontiefSystem::product(const Eigen::MatrixXd& y) const {
  const Eigen::MatrixXd w = scaled(y);
  std::vector<Eigen::MatrixXd> bought;
  for (int r = 0; r < Z_.regions(); ++r) bought.push_back(composites(r, w));
  Eigen::MatrixXd result(y.rows(), y.cols());
  for (int r = 0; r < Z_.regions(); ++r)
    result.middleRows(r * Z_.sectors(), Z_.sectors()) = block_product(r, w, bought);
  return result;
}

Eigen::MatrixXd LeontiefSystem::sweep(const Eigen::MatrixXd& d, Eigen::MatrixXd& y) const {
  const int sectors = Z_.sectors();
  Eigen::MatrixXd w = scaled(y), moved(y.rows(), y.cols());
  std::vector<Eigen::MatrixXd> bought;
  for (int r = 0; r < Z_.regions(); ++r) bought.push_back(composites(r, w));
  for (int r = 0; r < Z_.regions(); ++r) {
    const int first = r * sectors;
    w.middleRows(first, sectors).setZero();
    bought[static_cast<std::size_t>(r)].setZero();
    const Eigen::MatrixXd solved =
        lu_solution(own_[static_cast<std::size_t>(r)], d.middleRows(first, sectors) + block_product(r, w, bought));
    moved.middleRows(first, sectors) = solved - y.middleRows(first, sectors);
    y.middleRows(first, sectors) = solved;
    w.middleRows(first, sectors) = inner_.segment(first, sectors).asDiagonal() * solved;
    bought[static_cast<std::size_t>(r)] = composites(r, w);
  }
  return moved;
}

/// A sweep for (I - A)h = 1 leaves v = 1 - U D, U the part of A that it took from before. With D <= t h, t < 1, U D is
/// at most t A h = t (h - v), so that v is at least (1 - t h) / (1 - t), which is at least 1 - t max(h).
void LeontiefSystem::find_bound() {
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(inner_.size(), 1);
  largest_sum_ = product(ones).maxCoeff();
  Eigen::MatrixXd h = Eigen::MatrixXd::Zero(inner_.size(), 1);
  for (int k = 0; k < most_sweeps; ++k) {
    const Eigen::MatrixXd moved = sweep(ones, h);
    if (!(h.minCoeff() >= slack && h.maxCoeff() <= largest_bound)) break;
    if (moved.cwiseAbs().cwiseQuotient(h).maxCoeff() * h.maxCoeff() > 1 - slack) continue;
    h_ = h;
    return;
  }
  throw InputError({},
                   "the table's sectors use up between them all that they make: multipliers of whole supply chains "
                   "do not exist");
}

LeontiefSolution LeontiefSystem::solve_with_bound(const Eigen::MatrixXd& d) const {
  constexpr double rounding = 8 * std::numeric_limits<double>::epsilon();
  LeontiefSolution solution{Eigen::MatrixXd::Zero(d.rows(), d.cols()), 0, 0};
  const double largest_h = h_.maxCoeff();
  Mixing mixing;
  while (solution.sweeps < most_sweeps) {
    const Eigen::MatrixXd change_made = sweep(d, solution.y), moved = change_made.cwiseAbs();
    ++solution.sweeps;
    bool done = true;
    solution.error = 0;
    for (Eigen::Index c = 0; c < d.cols(); ++c) {
      const double size = solution.y.col(c).cwiseAbs().maxCoeff();
      const double change = moved.col(c).maxCoeff();
      const double residual =
          std::min(change * largest_sum_, moved.col(c).cwiseQuotient(h_).maxCoeff() * (largest_h - slack));
      if (size == 0) continue;
      const double error = largest_h / slack * residual / size;
      solution.error = std::max(solution.error, error);
      done = done && (error <= accuracy || change <= rounding * size);
    }
    if (done) return solution;
    mixing.propose(solution.y, change_made);
  }
  throw InputError({}, "multipliers of whole supply chains were not found to full accuracy");
}

}  // namespace levee
