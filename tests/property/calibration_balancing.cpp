// Balancing: random tables whose answer can be recognised without the code that made it, closed forms, and totals that
// contradict each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "calibration/balancing.hpp"
#include "solver/separable_ipopt.hpp"

namespace levee::testing {
namespace {

using Matrix = Eigen::MatrixXd;

constexpr BalancingMethod all_methods[] = {BalancingMethod::gras, BalancingMethod::entropy,
                                           BalancingMethod::least_squares};

/// Rows and columns of a matrix as totals; cells that are 0 are none.
BalancingProblem problem_of(const Matrix& a, const Eigen::VectorXd& rows, const Eigen::VectorXd& columns) {
  BalancingProblem problem;
  for (int i = 0; i < a.rows(); ++i) problem.totals.push_back({"row " + std::to_string(i), rows[i], {}});
  for (int j = 0; j < a.cols(); ++j) problem.totals.push_back({"column " + std::to_string(j), columns[j], {}});
  for (int i = 0; i < a.rows(); ++i) {
    for (int j = 0; j < a.cols(); ++j) {
      problem.totals[static_cast<std::size_t>(i)].terms.push_back({static_cast<int>(problem.value.size()), 1});
      problem.totals[static_cast<std::size_t>(a.rows() + j)].terms.push_back(
          {static_cast<int>(problem.value.size()), 1});
      problem.value.push_back(a(i, j));
    }
  }
  return problem;
}

Matrix matrix_of(const BalancingResult& result, Eigen::Index rows, Eigen::Index columns) {
  return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(result.value.data(),
                                                                                                  rows, columns);
}

/// A random matrix with zeros and some negative cells, and totals of another with the same signs.
struct Case {
  Matrix a;
  Eigen::VectorXd rows, columns;
};

Case random_case(unsigned seed, double change) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  const int m = 3 + static_cast<int>(seed % 5), n = 4 + static_cast<int>(seed % 3);
  Case result{Matrix::Zero(m, n), {}, {}};
  Matrix other = result.a;
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      if (uniform(random) < 0.2) continue;
      result.a(i, j) = std::exp(4 * uniform(random)) * (uniform(random) < 0.1 ? -1 : 1);
      other(i, j) = result.a(i, j) * std::exp(change * (uniform(random) - 0.5));
    }
  }
  result.rows = other.rowwise().sum();
  result.columns = other.colwise().sum().transpose();
  return result;
}

/// Whether new = old * r_i * s_j (old < 0: / (r_i s_j)): what no other matrix with these totals is.
double distance_from_biproportional(const Matrix& old_matrix, const Matrix& new_matrix) {
  std::vector<double> logs;
  std::vector<std::pair<int, int>> places;
  for (int i = 0; i < old_matrix.rows(); ++i) {
    for (int j = 0; j < old_matrix.cols(); ++j) {
      if (old_matrix(i, j) == 0) continue;
      const double ratio = std::log(new_matrix(i, j) / old_matrix(i, j));
      logs.push_back(old_matrix(i, j) > 0 ? ratio : -ratio);
      places.emplace_back(i, j);
    }
  }
  Matrix design = Matrix::Zero(static_cast<Eigen::Index>(logs.size()), old_matrix.rows() + old_matrix.cols());
  for (std::size_t k = 0; k < places.size(); ++k) {
    design(static_cast<Eigen::Index>(k), places[k].first) = 1;
    design(static_cast<Eigen::Index>(k), old_matrix.rows() + places[k].second) = 1;
  }
  const Eigen::VectorXd left = Eigen::Map<const Eigen::VectorXd>(logs.data(), static_cast<Eigen::Index>(logs.size()));
  const Eigen::VectorXd fit = design.completeOrthogonalDecomposition().solve(left);
  return (design * fit - left).cwiseAbs().maxCoeff();
}

class Balancing : public ::testing::TestWithParam<unsigned> {};

TEST_P(Balancing, EveryMethodMeetsTotalsAndKeepsSignsAndZeros) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Case c = random_case(GetParam(), 1.0);
  for (const BalancingMethod method : all_methods) {
    SCOPED_TRACE(static_cast<int>(method));
    const BalancingResult result =
        balance_cells(problem_of(c.a, c.rows, c.columns), method, solve_separable_with_ipopt);
    ASSERT_TRUE(result.solved) << result.message << ", miss " << result.miss;
    const Matrix now = matrix_of(result, c.a.rows(), c.a.cols());
    EXPECT_LE((now.rowwise().sum() - c.rows).cwiseAbs().maxCoeff(), 1e-7 * c.a.cwiseAbs().sum());
    EXPECT_LE((now.colwise().sum().transpose() - c.columns).cwiseAbs().maxCoeff(), 1e-7 * c.a.cwiseAbs().sum());
    for (Eigen::Index k = 0; k < c.a.size(); ++k) {
      if (c.a(k) == 0) {
        EXPECT_EQ(now(k), 0);
      } else {
        EXPECT_GE(now(k) / c.a(k), -1e-9);
      }
    }
  }
}

TEST_P(Balancing, GrasIsTheOneBiproportionalMatrixAndEntropyFindsItToo) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Case c = random_case(GetParam(), 1.0);
  const BalancingProblem problem = problem_of(c.a, c.rows, c.columns);
  const BalancingResult gras = balance_cells(problem, BalancingMethod::gras, solve_separable_with_ipopt);
  const BalancingResult entropy = balance_cells(problem, BalancingMethod::entropy, solve_separable_with_ipopt);
  ASSERT_TRUE(gras.solved && entropy.solved);
  const Matrix one = matrix_of(gras, c.a.rows(), c.a.cols()), other = matrix_of(entropy, c.a.rows(), c.a.cols());
  EXPECT_LE(distance_from_biproportional(c.a, one), 1e-9);
  EXPECT_LE((one - other).cwiseAbs().maxCoeff(), 1e-6 * c.a.cwiseAbs().maxCoeff());
}

/// Without a cell at 0 least squares is linear: z = 1 + A'l with A W^-1 A' l = b - A 1.
TEST_P(Balancing, LeastSquaresIsTheLinearSolution) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Case c = random_case(GetParam(), 0.2);
  const Eigen::Index m = c.a.rows(), n = c.a.cols();
  const BalancingResult result =
      balance_cells(problem_of(c.a, c.rows, c.columns), BalancingMethod::least_squares, solve_separable_with_ipopt);
  ASSERT_TRUE(result.solved) << result.message;
  Matrix sums = Matrix::Zero(m + n, m * n);
  Eigen::VectorXd size(m * n), b(m + n);
  b << c.rows - c.a.rowwise().sum(), c.columns - c.a.colwise().sum().transpose();
  for (Eigen::Index i = 0; i < m; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      sums(i, i * n + j) = sums(m + j, i * n + j) = 1;
      size[i * n + j] = std::abs(c.a(i, j));
    }
  }
  const Matrix normal = sums * size.asDiagonal() * sums.transpose();
  const Eigen::VectorXd change =
      size.asDiagonal() * sums.transpose() * normal.completeOrthogonalDecomposition().solve(b);
  const Matrix now = matrix_of(result, m, n);
  for (Eigen::Index i = 0; i < m; ++i) {
    for (Eigen::Index j = 0; j < n; ++j)
      EXPECT_NEAR(now(i, j), c.a(i, j) + change[i * n + j], 1e-6 * c.a.cwiseAbs().maxCoeff());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Balancing, ::testing::Range(1U, 21U));

/// A row of negative cells alone, which the original algorithm divides by zero on (Lenzen et al. 2007).
TEST(BalancingCases, RowsWithoutPositiveCells) {
  Matrix a(2, 2);
  a << -1, -3, 5, 8;
  const Eigen::Vector2d rows(-2, 12), columns(3, 7);
  for (const BalancingMethod method : all_methods) {
    const BalancingResult result = balance_cells(problem_of(a, rows, columns), method, solve_separable_with_ipopt);
    ASSERT_TRUE(result.solved) << result.message;
    const Matrix now = matrix_of(result, 2, 2);
    EXPECT_NEAR(now.row(0).sum(), -2, 1e-7);
    EXPECT_LT(now(0, 0), 0);
  }
}

TEST(BalancingCases, ATotalOfZeroEmptiesItsCells) {
  Matrix a(2, 2);
  a << 1, 2, 3, 4;
  for (const BalancingMethod method : all_methods) {
    const BalancingResult result =
        balance_cells(problem_of(a, Eigen::Vector2d(0, 8), Eigen::Vector2d(3, 5)), method, solve_separable_with_ipopt);
    ASSERT_TRUE(result.solved) << result.message;
    EXPECT_EQ(result.value[0], 0);
    EXPECT_NEAR(result.value[3], 5, 1e-7);
  }
}

/// Row 1 asks for more than both of the columns that it can sell to take; rows 0 and 2 have nothing to do with it.
TEST(BalancingCases, ContradictionsAreNamed) {
  Matrix a(3, 3);
  a << 0, 0, 4, 2, 0, 0, 3, 5, 0;
  for (const BalancingMethod method : all_methods) {
    const BalancingResult result = balance_cells(problem_of(a, Eigen::Vector3d(4, 9, 3), Eigen::Vector3d(7, 5, 4)),
                                                 method, solve_separable_with_ipopt);
    EXPECT_FALSE(result.solved);
    std::vector<std::string> names;
    for (const Conflict& conflict : result.conflicts) names.push_back(conflict.name);
    EXPECT_THAT(names, ::testing::UnorderedElementsAre("row 1", "column 0", "row 2", "column 1"));
    for (const Conflict& conflict : result.conflicts) EXPECT_NE(conflict.nearest, conflict.target);
  }
}

/// A node's row equal to its column, whatever both come to: signs of both kinds in one total.
TEST(BalancingCases, DifferencesAreTotalsToo) {
  BalancingProblem problem;
  problem.value = {4, 1, 2};
  problem.totals.push_back({"sales less purchases", 0, {{0, 1}, {1, -1}, {2, -1}}});
  for (const BalancingMethod method : all_methods) {
    const BalancingResult result = balance_cells(problem, method, solve_separable_with_ipopt);
    ASSERT_TRUE(result.solved) << result.message;
    EXPECT_NEAR(result.value[0], result.value[1] + result.value[2], 1e-7);
    // scaling: 4 s = 3 / s
    if (method != BalancingMethod::least_squares) {
      EXPECT_NEAR(result.value[0], 4 * std::sqrt(0.75), 1e-6);
    }
  }
}

}  // namespace
}  // namespace levee::testing
