#include "rules/allowance_comparison.hpp"

#include <cmath>

namespace levee {

namespace {

/// Allowances of every year of the study.
std::map<int, Allocation> allocations(const AllowanceStudy& study, const AllowanceMethod& method) {
  std::map<int, Allocation> result;
  for (const int year : study.years) result[year] = allocate(method, study.plant, year);
  return result;
}

double discount(const AllowanceStudy& study, int years) { return std::pow(1 + study.discount_rate, -years); }

double amount_in(const std::map<int, double>& amounts, int year) {
  const auto found = amounts.find(year);
  return found == amounts.end() ? 0 : found->second;
}

/// What a year's output or emissions bring in allowances, money of that year.
struct Brought {
  double now = 0, later = 0;
};

/// With an amount a year's allocation moves by: per unit, per tonne or both.
template <class Amount>
Brought brought(const AllowanceStudy& study, const std::map<int, Allocation>& given, int year, Amount&& amount) {
  Brought result;
  for (const auto& [then, allocation] : given) {
    if (then < year) continue;
    const double worth = study.price.at(then) * discount(study, then - year) * amount(allocation);
    (then == year ? result.now : result.later) += worth;
  }
  return result;
}

AllowanceYear year_of(const AllowanceStudy& study, const std::map<int, Allocation>& given, int year,
                      int years_remembered) {
  AllowanceYear result;
  result.year = year;
  result.output = study.plant.output.at(year);
  result.emissions = study.plant.emissions(year);
  result.allowances = given.at(year).allowances;
  result.shortage = result.emissions - result.allowances;
  result.price = study.price.at(year);
  result.cost = result.price * result.shortage;
  const double intensity = study.plant.intensity.at(year);
  const Brought tonne = brought(study, given, year, [&](const Allocation& a) { return amount_in(a.per_tonne, year); });
  const Brought unit = brought(study, given, year, [&](const Allocation& a) {
    return amount_in(a.per_unit, year) + intensity * amount_in(a.per_tonne, year);
  });
  result.tonne_abated = result.price - tonne.now - tonne.later;
  if (!study.abatement_cost.empty()) result.abatement_gain = result.tonne_abated - study.abatement_cost.at(year);
  result.unit_carbon = result.price * intensity;
  result.unit_now = unit.now;
  if (year + years_remembered <= study.years.back()) result.unit_later = unit.later;
  result.unit_net = result.unit_carbon - result.unit_now - result.unit_later;
  return result;
}

}  // namespace

std::vector<AllowanceResult> compare_allowances(const AllowanceStudy& study) {
  std::vector<AllowanceResult> results;
  for (const AllowanceMethod& method : study.methods) {
    const std::map<int, Allocation> given = allocations(study, method);
    AllowanceResult result;
    result.method = method.name;
    result.rule = rule_word(method.rule);
    for (const int year : study.years) {
      const AllowanceYear one = year_of(study, given, year, years_remembered(method.rule));
      result.emissions += one.emissions;
      result.allowances += one.allowances;
      result.shortage += one.shortage;
      result.cost += one.cost;
      result.present_cost += one.cost * discount(study, year - study.years.front());
      result.years.push_back(one);
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace levee
