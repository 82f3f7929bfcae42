#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/allowance_methods.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// A plant, its carbon market and the ways of handing out allowances that are compared.
struct AllowanceStudy {
  PlantActivity plant;
  std::vector<int> years;                ///< one after the other
  std::map<int, double> price;           ///< money a tCO2e, of every year
  std::map<int, double> abatement_cost;  ///< money a tonne abated, of every year; empty when not given
  double discount_rate = 0;              ///< a year
  std::vector<AllowanceMethod> methods;
};

/// A year under a method; money is that of the study.
struct AllowanceYear {
  int year = 0;
  double output = 0;
  double emissions = 0;   ///< tCO2e
  double allowances = 0;  ///< tCO2e, free
  double shortage = 0;    ///< emissions less allowances; below zero a surplus
  double price = 0;
  double cost = 0;  ///< price times shortage; below zero what the surplus is sold for
  /// What a tonne less earns at unchanged output: its price, less the allowances that this and later years' rules take
  /// away for it.
  double tonne_abated = 0;
  double abatement_gain = no_figure;  ///< of that tonne, after the cost of abating it
  double unit_carbon = 0;             ///< price of what a unit of output more emits at the plant's intensity
  double unit_now = 0;                ///< worth of the allowances that the unit brings in the same year
  double unit_later = no_figure;      ///< of those it brings in later years, discounted; no_figure beyond the path
  double unit_net = no_figure;        ///< unit_carbon - unit_now - unit_later: below zero more output is subsidised
};

/// A method over the whole path.
struct AllowanceResult {
  std::string method;
  std::string rule;
  std::vector<AllowanceYear> years;
  double emissions = 0, allowances = 0, shortage = 0;
  double cost = 0;          ///< sum over the years
  double present_cost = 0;  ///< discounted to the first year
};

/// Every method in the study's order. Nothing is banked and the plant takes its price as given. Where a rule remembers
/// output for longer than the path goes on, there is no figure of what a unit is worth later; a base year that is the
/// first of the path counts up to the last.
std::vector<AllowanceResult> compare_allowances(const AllowanceStudy& study);

}  // namespace levee
