#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/year_path.hpp"

namespace levee {

/// What a plant makes and emits. Emissions are those its market asks allowances for.
struct PlantActivity {
  YearPath output;     ///< units of product a year
  YearPath intensity;  ///< tCO2e a unit

  double emissions(int year) const { return output.at(year) * intensity.at(year); }
};

/// Allowances by what the plant once emitted: the mean emissions of base years.
struct Grandfathering {
  std::vector<int> base_years;
};

/// A benchmark times an activity level of the past: the mean output of base years. With a threshold, the level is that
/// of the two years before wherever their mean is further from it than that share of it: Directive 2003/87/EC, Article
/// 10a(20), a rolling average of two years and 15 % in the EU.
struct ActivityBenchmark {
  std::vector<int> base_years;
  std::optional<double> adjust_above;
};

/// A benchmark times output: of the year itself, or the mean of `average` years the last of which lies `lag` years
/// back.
struct OutputBased {
  int lag = 0;
  int average = 1;
};

/// Emissions as they were verified, more or less by a rate that grows with the distance of the plant's intensity from
/// the industry's balance value and is capped, as for steel, cement and aluminium smelting in China's national market
/// (allocation plan for 2024 and 2025): rate = slope (balance - intensity) / balance within +-cap. A cap of 0 gives
/// what was emitted, as for 2024.
struct IntensityBased {
  YearPath balance;  ///< tCO2e a unit
  YearPath slope;
  YearPath cap;
};

using AllocationRule = std::variant<Grandfathering, ActivityBenchmark, OutputBased, IntensityBased>;

/// What a benchmark was in a year and who says so.
struct BenchmarkOfYear {
  double value = 0;  ///< tCO2e a unit
  std::string source;
  std::string confidence;
};

/// A way to hand out allowances for free.
struct AllowanceMethod {
  std::string name;
  AllocationRule rule;
  std::map<int, BenchmarkOfYear> benchmarks;  ///< of every year, for rules that have one
  std::map<int, double> share;  ///< of every year: what is given of it (tightening, correction factor, phase-out)
};

/// Allowances of a year and what moves them.
struct Allocation {
  double allowances = 0;
  std::map<int, double> per_unit;   ///< allowances a unit of output more in a year (the key), emissions unchanged
  std::map<int, double> per_tonne;  ///< allowances a tonne emitted more in a year, output unchanged
};

/// The words of a rule as files have them: grandfathering, benchmark, output_based, intensity_based.
std::string rule_word(const AllocationRule& rule);

/// For how many years after it was made output still moves what a plant gets; 0 where only base years count.
int years_remembered(const AllocationRule& rule);

/// What a plant gets in a year. Throws InputError where output or intensity have no figure for a year that matters, or
/// where emissions of an intensity-based rule are set against a balance of zero.
Allocation allocate(const AllowanceMethod& method, const PlantActivity& plant, int year);

}  // namespace levee
