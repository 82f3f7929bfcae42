// Properties that every economy has, on random ones: the benchmark replicates, markets that are not imposed clear, the
// numeraire's size and choice change no quantity, a perturbed start leads to the same solution, derivatives are right.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "model/economy_system.hpp"
#include "solver/gradient_check.hpp"
#include "solver/ipopt_solver.hpp"

namespace levee {
namespace {

/// Balanced by construction: activities buy goods and factors for what they earn, a household and a state buy the rest.
class RandomEconomy {
 public:
  explicit RandomEconomy(unsigned seed) : random_(seed), goods_(2 + static_cast<int>(seed % 5)) {}

  Economy make() {
    tax_ = economy_.add_parameter("tax", 0);
    endowment_ = economy_.add_parameter("endowment", 1);
    for (int g = 0; g < goods_ + 2; ++g) {
      economy_.add_commodity(g < goods_ ? fmt::format("G{}", g) : g == goods_ ? "L" : "K", "");
      economy_.commodities.back().start = draw(0.5, 2);
    }
    net_.assign(static_cast<std::size_t>(goods_), 0);
    economy_.agents = {{"household", "", {}, {}}, {"state", "", {}, {}}};
    for (int g = 0; g < goods_; ++g) add_activity(g);
    add_agents();
    economy_.fixed = {{{ReferenceKind::price, goods_}, price(goods_)}};
    return economy_;
  }

 private:
  double draw(double from, double to) { return std::uniform_real_distribution<double>(from, to)(random_); }
  double price(int commodity) const { return economy_.commodities[static_cast<std::size_t>(commodity)].start; }

  /// An elasticity from all regions where formulas differ.
  double elasticity() {
    const double values[] = {0, 0.5, 1, 1.0005, 2, draw(0.1, 4)};
    return values[static_cast<std::size_t>(draw(0, 5.999))];
  }

  /// A leaf worth `value` at market prices, with a tax rate of its own and, on factors, the parameter.
  double add_leaf(int parent, int commodity, double value, double rate, bool policy) {
    economy_.add_leaf(parent, commodity, value / price(commodity), price(commodity) * (1 + rate));
    if (rate != 0) economy_.add_wedge({Wedge::Kind::ad_valorem, std::abs(rate), 1});
    if (policy) {
      Expression expression;
      expression.add_reference({ReferenceKind::parameter, tax_});
      economy_.add_wedge({Wedge::Kind::ad_valorem, Scalar::of_expression(economy_.add_expression(expression)), 1});
    }
    return value * (1 + rate);
  }

  void add_activity(int good) {
    Activity activity;
    activity.name = fmt::format("make_G{}", good);
    activity.start = draw(0.5, 3);
    const double level = activity.start;
    activity.outputs.begin = static_cast<int>(economy_.nodes.size());
    const int out = economy_.add_nest(-1, "outputs", elasticity());
    const int other = (good + 1) % goods_;
    const double main = draw(10, 30), side = draw(0.5, 2), rate = draw(0, 0.2);
    double revenue = main + side;
    economy_.add_leaf(out, good, main / price(good), price(good));
    economy_.add_leaf(out, other, side / price(other), price(other) * (1 - rate));
    economy_.add_wedge({Wedge::Kind::ad_valorem, rate, 1});
    revenue -= side * rate;
    state_ += level * side * rate;
    net_[static_cast<std::size_t>(good)] += level * main;
    net_[static_cast<std::size_t>(other)] += level * side;
    activity.outputs.end = activity.inputs.begin = static_cast<int>(economy_.nodes.size());
    const int in = economy_.add_nest(-1, "inputs", elasticity());
    double cost = 0;
    const int goods = economy_.add_nest(in, "goods", elasticity());
    for (int g = 0; g < goods_; ++g) {
      const double value = draw(0.1, 0.8) * revenue / (2 * goods_), input_tax = draw(0, 0.3);
      cost += add_leaf(goods, g, value, input_tax, false);
      state_ += level * value * input_tax;
      net_[static_cast<std::size_t>(g)] -= level * value;
    }
    const int factors = economy_.add_nest(in, "factors", elasticity());
    const double labour = draw(0.2, 0.8) * (revenue - cost), labour_tax = draw(0, 0.4);
    add_leaf(factors, goods_, labour / (1 + labour_tax), labour_tax, true);
    add_leaf(factors, goods_ + 1, revenue - cost - labour, 0, false);
    state_ += level * labour * labour_tax / (1 + labour_tax);
    used_[0] += level * labour / (1 + labour_tax);
    used_[1] += level * (revenue - cost - labour);
    activity.inputs.end = static_cast<int>(economy_.nodes.size());
    economy_.activities.push_back(activity);
  }

  /// The state takes a share of every good; what its taxes do not pay for, the household does.
  void add_agents() {
    double bought = 0;
    for (int h = 0; h < 2; ++h) {
      Agent& agent = economy_.agents[static_cast<std::size_t>(h)];
      agent.demand.begin = static_cast<int>(economy_.nodes.size());
      const int root = economy_.add_nest(-1, "demand", std::max(0.2, elasticity()));
      for (int g = 0; g < goods_; ++g) {
        const double value = (h == 0 ? 0.7 : 0.3) * net_[static_cast<std::size_t>(g)];
        EXPECT_GT(value, 0);
        if (h == 1) bought += value;
        economy_.add_leaf(root, g, value / price(g), price(g));
      }
      agent.demand.end = static_cast<int>(economy_.nodes.size());
    }
    Expression more;
    more.add_operation(Operation::multiply, more.add_reference({ReferenceKind::parameter, endowment_}),
                       more.add_constant(used_[0] / price(goods_)));
    const Scalar labour = Scalar::of_expression(economy_.add_expression(more));
    economy_.agents[0].endowments = {{goods_, labour}, {goods_ + 1, used_[1] / price(goods_ + 1)}};
    // denominated in a good's price, so that money has no say
    Expression amount;
    amount.add_operation(Operation::multiply, amount.add_reference({ReferenceKind::price, 0}),
                         amount.add_constant((bought - state_) / price(0)));
    economy_.transfers = {{0, 1, Scalar::of_expression(economy_.add_expression(amount))}};
  }

  std::mt19937 random_;
  int goods_;
  Economy economy_;
  int tax_ = 0, endowment_ = 0;
  std::vector<double> net_;  ///< a good: value that activities leave
  double used_[2] = {0, 0};  ///< value of labour and capital
  double state_ = 0;         ///< tax revenue
};

class RandomEconomies : public testing::TestWithParam<unsigned> {
 protected:
  Economy economy_ = RandomEconomy(GetParam()).make();
  FixedValue labour_{economy_.fixed[0].what, economy_.fixed[0].value.value};

  EconomySystem shocked(FixedValue fixed) const { return EconomySystem(economy_, {0.3, 1.2}, {fixed}); }
  static std::vector<double> solve(const EconomySystem& system, const std::vector<double>& start) {
    const Solution solution = solve_with_ipopt(system.equations(), start, {.tolerance = 1e-12});
    EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
    return solution.x;
  }
};

TEST_P(RandomEconomies, BenchmarkReplicatesAndZeroShockStaysThere) {
  const EconomySystem system(economy_, economy_.parameter_values(), {labour_});
  std::string row;
  EXPECT_LT(system.replication_error(system.start(), &row), 1e-12) << row;
  const Solution solution = solve_with_ipopt(system.equations(), system.start(), {});
  EXPECT_EQ(solution.iterations, 0);
}

TEST_P(RandomEconomies, ScaledNumeraireIsHomogeneous) {
  const EconomySystem one = shocked(labour_), two = shocked({labour_.what, 2.5 * labour_.value});
  const auto x = solve(one, one.start()), y = solve(two, two.start());
  const EconomyState a = one.state(x), b = two.state(y);
  for (std::size_t c = 0; c < a.prices.size(); ++c) EXPECT_NEAR(b.prices[c], 2.5 * a.prices[c], 1e-8 * a.prices[c]);
  for (std::size_t k = 0; k < a.levels.size(); ++k) EXPECT_NEAR(b.levels[k], a.levels[k], 1e-8);
}

TEST_P(RandomEconomies, AnotherNumeraireChangesNoQuantityAndTheDroppedMarketClears) {
  const EconomySystem one = shocked(labour_), two = shocked({{ReferenceKind::price, 1}, 1});
  const EconomySystem three = shocked({{ReferenceKind::income, 0}, 100});
  const auto x = solve(one, one.start()), y = solve(two, two.start()), z = solve(three, three.start());
  for (int node = 0; node < static_cast<int>(economy_.nodes.size()); ++node) {
    const double quantity = one.quantity(node, x);
    EXPECT_NEAR(two.quantity(node, y), quantity, 1e-8 * (1 + quantity));
    EXPECT_NEAR(three.quantity(node, z), quantity, 1e-8 * (1 + quantity));
  }
  double income = 0;
  for (const double part : one.state(x).incomes) income += part;
  ASSERT_EQ(one.dropped_rows(x).size(), 1u);
  EXPECT_LT(std::abs(one.dropped_rows(x)[0].value * labour_.value), 1e-8 * income);
}

TEST_P(RandomEconomies, PerturbedStartLeadsToTheSameSolution) {
  const EconomySystem system = shocked(labour_);
  const auto x = solve(system, system.start());
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> factor(0.85, 1.2);
  EconomyState state = system.state(system.start());
  for (auto* values : {&state.prices, &state.levels, &state.incomes}) {
    for (double& value : *values) value *= factor(random);
  }
  const auto y = solve(system, system.point(state));
  for (std::size_t k = 0; k < x.size(); ++k)
    EXPECT_NEAR(x[k], y[k], 1e-8) << system.equations().unknown_name(static_cast<int>(k));
}

TEST_P(RandomEconomies, ActivitiesExhaustTheirProduct) {
  const EconomySystem system = shocked(labour_);
  const auto x = solve(system, system.start());
  for (const Activity& activity : economy_.activities) {
    double balance = 0, cost = 0;
    for (int node = activity.outputs.begin; node < activity.inputs.end; ++node) {
      if (!economy_.nodes[static_cast<std::size_t>(node)].is_leaf()) continue;
      const double value = system.quantity(node, x) * system.user_price(node, x);
      balance += node < activity.outputs.end ? value : -value;
      cost += node < activity.outputs.end ? 0 : value;
    }
    EXPECT_LT(std::abs(balance), 1e-9 * cost) << activity.name;
  }
}

TEST_P(RandomEconomies, TaxesAndTransfersAreBooked) {
  const EconomySystem system = shocked(labour_);
  const auto x = solve(system, system.start());
  double revenue = system.expression_value(economy_.transfers[0].amount.expression, x);
  for (std::size_t w = 0; w < economy_.wedges.size(); ++w) revenue += system.wedge_revenue(static_cast<int>(w), x);
  EXPECT_NEAR(system.state(x).incomes[1] / revenue, 1, 1e-10);
}

TEST_P(RandomEconomies, DerivativesAreRight) {
  const EconomySystem system = shocked(labour_);
  const GradientReport report = check_gradient(system.equations(), system.start());
  EXPECT_TRUE(report.passed) << report.text();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomEconomies, testing::Range(1u, 25u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

}  // namespace
}  // namespace levee
