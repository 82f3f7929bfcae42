// The study's answers against an independent implementation: the model was programmed a second time, in another
// language (Python, Newton's method, 652 unknowns) and by someone who had only its description. The figures below are
// that program's, not levee's. Both solve to residuals below 1e-10; the tolerance leaves that times the condition of
// the equations.
#include <gtest/gtest.h>

#include <ostream>

#include "scenarios/leakage.hpp"
#include "tests/property/calibration_accounts.hpp"

namespace levee::testing {
namespace {

constexpr double agreement = 1e-8;

struct Published {
  const char* scenario;
  double leakage_rate;
  double ev_percent_eur, ev_percent_world;
  double emissions_eur, emissions_world;          ///< Mt
  double cbam_revenue, rebates, net_ets_revenue;  ///< million USD
};

void PrintTo(const Published& published, std::ostream* out) { *out << published.scenario; }

const std::vector<Published> scenarios = {
    {"ets_only", 0.2230878924309419, -0.16362841087216307, -0.05671423573524459, 2922.8804109338303, 34575.08661874455,
     0, 0, 120756.82901512273},
    {"free_allocation", 0.09434422159070273, -0.1657139011573716, -0.05226630708504709, 2986.295589944303,
     34559.887767240616, 0, 0, 55525.862640256644},
    {"cbam_direct", 0.10563039619996797, -0.13896884713532343, -0.060669941017921225, 2937.6966380624444,
     34522.07376047407, 7568.391799852309, 0, 122193.61679729416},
    {"cbam_indirect", 0.09792261134237804, -0.13334140054189758, -0.06175847248984789, 2939.0094505115653,
     34519.023846445736, 9177.252896744174, 0, 122327.30968653027},
    {"cbam_full", 0.03731671435138219, -0.14542194022366672, -0.05997389346595883, 2953.485135754311, 34499.74584100964,
     9232.359563608708, 4481.491501092623, 123831.66325320619},
    {"cbam_law", 0.09293110318012454, -0.16202987760690624, -0.058877286817604624, 2970.444446274776, 34544.8020854929,
     7677.836888995512, 0, 79543.34708799563}};

/// Benchmark and solution of a scenario, once a process.
struct Answer {
  Measures measures;
  Equilibrium now;
  Outcome base;

  explicit Answer(const std::string& scenario, const std::vector<ParameterChange>& changes = {})
      : measures(measures_of(scenario)), now(solve(Equation(calibrated(changes), measures))) {
    const EconomySystem system = now.equation.system(0);
    base = read_outcome(*now.equation.model, system, system.start());
  }
  static std::shared_ptr<const Benchmark> calibrated(const std::vector<ParameterChange>& changes) {
    return std::make_shared<const Benchmark>(make_benchmark(apply_parameters(default_study().dataset, changes)));
  }
  double leakage_rate() const {
    return measure_leakage(now.benchmark(), measures.zones[0], now.outcome, base).rate.value();
  }
  double emissions(int region) const { return now.outcome.region_emissions(0, region, now.data()); }
  double booked(Instrument instrument) const {
    double sum = 0;
    for (const Outcome::Charge& charge : now.outcome.charges) {
      if (charge.booked.instrument == instrument) sum += charge.revenue;
    }
    return sum;
  }
};

class Independent : public ::testing::TestWithParam<Published> {};

TEST_P(Independent, ScenarioAgrees) {
  const Published& expected = GetParam();
  const Answer answer(expected.scenario);
  const Dataset& data = answer.now.data();
  const int eur = data.region_index("EUR");
  EXPECT_NEAR(answer.leakage_rate(), expected.leakage_rate, agreement);
  EXPECT_NEAR(100 * (answer.now.outcome.utility[eur] - 1), expected.ev_percent_eur, 100 * agreement);
  double gain = 0, world = 0;
  for (int r = 0; r < data.region_count(); ++r) {
    gain += (answer.now.outcome.utility[r] - 1) * answer.base.expenditure[r];
    world += answer.emissions(r);
  }
  EXPECT_NEAR(100 * gain / answer.base.expenditure.sum(), expected.ev_percent_world, 100 * agreement);
  EXPECT_NEAR(answer.emissions(eur) / expected.emissions_eur, 1, agreement);
  EXPECT_NEAR(world / expected.emissions_world, 1, agreement);
  const double net = answer.booked(Instrument::carbon_price) + answer.booked(Instrument::free_allocation);
  EXPECT_NEAR(net / expected.net_ets_revenue, 1, agreement);
  EXPECT_NEAR(answer.booked(Instrument::border_charge), expected.cbam_revenue, agreement * expected.net_ets_revenue);
  EXPECT_NEAR(answer.booked(Instrument::export_rebate), -expected.rebates, agreement * expected.net_ets_revenue);
  Accounts(answer.now, answer.measures).check();
}

INSTANTIATE_TEST_SUITE_P(Study, Independent, ::testing::ValuesIn(scenarios),
                         [](const auto& parameter) { return std::string(parameter.param.scenario); });

struct Swept {
  const char* name;
  std::vector<std::string> parameters;
  double factor, leakage_rate, ev_percent_eur;
};

void PrintTo(const Swept& swept, std::ostream* out) { *out << swept.name; }

class IndependentSensitivity : public ::testing::TestWithParam<Swept> {};

TEST_P(IndependentSensitivity, EtsOnlyAgrees) {
  std::vector<ParameterChange> changes;
  for (const std::string& parameter : GetParam().parameters)
    changes.push_back({parameter, {}, {}, GetParam().factor, true});
  const Answer answer("ets_only", changes);
  EXPECT_NEAR(answer.leakage_rate(), GetParam().leakage_rate, agreement);
  const int eur = answer.now.data().region_index("EUR");
  EXPECT_NEAR(100 * (answer.now.outcome.utility[eur] - 1), GetParam().ev_percent_eur, 100 * agreement);
}

const std::vector<std::string> armington = {"armington_domestic_import", "armington_origins"};
const std::vector<Swept> sweeps = {
    {"armington_half", armington, 0.5, 0.15507060307505469, -0.029363860227327176},
    {"armington_double", armington, 2, 0.33855424571933485, -0.2419338816717853},
    {"fossil_supply_half", {"fossil_supply"}, 0.5, 0.29006814733354835, -0.14907453185631914},
    {"fossil_supply_double", {"fossil_supply"}, 2, 0.17779448039733436, -0.17729392626114615}};

INSTANTIATE_TEST_SUITE_P(Study, IndependentSensitivity, ::testing::ValuesIn(sweeps),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace levee::testing
