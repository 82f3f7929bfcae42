#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

#include "calibration/equation_families.hpp"
#include "model/equation_algebra.hpp"
#include "model/equation_listing.hpp"
#include "tests/unit/model_economies.hpp"

namespace levee {
namespace {

using test::economy_from;
using test::system_of;
using testing::Contains;
using testing::HasSubstr;

std::string written(const EconomyFile& file, const std::string& name) {
  const EconomySystem system = system_of(file.economy);
  const EquationListing listing(system);
  for (int row = 0; row < listing.size(); ++row) {
    if (listing.name(row) == name) return write_equation(listing.equation(row), 100);
  }
  return "no row " + name;
}

const char* const small = R"yaml(
commodities: {L: {}, K: {}, X: {}, F: {}}
activities:
  - name: make_X
    outputs: {cet: 0, of: {X: 100}}
    inputs:
      ces: 2
      of: {L: 60, K: {quantity: 30, charges: [{amount: "permit*price(L)", to: h}]}, F: 10}
  - name: make_F
    outputs: {cet: 0, of: {F: 10}}
    inputs: {ces: 1, of: {L: 4, K: 6}}
agents:
  - name: h
    endowments: {L: 64, K: 36}
    demand: {ces: 1, of: {X: 100}}
auxiliaries:
  - {name: permit, start: 0, lower: 0, equation: "0.5*(40 - quantity(make_X.K))"}
fixed: {price(X): 1}
)yaml";

TEST(EquationListing, AMarketIsSupplyAndDemand) {
  EXPECT_EQ(written(economy_from(small), "market clearing F"),
            "market clearing F\n"
            "  paired with [price of F]\n"
            "      10 * [level of make_F]\n"
            "    = 10 * [level of make_X] * [unit cost of inputs of make_X]^2 * [price of F]^-2\n");
}

TEST(EquationListing, AnElasticityOfTwoIsAPowerOfMinusOne) {
  EXPECT_EQ(written(economy_from(small), "unit cost of inputs of make_X"),
            "unit cost of inputs of make_X\n"
            "  paired with [unit cost of inputs of make_X]\n"
            "      [unit cost of inputs of make_X]\n"
            "    = ( 0.6 * [price of L]^-1\n"
            "      + 0.3 * [price of K in make_X, wedges included]^-1\n"
            "      + 0.1 * [price of F]^-1 )^-1\n");
}

TEST(EquationListing, CobbDouglasIsAProduct) {
  EXPECT_EQ(written(economy_from(small), "unit cost of inputs of make_F"),
            "unit cost of inputs of make_F\n"
            "  paired with [unit cost of inputs of make_F]\n"
            "      [unit cost of inputs of make_F]\n"
            "    = [price of L]^0.4 * [price of K]^0.6\n");
}

TEST(EquationListing, ABoundIsComplementaryToItsRowAndNumbersAreMultipliedOut) {
  EXPECT_EQ(written(economy_from(small), "equation of permit"),
            "equation of permit\n"
            "  paired with [permit] >= 0\n"
            "      20\n"
            "   >= 15 * [level of make_X] * [unit cost of inputs of make_X]^2 * "
            "[price of K in make_X, wedges included]^-2\n");
}

TEST(EquationListing, UserPricesAndDroppedMarketsSayWhatTheyAre) {
  const EconomyFile file = economy_from(small);
  EXPECT_EQ(written(file, "definition of the price of K in make_X, wedges included"),
            "definition of the price of K in make_X, wedges included\n"
            "  paired with [price of K in make_X, wedges included]\n"
            "      [price of K in make_X, wedges included]\n"
            "    = [price of K]\n"
            "      + [permit] * [price of L]\n");
  EXPECT_THAT(written(file, "market clearing X"), HasSubstr("not imposed: the unknown paired with it is fixed"));
}

TEST(EquationListing, AFactorSharedByNumbersAndUnknownsIsTakenOut) {
  const EconomyFile file = economy_from(std::string(small).replace(
      std::string(small).find("0.5*(40 - quantity(make_X.K))"), 29, "0.25*(price(L) - 0.4) + 0   "));
  EXPECT_THAT(written(file, "equation of permit"), HasSubstr("      [price of L]\n   >= 0.4\n"));
}

TEST(EquationListing, IncomesAreInMoneyAndLongSidesAreCounted) {
  const EconomySystem system = system_of(economy_from(small).economy);
  const EquationListing listing(system);
  for (int row = 0; row < listing.size(); ++row) {
    if (listing.name(row) != "income balance h") continue;
    EXPECT_EQ(write_equation(listing.equation(row), 2, "> "),
              "> income balance h\n"
              ">   paired with [income of h]\n"
              ">       [income of h]\n"
              ">     = 30 * [permit] * [price of L] * [level of make_X] * [unit cost of inputs of make_X]^2 * "
              "[price of K in make_X, wedges included]^-2\n"
              ">       + 64 * [price of L]\n"
              ">       + ... (1 more)\n");
    return;
  }
  FAIL();
}

/// Sums that `expand` writes without a formula must have the expression's value at any point.
TEST(EquationAlgebra, MultiplyingOutKeepsTheValue) {
  const std::vector<std::string> texts = {"(a + 2*b)*3 - b/a", "-(a*b - 4)/(2*a)", "a^2*b^-0.5 + (a*b)^1.5 - 1",
                                          "a*(b - a*(2 - b))"};
  const auto resolve = [](const std::string& name, const std::string&) {
    return Reference{ReferenceKind::auxiliary, name == "a" ? 0 : 1};
  };
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0.2, 3);
  for (const std::string& text : texts) {
    const Expression expression = parse_expression(text, {}, text, resolve);
    EquationContent::Formula formula{&expression, 1.5, {}};
    for (const ExpressionStep& step : expression.steps) {
      if (step.operation == Operation::reference) formula.references.emplace_back(Variable{step.reference.index, 1});
    }
    const UnknownWords words{{"a", "b"}, {1, 1}};
    const std::vector<Addend> sum = expand(formula, words);
    for (int trial = 0; trial < 5; ++trial) {
      const std::vector<double> x{uniform(random), uniform(random)};
      double value = 0;
      for (const Addend& addend : sum) {
        ASSERT_TRUE(addend.formula.empty()) << text;
        double product = addend.coefficient;
        for (const Factor& factor : addend.factors) product *= std::pow(x[factor.unknown], factor.exponent);
        value += product;
      }
      const double expected = 1.5 * evaluate(expression, [&](const Reference& r) { return x[r.index]; });
      EXPECT_NEAR(value, expected, 1e-12 * (1 + std::abs(expected))) << text;
    }
  }
}

TEST(EquationAlgebra, WhatIsNoProductStaysAFormula) {
  const auto resolve = [](const std::string& name, const std::string&) {
    return Reference{ReferenceKind::auxiliary, name == "a" ? 0 : 1};
  };
  const std::string text = "max(a, 2*b) / (a + b) - exp(-a)";
  const Expression expression = parse_expression(text, {}, text, resolve);
  EquationContent::Formula formula{&expression, 1, {}};
  for (const ExpressionStep& step : expression.steps) {
    if (step.operation == Operation::reference) formula.references.emplace_back(Variable{step.reference.index, 1});
  }
  const UnknownWords words{{"a", "b"}, {1, 1}};
  EXPECT_EQ(write_sum(expand(formula, words), words), "max([a], 2 * [b]) * ([a] + [b])^-1 - exp(-[a])");
}

TEST(EquationFamilies, EveryRowOfEveryKindBelongsToOne) {
  const EconomyFile file = economy_from(test::every_kind);
  const EconomySystem system = system_of(file.economy);
  int rows = 0;
  std::vector<std::string> names;
  for (const EquationFamily& family : equation_families(system)) {
    rows += family.rows;
    names.push_back(family.family);
    EXPECT_THAT(family.example, HasSubstr("paired with")) << family.family;
    EXPECT_THAT(family.example, HasSubstr("= ")) << family.family;
  }
  EXPECT_EQ(rows, system.equations().row_count());
  for (const char* name : {"unit cost of a nest", "zero profit", "income balance", "user price with charges",
                           "equation of an auxiliary", "benchmark value of a nest", "value of an expression"}) {
    EXPECT_THAT(names, Contains(name));
  }
}

}  // namespace
}  // namespace levee
