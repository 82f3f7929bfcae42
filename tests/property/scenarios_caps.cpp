// Caps, linked markets and channels of leakage: on random worlds what must always hold, on the default study the
// answers of an independent implementation of the same description, written without sight of this program.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "scenarios/equilibrium.hpp"
#include "scenarios/leakage_channels.hpp"
#include "scenarios/study_runner.hpp"
#include "solver/gradient_check.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {
namespace {

constexpr double same = 1e-7;

levee::Equilibrium find(const Dataset& data, const Measures& measures, std::vector<FixedValue> numeraire = {}) {
  RegionalModel model = make_regional_model(Equation::benchmark_of(data), {}, measures.zones, measures.policy);
  if (!numeraire.empty()) model.numeraire = std::move(numeraire);
  levee::Equilibrium found =
      find_equilibrium(std::make_shared<const RegionalModel>(std::move(model)), {.tolerance = solve_tolerance});
  EXPECT_TRUE(found.solved()) << found.solution.message;
  EXPECT_LE(found.replication, 1e-9) << found.worst_replication;
  EXPECT_LE(found.walras, 1e-8);
  return found;
}

Figures figures_of(const levee::Equilibrium& found) { return {*found.outcome, *found.model}; }

double under_cap(const levee::Equilibrium& found, const CarbonZone& zone, bool world = false) {
  return emissions_under_cap(zone, world, *found.outcome, *found.model->benchmark);
}

class CapsOnWorlds : public ::testing::TestWithParam<unsigned> {
 protected:
  const Dataset data_ = RandomWorld(GetParam()).make();
  const Measures priced_ = all_measures(data_);
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, fmt::format("random world of seed {}", GetParam())};

  /// The same measures, each zone's price replaced by a cap at what it emits at that price.
  Measures capped(const levee::Equilibrium& at_price) const {
    Measures measures = priced_;
    for (std::size_t z = 0; z < measures.zones.size(); ++z) {
      measures.policy.zones[z].carbon_price = 0;
      measures.policy.zones[z].cap = EmissionCap{under_cap(at_price, measures.zones[z]), false};
    }
    return measures;
  }
};

TEST_P(CapsOnWorlds, ACapAtThePricesEmissionsGivesThePriceBack) {
  const levee::Equilibrium at_price = find(data_, priced_);
  const Measures measures = capped(at_price);
  const levee::Equilibrium under = find(data_, measures);
  for (std::size_t z = 0; z < measures.zones.size(); ++z) {
    EXPECT_NEAR(under.outcome->carbon_price[z] / priced_.policy.zones[z].carbon_price, 1, same);
    EXPECT_NEAR(under_cap(under, measures.zones[z]) / measures.policy.zones[z].cap->mt, 1, 1e-9);
  }
  expect_same(figures_of(at_price), figures_of(under), same, "cap");
}

TEST_P(CapsOnWorlds, ATargetForTheWorldGivesThePriceBack) {
  Measures measures = priced_;
  const levee::Equilibrium at_price = find(data_, measures);
  measures.policy.zones[0].carbon_price = 0;
  measures.policy.zones[0].cap = EmissionCap{under_cap(at_price, measures.zones[0], true), true};
  const levee::Equilibrium under = find(data_, measures);
  EXPECT_NEAR(under.outcome->carbon_price[0] / priced_.policy.zones[0].carbon_price, 1, 1e-5);
  EXPECT_NEAR(under_cap(under, measures.zones[0], true) / measures.policy.zones[0].cap->mt, 1, 1e-9);
}

TEST_P(CapsOnWorlds, ASlackCapHasNoPriceAndChangesNothing) {
  Measures measures = priced_;
  for (std::size_t z = 0; z < measures.zones.size(); ++z) {
    measures.policy.zones[z].carbon_price = 0;
    measures.policy.zones[z].cap = EmissionCap{1e9, false};
  }
  const levee::Equilibrium slack = find(data_, measures);
  const levee::Equilibrium nothing = find(data_, without_prices(priced_));
  for (const double price : slack.outcome->carbon_price) EXPECT_EQ(price, 0);
  for (int n = 0; n < data_.node_count(); ++n)
    EXPECT_NEAR(slack.outcome->output[n], nothing.outcome->output[n], 1e-9 * (1 + nothing.outcome->output[n]));
}

TEST_P(CapsOnWorlds, AnotherNumeraireChangesNoFigureUnderACap) {
  const Measures measures = capped(find(data_, priced_));
  const levee::Equilibrium base = find(data_, measures);
  const RegionalModel& model = *base.model;
  const levee::Equilibrium other = find(data_, measures, {{{ReferenceKind::price, model.capital.back()}, 1.0}});
  expect_same(figures_of(base), figures_of(other), same, "capital as numeraire");
}

TEST_P(CapsOnWorlds, LinkedZonesSharePriceAndCap) {
  Measures measures = capped(find(data_, priced_));
  measures.zones[0].stressors = measures.zones[1].stressors;
  const levee::Equilibrium at_price = find(data_, [&] {
    Measures prices = priced_;
    prices.zones = measures.zones;
    return prices;
  }());
  double cap = 0;
  for (std::size_t z = 0; z < measures.zones.size(); ++z) {
    measures.policy.zones[z].cap->mt = under_cap(at_price, measures.zones[z]);
    cap += measures.policy.zones[z].cap->mt;
  }
  measures.policy.links = {{0, 1}};
  const levee::Equilibrium linked = find(data_, measures);
  const Outcome& outcome = *linked.outcome;
  const double nominal = outcome.carbon_price[0] * outcome.zone_index[0];
  EXPECT_NEAR(outcome.carbon_price[1] * outcome.zone_index[1] / nominal, 1, 1e-9);
  EXPECT_GT(nominal, 0);
  EXPECT_NEAR((under_cap(linked, measures.zones[0]) + under_cap(linked, measures.zones[1])) / cap, 1, 1e-9);
  double sales = 0;
  for (int z = 0; z < 2; ++z) {
    const double unused = measures.policy.zones[z].cap->mt - under_cap(linked, measures.zones[z]);
    EXPECT_NEAR(outcome.allowance_sales[z], unused * nominal * 1e6 / data_.money_unit,
                1e-6 * (1 + std::abs(outcome.allowance_sales[z])));
    sales += outcome.allowance_sales[z];
  }
  EXPECT_NEAR(sales, 0, 1e-6);
  // the zone with the lower price sells
  EXPECT_GT(outcome.allowance_sales[1], 0);
  for (int r = 0; r < data_.region_count(); ++r)
    EXPECT_NEAR(outcome.expenditure[r], outcome.budget[r].total(), 1e-9 * std::abs(outcome.expenditure[r]));
}

TEST_P(CapsOnWorlds, DerivativesUnderCapsAreRight) {
  Measures measures = capped(find(data_, priced_));
  measures.policy.zones[0].cap->world = true;
  const Equation equation(data_, measures);
  const EconomySystem system = equation.system();
  EconomyState state = system.state(system.start());
  for (const auto& [auxiliary, price] : equation.model->likely_price) state.auxiliaries[auxiliary] = 20;
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> shift(0, 0.1);
  std::vector<double> x = system.point(state);
  for (double& value : x) value += shift(random);
  const GradientReport report = check_gradient(system.equations(), x);
  EXPECT_TRUE(report.passed) << report.text();
}

TEST_P(CapsOnWorlds, ChannelsAddUpAndHeldPricesHold) {
  const levee::Equilibrium base = find(data_, without_prices(priced_));
  const Measures measures = capped(find(data_, priced_));
  const levee::Equilibrium full = find(data_, measures);
  const LeakageChannels channels =
      find_channels(full, *base.outcome, {}, measures.zones, measures.policy, 0, {.tolerance = solve_tolerance});
  ASSERT_TRUE(channels.solved()) << channels.problem;
  const Leakage leakage = measure_leakage(*full.model->benchmark, measures.zones[0], *full.outcome, *base.outcome);
  EXPECT_NEAR(channels.energy + channels.competitiveness + channels.income, *leakage.rate, 1e-9);
  ASSERT_EQ(channels.runs.size(), 3U);

  const ChannelExperiment hold{.zone = 0, .neutral_border = false, .fuel_price = base.outcome->price};
  const auto model = std::make_shared<const RegionalModel>(
      make_regional_model(full.model->benchmark, {}, measures.zones, measures.policy, hold));
  if (model->held_resources.empty()) {  // no extraction outside: nothing to hold
    EXPECT_NEAR(channels.energy, 0, 1e-9);
  }
  const levee::Equilibrium held = find_equilibrium(model, {.tolerance = solve_tolerance}, &full);
  ASSERT_TRUE(held.solved());
  for (const auto& [node, auxiliary] : model->held_resources)
    EXPECT_NEAR(held.outcome->price[node], base.outcome->price[node], 1e-9) << data_.node_label(node);
  for (int r = 0; r < data_.region_count(); ++r)
    EXPECT_NEAR(held.outcome->expenditure[r], held.outcome->budget[r].total(), 1e-9 * held.outcome->expenditure[r]);
}

INSTANTIATE_TEST_SUITE_P(Seeds, CapsOnWorlds, ::testing::Range(1u, 7u),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

/// Answers of the independent implementation: carbon price, covered and world emissions in Mt, leakage rate, equivalent
/// variation in per cent, channels. Under a target for the world its counterfactual runs hold that target where ours
/// hold the zone's emissions, so no channels are compared there.
struct Answer {
  const char* scenario;
  double price, covered, world, leakage, ev_eur, ev_world, energy, competitiveness;
};
constexpr double not_compared = 1e9;
const std::vector<Answer> answers = {
    {"ets_only", 100, 1206.6690357050784, 34575.08661874455, 0.2230878924309419, -0.16362841087216307,
     -0.056714235735258134, 0.1262577658677776, 0.12379236131979357},
    {"free_allocation", 100, 1249.9997051987377, 34559.887767240616, 0.09434422159070273, -0.1657139011573716,
     -0.05226630708502821, 0.1565167241675438, -0.0036064459198114837},
    {"cbam_full", 100, 1236.253098424345, 34499.74584100964, 0.03731671435138219, -0.14542194022366672,
     -0.059973893465970665, 0.145891640398911, -0.08006611855712564},
    {"free_allocation_cap", 116.15751354484144, 1206.6690357060306, 34521.46015773058, 0.09155631209709475,
     -0.21589435069307994, -0.064230061940719, 0.1578990249127777, -0.007671262613657786},
    {"cbam_direct_cap", 104.61956113335688, 1206.669035705384, 34509.665982684564, 0.10585980189631357,
     -0.15305039551195554, -0.06452935501124338, 0.13902580729565814, -0.0054169510407055255},
    {"cbam_full_cap", 110.17471581747976, 1206.6690357056978, 34471.80412566278, 0.038864510492002506,
     -0.17685288682214306, -0.0684828852034468, 0.14603664696846286, -0.07942921700177492},
    {"cbam_law_cap", 109.8275686144282, 1206.669035705632, 34520.89822315055, 0.09295229831972256, -0.1937296853245618,
     -0.06684533224472103, 0.14551315630532027, -0.0218206946338847},
    {"cbam_indirect_world", 81.07841458115743, 1284.1419497460774, 34575.08661874513, 0.09673102792314887,
     -0.0795543810695909, -0.046101349604432865, not_compared, not_compared},
    {"cbam_full_world", 76.07397193809713, 1315.8335012218192, 34575.08661874334, 0.03343464881184531,
     -0.07771367292102038, -0.04076696907936578, not_compared, not_compared}};

TEST(IndependentCaps, TheDefaultStudyAgrees) {
  RunOptions options;
  for (const Answer& answer : answers) options.only.push_back(answer.scenario);
  options.channels = true;
  const auto study = std::make_shared<const Study>(default_study());
  const StudyResult run = run_study(study, options);
  constexpr double agreement = 1e-8;
  for (const Answer& answer : answers) {
    SCOPED_TRACE(answer.scenario);
    const auto found = std::find_if(run.results.begin(), run.results.end(), [&](const ScenarioResult& result) {
      return study->scenarios[result.scenario].name == answer.scenario;
    });
    ASSERT_NE(found, run.results.end());
    ASSERT_TRUE(found->solved()) << found->solution.message;
    const CarbonZone& zone = study->scenarios[found->scenario].zones[0];
    const Outcome& base = *run.find(study->reference_of(found->scenario))->outcome;
    const Leakage leakage = measure_leakage(*found->model->benchmark, zone, *found->outcome, base);
    EXPECT_NEAR(found->outcome->carbon_price[0] / answer.price, 1, agreement);
    EXPECT_NEAR(under_cap(*found, zone) / answer.covered, 1, agreement);
    EXPECT_NEAR(under_cap(*found, zone, true) / answer.world, 1, agreement);
    EXPECT_NEAR(*leakage.rate, answer.leakage, agreement);
    const int eur = study->dataset->region_index("EUR");
    EXPECT_NEAR(100 * (found->outcome->utility[eur] - 1), answer.ev_eur, 100 * agreement);
    double gain = 0;
    for (int r = 0; r < study->dataset->region_count(); ++r)
      gain += (found->outcome->utility[r] - 1) * base.expenditure[r];
    EXPECT_NEAR(100 * gain / base.expenditure.sum(), answer.ev_world, 100 * agreement);
    ASSERT_TRUE(found->channels.at(0) && found->channels[0]->solved());
    const LeakageChannels& channels = *found->channels[0];
    EXPECT_NEAR(channels.energy + channels.competitiveness + channels.income, *leakage.rate, 1e-9);
    if (answer.energy == not_compared) continue;
    EXPECT_NEAR(channels.energy, answer.energy, agreement);
    EXPECT_NEAR(channels.competitiveness, answer.competitiveness, agreement);
    EXPECT_EQ(channels.runs.front().free_fuels, (std::vector<std::string>{"GAS in TUR", "GAS in JKT"}));
  }
}

}  // namespace
}  // namespace levee::testing
