// Whole economies with known answers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "model/economy_system.hpp"
#include "scenarios/economy_runner.hpp"
#include "solver/ipopt_solver.hpp"
#include "tests/unit/model_economies.hpp"

namespace levee {
namespace {

using test::economy_from;
using test::every_kind;
using test::leaf_named;
using test::system_of;

/// Two goods, two factors, a permit that X needs.
std::string two_goods(const std::string& counterfactuals, const std::string& extra = "") {
  return fmt::format(R"yaml(
parameters: {{k: 50, permits: 200, t: 0, z: 0}}
commodities: {{X: {{}}, Y: {{}}, L: {{}}, K: {{}}, P: {{start: 0}}}}
activities:
  - {{name: make_X, outputs: {{cet: 0, of: {{X: 50}}}}, inputs: {{ces: 0, of: {{va: {{ces: 1, of: {{L: 20, K: 30}}}}, P: 50}}}}}}
  - {{name: make_Y, outputs: {{cet: 0, of: {{Y: 50}}}}, inputs: {{ces: 1, of: {{L: 30, K: {{quantity: 20, tax: [{{rate: t, to: h}}]}}}}}}}}
  - {{name: idle, start: 0, outputs: {{cet: 0, of: {{X: 10}}}}, inputs: {{ces: 0, of: {{L: 15}}}}}}
agents:
  - {{name: h, endowments: {{L: 50, K: k, P: permits}}, demand: {{ces: 1, of: {{X: 50, Y: 50}}}}}}
fixed: {{price(L): 1}}
{}
counterfactuals:
{}
)yaml",
                     extra, counterfactuals);
}

EconomyScenario solved(const std::string& text, std::size_t index) {
  const EconomyRun run = run_economy(economy_from(text), {});
  EXPECT_TRUE(run.scenarios.at(index).solved()) << run.scenarios[index].solution.message;
  return run.scenarios[index];
}

enum Good { X, Y, L, K, P };

TEST(EconomySystem, BenchmarkReplicatesWithAFreeGoodAndAnIdleActivity) {
  const EconomyScenario scenario = solved(two_goods("  []"), 0);
  EXPECT_EQ(scenario.solution.iterations, 0);
  EXPECT_EQ(scenario.state.prices[P], 0);
  EXPECT_EQ(scenario.state.levels[2], 0);
}

TEST(EconomySystem, ScarcePermitAndBackstop) {
  // With half the permits X would cost more than the backstop, which caps its price at 1.5.
  const EconomyScenario scenario = solved(two_goods("  - {name: scarce, set: {permits: 10}}"), 1);
  EXPECT_NEAR(scenario.state.prices[X], 1.5, 1e-8);
  EXPECT_GT(scenario.state.levels[2], 0.1);
  EXPECT_NEAR(scenario.state.levels[0], 0.2, 1e-8);
  EXPECT_LT(scenario.walras, 1e-9);
}

TEST(EconomySystem, NumeraireScaledAndChangedChangesNoQuantity) {
  const std::string text = two_goods(R"yaml(
  - {name: a, set: {t: 0.4, permits: 45}}
  - {name: scaled, from: previous, fixed: {price(L): 3}}
  - {name: changed, from: previous, fixed: {price(Y): 1}}
  - {name: by_income, from: previous, fixed: {income(h): 77}}
)yaml");
  const EconomyRun run = run_economy(economy_from(text), {});
  for (std::size_t k = 2; k < run.scenarios.size(); ++k) {
    ASSERT_TRUE(run.scenarios[k].solved());
    const double money = run.scenarios[k].state.incomes[0] / run.scenarios[1].state.incomes[0];
    for (std::size_t c = 0; c < 5; ++c) {
      EXPECT_NEAR(run.scenarios[k].state.prices[c], money * run.scenarios[1].state.prices[c], 1e-7)
          << run.scenarios[k].name;
    }
    for (std::size_t node = 0; node < run.scenarios[1].quantities.size(); ++node) {
      EXPECT_NEAR(run.scenarios[k].quantities[node], run.scenarios[1].quantities[node], 1e-7) << run.scenarios[k].name;
    }
    EXPECT_LT(run.scenarios[k].walras, 1e-8);
  }
}

TEST(EconomySystem, TaxRevenueIsIncome) {
  const EconomyScenario scenario = solved(two_goods("  - {name: a, set: {t: 0.5}}"), 1);
  const EconomyFile file = economy_from(two_goods("  []"));
  const int taxed = leaf_named(file.economy, "K", leaf_named(file.economy, "Y"));
  const double revenue = 0.5 * scenario.state.prices[K] * scenario.quantities[static_cast<std::size_t>(taxed)];
  const double factors = 50 * scenario.state.prices[L] + 50 * scenario.state.prices[K];
  EXPECT_NEAR(scenario.state.incomes[0], factors + revenue, 1e-7);
}

/// An endogenous tax rate holds demand; a bounded auxiliary stays at its bound until it binds.
TEST(EconomySystem, Auxiliaries) {
  const std::string text = R"yaml(
parameters: {cap: 100}
commodities: {X: {}, L: {}, K: {}}
activities:
  - name: make_X
    outputs: {cet: 0, of: {X: 100}}
    inputs: {ces: 0.5, of: {L: 50, K: {quantity: 50, tax: [{rate: charge, to: h}]}}}
agents: [{name: h, endowments: {L: 50, K: "50 - idle"}, demand: {ces: 0, of: {X: 100}}}]
auxiliaries:
  - {name: charge, lower: 0, equation: "cap - quantity(make_X.K)"}
  - {name: idle, start: 0, lower: 0, equation: "price(K)/price(L) - 1 + idle*0"}
fixed: {price(L): 1}
counterfactuals:
  - {name: slack, set: {cap: 50}}
  - {name: binding, set: {cap: 40}}
)yaml";
  const EconomyScenario slack = solved(text, 1), binding = solved(text, 2);
  EXPECT_EQ(slack.state.auxiliaries[0], 0);
  EXPECT_NEAR(binding.state.auxiliaries[1], 10, 1e-7) << "the price of K cannot fall below that of L";
  EXPECT_NEAR(binding.state.prices[1 + 1], 1, 1e-8);
  EXPECT_NEAR(40.0 / 50, std::pow(1 + binding.state.auxiliaries[0], -0.5), 1e-8) << "CES demand for K against L";
}

/// A quantity that depends on an auxiliary: labour needed per unit halves.
TEST(EconomySystem, DynamicQuantity) {
  const std::string text = R"yaml(
parameters: {gain: 0}
commodities: {X: {}, L: {}}
activities: [{name: a, outputs: {cet: 0, of: {X: 10}}, inputs: {ces: 0, of: {L: "10*exp(-know)"}}}]
agents: [{name: h, endowments: {L: 10}, demand: {ces: 0, of: {X: 10}}}]
auxiliaries: [{name: know, start: 0, equation: "know - gain*log(1 + level(a))"}]
fixed: {price(L): 1}
counterfactuals: [{name: learnt, set: {gain: 0.5}}]
)yaml";
  const EconomyScenario scenario = solved(text, 1);
  const double level = scenario.state.levels[0];
  EXPECT_NEAR(level, std::pow(1 + level, 0.5), 1e-8);
  EXPECT_NEAR(scenario.state.prices[0], 1 / level, 1e-8);
}

/// Money per unit of quantity: the price of X rises by the charge, which goes to the state and from there to the
/// household.
TEST(EconomySystem, ChargePerUnit) {
  const std::string text = R"yaml(
parameters: {c: 0}
commodities: {X: {}, L: {}}
activities:
  - {name: a, outputs: {cet: 0, of: {X: 10}}, inputs: {ces: 0, of: {L: {quantity: 10, charges: [{amount: "c*price(L)", to: state}]}}}}
agents:
  - {name: h, endowments: {L: 10}, demand: {ces: 0, of: {X: 10}}}
  - {name: state}
transfers: [{from: state, to: h, amount: "c*price(L)*quantity(a.L)"}]
fixed: {price(L): 1}
counterfactuals: [{name: charged, set: {c: 0.3}}]
)yaml";
  const EconomyScenario scenario = solved(text, 1);
  EXPECT_NEAR(scenario.state.prices[0], 1.3, 1e-10);
  EXPECT_NEAR(scenario.state.incomes[0], 13, 1e-9);
  EXPECT_NEAR(scenario.state.incomes[1], 0, 1e-9);
}

/// On outputs a charge, and a rate that depends on prices, are taken from what the activity receives.
TEST(EconomySystem, WedgesOnOutputs) {
  for (const char* wedge : {"charges: [{amount: c, to: h}]", "tax: [{rate: \"c/price(X)\", to: h}]"}) {
    const EconomyScenario scenario = solved(fmt::format(R"yaml(
parameters: {{c: 0}}
commodities: {{X: {{}}, L: {{}}}}
activities:
  - {{name: a, outputs: {{cet: 0, of: {{X: {{quantity: 10, {}}}}}}}, inputs: {{ces: 0, of: {{L: 10}}}}}}
agents: [{{name: h, endowments: {{L: 10}}, demand: {{ces: 0, of: {{X: 10}}}}}}]
fixed: {{price(L): 1}}
counterfactuals: [{{name: charged, set: {{c: 0.3}}}}]
)yaml",
                                                        wedge),
                                            1);
    EXPECT_NEAR(scenario.state.prices[0], 1.3, 1e-10) << wedge;
    EXPECT_NEAR(scenario.state.incomes[0], 13, 1e-9) << wedge;
    EXPECT_LT(scenario.walras, 1e-10);
  }
}

/// Incomes that are shares of each other: the start is found although substitution does not converge.
TEST(EconomySystem, IncomesThatDependOnEachOtherStrongly) {
  const std::string text = R"yaml(
commodities: {X: {}, L: {}}
activities: [{name: a, outputs: {cet: 0, of: {X: 100}}, inputs: {ces: 0, of: {L: 100}}}]
agents:
  - {name: h, endowments: {L: 100}, demand: {ces: 0, of: {X: 40}}}
  - {name: g, demand: {ces: 0, of: {X: 60}}}
transfers: [{from: h, to: g, amount: "1.5*income(h)"}]
fixed: {price(L): 1}
)yaml";
  const EconomyScenario scenario = solved(text, 0);
  EXPECT_NEAR(scenario.state.incomes[0], 40, 1e-12);
  EXPECT_NEAR(scenario.state.incomes[1], 60, 1e-12);
}

TEST(EconomySystem, InteriorFormHasTheSameSolution) {
  EconomyFile file = economy_from(every_kind);
  const EconomySystem automatic = system_of(file.economy);
  const Solution first = solve_with_ipopt(automatic.equations(), automatic.start(), {});
  ASSERT_EQ(first.status, SolveStatus::solved) << first.message;
  for (Activity& activity : file.economy.activities) activity.bound = Bound::interior;
  const EconomySystem interior = system_of(file.economy);
  EXPECT_LT(interior.equations().size(), automatic.equations().size()) << "unit cost is unit revenue: fewer unknowns";
  const Solution second = solve_with_ipopt(interior.equations(), interior.start(), {});
  ASSERT_EQ(second.status, SolveStatus::solved) << second.message;
  const EconomyState a = automatic.state(first.x), b = interior.state(second.x);
  for (std::size_t c = 0; c < a.prices.size(); ++c) EXPECT_NEAR(a.prices[c], b.prices[c], 1e-8);
  for (std::size_t k = 0; k < a.levels.size(); ++k) EXPECT_NEAR(a.levels[k], b.levels[k], 1e-8);
}

/// The points of a path have the unknowns of its end, whose Leontief nests let prices fall to zero.
TEST(EconomySystem, SystemsOfAPathHaveTheSameUnknowns) {
  const EconomyFile file = economy_from(R"yaml(
parameters: {s: 0.5}
commodities: {X: {}, L: {}, K: {}}
activities: [{name: a, outputs: {cet: 0, of: {X: 100}}, inputs: {ces: s, of: {L: 50, K: 50}}}]
agents: [{name: h, endowments: {L: 50, K: 50}, demand: {ces: 0, of: {X: 100}}}]
fixed: {price(X): 1}
)yaml");
  const std::vector<FixedValue> fixed{{{ReferenceKind::price, 0}, 1}};
  const EconomySystem end(file.economy, {0}, fixed);
  const EconomySystem free_standing(file.economy, {0.5}, fixed);
  const EconomySystem on_path(file.economy, {0.5}, fixed, &end);
  EXPECT_TRUE(free_standing.equations().is_logarithmic(0));
  ASSERT_EQ(on_path.equations().size(), end.equations().size());
  for (int k = 0; k < end.equations().size(); ++k) {
    EXPECT_EQ(on_path.equations().is_logarithmic(k), end.equations().is_logarithmic(k));
    EXPECT_EQ(on_path.equations().unknown_name(k), end.equations().unknown_name(k));
  }
  EXPECT_LT(on_path.replication_error(on_path.start()), 1e-12);
}

TEST(EconomySystem, ImpossibleNumbersAreInputErrors) {
  for (const char* set : {"{t: -1.5}", "{k: 50, z: 1}"}) {
    const std::string text = two_goods(fmt::format("  - {{name: bad, set: {}}}", set),
                                       "auxiliaries: [{name: q, lower: \"log(1 - z)\", start: 1, equation: q}]");
    try {
      run_economy(economy_from(text), {});
      ADD_FAILURE() << set;
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find("in scenario 'bad'"), std::string::npos) << error.what();
    }
  }
}

/// A charge and an equation with a parameter.
Economy with_parameter(bool varies, double value) {
  Economy economy = economy_from(fmt::format(R"yaml(
parameters: {{p: {}}}
commodities: {{X: {{}}, L: {{}}, K: {{}}}}
activities:
  - {{name: make_X, outputs: {{cet: 0, of: {{X: 100}}}}, inputs: {{ces: 0.5, of: {{L: {{quantity: 60, charges: [{{amount: "0.01*p*price(L)", to: h}}]}}, K: 40}}}}}}
agents:
  - {{name: h, endowments: {{L: 60, K: 40}}, demand: {{ces: 1, of: {{X: 100}}}}}}
auxiliaries:
  - {{name: e, start: 60, equation: "e - quantity(make_X.L) - (p - p)*price(K) + min(p, 0)"}}
fixed: {{price(K): 1}}
)yaml",
                                             value))
                        .economy;
  economy.parameters.front().varies = varies;
  return economy;
}

TEST(EconomySystem, MovedToOtherParametersItIsTheSystemMadeThere) {
  const Economy varying = with_parameter(true, 0);
  EconomySystem moved = system_of(varying);
  std::vector<double> x = moved.start();
  for (std::size_t k = 0; k < x.size(); ++k) x[k] += 0.01 * static_cast<double>(k % 5);
  for (const double value : {0.0, 1.5, 40.0}) {
    const Economy there = with_parameter(true, value);
    const EconomySystem made = system_of(there);
    moved.set_parameters({value});
    ASSERT_EQ(moved.equations().size(), made.equations().size());
    ASSERT_EQ(moved.equations().pattern().columns, made.equations().pattern().columns);
    for (int row = 0; row < made.equations().size(); ++row) {
      EXPECT_NEAR(moved.equations().row_value(row, x) / moved.equations().row_scale(row),
                  made.equations().row_value(row, x) / made.equations().row_scale(row), 1e-12)
          << made.equations().row_name(row) << " at " << value;
    }
  }
}

TEST(EconomySystem, OnlyVaryingParametersMove) {
  const Economy constant = with_parameter(false, 1.5);
  EconomySystem system = system_of(constant);
  system.set_parameters({1.5});
  EXPECT_THROW(system.set_parameters({2}), std::logic_error);
}

TEST(EconomySystem, AmountsMustBeLinearInAVaryingParameter) {
  Economy economy = economy_from(R"yaml(
parameters: {p: 2}
commodities: {X: {}, L: {}}
activities:
  - {name: make_X, outputs: {cet: 0, of: {X: 100}}, inputs: {ces: 0, of: {L: {quantity: 100, charges: [{amount: "p*p*price(L)", to: h}]}}}}
agents:
  - {name: h, endowments: {L: 100}, demand: {ces: 1, of: {X: 100}}}
benchmark: false
fixed: {price(L): 1}
)yaml")
                        .economy;
  economy.parameters.front().varies = true;
  EXPECT_THROW(system_of(economy), std::logic_error);
}

TEST(EconomySystem, SumsInExpressionsBecomeTerms) {
  const Economy economy = economy_from(R"yaml(
commodities: {X: {}, L: {}, K: {}}
activities:
  - {name: make_X, outputs: {cet: 0, of: {X: 100}}, inputs: {ces: 1, of: {L: 60, K: 40}}}
agents:
  - {name: h, endowments: {L: 60, K: 40}, demand: {ces: 1, of: {X: 100}}}
auxiliaries:
  - {name: index, start: 1, equation: "0.6*price(L) + 0.4*price(X) - (index - 2 + 2)"}
  - {name: mixed, start: 0, equation: "mixed - (log(price(L)) - -quantity(make_X.L)/60) + max(1, price(X))"}
fixed: {price(K): 1}
)yaml")
                              .economy;
  const EconomySystem system = system_of(economy);
  EXPECT_LE(system.replication_error(system.start()), 1e-12);
  const auto content_of = [&](const std::string& name) {
    for (int row = 0; row < system.equations().size(); ++row) {
      if (system.equations().row_name(row) == name) return system.equations().content(row);
    }
    return EquationContent{};
  };
  const EquationContent index = content_of("equation of index"), mixed = content_of("equation of mixed");
  EXPECT_EQ(index.terms.size(), 3U);
  EXPECT_TRUE(index.formulas.empty());
  EXPECT_EQ(index.constant, 0);
  EXPECT_EQ(mixed.terms.size(), 2U);     // mixed, quantity / 60
  EXPECT_EQ(mixed.formulas.size(), 2U);  // log, max
}

}  // namespace
}  // namespace levee
