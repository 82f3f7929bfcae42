// Newton and Ipopt solve the same equations: section 6 of the model's description asks for agreement to 1e-7 in
// logarithms of flows above 1e-8 of world output.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "data/generated_world.hpp"
#include "scenarios/equilibrium.hpp"
#include "scenarios/study_runner.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

void expect_same_flows(const Outcome& a, const Outcome& b) {
  const double smallest = 1e-8 * a.output.sum();
  const auto compare = [&](double x, double y, const char* what, Eigen::Index k) {
    if (x <= smallest) return;
    EXPECT_NEAR(std::log(y / x), 0, 1e-7) << what << ' ' << k;
  };
  for (Eigen::Index n = 0; n < a.output.size(); ++n) compare(a.output[n], b.output[n], "output", n);
  for (Eigen::Index n = 0; n < a.trade.size(); ++n) compare(a.trade.data()[n], b.trade.data()[n], "trade", n);
  for (Eigen::Index n = 0; n < a.consumption.size(); ++n)
    compare(a.consumption.data()[n], b.consumption.data()[n], "consumption", n);
  for (Eigen::Index n = 0; n < a.price.size(); ++n) EXPECT_NEAR(a.price[n], b.price[n], 1e-7) << "price " << n;
}

class NewtonOnWorlds : public ::testing::TestWithParam<unsigned> {};

TEST_P(NewtonOnWorlds, AgreesWithIpopt) {
  SCOPED_TRACE(fmt::format("random world of seed {}", GetParam()));
  const Dataset data = RandomWorld(GetParam()).make();
  Measures measures = all_measures(data);
  const auto find = [&](Backend backend) {
    const auto model = std::make_shared<const RegionalModel>(
        make_regional_model(Equation::benchmark_of(data), {}, measures.zones, measures.policy));
    levee::Equilibrium found = find_equilibrium(model, {.backend = backend, .tolerance = solve_tolerance});
    EXPECT_TRUE(found.solved()) << found.solution.message;
    EXPECT_LE(found.walras, 1e-8);
    return found;
  };
  const levee::Equilibrium ipopt = find(Backend::ipopt), newton = find(Backend::newton);
  EXPECT_EQ(newton.solution.backend, "newton");
  expect_same_flows(*ipopt.outcome, *newton.outcome);
  // and under caps, one of them slack
  for (std::size_t z = 0; z < measures.zones.size(); ++z) {
    const double mt = emissions_under_cap(measures.zones[z], false, *ipopt.outcome, *ipopt.model->benchmark);
    measures.policy.zones[z].carbon_price = 0;
    measures.policy.zones[z].cap = EmissionCap{z == 0 ? 0.95 * mt : 10 * mt, false};
  }
  expect_same_flows(*find(Backend::ipopt).outcome, *find(Backend::newton).outcome);
}

INSTANTIATE_TEST_SUITE_P(Seeds, NewtonOnWorlds, ::testing::Range(1u, 11u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

TEST(Newton, AgreesWithIpoptOnTheDefaultStudy) {
  RunOptions options;
  options.only = {"cbam_full", "cbam_indirect_cap", "cbam_law_world"};
  options.channels = false;
  const auto study = std::make_shared<const Study>(default_study());
  const StudyResult ipopt = run_study(study, options);
  options.solver.backend = Backend::newton;
  const StudyResult newton = run_study(study, options);
  ASSERT_EQ(ipopt.results.size(), newton.results.size());
  for (std::size_t k = 0; k < ipopt.results.size(); ++k) {
    const ScenarioResult& a = ipopt.results[k];
    const ScenarioResult& b = newton.results[k];
    SCOPED_TRACE(study->scenarios[a.scenario].name);
    ASSERT_TRUE(a.solved() && b.solved()) << b.solution.message;
    EXPECT_EQ(b.solution.homotopy_steps, 0);
    expect_same_flows(*a.outcome, *b.outcome);
  }
}

/// A scenario of the study that a generated world comes with.
std::shared_ptr<const RegionalModel> generated_model(int regions, int sectors) {
  WorldOptions options;
  options.regions = regions;
  options.sectors = sectors;
  const GeneratedWorld world = generate_world(options);
  const Dataset& data = world.dataset;
  CarbonZone zone{"Z", world.zone_regions, std::vector<char>(data.sectors.size(), 0), {"CO2"}};
  Policy policy;
  policy.zones.push_back(no_policy(data.sector_count(), data.region_count()));
  ZonePolicy& measures = policy.zones[0];
  measures.carbon_price = 100;
  measures.border.active = true;
  for (int i = 0; i < data.sector_count(); ++i) {
    zone.sectors[i] = data.in_group(i, "cbam") || i == data.electricity;
    if (data.in_group(i, "cbam")) measures.border.scope[i] = IntensityScope::direct_electricity;
  }
  const auto benchmark =
      std::make_shared<const Benchmark>(make_benchmark(std::make_shared<const Dataset>(world.dataset)));
  return std::make_shared<const RegionalModel>(make_regional_model(benchmark, {}, {zone}, policy));
}

TEST(Newton, AgreesWithIpoptOnTwentyRegionsAndSectors) {
  const auto model = generated_model(20, 20);
  const levee::Equilibrium newton = find_equilibrium(model, {.backend = Backend::newton, .verify = true});
  ASSERT_TRUE(newton.solved()) << newton.solution.message;
  EXPECT_TRUE(newton.solution.verification->agreed);
  EXPECT_EQ(newton.solution.linear, "GMRES with 20 blocks");
  const levee::Equilibrium ipopt = find_equilibrium(model, {.backend = Backend::ipopt});
  ASSERT_TRUE(ipopt.solved()) << ipopt.solution.message;
  expect_same_flows(*ipopt.outcome, *newton.outcome);
}

TEST(Newton, AnswersDoNotDependOnThreads) {
  const auto model = generated_model(12, 20);
  const auto answer = [&](int threads) {
    const levee::Equilibrium found = find_equilibrium(model, {.backend = Backend::newton, .threads = threads});
    EXPECT_TRUE(found.solved()) << found.solution.message;
    return found.solution.x;
  };
  EXPECT_EQ(answer(1), answer(3));
}

TEST(Newton, DirectFactorsAndKrylovIterationsAgree) {
  const auto model = generated_model(6, 20);
  const auto answer = [&](LinearMethod method, const char* name) {
    const levee::Equilibrium found = find_equilibrium(model, {.backend = Backend::newton, .linear = method});
    EXPECT_TRUE(found.solved()) << found.solution.message;
    EXPECT_EQ(found.solution.linear, name);
    return *found.outcome;
  };
  expect_same_flows(answer(LinearMethod::direct, "sparse LU"), answer(LinearMethod::krylov, "GMRES with 6 blocks"));
}

}  // namespace
}  // namespace levee::testing
