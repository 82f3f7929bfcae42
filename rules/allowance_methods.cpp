#include "rules/allowance_methods.hpp"

#include <algorithm>
#include <cmath>

namespace levee {

namespace {

std::vector<int> years_before(int last, int count) {
  std::vector<int> years;
  for (int year = last - count + 1; year <= last; ++year) years.push_back(year);
  return years;
}

/// Whose mean output an activity level is held against, and may be replaced by.
constexpr int adjustment_years = 2;

double mean_output(const PlantActivity& plant, const std::vector<int>& years) {
  double sum = 0;
  for (const int year : years) sum += plant.output.at(year);
  return sum / static_cast<double>(years.size());
}

/// A quantity a unit of the mean output of some years.
Allocation times_mean_output(double a_unit, const PlantActivity& plant, const std::vector<int>& years) {
  Allocation result{a_unit * mean_output(plant, years), {}, {}};
  for (const int year : years) result.per_unit[year] += a_unit / static_cast<double>(years.size());
  return result;
}

/// How far the intensity-based rate is from zero, and its slope in the plant's intensity.
struct Rate {
  double value = 0;
  double slope = 0;
};

Rate rate_of(const IntensityBased& rule, double intensity, int year) {
  const double balance = rule.balance.at(year);
  if (balance <= 0) throw InputError(rule.balance.where(), "a balance value must be above zero");
  const double slope = rule.slope.at(year);
  const double cap = rule.cap.at(year);
  const double open = slope * (balance - intensity) / balance;
  if (std::abs(open) < cap) return {open, -slope / balance};
  return {std::clamp(open, -cap, cap), 0};
}

struct Allocate {
  const AllowanceMethod& method;
  const PlantActivity& plant;
  int year;

  double benchmark() const { return method.benchmarks.at(year).value; }

  Allocation operator()(const Grandfathering& rule) const {
    const auto count = static_cast<double>(rule.base_years.size());
    Allocation result;
    for (const int base : rule.base_years) {
      result.allowances += plant.emissions(base) / count;
      result.per_tonne[base] += 1 / count;
    }
    return result;
  }

  Allocation operator()(const ActivityBenchmark& rule) const {
    if (rule.adjust_above) {
      const double historical = mean_output(plant, rule.base_years);
      const std::vector<int> lately = years_before(year - 1, adjustment_years);
      if (std::abs(mean_output(plant, lately) - historical) > *rule.adjust_above * historical)
        return times_mean_output(benchmark(), plant, lately);
    }
    return times_mean_output(benchmark(), plant, rule.base_years);
  }

  Allocation operator()(const OutputBased& rule) const {
    return times_mean_output(benchmark(), plant, years_before(year - rule.lag, rule.average));
  }

  // With E = q e and A = E (1 + rate(E / q)).
  Allocation operator()(const IntensityBased& rule) const {
    const double intensity = plant.intensity.at(year);
    const Rate rate = rate_of(rule, intensity, year);
    Allocation result;
    result.allowances = plant.emissions(year) * (1 + rate.value);
    result.per_tonne[year] = 1 + rate.value + intensity * rate.slope;
    result.per_unit[year] = -intensity * intensity * rate.slope;
    return result;
  }
};

struct Word {
  std::string operator()(const Grandfathering&) const { return "grandfathering"; }
  std::string operator()(const ActivityBenchmark&) const { return "benchmark"; }
  std::string operator()(const OutputBased&) const { return "output_based"; }
  std::string operator()(const IntensityBased&) const { return "intensity_based"; }
};

struct Remembered {
  int operator()(const Grandfathering&) const { return 0; }
  int operator()(const ActivityBenchmark& rule) const { return rule.adjust_above ? adjustment_years : 0; }
  int operator()(const OutputBased& rule) const { return rule.lag + rule.average - 1; }
  int operator()(const IntensityBased&) const { return 0; }
};

}  // namespace

int years_remembered(const AllocationRule& rule) { return std::visit(Remembered{}, rule); }

std::string rule_word(const AllocationRule& rule) { return std::visit(Word{}, rule); }

Allocation allocate(const AllowanceMethod& method, const PlantActivity& plant, int year) {
  Allocation result = std::visit(Allocate{method, plant, year}, method.rule);
  const double share = method.share.at(year);
  result.allowances *= share;
  for (auto& [when, amount] : result.per_unit) amount *= share;
  for (auto& [when, amount] : result.per_tonne) amount *= share;
  return result;
}

}  // namespace levee
