// Newton's method: small systems with known answers, pairs, block preconditioning against dense factors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <Eigen/SparseCore>
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

/// Linear pairs with a matrix whose symmetric part is positive definite have one solution, also where the pairs that
/// hold at a point are not those that hold a step further.
TEST(NewtonSolver, LinearPairsAreSolvedFromAnywhere) {
  for (int seed = 1; seed <= 500; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    std::normal_distribution<double> normal;
    const int n = 4 + seed % 17;
    const auto drawn = [&](int rows, int columns) {
      return Eigen::MatrixXd(Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal(random); }));
    };
    const Eigen::MatrixXd root = drawn(n, n), skew = drawn(n, n);
    Eigen::MatrixXd matrix = root * root.transpose() + 0.1 * Eigen::MatrixXd::Identity(n, n);
    matrix += 10 * (skew - skew.transpose());
    const Eigen::VectorXd constant = drawn(n, 1), start = 3 * drawn(n, 1);
    Vector cells;
    for (int i = 0; i < n; ++i) {
      for (int k = 0; k < n; ++k) cells.push_back(matrix(i, k));
    }
    const FunctionProblem problem = linear_problem(cells, Vector(constant.begin(), constant.end()), true);
    const Solution solution = solve_with_newton(problem, Vector(start.begin(), start.end()), {});
    EXPECT_EQ(solution.status, SolveStatus::solved) << "seed " << seed << ": " << solution.message;
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

/// Compressed rows of (row, column, value), in any order.
SparseMatrix compressed(int size, const std::vector<Eigen::Triplet<double>>& entries) {
  Eigen::SparseMatrix<double, Eigen::RowMajor> rows(size, size);
  rows.setFromTriplets(entries.begin(), entries.end());
  const auto count = rows.nonZeros();
  return {
      {{rows.outerIndexPtr(), rows.outerIndexPtr() + size + 1}, {rows.innerIndexPtr(), rows.innerIndexPtr() + count}},
      {rows.valuePtr(), rows.valuePtr() + count}};
}

Eigen::MatrixXd dense(const SparseMatrix& matrix) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(matrix.size(), matrix.size());
  for (int row = 0; row < matrix.size(); ++row) {
    for (int k = matrix.pattern.starts[row]; k < matrix.pattern.starts[row + 1]; ++k)
      result(row, matrix.pattern.columns[k]) = matrix.values[k];
  }
  return result;
}

/// |A x - b| / |b|
double relative_residual(const SparseMatrix& matrix, const Eigen::VectorXd& x, const Eigen::VectorXd& b) {
  Eigen::VectorXd image;
  matrix.multiply(x, image, 1);
  return (image - b).norm() / b.norm();
}

/// A block-dominant matrix: `count` blocks of `size`, weak entries between, `border` unknowns of no block that all act
/// on and that act on all.
struct Blocks {
  std::vector<int> labels;
  SparseMatrix matrix;

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
    matrix = compressed(n, entries);
  }

  std::unique_ptr<LinearSolver> solver(LinearMethod method, int threads = 1) const {
    return make_linear_solver(matrix.pattern, labels, method, threads);
  }
};

TEST(LinearSolvers, BlocksWithABorderAgreeWithDenseFactors) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const Blocks blocks(8, 50, static_cast<int>(seed) - 1, seed);
    const std::unique_ptr<LinearSolver> krylov = blocks.solver(LinearMethod::krylov);
    EXPECT_EQ(krylov->name(), "GMRES with 8 blocks");
    ASSERT_TRUE(krylov->prepare(blocks.matrix));
    const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(blocks.matrix.size(), -1, 2);
    Eigen::VectorXd x;
    const LinearSolver::Outcome outcome = krylov->solve(right, 1e-11, x);
    EXPECT_TRUE(outcome.solved);
    EXPECT_GT(outcome.iterations, 0);
    EXPECT_LT(outcome.iterations, 40);
    EXPECT_LE(relative_residual(blocks.matrix, x, right), 1e-11 * 1.01);
    const Eigen::VectorXd exact = dense(blocks.matrix).partialPivLu().solve(right);
    EXPECT_LE((x - exact).norm(), 1e-8 * exact.norm());
  }
}

TEST(LinearSolvers, ThreadsChangeNothing) {
  const Blocks blocks(6, 60, 3, 11);
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(blocks.matrix.size(), -1, 2);
  std::vector<Eigen::VectorXd> answers(2);
  for (const int threads : {1, 2}) {
    const std::unique_ptr<LinearSolver> solver = blocks.solver(LinearMethod::krylov, threads);
    ASSERT_TRUE(solver->prepare(blocks.matrix));
    ASSERT_TRUE(solver->solve(right, 1e-9, answers[static_cast<std::size_t>(threads - 1)]).solved);
  }
  EXPECT_EQ((answers[0] - answers[1]).cwiseAbs().maxCoeff(), 0);
}

TEST(LinearSolvers, FactorsOfAnEarlierMatrixServeUntilTheyDoNot) {
  Blocks blocks(6, 60, 2, 12);
  const std::unique_ptr<LinearSolver> solver = blocks.solver(LinearMethod::krylov);
  const Eigen::VectorXd right = Eigen::VectorXd::Ones(blocks.matrix.size());
  Eigen::VectorXd x;
  for (const double change : {1.0, 1.001, 1.3, -2.0}) {
    SCOPED_TRACE(change);
    for (std::size_t k = 0; k < blocks.matrix.values.size(); k += 3) blocks.matrix.values[k] *= change;
    ASSERT_TRUE(solver->prepare(blocks.matrix));
    ASSERT_TRUE(solver->solve(right, 1e-10, x).solved);
    EXPECT_LE(relative_residual(blocks.matrix, x, right), 1.01e-10);
  }
}

TEST(LinearSolvers, ChooseBySizeLabelsAndFill) {
  const auto name = [](const Blocks& blocks, std::span<const int> labels, LinearMethod method) {
    return make_linear_solver(blocks.matrix.pattern, labels, method, 1)->name();
  };
  const Blocks small(2, 10, 0, 1), large(4, 100, 0, 9);
  EXPECT_EQ(name(small, {}, LinearMethod::automatic), "dense LU");
  EXPECT_EQ(name(small, small.labels, LinearMethod::krylov), "GMRES with 2 blocks");
  EXPECT_EQ(name(large, {}, LinearMethod::automatic), "sparse LU");
  EXPECT_EQ(name(large, large.labels, LinearMethod::automatic), "GMRES with 4 blocks");  // full: factors are dear
  EXPECT_EQ(name(large, large.labels, LinearMethod::direct), "sparse LU");
  std::vector<Eigen::Triplet<double>> band;
  std::vector<int> labels;
  for (int i = 0; i < 2000; ++i) {
    labels.push_back(i / 200);
    for (int j = std::max(0, i - 1); j <= std::min(1999, i + 1); ++j) band.emplace_back(i, j, i == j ? 3.0 : 1.0);
  }
  EXPECT_EQ(make_linear_solver(compressed(2000, band).pattern, labels, LinearMethod::automatic, 1)->name(),
            "sparse LU");
}

TEST(LinearSolvers, SparseFactorsFindPivotsOffTheDiagonal) {
  // zero profit rows do not hold their own activity's level: the pairing leaves zeros on the diagonal
  const int n = 400;
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < n; i += 2) {
    entries.emplace_back(i, i + 1, 1.0);
    entries.emplace_back(i + 1, i, 2.0);
    entries.emplace_back(i + 1, (i + 3) % n, 0.5);
  }
  const SparseMatrix matrix = compressed(n, entries);
  const std::unique_ptr<LinearSolver> solver = make_linear_solver(matrix.pattern, {}, LinearMethod::direct, 1);
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, 0, 1);
  Eigen::VectorXd x;
  for (int time = 0; time < 2; ++time) {  // the second time with the pivots of the first
    ASSERT_TRUE(solver->prepare(matrix));
    ASSERT_TRUE(solver->solve(right, 1e-10, x).solved);
    EXPECT_LE(relative_residual(matrix, x, right), 1e-12);
  }
}

TEST(LinearSolvers, SingularMatricesAreRefused) {
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < 400; ++i) entries.emplace_back(i, i, i == 7 ? 0.0 : 1.0);
  const SparseMatrix matrix = compressed(400, entries);
  EXPECT_FALSE(make_linear_solver(matrix.pattern, {}, LinearMethod::direct, 1)->prepare(matrix));
  const std::vector<int> labels(400, 0);
  EXPECT_FALSE(make_linear_solver(matrix.pattern, labels, LinearMethod::krylov, 1)->prepare(matrix));
}

TEST(LinearSolvers, GmresThatStallsFallsBackOnDirectFactors) {
  // no block dominates: a cyclic shift is the worst there is for Krylov's method
  const int n = 1000;
  std::vector<int> labels;
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < n; ++i) {
    labels.push_back(i % 4);
    entries.emplace_back(i, (i + 1) % n, 1.0);
    entries.emplace_back(i, i, 1e-3);
  }
  const SparseMatrix matrix = compressed(n, entries);
  const std::unique_ptr<LinearSolver> solver = make_linear_solver(matrix.pattern, labels, LinearMethod::krylov, 1);
  ASSERT_TRUE(solver->prepare(matrix));
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, 0, 1);
  Eigen::VectorXd x;
  EXPECT_TRUE(solver->solve(right, 1e-10, x).solved);
  EXPECT_EQ(solver->name(), "GMRES with 4 blocks, then sparse LU");
  EXPECT_LE(relative_residual(matrix, x, right), 1e-9);
}

}  // namespace
}  // namespace levee
