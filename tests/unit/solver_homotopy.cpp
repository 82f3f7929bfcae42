#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>

#include "solver/arc_problem.hpp"
#include "solver/homotopy.hpp"
#include "solver/ipopt_solver.hpp"
#include "solver/newton_solver.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using testing::FunctionProblem;
using ::testing::HasSubstr;
using testing::Vector;

// Newton without any globalisation, so that far starts do fail. For problems of one unknown and the path's.
Solution plain_newton(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options) {
  Solution solution;
  Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(start.data(), problem.size()), f(x.size());
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> slope(x.size(), x.size());
  for (;; ++solution.iterations) {
    problem.residual({x.data(), start.size()}, {f.data(), start.size()});
    if (f.cwiseAbs().maxCoeff() <= options.tolerance || !f.allFinite() || solution.iterations == 20) break;
    problem.jacobian({x.data(), start.size()}, {slope.data(), static_cast<std::size_t>(slope.size())});
    x -= slope.fullPivLu().solve(f);
  }
  solution.x.assign(x.begin(), x.end());
  solution.residual = f.cwiseAbs().maxCoeff();
  if (solution.residual <= options.tolerance) {
    solution.status = SolveStatus::solved;
  } else {
    solution.worst = {{problem.row_name(0), solution.residual}};
    solution.message = "diverged";
  }
  return solution;
}

// arctan(x - 8 t) = 0: plain Newton converges only from within 1.39 of the root.
std::unique_ptr<NonlinearProblem> arctan(double t) {
  return std::make_unique<FunctionProblem>(
      1, [t](auto x, auto f) { f[0] = std::atan(x[0] - 8 * t); },
      [t](auto x, auto j) { j[0] = 1 / (1 + (x[0] - 8 * t) * (x[0] - 8 * t)); });
}

// x^2 = 1 - 2 t: the root vanishes at t = 1/2.
std::unique_ptr<NonlinearProblem> fold(double t) {
  return std::make_unique<FunctionProblem>(
      1, [t](auto x, auto f) { f[0] = x[0] * x[0] - 1 + 2 * t; }, [](auto x, auto j) { j[0] = 2 * x[0]; });
}

TEST(Homotopy, DirectSolveIsEnough) {
  const Solution solution = solve_along_path([](double t) { return arctan(t / 8); }, Vector{0}, {}, plain_newton);
  EXPECT_EQ(solution.status, SolveStatus::solved);
  EXPECT_EQ(solution.homotopy_steps, 0);
  EXPECT_EQ(solution.log.size(), 1U);
}

TEST(Homotopy, WalksWhereTheDirectSolveFails) {
  const Solution solution = solve_along_path(arctan, Vector{0}, {}, plain_newton);
  ASSERT_EQ(solution.status, SolveStatus::solved) << solution.message;
  EXPECT_NEAR(solution.x[0], 8, 1e-9);
  EXPECT_GE(solution.homotopy_steps, 2);
  // The direct solve, the start of the path and every step, failed ones too, have a line.
  EXPECT_EQ(static_cast<int>(solution.log.size()), solution.homotopy_steps + 2);
  EXPECT_THAT(solution.log.front(), HasSubstr("failed"));
}

TEST(Homotopy, WorksWithIpopt) {
  const Solution solution =
      solve_along_path([](double t) { return arctan(t * 1e30); }, Vector{0}, {}, solve_with_ipopt);
  // Too steep even for the smallest step: told, not hidden.
  EXPECT_NE(solution.status, SolveStatus::solved);
  EXPECT_THAT(solution.message, HasSubstr("% of the path"));
  EXPECT_EQ(solve_along_path(arctan, Vector{0}, {}, solve_with_ipopt).status, SolveStatus::solved);
}

TEST(Homotopy, TellsHowFarItGot) {
  const Solution solution = solve_along_path(fold, Vector{1}, {}, plain_newton);
  EXPECT_EQ(solution.status, SolveStatus::infeasible);
  EXPECT_THAT(solution.message, HasSubstr("reached 50 % of the path, which turns back there"));
  ASSERT_EQ(solution.worst.size(), 1U);
  EXPECT_EQ(solution.worst[0].name, "row 0");
  EXPECT_THAT(solution.log.back(), HasSubstr("row 0"));
}

// x^3 / 3 - x = 2.4 t - 1.2: the path turns back at x = -1, at 78 % of the way, and forth again at x = 1.
TEST(Homotopy, FollowsThePathRoundItsTurns) {
  const auto bent = [](double t) -> std::unique_ptr<NonlinearProblem> {
    return std::make_unique<FunctionProblem>(
        1, [t](auto x, auto f) { f[0] = x[0] * x[0] * x[0] / 3 - x[0] + 1.2 - 2.4 * t; },
        [](auto x, auto j) { j[0] = x[0] * x[0] - 1; });
  };
  const auto no_leaps = [](const NonlinearProblem& problem, std::span<const double> start,
                           const SolverOptions& options) {
    Solution solution = plain_newton(problem, start, options);
    if (std::abs(solution.x[0] - start[0]) > 0.5) solution.status = SolveStatus::failed;
    return solution;
  };
  const Solution solution = solve_along_path(bent, Vector{-2.2}, {}, no_leaps);
  ASSERT_EQ(solution.status, SolveStatus::solved) << solution.message;
  EXPECT_NEAR(solution.x[0] * solution.x[0] * solution.x[0] / 3 - solution.x[0], 1.2, 1e-9);
  EXPECT_GT(solution.x[0], 1);
  EXPECT_THAT(solution.log.back(), HasSubstr("end of the path"));
}

TEST(ArcProblem, DerivativesAreThoseOfItsResiduals) {
  const ProblemPath path = [](double t) -> std::unique_ptr<NonlinearProblem> {
    return std::make_unique<FunctionProblem>(
        2,
        [t](auto x, auto f) {
          f[0] = std::exp(x[0]) * x[1] - t * t;
          f[1] = x[0] + t * std::sin(x[1]);
        },
        [t](auto x, auto j) {
          j[0] = std::exp(x[0]) * x[1];
          j[1] = std::exp(x[0]);
          j[2] = 1;
          j[3] = t * std::cos(x[1]);
        });
  };
  const PathPoint from{0.2, {0.1, 0.4}}, to{0.5, {0.3, -0.2}};
  const ArcProblem problem(path, from, to, 0.1);
  ASSERT_EQ(problem.size(), 3);
  const PathPoint next = beyond(from, to, 0.1 / arc_length(from, to));
  Vector x = next.x, ahead(3), behind(3), slopes(static_cast<std::size_t>(problem.pattern().nonzeros()));
  x.push_back(next.t);
  problem.residual(x, ahead);
  EXPECT_NEAR(ahead[2], 0, 1e-15) << "the predicted point lies as far on as asked for";
  problem.jacobian(x, slopes);
  constexpr double h = 1e-6;
  for (std::size_t k = 0; k < x.size(); ++k) {
    Vector moved = x;
    moved[k] = x[k] + h;
    problem.residual(moved, ahead);
    moved[k] = x[k] - h;
    problem.residual(moved, behind);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto begin = problem.pattern().columns.begin() + problem.pattern().starts[i];
      const auto end = problem.pattern().columns.begin() + problem.pattern().starts[i + 1];
      const auto entry = std::find(begin, end, static_cast<int>(k));
      const double slope =
          entry == end ? 0.0 : slopes[static_cast<std::size_t>(entry - problem.pattern().columns.begin())];
      EXPECT_NEAR(slope, (ahead[i] - behind[i]) / (2 * h), 1e-8) << problem.row_name(static_cast<int>(i)) << ", " << k;
    }
  }
}

// p = 1 - 2 t until p is 0 at half of the way, where the other member of the pair, 1 - 2 t >= 0, leads back.
TEST(Homotopy, TurnsBackAtAKink) {
  const auto kink = [](double t) -> std::unique_ptr<NonlinearProblem> {
    return std::make_unique<FunctionProblem>(
        1, [t](auto x, auto f) { f[0] = 1 - 2 * t - x[0]; }, [](auto, auto j) { j[0] = -1; }, Vector{0.0});
  };
  const Solution solution = solve_along_path(kink, Vector{1}, {}, solve_with_newton);
  EXPECT_EQ(solution.status, SolveStatus::infeasible);
  EXPECT_THAT(solution.message, HasSubstr("reached 50 % of the path, which turns back there"));
}

TEST(Homotopy, WhatIsSolvedForAPartOfTheChangeIsNoSolution) {
  const auto line = [](double t) -> std::unique_ptr<NonlinearProblem> {
    return std::make_unique<FunctionProblem>(
        1, [t](auto x, auto f) { f[0] = x[0] - 8 * t; }, [](auto, auto j) { j[0] = 1; });
  };
  // From 30 % of the path on, only the last attempt, with all means, succeeds.
  const auto hard_beyond = [](const NonlinearProblem& problem, std::span<const double> start,
                              const SolverOptions& options) {
    Solution solution = plain_newton(problem, start, options);
    if (solution.x[0] > 2.4 && !options.explore) solution.status = SolveStatus::failed;
    return solution;
  };
  const Solution solution = solve_along_path(line, Vector{0}, {}, hard_beyond);
  EXPECT_EQ(solution.status, SolveStatus::failed);
  EXPECT_THAT(solution.message, HasSubstr("reached 30 % of the path"));
  EXPECT_NEAR(solution.residual, 5.6, 0.01) << "of the whole change";
}

TEST(Homotopy, InfeasibleBeyondTheFold) {
  const Solution solution = solve_along_path(fold, Vector{1}, {}, solve_with_ipopt);
  EXPECT_EQ(solution.status, SolveStatus::infeasible);
  EXPECT_THAT(solution.message, HasSubstr("reached 50 % of the path"));
}

TEST(Homotopy, StartOfThePathThatDoesNotSolve) {
  const Solution solution = solve_along_path(arctan, Vector{100}, {}, plain_newton);
  EXPECT_EQ(solution.status, SolveStatus::failed);
  EXPECT_THAT(solution.message, HasSubstr("start of the path did not solve"));
}

TEST(Homotopy, InterruptionKeepsTheLastSolvedPoint) {
  int calls = 0;
  const auto interrupted_later = [&](const NonlinearProblem& problem, std::span<const double> start,
                                     const SolverOptions& options) {
    Solution solution = plain_newton(problem, start, options);
    if (++calls == 5) solution.status = SolveStatus::interrupted;
    return solution;
  };
  const Solution solution = solve_along_path(arctan, Vector{0}, {}, interrupted_later);
  EXPECT_EQ(solution.status, SolveStatus::interrupted);
  EXPECT_THAT(solution.message, HasSubstr("% of the path"));
  EXPECT_LT(solution.x[0], 8);
}

TEST(Homotopy, ComplementarityAlongThePath) {
  // A cap that starts to bind on the way: price max(0, log(10 / cap)), cap from 12 to 0.5.
  const auto cap = [](double t) -> std::unique_ptr<NonlinearProblem> {
    return std::make_unique<FunctionProblem>(
        1, [t](auto x, auto f) { f[0] = 12 - 11.5 * t - 10 * std::exp(-x[0]); },
        [](auto x, auto j) { j[0] = 10 * std::exp(-x[0]); }, Vector{0.0});
  };
  int calls = 0;
  const auto direct_fails = [&](const NonlinearProblem& problem, std::span<const double> start,
                                const SolverOptions& options) {
    return ++calls == 1 ? Solution() : solve_with_ipopt(problem, start, options);
  };
  const Solution solution = solve_along_path(cap, Vector{0}, {}, direct_fails);
  EXPECT_EQ(solution.status, SolveStatus::solved);
  EXPECT_NEAR(solution.x[0], std::log(20.0), 1e-9);
}

}  // namespace
}  // namespace levee
