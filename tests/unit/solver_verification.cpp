// Ipopt as a judge of answers found elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/ipopt_verification.hpp"
#include "solver/solve.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using namespace testing;
using ::testing::HasSubstr;

constexpr double tolerance = 1e-10;

TEST(IpoptVerification, TellsSolutionsFromOtherPoints) {
  const Verification right = verify_with_ipopt(rosenbrock(), Vector{1, 1}, tolerance);
  EXPECT_TRUE(right.agreed) << right.message;
  EXPECT_EQ(right.residual, 0);
  const Verification wrong = verify_with_ipopt(rosenbrock(), Vector{1, 1 + 1e-8}, tolerance);
  EXPECT_FALSE(wrong.agreed);
  EXPECT_NEAR(wrong.residual, 1e-7, 1e-12);
  EXPECT_FALSE(wrong.message.empty());
  EXPECT_FALSE(verify_with_ipopt(logarithms(), Vector{-1, 0}, tolerance).agreed);
}

TEST(IpoptVerification, LooksAtBothSidesOfPairs) {
  const Vector solution = {std::sqrt(6.0) / 2, 0, 0, 0.5};
  EXPECT_TRUE(verify_with_ipopt(josephy(), solution, tolerance).agreed);
  // the same rows hold, but the second unknown should leave its bound
  const FunctionProblem market = linear_problem({1}, {-4}, true);
  const Verification at_bound = verify_with_ipopt(market, Vector{0}, tolerance);
  EXPECT_FALSE(at_bound.agreed);
  EXPECT_THAT(at_bound.message, HasSubstr("wrong sign"));
  EXPECT_TRUE(verify_with_ipopt(market, Vector{4}, tolerance).agreed);
  EXPECT_FALSE(verify_with_ipopt(market, Vector{4.001}, tolerance).agreed);
}

TEST(IpoptVerification, IsPartOfANewtonSolveWhereAskedFor) {
  const SolverOptions options{.backend = Backend::newton, .verify = true};
  const Solution solution = solve(josephy(), Vector{1.2, 0.1, 0.1, 0.6}, options);
  ASSERT_EQ(solution.status, SolveStatus::solved) << solution.message;
  ASSERT_TRUE(solution.verification.has_value());
  EXPECT_TRUE(solution.verification->agreed);
  EXPECT_FALSE(solve(rosenbrock(), Vector{-1.2, 1}, {.backend = Backend::newton}).verification.has_value());
  EXPECT_FALSE(solve(without_root(), Vector{1, 2}, options).verification.has_value());
}

}  // namespace
}  // namespace levee
