// Every kind of row and of unknown is differentiated correctly. The lists below name them; a kind that the model makes
// and no list covers, or that no test economy has, fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "solver/gradient_check.hpp"
#include "tests/unit/model_economies.hpp"

namespace levee {
namespace {

using test::economy_from;
using test::every_kind;
using test::system_of;

/// How the rows of each kind begin.
const std::vector<std::string> row_kinds{"market clearing ",
                                         "zero profit ",
                                         "income balance ",
                                         "equation of ",
                                         "unit cost of ",
                                         "definition of the price of ",
                                         "definition of the benchmark value of ",
                                         "definition of '"};
/// Places in model/ where an unknown and its row are made: an entity, a user price, a benchmark value, a unit cost, a
/// scalar.
constexpr int places_that_make_rows = 5;

std::string source_of_model() {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LEVEE_SOURCE_DIR) / "model")) {
    std::ifstream stream(entry.path());
    text.append(std::istreambuf_iterator<char>(stream), {});
  }
  return text;
}

int count(const std::string& text, const std::string& word) {
  int found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

/// A point near the start, and one with activities and free goods at zero.
std::vector<std::vector<double>> points(const EconomySystem& system) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> shift(-0.1, 0.1);
  std::vector<double> near = system.start(), corner = system.start();
  for (std::size_t k = 0; k < near.size(); ++k) {
    near[k] += shift(random) * (1 + std::abs(near[k]));
    if (system.equations().lower()[k] == 0 && system.equations().unknown_name(static_cast<int>(k)) != "u")
      corner[k] = 0;
  }
  return {system.start(), near, corner};
}

void check_rows(const Economy& economy, std::set<std::string>& met) {
  const EconomySystem system = system_of(economy);
  for (int row = 0; row < system.equations().size(); ++row) {
    const std::string name = system.equations().row_name(row);
    const auto kind =
        std::find_if(row_kinds.begin(), row_kinds.end(), [&](const auto& begin) { return name.starts_with(begin); });
    ASSERT_NE(kind, row_kinds.end()) << "a kind of row without a gradient test: " << name;
    met.insert(*kind);
  }
  for (const auto& x : points(system)) {
    const GradientReport report = check_gradient(system.equations(), x);
    EXPECT_TRUE(report.passed) << report.text();
  }
}

TEST(Gradients, EveryKindOfRow) {
  std::set<std::string> met;
  EconomyFile file = economy_from(every_kind);
  check_rows(file.economy, met);
  EXPECT_EQ(met.size(), row_kinds.size());
  for (Activity& activity : file.economy.activities) activity.bound = Bound::interior;
  for (Commodity& commodity : file.economy.commodities) commodity.bound = Bound::interior;
  check_rows(file.economy, met);
  EXPECT_EQ(count(source_of_model(), "equations_.add_unknown("), places_that_make_rows)
      << "model/ makes a new kind of row: add it to row_kinds and to an economy here";
}

/// Both kinds of rows, and terms in every form that their derivatives tell apart.
TEST(Gradients, EveryKindOfTerm) {
  EquationSystemBuilder builder;
  const int log_unknown = builder.add_unknown("a", "sum", true);
  const int linear = builder.add_unknown("b", "logarithm", false);
  const int other = builder.add_unknown("c", "small exponent", true);
  builder.add_constant(0, 2);
  builder.set_scale(0, 0.5);
  builder.add_linear(0, linear, 3);
  Monomial product(2.0);
  product.multiply(Variable{log_unknown, 1.5}, 0.7).multiply(Variable{linear, 2}, 1).multiply(Variable{other, 1}, -2);
  builder.add_term(0, product);
  Monomial square(0.5);
  builder.add_term(0, square.multiply(Variable{linear, 1}, 2), 0.1);
  Expression expression;
  const int first = expression.add_reference({});
  expression.add_operation(Operation::multiply, first, expression.add_reference({}));
  builder.add_expression(0, -1, expression, {product, Monomial(Variable{other, 1})});
  builder.set_logarithm(1, 0.5);
  builder.add_linear(1, log_unknown, 1);
  builder.add_term(1, Monomial(3.0).multiply(Variable{linear, 1}, 1));
  builder.add_term(1, Monomial(1.0).multiply(Variable{other, 1}, 0.5));
  builder.set_logarithm(2, 1e-4, true);
  builder.add_term(2, Monomial(0.25).multiply(Variable{log_unknown, 1}, 1e-4));
  builder.add_term(2, Monomial(0.75).multiply(Variable{other, 1}, 1e-4), 1e-5);
  builder.add_linear(2, linear, 1);
  const EquationSystem system = builder.build({});
  for (const std::vector<double>& x : {std::vector<double>{0.3, 0.7, -0.2}, {0.3, 0.0, -0.2}, {-1, 2, 1}}) {
    const GradientReport report = check_gradient(system, x);
    EXPECT_TRUE(report.passed) << report.text();
  }
  // d log(...)/d exponent -> the weighted mean of logs as the exponent goes to zero
  std::vector<double> f(3);
  const std::vector<double> x{0.3, 0.7, -0.2};
  system.residual(x, f);
  EXPECT_NEAR(f[2], 0.7 - (0.25 * 0.3 + 0.75 * (-0.2 + 0.1)), 1e-5);
  EXPECT_EQ(static_cast<int>(RowKind::logarithm), 1) << "a new kind of row: test its derivatives above";
}

}  // namespace
}  // namespace levee
