#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "solver/ipopt_solver.hpp"
#include "solver/residual.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using testing::FunctionProblem;
using ::testing::HasSubstr;
using testing::Vector;

Solution solve(const NonlinearProblem& problem, const Vector& start, SolverOptions options = {}) {
  return solve_with_ipopt(problem, start, options);
}

void expect_point(const Solution& solution, const Vector& x, double tolerance = 1e-8) {
  EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
  EXPECT_LE(solution.residual, 1e-10);
  ASSERT_EQ(solution.x.size(), x.size());
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(solution.x[i], x[i], tolerance) << "unknown " << i;
}

TEST(IpoptSolver, RosenbrockEquations) {
  const Solution solution = solve(testing::rosenbrock(), {-1.2, 1});
  expect_point(solution, {1, 1});
  EXPECT_EQ(solution.backend, "ipopt");
  EXPECT_EQ(solution.homotopy_steps, 0);
  EXPECT_TRUE(solution.worst.empty());
  EXPECT_TRUE(solution.log.empty());
  EXPECT_GT(solution.seconds, 0);
}

TEST(IpoptSolver, PowellBadlyScaled) {
  const Solution solution = solve(testing::powell_badly_scaled(), {0, 1});
  expect_point(solution, {1.0981593296998e-5, 9.1061467398666}, 1e-8);
}

TEST(IpoptSolver, BacksOffWhereTheFunctionIsUndefined) {
  // The full Newton step from here goes to a negative argument of the logarithm.
  expect_point(solve(testing::logarithms(), {10, -8}), {1, 1});
}

TEST(IpoptSolver, NewtonsMethodAloneWouldDiverge) {
  const FunctionProblem arctan(
      1, [](auto x, auto f) { f[0] = std::atan(x[0]); }, [](auto x, auto j) { j[0] = 1 / (1 + x[0] * x[0]); });
  expect_point(solve(arctan, {20}), {0});
}

TEST(IpoptSolver, StartAtTheSolutionTakesNoIteration) {
  const Solution solution = solve(testing::rosenbrock(), {1, 1});
  expect_point(solution, {1, 1}, 0);
  EXPECT_EQ(solution.iterations, 0);
}

TEST(IpoptSolver, NoRootIsInfeasibleAndNamesTheRows) {
  const Solution solution = solve(testing::without_root(), {3, 1});
  EXPECT_EQ(solution.status, SolveStatus::infeasible) << solution.message;
  ASSERT_EQ(solution.worst.size(), 2U);
  EXPECT_EQ(solution.worst[0].name, "row 0");
  EXPECT_NEAR(solution.residual, 1, 1e-6);
  EXPECT_EQ(solution.worst[0].residual, solution.residual);
}

TEST(IpoptSolver, InconsistentLinearRowsAreInfeasible) {
  const Solution solution = solve(testing::linear_problem({1, 1, 1, 1}, {-1, -2}, false), {0, 0});
  EXPECT_EQ(solution.status, SolveStatus::infeasible) << solution.message;
}

TEST(IpoptSolver, StartWithNanFailsAndNamesTheUnknown) {
  const Solution solution = solve(testing::rosenbrock(), {1, std::nan("")});
  EXPECT_EQ(solution.status, SolveStatus::failed);
  EXPECT_THAT(solution.message, HasSubstr("unknown 1"));
}

TEST(IpoptSolver, UndefinedAtTheStartFails) {
  const Solution solution = solve(testing::logarithms(), {-1, 1});
  EXPECT_EQ(solution.status, SolveStatus::failed);
  EXPECT_TRUE(std::isinf(solution.residual));
  EXPECT_EQ(solution.worst[0].name, "row 0");
}

TEST(IpoptSolver, NanInTheJacobianIsNoCrash) {
  const FunctionProblem broken(
      1, [](auto x, auto f) { f[0] = x[0] - 2; }, [](auto, auto j) { j[0] = std::nan(""); });
  EXPECT_EQ(solve(broken, {0}).status, SolveStatus::failed);
}

TEST(IpoptSolver, TooFewIterationsFail) {
  SolverOptions options;
  options.max_iterations = 2;
  EXPECT_EQ(solve(testing::powell_badly_scaled(), {0, 1}, options).status, SolveStatus::failed);
}

TEST(IpoptSolver, InterruptedBeforeAndDuring) {
  std::atomic<bool> interrupt = true;
  SolverOptions options;
  options.interrupt = &interrupt;
  EXPECT_EQ(solve(testing::rosenbrock(), {-1.2, 1}, options).status, SolveStatus::interrupted);
  interrupt = false;
  int evaluations = 0;
  const FunctionProblem slow(
      1,
      [&](auto x, auto f) {
        f[0] = std::exp(x[0]) - 1;
        if (++evaluations == 3) interrupt = true;
      },
      [](auto x, auto j) { j[0] = std::exp(x[0]); });
  const Solution solution = solve(slow, {30}, options);
  EXPECT_EQ(solution.status, SolveStatus::interrupted);
  EXPECT_LT(evaluations, 8);
  EXPECT_FALSE(solution.worst.empty());
}

TEST(IpoptSolver, LogsALineAnIterationAndPrintsNothing) {
  SolverOptions options;
  options.log = true;
  ::testing::internal::CaptureStdout();
  const Solution solution = solve(testing::powell_badly_scaled(), {0, 1}, options);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(static_cast<int>(solution.log.size()), solution.iterations + 1);
  EXPECT_THAT(solution.log.front(), HasSubstr("max residual"));
}

TEST(IpoptSolver, IgnoresAnOptionsFileInTheWorkingDirectory) {
  const auto before = std::filesystem::current_path();
  const auto folder = std::filesystem::temp_directory_path() / "levee_solver_ipopt_opt";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "ipopt.opt") << "max_iter 0\n";
  std::filesystem::current_path(folder);
  const Solution solution = solve(testing::powell_badly_scaled(), {0, 1});
  std::filesystem::current_path(before);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(solution.status, SolveStatus::solved);
}

TEST(IpoptSolver, EmptyProblemIsSolved) {
  EXPECT_EQ(solve(testing::linear_problem({}, {}, false), {}).status, SolveStatus::solved);
}

TEST(Residual, PairsEquationsAndWorstRows) {
  EXPECT_EQ(row_residual(5, free_unknown, -2), 2);
  EXPECT_EQ(row_residual(1, 0, 0), 0);
  EXPECT_EQ(row_residual(0, 0, 7), 0);
  EXPECT_EQ(row_residual(0, 0, -7), 7);
  EXPECT_EQ(row_residual(-3, 0, 7), 3);
  EXPECT_EQ(row_residual(2, 1, 0.25), 0.25);
  EXPECT_TRUE(std::isinf(row_residual(1, 0, std::nan(""))));
  const auto problem = testing::linear_problem(Vector(49, 0.0), Vector(7, 1.0), false);
  const auto worst = worst_rows(problem, Vector{3, 1, 4, 1, 5, 9, 2});
  ASSERT_EQ(worst.size(), 5U);
  EXPECT_EQ(worst[0].name, "row 5");
  EXPECT_EQ(worst[1].name, "row 4");
  EXPECT_EQ(worst[4].name, "row 6");
}

TEST(Solution, StatusWords) {
  EXPECT_EQ(to_string(SolveStatus::solved), "solved");
  EXPECT_EQ(to_string(SolveStatus::infeasible), "infeasible");
  EXPECT_EQ(to_string(SolveStatus::failed), "failed");
  EXPECT_EQ(to_string(SolveStatus::interrupted), "interrupted");
}

}  // namespace
}  // namespace levee
