// The invariants of the model on the default dataset, 12 regions and 20 sectors.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "scenarios/leakage.hpp"
#include "solver/gradient_check.hpp"
#include "tests/property/calibration_accounts.hpp"

namespace levee::testing {
namespace {

const Dataset& dataset() { return *default_study().dataset; }

/// Solved to 1e-12 of each row's size; the worst conditioned figures are trade flows with elasticities of 30.
constexpr double same = 1e-8;

/// The study's full border adjustment, and a second zone whose lower price is paid at the origin.
Measures two_zones() {
  Measures measures = measures_of("cbam_full");
  const int china = dataset().region_index("CHN"), others = dataset().region_index("JKT");
  measures.zones.push_back(zone_of(dataset(), "ASIA", {china, others}, {"ELEC", "STEEL", "CEM"}));
  ZonePolicy asia = price_only(dataset(), 30);
  asia.allocation_share[dataset().sector_index("CEM")] = 0.5;
  charge(dataset(), asia, {{"STEEL", IntensityScope::direct_precursors}});
  asia.border.rebate = ExportRebate::benchmark;
  measures.policy.zones.push_back(asia);
  return measures;
}

TEST(DefaultDataset, ReplicatesAndAZeroShockStaysThere) {
  const Equation equation(dataset(), two_zones());
  const EconomySystem system = equation.system(0);
  std::string worst;
  EXPECT_LE(system.replication_error(system.start(), &worst), 1e-9) << worst;
  std::vector<double> start = system.start();
  for (double& value : start) value += 0.01;
  const Solution solution = solve_with_ipopt(system.equations(), start, {.tolerance = solve_tolerance});
  ASSERT_EQ(solution.status, SolveStatus::solved) << solution.message;
  const Figures at_benchmark(read_outcome(*equation.model, system, system.start()), *equation.model);
  expect_same(at_benchmark, Figures(read_outcome(*equation.model, system, solution.x), *equation.model), same,
              "zero shock");
}

TEST(DefaultDataset, AccountsHoldWithTwoZones) {
  const Measures measures = two_zones();
  Accounts(solve(dataset(), measures), measures).check();
}

TEST(DefaultDataset, NumeraireAndStartAreIrrelevant) {
  Equation equation(dataset(), two_zones());
  const Equilibrium base = solve(equation);
  const Figures expected = figures(base);
  const RegionalModel& model = *equation.model;
  const int russian_steel = model.good[dataset().node(dataset().region_index("RUS"), dataset().sector_index("STEEL"))];
  for (const FixedValue& numeraire : {FixedValue{{ReferenceKind::price, model.labour.front()}, 2.5},
                                      FixedValue{{ReferenceKind::price, model.capital.back()}, 1},
                                      FixedValue{{ReferenceKind::price, russian_steel}, 1}}) {
    equation.numeraire = {numeraire};
    const Equilibrium other = solve(equation);
    expect_same(expected, figures(other), same, "numeraire");
    EXPECT_LE(walras(other), 1e-8);
  }
  std::mt19937 random(1);
  std::uniform_real_distribution<double> factor(0.99, 1.01);
  EconomyState state = base.system.state(base.system.start());
  for (auto* values : {&state.prices, &state.levels, &state.incomes}) {
    for (double& value : *values) value *= factor(random);
  }
  expect_same(expected, figures(solve(base.equation, base.system.point(state))), same, "perturbed start");
}

TEST(DefaultDataset, OrderIsIrrelevantAndRegionsCanBeSplit) {
  const Measures measures = two_zones();
  const Figures expected = figures(solve(dataset(), measures));
  const Reordering order(dataset(), 7);
  expect_same(expected, figures(solve(reordered(dataset(), order), reordered(measures, order))), same, "reordered");
  const Split split(dataset(), dataset().region_index("EUR"));
  const Equilibrium halves = solve(split.dataset(), split.measures(measures));
  const auto name = [&](int r) {
    return dataset().regions[static_cast<std::size_t>(split.was()[static_cast<std::size_t>(r)])].code;
  };
  expect_same(expected, figures(halves, name), same, "split");
}

TEST(DefaultDataset, DerivativesAreRight) {
  const Equation equation(dataset(), two_zones());
  const EconomySystem system = equation.system();
  std::mt19937 random(3);
  std::uniform_real_distribution<double> shift(-0.05, 0.05);
  std::vector<double> x = system.start();
  for (double& value : x) value += shift(random);
  const GradientReport report = check_gradient(system.equations(), x);
  EXPECT_TRUE(report.passed) << report.text();
}

/// Composites', labour's and capital's prices held at 1, extracted goods' prices at `price`: how much each extraction
/// makes.
std::vector<double> extraction_at(const Equation& benchmark, double price) {
  const RegionalModel& model = *benchmark.model;
  Equation equation = benchmark;
  equation.numeraire.clear();
  std::vector<int> activities;
  for (int c = 0; c < static_cast<int>(model.economy->commodities.size()); ++c) {
    equation.numeraire.push_back({{ReferenceKind::price, c}, 1});
  }
  std::vector<char> is_extraction(model.economy->activities.size(), 0);
  for (int n = 0; n < dataset().node_count(); ++n) {
    if (std::isnan(dataset().parameters.supply_elasticity[n]) || model.production[n] < 0 || model.resource[n] < 0)
      continue;
    equation.numeraire[static_cast<std::size_t>(model.good[n])].value = price;
    equation.numeraire[static_cast<std::size_t>(model.resource[n])].what.index = -1;
    is_extraction[static_cast<std::size_t>(model.production[n])] = 1;
    activities.push_back(model.production[n]);
  }
  std::erase_if(equation.numeraire, [](const FixedValue& fixed) { return fixed.what.index < 0; });
  for (std::size_t a = 0; a < is_extraction.size(); ++a) {
    if (!is_extraction[a]) equation.numeraire.push_back({{ReferenceKind::level, static_cast<int>(a)}, 1});
  }
  const EconomySystem system = equation.system();
  const Solution solution = solve_with_ipopt(system.equations(), system.start(), {.tolerance = solve_tolerance});
  EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
  std::vector<double> levels;
  for (const int activity : activities)
    levels.push_back(system.state(solution.x).levels[static_cast<std::size_t>(activity)]);
  return levels;
}

TEST(DefaultDataset, ExtractionRespondsToItsPriceWithTheGivenElasticity) {
  const Equation equation(dataset(), measures_of("reference"));
  const double h = 1e-4;
  const std::vector<double> up = extraction_at(equation, std::exp(h)), down = extraction_at(equation, std::exp(-h));
  std::size_t k = 0;
  for (int n = 0; n < dataset().node_count(); ++n) {
    if (std::isnan(dataset().parameters.supply_elasticity[n]) || equation.model->production[n] < 0 ||
        equation.model->resource[n] < 0)
      continue;
    const double response = std::log(up.at(k) / down.at(k)) / (2 * h);
    // central differences leave h^2 times a third derivative, which grows with (elasticity / resource share)^2
    EXPECT_NEAR(response / dataset().parameters.supply_elasticity[n], 1, 1e-5) << dataset().node_label(n);
    ++k;
  }
  EXPECT_EQ(k, up.size());
  EXPECT_GT(k, 20u);
}

/// With prices at `share` of the policy's: the world's equivalent variation and the zone's covered emissions.
std::pair<double, double> loss_and_emissions(const Equation& equation, const CarbonZone& zone, double share) {
  const EconomySystem system = equation.system(share);
  const Solution solution =
      solve_with_ipopt(system.equations(), equation.system(0).start(), {.tolerance = solve_tolerance});
  EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
  const Outcome outcome = read_outcome(*equation.model, system, solution.x);
  double loss = 0, covered = 0;
  for (Eigen::Index r = 0; r < outcome.utility.size(); ++r) {
    loss += outcome.expenditure[r] / outcome.utility[r] * (1 - outcome.utility[r]);
  }
  for (const Outcome::Emission& emission : outcome.emissions) {
    if (is_covered(zone, emission, *equation.model->benchmark)) covered += emission.mt;
  }
  return {loss, covered};
}

TEST(DefaultDataset, WorldWelfareLossIsCloseToTheAreaUnderTheAbatementCostCurve) {
  const Measures measures = measures_of("ets_only");
  const Equation equation(dataset(), measures);
  const double price = measures.policy.zones[0].carbon_price;
  // the area is price x abatement - integral of abatement over prices, by Simpson's rule over four steps
  const std::vector<double> weights = {1, 4, 2, 4, 1};
  std::vector<double> emissions;
  double loss = 0;
  for (int k = 0; k <= 4; ++k) {
    const auto [now, covered] = loss_and_emissions(equation, measures.zones[0], k / 4.0);
    emissions.push_back(covered);
    loss = now;
  }
  double integral = 0;
  for (std::size_t k = 0; k < weights.size(); ++k)
    integral += weights[k] * (emissions.front() - emissions[k]) * price / 12;
  const double area = price * (emissions.front() - emissions.back()) - integral;
  ::testing::Test::RecordProperty("loss_over_area", fmt::format("{:.4f}", loss / area));
  // Tariffs, terms of trade between households whose costs of living move apart, and inventories are not in the area.
  // Tariffs are a few percent of what crosses borders where the carbon price is a third of the price of power: a tenth
  // of the area.
  EXPECT_GT(area, 0);
  EXPECT_NEAR(loss / area, 1, 0.1);
}

TEST(DefaultDataset, MarginalWelfareIsTheSumOfWedgesTimesQuantities) {
  const MarginalWelfare sum = marginal_welfare(Equation(dataset(), two_zones()), 1e-3);
  EXPECT_NEAR(sum.gains, sum.wedges, 2e-5 * sum.size);  // central differences: (1e-3)^2, relative
}

}  // namespace
}  // namespace levee::testing
