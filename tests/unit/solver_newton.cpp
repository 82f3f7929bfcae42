// Newton's method: small systems with known answers, pairs, block preconditioning against dense factors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "solver/linear_solver.hpp"
#include "solver/newton_solver.hpp"
#include "solver/residual.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using namespace testing;

TEST(NewtonSolver, SystemsWithKnownRoots) {
  const Solution rosenbrock_root = solve_with_newton(rosenbrock(), Vector{-1.2, 1}, {});
  EXPECT_EQ(rosenbrock_root.status, SolveStatus::solved) << rosenbrock_root.message;
  EXPECT_EQ(rosenbrock_root.backend, "newton");
  EXPECT_NEAR(rosenbrock_root.x[0], 1, 1e-9);
  EXPECT_NEAR(rosenbrock_root.x[1], 1, 1e-9);
  const Solution logs = solve_with_newton(logarithms(), Vector{2, 0.5}, {});
  ASSERT_EQ(logs.status, SolveStatus::solved) << logs.message;
  EXPECT_NEAR(std::log(logs.x[0]) + logs.x[1], 1, 1e-9);
}

TEST(NewtonSolver, PairsEndOnOneSideOrTheOther) {
  const Solution josephy_solution = solve_with_newton(josephy(), Vector{1.2, 0.1, 0.1, 0.6}, {});
  ASSERT_EQ(josephy_solution.status, SolveStatus::solved) << josephy_solution.message;
  EXPECT_NEAR(josephy_solution.x[0], std::sqrt(6.0) / 2, 1e-8);
  EXPECT_NEAR(josephy_solution.x[3], 0.5, 1e-8);
  EXPECT_EQ(josephy_solution.x[1], 0);
  // a cap: emissions 10 - p, allowed 4 or 12
  for (const double cap : {4.0, 12.0}) {
    const FunctionProblem market = linear_problem({1}, {cap - 10}, true);
    const Solution solution = solve_with_newton(market, Vector{0}, {});
    ASSERT_EQ(solution.status, SolveStatus::solved);
    EXPECT_NEAR(solution.x[0], std::max(0.0, 10 - cap), 1e-12);
  }
}

TEST(NewtonSolver, FailuresAreValues) {
  const Solution none = solve_with_newton(without_root(), Vector{1, 2}, {});
  EXPECT_EQ(none.status, SolveStatus::failed);
  EXPECT_FALSE(none.message.empty());
  EXPECT_FALSE(none.worst.empty());
  const Solution undefined = solve_with_newton(logarithms(), Vector{-1, 0}, {});
  EXPECT_EQ(undefined.status, SolveStatus::failed);
  EXPECT_THAT(undefined.message, ::testing::HasSubstr("start"));
  EXPECT_EQ(solve_with_newton(rosenbrock(), Vector{-1.2, 1}, {.max_iterations = 0}).status, SolveStatus::failed);
  const std::atomic<bool> stop = true;
  EXPECT_EQ(solve_with_newton(rosenbrock(), Vector{-1.2, 1}, {.interrupt = &stop}).status, SolveStatus::interrupted);
}

/// A block-dominant matrix: `count` blocks of `size`, weak entries between, `border` unknowns of no block that all act
/// on and that act on all.
struct Blocks {
  std::vector<int> labels;
  RowMatrix matrix;

  Blocks(int count, int size, int border, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> value(-1, 1);
    std::vector<Eigen::Triplet<double>> entries;
    const int n = count * size + border;
    for (int i = 0; i < n; ++i) labels.push_back(i < count * size ? i % count : -1);
    std::shuffle(labels.begin(), labels.end(), random);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) {
        const bool near = labels[static_cast<std::size_t>(i)] == labels[static_cast<std::size_t>(j)];
        const bool at_border = labels[static_cast<std::size_t>(i)] < 0 || labels[static_cast<std::size_t>(j)] < 0;
        const double entry = near || at_border ? value(random) : 0.02 * value(random);
        entries.emplace_back(i, j, entry + (i == j ? size : 0));
      }
    }
    matrix.resize(n, n);
    matrix.setFromTriplets(entries.begin(), entries.end());
  }
};

TEST(LinearSolvers, BlocksWithABorderAgreeWithDenseFactors) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const Blocks blocks(8, 50, static_cast<int>(seed) - 1, seed);
    const int n = static_cast<int>(blocks.matrix.rows());
    const std::unique_ptr<LinearSolver> krylov = make_linear_solver(blocks.labels, n);
    EXPECT_EQ(krylov->name(), "GMRES with 8 blocks");
    ASSERT_TRUE(krylov->factor(blocks.matrix));
    const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, -1, 2);
    Eigen::VectorXd x;
    const LinearSolver::Outcome outcome = krylov->solve(right, 1e-11, x);
    EXPECT_TRUE(outcome.solved);
    EXPECT_GT(outcome.iterations, 0);
    EXPECT_LT(outcome.iterations, 40);
    const Eigen::VectorXd exact = Eigen::MatrixXd(blocks.matrix).partialPivLu().solve(right);
    EXPECT_LE((x - exact).norm(), 1e-8 * exact.norm());
  }
}

TEST(LinearSolvers, ChooseBySizeAndLabels) {
  EXPECT_EQ(make_linear_solver({}, 20)->name(), "dense LU");
  EXPECT_EQ(make_linear_solver({}, 2000)->name(), "sparse LU");
  const Blocks blocks(4, 100, 0, 9);
  const int n = static_cast<int>(blocks.matrix.rows());
  const std::unique_ptr<LinearSolver> direct = make_linear_solver({}, n);
  ASSERT_TRUE(direct->factor(blocks.matrix));
  const Eigen::VectorXd right = Eigen::VectorXd::Ones(n);
  Eigen::VectorXd x;
  EXPECT_TRUE(direct->solve(right, 1e-10, x).solved);
  EXPECT_LE((blocks.matrix * x - right).norm(), 1e-10 * right.norm());
}

TEST(LinearSolvers, GmresThatStallsFallsBackOnDirectFactors) {
  // no block dominates: a cyclic shift is the worst there is for Krylov's method
  const int n = 400;
  std::vector<int> labels;
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < n; ++i) {
    labels.push_back(i % 4);
    entries.emplace_back(i, (i + 1) % n, 1.0);
    entries.emplace_back(i, i, 1e-3);
  }
  RowMatrix matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const std::unique_ptr<LinearSolver> solver = make_linear_solver(labels, n);
  ASSERT_TRUE(solver->factor(matrix));
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, 0, 1);
  Eigen::VectorXd x;
  EXPECT_TRUE(solver->solve(right, 1e-10, x).solved);
  EXPECT_LE((matrix * x - right).norm(), 1e-9 * right.norm());
}

}  // namespace
}  // namespace levee
