// What holds of every plant and every method, on random ones.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "rules/allowance_comparison.hpp"

namespace levee {
namespace {

constexpr int first = 2020;
constexpr int last = 2030;

/// Draws of a seed that is printed with every failure.
class Draws {
 public:
  explicit Draws(unsigned seed) : engine_(seed) {}
  double between(double low, double high) { return std::uniform_real_distribution<double>(low, high)(engine_); }
  int whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }

 private:
  std::mt19937 engine_;
};

std::map<int, double> figures(Draws& draws, double low, double high) {
  std::map<int, double> result;
  for (int year = first; year <= last; ++year) result[year] = draws.between(low, high);
  return result;
}

AllowanceMethod method_of(const std::string& name, AllocationRule rule, Draws& draws) {
  AllowanceMethod method{name, std::move(rule), {}, {}};
  for (int year = first; year <= last; ++year) {
    method.benchmarks[year] = {draws.between(0.2, 2), "", "user"};
    method.share[year] = draws.between(0.1, 1);
  }
  return method;
}

struct World {
  std::map<int, double> output, intensity;
  AllowanceStudy study;
};

World random_world(unsigned seed) {
  Draws draws(seed);
  std::map<int, double> output = figures(draws, 50, 500), intensity = figures(draws, 0.1, 3);
  const std::vector<int> base{first, first + 1, first + 2};
  const auto path = [](const std::map<int, double>& by_year) { return YearPath::by_year(by_year, {}); };
  AllowanceStudy study{{path(output), path(intensity)}, {}, figures(draws, 5, 150), {}, draws.between(0, 0.2), {}};
  for (int year = 2024; year <= last; ++year) study.years.push_back(year);
  const IntensityBased intensity_based{path(figures(draws, 0.3, 2)), path(figures(draws, 0.05, 1)),
                                       path(figures(draws, 0.01, 0.2))};
  study.methods = {method_of("grandfathering", Grandfathering{base}, draws),
                   method_of("recent", Grandfathering{{2023, 2024}}, draws),
                   method_of("benchmark", ActivityBenchmark{base, {}}, draws),
                   method_of("adjusted", ActivityBenchmark{base, draws.between(0.05, 0.5)}, draws),
                   method_of("updating", OutputBased{draws.whole(0, 2), draws.whole(1, 2)}, draws),
                   method_of("intensity", intensity_based, draws)};
  return {std::move(output), std::move(intensity), std::move(study)};
}

/// The world's study with more output (by a share) or another intensity in one year.
AllowanceStudy moved(const World& world, int year, double more_output, double more_intensity) {
  auto output = world.output, intensity = world.intensity;
  output[year] += more_output;
  intensity[year] += more_intensity;
  AllowanceStudy study = world.study;
  study.plant = {YearPath::by_year(output, {}), YearPath::by_year(intensity, {})};
  return study;
}

/// Present cost at the year moved: what is spent before is not affected.
double cost_at(const AllowanceStudy& study, const AllowanceResult& result, int year) {
  return result.present_cost * std::pow(1 + study.discount_rate, year - study.years.front());
}

TEST(RandomPlants, ShortagesAddUpAndCostsFollowFromThem) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const World world = random_world(seed);
    for (const AllowanceResult& result : compare_allowances(world.study)) {
      SCOPED_TRACE(result.method);
      double cost = 0;
      for (const AllowanceYear& year : result.years) {
        EXPECT_NEAR(year.emissions - year.allowances, year.shortage, 1e-9);
        EXPECT_NEAR(year.cost, year.price * year.shortage, 1e-9);
        if (!std::isnan(year.unit_later)) {
          EXPECT_NEAR(year.unit_net, year.unit_carbon - year.unit_now - year.unit_later, 1e-9);
        }
        EXPECT_GE(year.allowances, 0);
        cost += year.cost;
      }
      EXPECT_NEAR(result.cost, cost, 1e-9 * (1 + std::abs(cost)));
      EXPECT_NEAR(result.shortage, result.emissions - result.allowances, 1e-9 * result.emissions);
    }
  }
}

TEST(RandomPlants, WhatATonneAndAUnitAreWorthIsHowTheCostOfThePathMoves) {
  constexpr double step = 1e-4;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const World world = random_world(seed);
    const auto at = compare_allowances(world.study);
    for (const int year : world.study.years) {
      // One unit more at the same intensity; a tonne less at the same output.
      const AllowanceStudy up = moved(world, year, step, 0), down = moved(world, year, -step, 0);
      const double tonnes = step * world.output.at(year);
      const AllowanceStudy dirtier = moved(world, year, 0, step), cleaner = moved(world, year, 0, -step);
      const auto ups = compare_allowances(up), downs = compare_allowances(down);
      const auto dirty = compare_allowances(dirtier), clean = compare_allowances(cleaner);
      for (std::size_t m = 0; m < at.size(); ++m) {
        SCOPED_TRACE(at[m].method + " " + std::to_string(year));
        const AllowanceYear& one = at[m].years[static_cast<std::size_t>(year - world.study.years.front())];
        const double a_unit = (cost_at(up, ups[m], year) - cost_at(down, downs[m], year)) / (2 * step);
        const bool known = year + years_remembered(world.study.methods[m].rule) <= last;
        EXPECT_EQ(std::isnan(one.unit_net), !known);
        if (known) {
          EXPECT_NEAR(one.unit_net, a_unit, 1e-4 * (1 + one.unit_carbon));
        }
        const double a_tonne = (cost_at(dirtier, dirty[m], year) - cost_at(cleaner, clean[m], year)) / (2 * tonnes);
        EXPECT_NEAR(one.tonne_abated, a_tonne, 1e-4 * (1 + one.price));
      }
    }
  }
}

TEST(RandomPlants, GrandfatheringDoesNotMoveWithOutputAndItsTonneIsWorthThePrice) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const World world = random_world(seed);
    const AllowanceResult before = compare_allowances(world.study).front();
    const AllowanceResult after = compare_allowances(moved(world, 2026, 40, 0.5)).front();
    for (std::size_t k = 0; k < before.years.size(); ++k) {
      EXPECT_EQ(before.years[k].allowances, after.years[k].allowances);
      EXPECT_EQ(before.years[k].tonne_abated, before.years[k].price);
      EXPECT_EQ(before.years[k].unit_now, 0);
    }
  }
}

TEST(RandomPlants, AtItsBenchmarkAPlantIsShortOfNothingAndMoreOutputCostsNothing) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world = random_world(seed);
    AllowanceMethod own = world.study.methods.front();
    own.rule = OutputBased{};
    for (auto& [year, share] : own.share) share = 1;
    for (auto& [year, benchmark] : own.benchmarks) benchmark.value = world.intensity.at(year);
    world.study.methods = {own};
    const AllowanceResult result = compare_allowances(world.study).front();
    for (const AllowanceYear& year : result.years) {
      EXPECT_NEAR(year.shortage, 0, 1e-9 * year.emissions);
      EXPECT_NEAR(year.unit_net, 0, 1e-9 * year.unit_carbon);
      EXPECT_EQ(year.tonne_abated, year.price);
    }
  }
}

TEST(RandomPlants, TheIntensityBasedShortageIsNeverBeyondItsCap) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world = random_world(seed);
    AllowanceMethod method = world.study.methods.back();
    for (auto& [year, share] : method.share) share = 1;
    world.study.methods = {method};
    const auto& rule = std::get<IntensityBased>(method.rule);
    const AllowanceResult result = compare_allowances(world.study).front();
    for (const AllowanceYear& year : result.years) {
      EXPECT_LE(std::abs(year.shortage), rule.cap.at(year.year) * year.emissions * (1 + 1e-12));
      const bool dirtier = year.emissions / year.output > rule.balance.at(year.year);
      EXPECT_EQ(year.shortage > 0, dirtier);
    }
  }
}

}  // namespace
}  // namespace levee
