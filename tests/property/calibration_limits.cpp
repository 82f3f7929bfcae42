// Worlds whose answer is known: one region, alike regions, fixed coefficients, given prices of other inputs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/leakage.hpp"
#include "scenarios/pass_through.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

class Limits : public ::testing::TestWithParam<unsigned> {
 protected:
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, fmt::format("random world of seed {}", GetParam())};
};

Measures price_in_region_0(const Dataset& data, double price) {
  return {{zone_of(data, "Z", {0}, {"all"})}, {{price_only(data, price)}}};
}

TEST_P(Limits, OneRegionHasNoLeakage) {
  const Dataset data = RandomWorld(GetParam(), 1).make();
  const Measures measures = price_in_region_0(data, 50);
  const Equilibrium now = solve(data, measures), base = solve(data, without_prices(measures));
  const Leakage leakage = measure_leakage(now.benchmark(), measures.zones[0], now.outcome, base.outcome);
  EXPECT_LT(leakage.inside_change, 0);
  EXPECT_EQ(leakage.outside_change, 0);
  ASSERT_TRUE(leakage.rate);
  EXPECT_EQ(*leakage.rate, 0);
  EXPECT_LT(now.outcome.utility[0], 1);
}

/// Regions that are each other's copies: each keeps the inputs and final demand of region 0's own world and sells a
/// part of every good, in equal parts, to the others.
Dataset alike(unsigned seed, int regions) {
  const Dataset one = RandomWorld(seed, 1).make();
  std::vector<std::string> places, goods;
  for (int r = 0; r < regions; ++r) places.push_back(fmt::format("R{}", r));
  for (const Sector& sector : one.sectors) goods.push_back(sector.code);
  Dataset data = blank_world(places, goods);
  const int sectors = data.sector_count();
  const auto part = [&](int from, int to) { return from == to ? 0.7 : 0.3 / (regions - 1); };
  const auto spread = [&](Eigen::VectorXd& values, const Eigen::VectorXd& from) {
    for (int k = 0; k < values.size(); ++k) values[k] = from[k % from.size()];
  };
  for (int s = 0; s < regions; ++s) {
    for (int r = 0; r < regions; ++r) {
      data.table.Z.dense().block(s * sectors, r * sectors, sectors, sectors) = part(s, r) * one.table.Z.dense();
      data.table.Y.block(s * sectors, r * final_demand_count, sectors, final_demand_count) = part(s, r) * one.table.Y;
      if (s != r) data.tariff.block(s * sectors, r, sectors, 1).setConstant(0.1);
    }
  }
  balance(data);
  spread(data.stressors[0].industry, one.stressors[0].industry);
  spread(data.stressors[0].process, one.stressors[0].process);
  spread(data.stressors[0].household, one.stressors[0].household);
  for (auto& [column, values] : data.parameters.elasticities.by_node)
    spread(values, one.parameters.elasticities.by_node.at(column));
  data.parameters.elasticities.by_node.at("armington_domestic_import").setConstant(2);
  data.parameters.elasticities.by_node.at("armington_origins").setConstant(5);
  spread(data.parameters.labour_share, one.parameters.labour_share);
  spread(data.parameters.resource_share, one.parameters.resource_share);
  spread(data.parameters.supply_elasticity, one.parameters.supply_elasticity);
  data.parameters.fuel_weight = one.parameters.fuel_weight;
  data.parameters.fuel_use = one.parameters.fuel_use;
  return data;
}

TEST_P(Limits, AlikeRegionsHaveAlikeAnswers) {
  const Dataset data = alike(GetParam(), 3);
  // a zone in region 0: regions 1 and 2 cannot be told apart
  Measures measures = price_in_region_0(data, 50);
  charge(data, measures.policy.zones[0], {{"STEEL", IntensityScope::direct_electricity}});
  const Equilibrium one = solve(data, measures);
  const Outcome& o = one.outcome;
  EXPECT_GT(std::abs(o.wage[0] - o.wage[1]), 1e-6);
  EXPECT_NEAR(o.wage[1], o.wage[2], 1e-9);
  EXPECT_NEAR(o.utility[1], o.utility[2], 1e-9);
  for (int i = 0; i < data.sector_count(); ++i) {
    const int a = data.node(1, i), b = data.node(2, i);
    EXPECT_NEAR(o.output[a], o.output[b], 1e-8 * (1 + o.output[a]));
    EXPECT_NEAR(o.trade(a, 0), o.trade(b, 0), 1e-8 * (1 + o.trade(a, 0)));
  }
  // a zone of all: nothing distinguishes any of them, and no price of trade changes
  measures.zones[0].regions = {0, 1, 2};
  const Equilibrium all = solve(data, measures);
  for (int r = 1; r < 3; ++r) {
    EXPECT_NEAR(all.outcome.wage[0], all.outcome.wage[r], 1e-9);
    EXPECT_NEAR(all.outcome.utility[0], all.outcome.utility[r], 1e-9);
  }
}

/// Every elasticity zero.
Dataset rigid(Dataset data) {
  for (auto& [column, values] : data.parameters.elasticities.by_node) values.setZero();
  data.parameters.supply_elasticity =
      data.parameters.supply_elasticity.unaryExpr([](double e) { return std::isnan(e) ? e : 0.0; });
  data.households["ces"] = household_of_goods_and_energy(data, 0, 0);
  return data;
}

/// All factor prices held at 1: their markets are dropped.
Equation with_fixed_factor_prices(const Dataset& data, const Measures& measures) {
  Equation equation(data, measures);
  equation.numeraire.clear();
  for (const std::vector<int>* factors :
       {&equation.model->labour, &equation.model->capital, &equation.model->resource}) {
    for (const int commodity : *factors) {
      if (commodity >= 0) equation.numeraire.push_back({{ReferenceKind::price, commodity}, 1});
    }
  }
  return equation;
}

/// p' = (v + carbon cost)' (I - A)^-1, A in values at purchasers' prices: users of a good in a region share one mix of
/// origins.
Eigen::VectorXd leontief_prices(const Benchmark& b, const Eigen::VectorXd& carbon_cost) {
  const Dataset& data = *b.dataset;
  const int nodes = data.node_count(), sectors = data.sector_count();
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(nodes, nodes);
  Eigen::VectorXd v = Eigen::VectorXd::Ones(nodes);
  for (int user = 0; user < nodes; ++user) {
    if (!b.active[user]) continue;
    const int region = user / sectors;
    for (int origin = 0; origin < nodes; ++origin) {
      const double bought = b.intermediate(origin % sectors, user);
      if (bought == 0) continue;
      const double share =
          b.flow(origin, region) * (1 + b.tariff(origin, region)) / b.composite(region, origin % sectors);
      A(origin, user) = share * bought / b.x[user];
    }
    v[user] = b.value_added(user) / b.x[user] + carbon_cost[user];
  }
  const Eigen::MatrixXd transposed = (Eigen::MatrixXd::Identity(nodes, nodes) - A).transpose();
  return transposed.partialPivLu().solve(v);
}

TEST_P(Limits, FixedCoefficientsGiveTheLeontiefPriceModel) {
  const Dataset data = rigid(RandomWorld(GetParam()).make());
  const Measures measures = price_in_region_0(data, 40);
  const Equilibrium e = solve(with_fixed_factor_prices(data, measures));
  const Benchmark& b = e.benchmark();
  const EconomyState state = e.system.state(e.solution.x);
  const double price = 40 * state.auxiliaries[static_cast<std::size_t>(e.equation.model->price_index[0])];
  Eigen::VectorXd cost = Eigen::VectorXd::Zero(data.node_count());
  for (int node = 0; node < data.sector_count(); ++node) {
    if (b.active[node]) cost[node] = price * data.stressors[0].industry[node] * 1e-3 / b.x[node];
  }
  const Eigen::VectorXd expected = leontief_prices(b, cost);
  double largest = 0;
  for (int node = 0; node < data.node_count(); ++node) {
    if (!b.active[node]) continue;
    const double now = state.prices[static_cast<std::size_t>(e.equation.model->good[node])];
    EXPECT_NEAR(now, expected[node], 1e-9) << data.node_label(node);
    largest = std::max(largest, now - 1);
  }
  EXPECT_GT(largest, 1e-3);  // there was something to compare
}

/// In one region without tariffs A is the table's own.
TEST_P(Limits, FixedCoefficientsOfATableGiveItsPriceModel) {
  Dataset data = rigid(RandomWorld(GetParam(), 1).make());
  const Measures measures = price_in_region_0(data, 40);
  const Equilibrium e = solve(with_fixed_factor_prices(data, measures));
  const EconomyState state = e.system.state(e.solution.x);
  const double price = 40 * state.auxiliaries[static_cast<std::size_t>(e.equation.model->price_index[0])];
  const int nodes = data.node_count();
  Eigen::MatrixXd system = Eigen::MatrixXd::Identity(nodes, nodes);
  Eigen::VectorXd v = Eigen::VectorXd::Zero(nodes);
  for (int j = 0; j < nodes; ++j) {
    if (data.table.x[j] <= 0) continue;
    system.row(j) -= data.table.Z.dense().col(j).transpose() / data.table.x[j];
    v[j] = (data.table.value_added[j] + price * data.stressors[0].industry[j] * 1e-3) / data.table.x[j];
  }
  const Eigen::VectorXd expected = system.partialPivLu().solve(v);
  for (int j = 0; j < nodes; ++j) {
    if (data.table.x[j] <= 0) continue;
    EXPECT_NEAR(state.prices[static_cast<std::size_t>(e.equation.model->good[j])], expected[j], 1e-9)
        << data.node_label(j);
  }
}

/// Every measure at once, charges, rebates and allocation included, in prices to buyers over the world's index: what
/// the pass-through table prints beside the equilibrium is the equilibrium then.
TEST_P(Limits, FixedCoefficientsGiveThePassThroughOfThePriceModel) {
  const Dataset data = rigid(RandomWorld(GetParam()).make());
  const Measures measures = all_measures(data);
  Measures milder = measures;
  for (ZonePolicy& zone : milder.policy.zones) zone.carbon_price *= 0.3;
  const Equilibrium now = solve(with_fixed_factor_prices(data, measures));
  const PriceModel prices(now.benchmark());
  double largest = 0;
  for (const Measures& reference : {without_prices(measures), milder}) {
    const Equilibrium base = solve(with_fixed_factor_prices(data, reference));
    const PassThrough changes =
        measure_pass_through(now.benchmark(), prices, measures.zones, now.outcome, reference.zones, base.outcome);
    for (int node = 0; node < data.node_count(); ++node) {
      if (base.outcome.composite_price[node] == 0) continue;
      EXPECT_NEAR(changes.equilibrium[node], changes.leontief[node], 1e-7) << data.node_label(node);
      largest = std::max(largest, std::abs(changes.leontief[node]));
    }
  }
  EXPECT_GT(largest, 0.1);  // per cent: there was something to compare
}

INSTANTIATE_TEST_SUITE_P(Seeds, Limits, ::testing::Range(1u, 7u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

}  // namespace
}  // namespace levee::testing
