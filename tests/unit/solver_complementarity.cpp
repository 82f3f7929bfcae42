#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <random>

#include "solver/ipopt_solver.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using testing::FunctionProblem;
using testing::Vector;

Solution solve(const NonlinearProblem& problem, const Vector& start) {
  return solve_with_ipopt(problem, start, SolverOptions());
}

void expect_point(const Solution& solution, const Vector& x, double tolerance = 1e-8) {
  EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
  EXPECT_LE(solution.residual, 1e-10);
  ASSERT_EQ(solution.x.size(), x.size());
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(solution.x[i], x[i], tolerance) << "unknown " << i;
}

const double root = std::sqrt(6.0) / 2;

TEST(Complementarity, Josephy) {
  for (const Vector& start : {Vector{0, 0, 0, 0}, Vector{1, 1, 1, 1}, Vector{100, 100, 100, 100}, Vector{1, 0, 1, 0},
                              Vector{1.25, 0, 0, 0.5}}) {
    expect_point(solve(testing::josephy(), start), {root, 0, 0, 0.5});
  }
}

TEST(Complementarity, KojimaShindoFindsOneOfItsTwoSolutions) {
  for (const Vector& start : {Vector{0, 0, 0, 0}, Vector{1, 1, 1, 1}, Vector{100, 100, 100, 100}, Vector{1, 0, 1, 0},
                              Vector{1, 0, 0, 0}, Vector{0, 1, 1, 0}}) {
    const Solution solution = solve(testing::kojima_shindo(), start);
    const bool degenerate = solution.x[3] > 0.25;
    expect_point(solution, degenerate ? Vector{root, 0, 0, 0.5} : Vector{1, 0, 3, 0}, 1e-7);
  }
}

// Two plants, one market: price p = 10 - (q1 + q2), plants at unit cost 4 and 12. Only the first one runs: q = (6, 0).
TEST(Complementarity, MarketWithAShutPlant) {
  const auto problem = testing::linear_problem({0, 0, -1, 0, 0, -1, 1, 1, 1}, {4, 12, -10}, true);
  for (const Vector& start : {Vector{0, 0, 0}, Vector{1, 1, 1}, Vector{0, 9, 12}}) {
    expect_point(solve(problem, start), {6, 0, 4});
  }
}

// A cap that does not bind leaves its price at exactly 0; one that does has the price that closes it.
TEST(Complementarity, PriceOfACap) {
  for (const auto& [cap, price] : {std::pair{12.0, 0.0}, std::pair{10.0, 0.0}, std::pair{7.0, std::log(10.0 / 7.0)}}) {
    const FunctionProblem problem(
        1, [limit = cap](auto x, auto f) { f[0] = limit - 10 * std::exp(-x[0]); },
        [](auto x, auto j) { j[0] = 10 * std::exp(-x[0]); }, Vector{0.0});
    for (const double start : {0.0, 1.0, 5.0}) expect_point(solve(problem, {start}), {price}, 1e-9);
  }
}

TEST(Complementarity, BoundsOtherThanZeroAndFreeUnknowns) {
  // x0 free: x0 = x1 + 1; x1 >= 2 with F1 = x0 + x1 - 1 > 0 there; x2 >= -3 with x2 = -1.
  const FunctionProblem problem(
      3,
      [](auto x, auto f) {
        f[0] = x[0] - x[1] - 1;
        f[1] = x[0] + x[1] - 1;
        f[2] = x[2] + 1;
      },
      [](auto, auto j) {
        const Vector values = {1, -1, 0, 1, 1, 0, 0, 0, 1};
        std::copy(values.begin(), values.end(), j.begin());
      },
      {free_unknown, 2, -3});
  expect_point(solve(problem, {0, 0, 0}), {3, 2, -1});
  expect_point(solve(problem, {9, 9, -9}), {3, 2, -1});
}

TEST(Complementarity, DegeneratePairWithBothMembersZero) {
  // Solution x = (1, 0): F1 = x1 + x0 - 1 is 0 there as well.
  const auto problem = testing::linear_problem({1, 0, 1, 1}, {-1, -1}, true);
  for (const Vector& start : {Vector{0, 0}, Vector{1, 0}, Vector{1, 3}, Vector{7, 0.01}}) {
    expect_point(solve(problem, start), {1, 0}, 1e-9);
  }
}

TEST(Complementarity, DegeneratePairWithASingularSide) {
  // F1 = x1^2 >= 0 perp x1 >= 0: as an equation its Jacobian is singular at the solution.
  const FunctionProblem problem(
      2,
      [](auto x, auto f) {
        f[0] = x[0] - 2 + x[1];
        f[1] = x[1] * x[1];
      },
      [](auto x, auto j) {
        j[0] = 1;
        j[1] = 1;
        j[2] = 0;
        j[3] = 2 * x[1];
      },
      {free_unknown, 0});
  for (const Vector& start : {Vector{0, 0}, Vector{1, 1}}) {
    const Solution solution = solve(problem, start);
    EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
    EXPECT_NEAR(solution.x[1], 0, 2e-5);
  }
}

TEST(Complementarity, UndefinedBelowTheBound) {
  // sqrt(x0) needs x0 >= 0; x0 = 0.25 + x1 and the second pair is at its bound.
  const FunctionProblem problem(
      2,
      [](auto x, auto f) {
        f[0] = std::sqrt(x[0]) - 0.5 - x[1];
        f[1] = 1 + x[0] + x[1];
      },
      [](auto x, auto j) {
        j[0] = 0.5 / std::sqrt(x[0]);
        j[1] = -1;
        j[2] = j[3] = 1;
      },
      {0, 0});
  for (const Vector& start : {Vector{1, 0}, Vector{9, 9}, Vector{0.01, 2}})
    expect_point(solve(problem, start), {0.25, 0});
}

TEST(Complementarity, WithoutSolution) {
  const auto problem = testing::linear_problem({-1}, {-1}, true);
  const Solution solution = solve(problem, {1});
  EXPECT_EQ(solution.status, SolveStatus::infeasible) << solution.message;
  EXPECT_GT(solution.residual, 0.5);
  ASSERT_EQ(solution.worst.size(), 1U);
}

TEST(Complementarity, Interrupted) {
  std::atomic<bool> interrupt = false;
  int evaluations = 0;
  const FunctionProblem problem(
      1,
      [&](auto x, auto f) {
        f[0] = std::exp(x[0]) - 5;
        if (++evaluations == 6) interrupt = true;
      },
      [](auto x, auto j) { j[0] = std::exp(x[0]); }, {0});
  SolverOptions options;
  options.interrupt = &interrupt;
  EXPECT_EQ(solve_with_ipopt(problem, Vector{40}, options).status, SolveStatus::interrupted);
  EXPECT_LT(evaluations, 14);
}

struct Lcp {
  Vector matrix, constant;
};

// M = A A^T + skew + 0.1 I is positive definite but not symmetric, so the solution is unique (Cottle, Pang and Stone,
// theorem 3.1.6). A fifth of the constants is moved so that a random point with zeros is degenerate there.
Lcp random_monotone_lcp(std::mt19937& random) {
  std::normal_distribution<double> normal;
  const int n = std::uniform_int_distribution<int>(1, 6)(random);
  const Eigen::MatrixXd a = Eigen::MatrixXd::NullaryExpr(n, n, [&] { return normal(random); });
  const Eigen::MatrixXd b = Eigen::MatrixXd::NullaryExpr(n, n, [&] { return normal(random); });
  const Eigen::MatrixXd m = a * a.transpose() + b - b.transpose() + 0.1 * Eigen::MatrixXd::Identity(n, n);
  Eigen::VectorXd q = Eigen::VectorXd::NullaryExpr(n, [&] { return 3 * normal(random); });
  if (random() % 5 == 0) {
    const Eigen::VectorXd x = q.cwiseMax(0.0);
    q = -m * x;
    for (int i = 0; i < n; ++i) q[i] += x[i] == 0 && random() % 2 == 0 ? 1 : 0;
  }
  Lcp lcp;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) lcp.matrix.push_back(m(i, j));
    lcp.constant.push_back(q[i]);
  }
  return lcp;
}

// Tries all 2^n active sets and returns the complementary point with the smallest violation.
Vector enumerate(const Lcp& lcp) {
  const int n = static_cast<int>(lcp.constant.size());
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> m(lcp.matrix.data(), n,
                                                                                                   n);
  const Eigen::Map<const Eigen::VectorXd> q(lcp.constant.data(), n);
  double least = std::numeric_limits<double>::infinity();
  Vector best;
  for (unsigned set = 0; set < (1U << static_cast<unsigned>(n)); ++set) {
    Eigen::MatrixXd system = Eigen::MatrixXd::Identity(n, n);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(n);
    for (int i = 0; i < n; ++i) {
      if ((set >> static_cast<unsigned>(i) & 1U) == 0) continue;
      system.row(i) = m.row(i);
      right[i] = -q[i];
    }
    const Eigen::VectorXd x = system.fullPivLu().solve(right);
    const double violation = -std::min({x.minCoeff(), (m * x + q).minCoeff(), 0.0});
    if (!(violation < least)) continue;
    least = violation;
    best.assign(x.begin(), x.end());
  }
  return best;
}

TEST(Complementarity, RandomMonotoneLinearProblemsAgreeWithEnumeration) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    const Lcp lcp = random_monotone_lcp(random);
    const Vector expected = enumerate(lcp);
    std::exponential_distribution<double> far(0.3);
    Vector start(expected.size());
    for (double& x : start) x = random() % 3 == 0 ? 0.0 : far(random);
    SCOPED_TRACE("seed " + std::to_string(seed));
    expect_point(solve(testing::linear_problem(lcp.matrix, lcp.constant, true), start), expected, 1e-7);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace levee
