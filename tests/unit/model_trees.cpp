// CES and CET trees against their closed forms (calibrated share form).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/model_economies.hpp"

namespace levee {
namespace {

using test::economy_from;
using test::leaf_named;
using test::system_of;

constexpr double tax = 0.25;

/// make_X turns L and K (taxed, with a reference price of its own) into X and Y.
EconomyFile two_by_two(const std::string& s, const std::string& t) {
  return economy_from(fmt::format(R"yaml(
benchmark: false
commodities: {{X: {{start: 1.3}}, Y: {{start: 0.8}}, L: {{start: 1.7}}, K: {{start: 0.6}}}}
activities:
  - name: make_X
    start: 2
    outputs: {{cet: {}, of: {{X: {{quantity: 60, price: 0.9, tax: [{{rate: 0.1, to: h}}]}}, Y: 30}}}}
    inputs: {{ces: {}, of: {{L: 40, K: {{quantity: 50, price: 1.2, tax: [{{rate: {}, to: h}}]}}}}}}
agents:
  - {{name: h, endowments: {{L: 80, K: 100}}, demand: {{ces: 0, of: {{X: 100, Y: 40}}}}}}
fixed: {{price(X): 1.3}}
)yaml",
                                  t, s, tax));
}

struct Tree {
  double weights[2], quantities[2], reference[2], prices[2];

  /// Unit value of the aggregate relative to the benchmark: elasticity s, or -t of a CET tree.
  double index(double s) const {
    const double a = weights[0] / (weights[0] + weights[1]);
    const double p = prices[0] / reference[0], q = prices[1] / reference[1];
    if (s == 1) return std::pow(p, a) * std::pow(q, 1 - a);
    return std::pow(a * std::pow(p, 1 - s) + (1 - a) * std::pow(q, 1 - s), 1 / (1 - s));
  }
  double quantity(int k, double s) const { return quantities[k] * std::pow(index(s) * reference[k] / prices[k], s); }
};

const Tree inputs{{40, 60}, {40, 50}, {1, 1.2}, {1.7, 0.6 * (1 + tax)}};
const Tree outputs{{54, 30}, {60, 30}, {0.9, 1}, {1.3 * 0.9, 0.8}};

class Elasticity : public testing::TestWithParam<double> {};

TEST_P(Elasticity, QuantitiesAndCostsFollowTheClosedForm) {
  const double s = GetParam();
  const EconomyFile file = two_by_two(fmt::format("{}", s), fmt::format("{}", s));
  const EconomySystem system = system_of(file.economy);
  const auto& x = system.start();
  const int X = leaf_named(file.economy, "X"), L = leaf_named(file.economy, "L");
  // near s = 1 the reference itself loses digits, so it is taken at 1
  const double at = std::abs(s - 1) < 1e-5 ? 1 : s;
  const double near = std::abs(s - 1) < 1e-5 ? 1e-6 : 1e-12;
  for (int k = 0; k < 2; ++k) {
    EXPECT_NEAR(system.quantity(L + k, x) / (2 * inputs.quantity(k, at)), 1, near) << "input " << k;
    EXPECT_NEAR(system.quantity(X + k, x) / (2 * outputs.quantity(k, -s)), 1, near) << "output " << k;
    EXPECT_NEAR(system.user_price(L + k, x), inputs.prices[k], 1e-14);
    EXPECT_NEAR(system.user_price(X + k, x), outputs.prices[k], 1e-14);
  }
  // product exhaustion: what is paid is unit cost, what is received unit revenue
  const auto worth = [&](int leaf) {
    return system.quantity(leaf, x) * system.user_price(leaf, x) +
           system.quantity(leaf + 1, x) * system.user_price(leaf + 1, x);
  };
  EXPECT_NEAR(worth(L) / (2 * 100 * inputs.index(at)), 1, near);
  EXPECT_NEAR(worth(X) / (2 * 84 * outputs.index(-s)), 1, near);
  EXPECT_NEAR(worth(L), 2 * 100 * inputs.index(at), 200 * near) << "exact whatever the elasticity";
}

INSTANTIATE_TEST_SUITE_P(Trees, Elasticity, testing::Values(0, 0.3, 0.99, 0.999, 1 - 1e-7, 1, 1 + 1e-7, 1.001, 2, 8));

/// From both sides of s = 1 quantities differ from Cobb-Douglas by no more than the elasticity does.
TEST(Trees, CobbDouglasIsTheLimit) {
  const auto quantity = [](const std::string& s) {
    const EconomyFile file = two_by_two(s, "1");
    const EconomySystem system = system_of(file.economy);
    return system.quantity(leaf_named(file.economy, "L"), system.start());
  };
  const double limit = quantity("1");
  for (const double step : {1e-3, 1e-5, 1e-7, 1e-10}) {
    const double above = quantity(fmt::format("{:.17g}", 1 + step)), below = quantity(fmt::format("{:.17g}", 1 - step));
    EXPECT_NEAR(above, limit, 100 * step + 1e-12);
    EXPECT_NEAR((above + below) / 2, limit, 1000 * step * step + 1e-12) << "smooth through s = 1, step " << step;
  }
}

/// With shares that depend on unknowns, too.
TEST(Trees, CobbDouglasIsTheLimitOfVaryingShares) {
  const auto quantity = [](double s) {
    const EconomyFile file = economy_from(fmt::format(R"yaml(
benchmark: false
commodities: {{X: {{}}, L: {{start: 1.7}}, K: {{start: 0.6}}}}
activities:
  - {{name: a, outputs: {{cet: 0, of: {{X: 1}}}}, inputs: {{ces: {:.17g}, of: {{L: "40*u", K: "50 + u"}}}}}}
agents: [{{name: h, endowments: {{L: 80, K: 100}}, demand: {{ces: 0, of: {{X: 100}}}}}}]
auxiliaries: [{{name: u, start: 1.5, equation: "u - 1.5"}}]
)yaml",
                                                      s));
    const EconomySystem system = system_of(file.economy);
    return system.quantity(leaf_named(file.economy, "L"), system.start());
  };
  const double share = 60 / 111.5;
  const double limit = 60 * std::pow(1.7, share - 1) * std::pow(0.6, 1 - share);
  EXPECT_NEAR(quantity(1), limit, 1e-11);
  for (const double step : {1e-2, 1e-3, 1e-4, 2e-5, 5e-6, 1e-7, -1e-7, -2e-5, -1e-3}) {
    EXPECT_NEAR(quantity(1 + step), limit, 100 * std::abs(step));
    EXPECT_NEAR((quantity(1 + step) + quantity(1 - step)) / 2, limit, 1000 * step * step + 1e-9) << step;
  }
}

/// A nest whose quantities are parameters that are zero buys nothing and does no harm.
TEST(Trees, EmptyNest) {
  const EconomyFile file = economy_from(R"yaml(
parameters: {q: 0}
commodities: {X: {}, L: {}, K: {}}
activities:
  - {name: a, outputs: {cet: 0, of: {X: 40}}, inputs: {ces: 0.5, of: {L: 40, none: {ces: 0.5, of: {K: q, L2: {commodity: L, quantity: q}}}}}}
agents: [{name: h, endowments: {L: 40, K: 0}, demand: {ces: 0, of: {X: 40}}}]
fixed: {price(L): 1}
)yaml");
  const EconomySystem system = system_of(file.economy);
  EXPECT_LT(system.replication_error(system.start()), 1e-12);
  EXPECT_EQ(system.quantity(leaf_named(file.economy, "L2"), system.start()), 0);
}

}  // namespace
}  // namespace levee
