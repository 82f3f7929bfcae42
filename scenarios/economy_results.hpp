#pragma once

#include <string>
#include <vector>

#include "calibration/economy_reader.hpp"
#include "scenarios/economy_runner.hpp"

namespace levee {

/// The results as JSON text, indented, a line break at the end:
///
///     {"scenarios": [{"name", "status", "residual", "prices": {}, "levels": {}, "incomes": {}, "auxiliaries": {},
///                     "quantities": {}, "walras", "iterations", "homotopy_steps"}]}
///
/// The benchmark comes first, unless a counterfactual is called "benchmark" too and takes its place in the list.
/// Quantities are totals under "activity.leaf" and "agent.leaf" (full path where that is ambiguous). A scenario that
/// was not solved has the same keys with null for every number, and "message" and "worst", the rows that are farthest
/// off.
std::string economy_json(const EconomyFile& file, const EconomyRun& run);

/// The scenarios that are shown: the benchmark unless a counterfactual has its name.
std::vector<const EconomyScenario*> shown_scenarios(const EconomyRun& run);

/// Prices, levels, incomes and auxiliaries as a table for people, a column a scenario, wrapped to `width` characters.
std::string economy_summary(const EconomyFile& file, const EconomyRun& run, int width = 100);

}  // namespace levee
