#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "model/expression.hpp"

namespace levee {
namespace {

/// a, b and c are parameters 0, 1 and 2; price(X.1) is price 0.
Reference resolve(const std::string& name, const std::string& argument) {
  if (name == "price" && argument == "X.1") return {ReferenceKind::price, 0};
  if (argument.empty() && name.size() == 1 && name >= "a" && name <= "c")
    return {ReferenceKind::parameter, name[0] - 'a'};
  throw std::invalid_argument("there is no '" + name + "'");
}

Expression parse(const std::string& text) { return parse_expression(text, {"f.yaml", 3, 5}, "x: " + text, resolve); }

double value(const std::string& text, const std::vector<double>& values = {2, 3, 5}) {
  return evaluate(parse(text), [&](const Reference& reference) {
    return reference.kind == ReferenceKind::price ? 7.0 : values[static_cast<std::size_t>(reference.index)];
  });
}

TEST(Expression, Values) {
  EXPECT_DOUBLE_EQ(value("1 + 2*3 - 4/8"), 6.5);
  EXPECT_DOUBLE_EQ(value("10 - 4 - 3"), 3);
  EXPECT_DOUBLE_EQ(value("12/3/2"), 2);
  EXPECT_DOUBLE_EQ(value("2^3^2"), 512) << "right-associative";
  EXPECT_DOUBLE_EQ(value("-2^2"), -4) << "binds tighter than unary minus";
  EXPECT_DOUBLE_EQ(value("2^-1"), 0.5);
  EXPECT_DOUBLE_EQ(value("--a + +b"), 5);
  EXPECT_DOUBLE_EQ(value("(a + b)*c"), 25);
  EXPECT_DOUBLE_EQ(value("min(a, b, 1) + max(a, b, c)"), 6);
  EXPECT_DOUBLE_EQ(value("exp(log(a)) + 1.5e1 + .5"), 17.5);
  EXPECT_DOUBLE_EQ(value("price( X.1 )*2"), 14);
}

TEST(Expression, ParameterDependence) {
  EXPECT_TRUE(parse("a + 1").depends_on_parameters_only());
  EXPECT_FALSE(parse("a + price(X.1)").depends_on_parameters_only());
}

TEST(Expression, FaultsAreLocated) {
  struct Fault {
    const char* text;
    int column;
    const char* message;
  };
  for (const Fault& fault : {Fault{"1 + zz", 9, "there is no 'zz'"}, Fault{"(1 + 2", 11, "ends where ')'"},
                             Fault{"1 2", 7, "expected an operator"}, Fault{"1 +", 8, "ends where a number"},
                             Fault{"min(1)", 10, "expected ','"}, Fault{"price()", 11, "expected a name"},
                             Fault{"", 5, "ends where"}, Fault{"$", 5, "expected a number"}}) {
    try {
      parse(fault.text);
      ADD_FAILURE() << fault.text;
    } catch (const InputError& error) {
      EXPECT_EQ(error.diagnostics().front().where.line, 3);
      EXPECT_EQ(error.diagnostics().front().where.column, fault.column) << fault.text;
      EXPECT_NE(std::string(error.what()).find(fault.message), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(parse(std::string(5000, '(') + "1" + std::string(5000, ')')), InputError);
}

/// Derivatives by a, b and c against central differences, for formulas that hold every operation.
TEST(Expression, GradientsOfEveryOperation) {
  std::set<Operation> met;
  for (const std::string text : {"a*b - c/a + 2", "a^b + c^2 - (a + 1)^0.5", "min(a*a, b) + max(-c, a)",
                                 "exp(a/c)*log(b + a)", "-(a - b)^3", "a^0 + 2^a", "(b - b)*a + max(0, a - c)^1.5"}) {
    const Expression expression = parse(text);
    for (const ExpressionStep& step : expression.steps) met.insert(step.operation);
    const std::vector<double> at{2, 3, 5};
    std::vector<double> steps(expression.steps.size()), adjoints(expression.steps.size());
    for (std::size_t k = 0; k < steps.size(); ++k) {
      const ExpressionStep& step = expression.steps[k];
      if (step.operation == Operation::reference) steps[k] = at[static_cast<std::size_t>(step.reference.index)];
    }
    EXPECT_DOUBLE_EQ(evaluate_steps(expression, steps), value(text, at));
    accumulate_adjoints(expression, steps, adjoints);
    for (int j = 0; j < 3; ++j) {
      double given = 0;
      for (std::size_t k = 0; k < steps.size(); ++k) {
        const ExpressionStep& step = expression.steps[k];
        if (step.operation == Operation::reference && step.reference.index == j) given += adjoints[k];
      }
      std::vector<double> above(at), below(at);
      above[static_cast<std::size_t>(j)] += 1e-6;
      below[static_cast<std::size_t>(j)] -= 1e-6;
      EXPECT_NEAR(given, (value(text, above) - value(text, below)) / 2e-6, 1e-6 * (1 + std::abs(given)))
          << text << " by " << j;
    }
  }
  EXPECT_EQ(met.size(), static_cast<std::size_t>(Operation::logarithm) + 1) << "an operation has no gradient test";
}

TEST(Expression, MagnitudeOfASum) {
  const Expression expression = parse("a - (b - c)*2 + -a");
  std::vector<double> steps(expression.steps.size());
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::reference)
      steps[k] = std::vector<double>{2, 3, 5}[static_cast<std::size_t>(step.reference.index)];
  }
  evaluate_steps(expression, steps);
  EXPECT_DOUBLE_EQ(addend_magnitude(expression, steps), 2 + 4 + 2);
}

}  // namespace
}  // namespace levee
