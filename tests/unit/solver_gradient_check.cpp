#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/gradient_check.hpp"
#include "tests/unit/solver_problems.hpp"

namespace levee {
namespace {

using testing::FunctionProblem;
using ::testing::HasSubstr;
using testing::Vector;

TEST(GradientCheck, RightDerivativesPass) {
  EXPECT_TRUE(check_gradient(testing::kojima_shindo(), Vector{1, 2, 3, 4}).passed);
  EXPECT_TRUE(check_gradient(testing::josephy(), Vector{0.1, 0, 7, 2}).passed);
  const auto report = check_gradient(testing::powell_badly_scaled(), Vector{0.3, 1});
  EXPECT_TRUE(report.passed) << report.text();
  EXPECT_LT(report.worst.error, 1e-8);
}

TEST(GradientCheck, NamesAWrongDerivative) {
  const FunctionProblem wrong(
      2,
      [](auto x, auto f) {
        f[0] = x[0] * x[1];
        f[1] = std::exp(x[1]);
      },
      [](auto x, auto j) {
        j[0] = x[1];
        j[1] = x[0] * 1.001;
        j[2] = 0;
        j[3] = std::exp(x[1]);
      });
  const GradientReport report = check_gradient(wrong, Vector{2, 3});
  EXPECT_FALSE(report.passed);
  ASSERT_EQ(report.wrong.size(), 1U);
  EXPECT_EQ(report.worst.row, "row 0");
  EXPECT_EQ(report.worst.unknown, "unknown 1");
  EXPECT_NEAR(report.worst.numeric, 2, 1e-8);
  EXPECT_NEAR(report.worst.given, 2.002, 1e-12);
  EXPECT_THAT(report.text(), HasSubstr("d[row 0] / d[unknown 1]"));
}

TEST(GradientCheck, FindsAnEntryMissingFromThePattern) {
  // Row 1 depends on x0^2, whose derivative at 0 is 0: only the structure gives it away.
  FunctionProblem missing(
      2,
      [](auto x, auto f) {
        f[0] = x[0];
        f[1] = x[0] * x[0] + x[1];
      },
      [](auto, auto j) { j[0] = j[1] = 1; });
  missing.set_pattern({{0, 1, 2}, {0, 1}});
  const GradientReport report = check_gradient(missing, Vector{0, 5});
  EXPECT_FALSE(report.passed);
  EXPECT_TRUE(report.wrong.empty());
  ASSERT_EQ(report.absent.size(), 1U);
  EXPECT_EQ(report.absent[0].row, "row 1");
  EXPECT_EQ(report.absent[0].unknown, "unknown 0");
  EXPECT_THAT(report.text(), HasSubstr("absent from the pattern"));
}

TEST(GradientCheck, NanDerivativeIsWrong) {
  const FunctionProblem broken(
      1, [](auto x, auto f) { f[0] = x[0]; }, [](auto, auto j) { j[0] = std::nan(""); });
  const GradientReport report = check_gradient(broken, Vector{1});
  EXPECT_FALSE(report.passed);
  EXPECT_TRUE(std::isinf(report.worst.error));
}

TEST(GradientCheck, OneSidedAtTheEdgeOfTheDomain) {
  const FunctionProblem edge(
      1, [](auto x, auto f) { f[0] = std::pow(x[0], 1.5) + x[0]; },
      [](auto x, auto j) { j[0] = 1.5 * std::sqrt(x[0]) + 1; });
  EXPECT_TRUE(check_gradient(edge, Vector{0}, {.tolerance = 1e-2}).passed);
}

}  // namespace
}  // namespace levee
