// The Leontief system against direct solutions, in both representations and on both sides.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "data/diagnostics.hpp"
#include "data/random_stream.hpp"
#include "model/leontief_system.hpp"

namespace levee::testing {
namespace {

using Side = LeontiefSystem::Side;

/// Random factors of a table of coefficients whose nodes keep `slack` of what they make, or more.
IntermediateTable coefficients(int regions, int goods, double slack, std::uint64_t seed) {
  RandomStream random(seed, "factors");
  Eigen::MatrixXd share(regions * goods, regions), use(goods, regions * goods);
  for (double& value : share.reshaped()) value = random.chance(0.3) ? 0 : random.uniform();
  for (double& value : use.reshaped()) value = random.uniform();
  for (int r = 0; r < regions; ++r) {
    for (int good = 0; good < goods; ++good) {
      double sum = 0;
      for (int s = 0; s < regions; ++s) sum += share(s * goods + good, r);
      for (int s = 0; s < regions && sum > 0; ++s) share(s * goods + good, r) /= sum;
    }
  }
  for (int user = 0; user < regions * goods; ++user)
    use.col(user) *= (1 - slack * random.uniform(1, 2)) / use.col(user).sum();
  return {share, use};
}

IntermediateTable dense(const IntermediateTable& table) { return {table.expanded(), table.sectors()}; }

Eigen::MatrixXd right_hand_sides(int nodes, std::uint64_t seed) {
  Eigen::MatrixXd d(nodes, 3);
  RandomStream random(seed, "right-hand side");
  for (double& value : d.reshaped()) value = random.uniform(-1, 1);
  d.col(2) *= 1e-6;  // bounds are each column's own
  return d;
}

/// The system solved directly: prices have A', quantities A.
Eigen::MatrixXd direct(const IntermediateTable& A, Side side, const Eigen::MatrixXd& d) {
  Eigen::MatrixXd system = -A.expanded();
  if (side == Side::prices) system.transposeInPlace();
  system.diagonal().array() += 1;
  return system.fullPivLu().solve(d);
}

TEST(LeontiefSystem, AgreesWithADirectSolution) {
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(35);
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    for (const double slack : {0.4, 0.05, 1e-3}) {
      const IntermediateTable factored = coefficients(5, 7, slack, seed);
      for (const IntermediateTable& A : {factored, dense(factored)}) {
        for (const Side side : {Side::prices, Side::quantities}) {
          SCOPED_TRACE(fmt::format("seed {}, slack {}, {}, {}", seed, slack, A.factored() ? "factored" : "dense",
                                   side == Side::prices ? "prices" : "quantities"));
          const Eigen::MatrixXd d = right_hand_sides(35, seed);
          const LeontiefSolution solution = LeontiefSystem(A, ones, ones, side).solve_with_bound(d);
          const Eigen::MatrixXd expected = direct(A, side, d);
          for (int c = 0; c < d.cols(); ++c) {
            const double size = expected.col(c).cwiseAbs().maxCoeff();
            const double error = (solution.y.col(c) - expected.col(c)).cwiseAbs().maxCoeff() / size;
            EXPECT_LE(error, 1e-12 / std::min(1.0, 10 * slack)) << c;
          }
        }
      }
    }
  }
}

/// The right-hand side is made of a known solution: the true error is within the bound, rounding of A'y aside, whose
/// effect is at most |L| times it (column sums of L are below 50 here).
TEST(LeontiefSystem, BoundCoversTheError) {
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(35);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const IntermediateTable A = dense(coefficients(5, 7, 0.02, seed));
    RandomStream random(seed, "solution");
    Eigen::VectorXd y(35);
    for (double& value : y) value = random.uniform(-1, 1);
    const Eigen::VectorXd d = y - A.dense().transpose() * y;
    const LeontiefSolution solution = LeontiefSystem(A, ones, ones, Side::prices).solve_with_bound(d);
    EXPECT_LE((solution.y - y).cwiseAbs().maxCoeff(), solution.error + 50 * 1e-14);
    EXPECT_LE(solution.error, 1e-11);
    EXPECT_GT(solution.sweeps, 1);
  }
}

TEST(LeontiefSystem, ScalesAreThoseOfRowsAndColumns) {
  const IntermediateTable Z = dense(coefficients(3, 4, 0.3, 7));
  Eigen::VectorXd sells = Eigen::VectorXd::Ones(12), buys = Eigen::VectorXd::LinSpaced(12, 0.2, 1);
  sells[5] = 0;
  buys[2] = 0;
  const IntermediateTable A(sells.asDiagonal() * Z.dense() * buys.asDiagonal(), 4);
  const Eigen::MatrixXd d = right_hand_sides(12, 7);
  for (const Side side : {Side::prices, Side::quantities}) {
    const Eigen::MatrixXd difference = LeontiefSystem(Z, sells, buys, side).solve(d) - direct(A, side, d);
    EXPECT_LE(difference.cwiseAbs().maxCoeff(), 1e-13);
  }
}

/// Large enough that the products are shared out.
TEST(LeontiefSystem, ThreadsChangeNoDigit) {
  const IntermediateTable A = dense(coefficients(4, 150, 0.3, 3));
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(600);
  const Eigen::MatrixXd d = Eigen::MatrixXd::Random(600, 20);
  for (const Side side : {Side::prices, Side::quantities}) {
    const Eigen::MatrixXd one = LeontiefSystem(A, ones, ones, side, 1).solve(d);
    EXPECT_EQ(one, LeontiefSystem(A, ones, ones, side, 3).solve(d));
  }
}

TEST(LeontiefSystem, RefusesASystemThatUsesUpWhatItMakes) {
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(12);
  for (const double slack : {0.0, -0.1}) {
    for (const Side side : {Side::prices, Side::quantities}) {
      EXPECT_THROW(LeontiefSystem(coefficients(3, 4, slack, 1), ones, ones, side), InputError);
      EXPECT_THROW(LeontiefSystem(dense(coefficients(3, 4, slack, 1)), ones, ones, side), InputError);
    }
  }
}

TEST(LeontiefSystem, RefusesNegativeDeliveries) {
  Eigen::MatrixXd Z = Eigen::MatrixXd::Constant(2, 2, 0.1);
  Z(0, 1) = -0.1;
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(2);
  EXPECT_THROW(LeontiefSystem(IntermediateTable(Z, 1), ones, ones, Side::prices), InputError);
}

}  // namespace
}  // namespace levee::testing
