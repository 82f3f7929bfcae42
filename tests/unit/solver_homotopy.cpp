#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/homotopy.hpp"
#include "solver/ipopt_solver.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using testing::FunctionProblem;
using ::testing::HasSubstr;
using testing::Vector;

// Newton without any globalisation, so that far starts do fail.
Solution plain_newton(const NonlinearProblem& problem, std::span<const double> start, const SolverOptions& options) {
  Solution solution;
  double x = start[0], f = 0, slope = 0;
  for (;; ++solution.iterations) {
    problem.residual({&x, 1}, {&f, 1});
    if (std::abs(f) <= options.tolerance || !std::isfinite(f) || solution.iterations == 20) break;
    problem.jacobian({&x, 1}, {&slope, 1});
    x -= f / slope;
  }
  solution.x = {x};
  solution.residual = std::abs(f);
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
  EXPECT_EQ(solution.status, SolveStatus::failed);
  EXPECT_THAT(solution.message, HasSubstr("reached 50 % of the path"));
  ASSERT_EQ(solution.worst.size(), 1U);
  EXPECT_EQ(solution.worst[0].name, "row 0");
  EXPECT_THAT(solution.log.back(), HasSubstr("row 0"));
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
