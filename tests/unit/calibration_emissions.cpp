#include <gtest/gtest.h>

#include "calibration/benchmark.hpp"
#include "calibration/emission_account.hpp"
#include "data/dataset_reader.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

Benchmark benchmark_of(const Dataset& data) { return make_benchmark(std::make_shared<const Dataset>(data)); }

/// One region. Weighted purchases (COAL counts 2, GAS 1): FOOD 40, ELEC 60, SER 2, household 20; combustion in kt: FOOD
/// 40, ELEC 60, SER 30, household 20. The region's factor is 150 / 122 kt, SER's own is 15.
class Burning : public ::testing::Test {
 protected:
  static constexpr int COAL = 0, GAS = 1, FOOD = 2, ELEC = 3, SER = 4, homes = 5;

  Burning() : data_(blank_world({"A"}, {"COAL", "GAS", "FOOD", "ELEC", "SER"})) {
    data_.table.Z.dense()(COAL, FOOD) = 10;
    data_.table.Z.dense()(GAS, FOOD) = 20;
    data_.table.Z.dense()(COAL, ELEC) = 30;
    data_.table.Z.dense()(COAL, SER) = 1;
    final_demand(data_, GAS, 0, household) = 20;
    for (const int good : {FOOD, ELEC, SER}) final_demand(data_, good, 0, household) = 100;
    balance(data_);
    data_.parameters.fuel_weight << 2, 1, 0, 0, 0;
    data_.stressors[0].industry << 0, 0, 40, 60, 30;
    data_.stressors[0].household << 20;
  }

  const EmissionAccount& account() {
    benchmark_ = benchmark_of(data_);
    return benchmark_.emissions.at(0);
  }

  static constexpr double regional = 150e-3 / 122;
  Dataset data_;
  Benchmark benchmark_;
};

TEST_F(Burning, CombustionGoesWithWeightedFuelPurchases) {
  const EmissionAccount& co2 = account();
  ASSERT_EQ(co2.fuels, (std::vector<int>{COAL, GAS}));
  EXPECT_NEAR(co2.by_fuel(0, FOOD), 20e-3, 1e-15);
  EXPECT_NEAR(co2.by_fuel(1, FOOD), 20e-3, 1e-15);
  EXPECT_NEAR(co2.by_fuel(0, ELEC), 60e-3, 1e-15);
  EXPECT_NEAR(co2.by_fuel(1, homes), 20e-3, 1e-15);
  EXPECT_EQ(co2.unallocated[FOOD], 0);
}

TEST_F(Burning, ImpliedFactorsAreReportedBeforeTheLimit) {
  const EmissionAccount& co2 = account();
  EXPECT_NEAR(co2.regional_factor[0], regional, 1e-15);
  EXPECT_NEAR(co2.implied_factor[FOOD], 1e-3, 1e-15);
  EXPECT_NEAR(co2.implied_factor[SER], 15e-3, 1e-15);
  EXPECT_NEAR(co2.implied_factor[homes], 1e-3, 1e-15);
  EXPECT_EQ(co2.implied_factor[COAL], 0);
}

TEST_F(Burning, MoreThanThreeTimesTheRegionsFactorIsUnallocated) {
  const EmissionAccount& co2 = account();
  EXPECT_NEAR(co2.by_fuel(0, SER), 3 * regional * 2, 1e-15);
  EXPECT_NEAR(co2.unallocated[SER], 30e-3 - 3 * regional * 2, 1e-15);
  EXPECT_NEAR(co2.user_total(SER), 30e-3, 1e-15);
}

TEST_F(Burning, TheLimitHoldsForHouseholdsToo) {
  data_.stressors[0].household << 2000;
  const EmissionAccount& co2 = account();
  const double factor = 2130e-3 / 122;
  EXPECT_NEAR(co2.by_fuel(1, homes), 3 * factor * 20, 1e-12);
  EXPECT_NEAR(co2.unallocated[homes], 2000e-3 - 3 * factor * 20, 1e-12);
}

TEST_F(Burning, WhoBuysNoFuelHasAllUnallocated) {
  data_.stressors[0].industry[COAL] = 7;
  const EmissionAccount& co2 = account();
  EXPECT_EQ(co2.by_fuel.col(COAL).sum(), 0);
  EXPECT_NEAR(co2.unallocated[COAL], 7e-3, 1e-15);
}

TEST_F(Burning, ProcessEmissionsAreNoCombustion) {
  data_.stressors[0].industry[SER] = 32;
  data_.stressors[0].process[SER] = 30;
  const EmissionAccount& co2 = account();
  EXPECT_NEAR(co2.process[SER], 30e-3, 1e-15);
  EXPECT_NEAR(co2.implied_factor[SER], 1e-3, 1e-15);
  EXPECT_EQ(co2.unallocated[SER], 0);
  EXPECT_NEAR(co2.user_total(SER), 32e-3, 1e-15);
}

TEST_F(Burning, FeedstockCountsOnlyWhereItEmits) {
  data_.parameters.fuel_use = {{GAS, FOOD, 0.5, false}};
  EXPECT_NEAR(account().by_fuel(0, FOOD), 40e-3 * 20 / 30, 1e-15);
  EXPECT_NEAR(account().regional_factor[0], 150e-3 / 112, 1e-15);
  data_.parameters.fuel_use[0].emits = true;
  EXPECT_NEAR(account().by_fuel(0, FOOD), 20e-3, 1e-15);
}

TEST_F(Burning, OtherStressorsGoWithOutputAndConsumption) {
  data_.stressors.push_back(blank_stressor("CH4", 1, 5));
  data_.stressors[1].mt_per_unit = 1;
  data_.stressors[1].industry[FOOD] = 3;
  data_.stressors[1].household << 4;
  account();
  const EmissionAccount& methane = benchmark_.emissions.at(1);
  EXPECT_EQ(methane.stressor, "CH4");
  EXPECT_TRUE(methane.fuels.empty());
  EXPECT_EQ(methane.process[FOOD], 3);
  EXPECT_EQ(methane.unallocated[homes], 4);
}

TEST_F(Burning, EmissionsOfNodesWithoutOutputAreDroppedAndReported) {
  final_demand(data_, SER, 0, household) = 0;
  data_.stressors[0].process[SER] = 10;
  balance(data_);
  EXPECT_EQ(account().user_total(SER), 0);
  double reported = 0;
  for (const Treatment& treatment : benchmark_.treatments) {
    if (treatment.name == "CO2 of nodes without output, dropped") reported = treatment.value;
  }
  EXPECT_NEAR(reported, 30e-3, 1e-15);
}

void expect_exact_totals(const Dataset& data, const Benchmark& benchmark) {
  const int nodes = data.node_count();
  std::size_t next = 0;
  for (const Stressor& source : data.stressors) {
    if (source.mt_per_unit == 0) continue;  // no mass, or part of another: in no model
    ASSERT_LT(next, benchmark.emissions.size());
    const EmissionAccount& account = benchmark.emissions[next++];
    EXPECT_EQ(account.stressor, source.name);
    EXPECT_GE(account.by_fuel.size() > 0 ? account.by_fuel.minCoeff() : 0, 0);
    EXPECT_GE(account.unallocated.minCoeff(), 0);
    for (int user = 0; user < nodes + data.region_count(); ++user) {
      double total = user < nodes ? source.industry[user] : source.household[user - nodes];
      if (user < nodes && !benchmark.active[user]) total = 0;
      total *= source.mt_per_unit;
      EXPECT_NEAR(account.user_total(user), total, 1e-13 * (1 + total)) << source.name << " of user " << user;
    }
  }
  EXPECT_EQ(next, benchmark.emissions.size());
  // Only CO2 is looked for among the fuels, so only of it can something not be found there.
  for (const Treatment& treatment : benchmark.treatments) {
    if (treatment.name.find("without fuel purchases") == std::string::npos) continue;
    EXPECT_TRUE(treatment.name.starts_with("CO2 ")) << treatment.name;
  }
}

/// What the model's sources emit at the benchmark is what the accounts say.
void expect_sources_add_up(const Dataset& data) {
  const Equation equation(data, {});
  const EconomySystem system = equation.system(0);
  const Outcome outcome = read_outcome(*equation.model, system, system.start());
  const Benchmark& benchmark = *equation.model->benchmark;
  std::vector<Eigen::VectorXd> sums;
  for (const EmissionAccount& account : benchmark.emissions)
    sums.emplace_back(Eigen::VectorXd::Zero(account.unallocated.size()));
  for (const Outcome::Emission& emission : outcome.emissions) sums[emission.account][emission.user] += emission.mt;
  for (std::size_t a = 0; a < sums.size(); ++a) {
    for (Eigen::Index user = 0; user < sums[a].size(); ++user) {
      const double total = benchmark.emissions[a].user_total(static_cast<int>(user));
      EXPECT_NEAR(sums[a][user], total, 1e-12 * (1 + total)) << benchmark.emissions[a].stressor << " of user " << user;
    }
  }
}

TEST(CalibrationEmissions, TotalsAreExactInEveryWorld) {
  double unallocated = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(::testing::Message() << "random world of seed " << seed);
    const Dataset data = RandomWorld(seed).make();
    const Benchmark benchmark = benchmark_of(data);
    expect_exact_totals(data, benchmark);
    expect_sources_add_up(data);
    unallocated += benchmark.emissions[0].unallocated.sum();
  }
  EXPECT_GT(unallocated, 0);
}

TEST(CalibrationEmissions, TotalsAreExactInTheDefaultDataset) {
  const Dataset& data = *default_study().dataset;
  expect_exact_totals(data, benchmark_of(data));
  expect_sources_add_up(data);
}

}  // namespace
}  // namespace levee::testing
