#pragma once

#include <string>
#include <vector>

#include "scenarios/leakage.hpp"
#include "scenarios/study_runner.hpp"
#include "scenarios/table_text.hpp"

namespace levee {

/// A solved scenario beside the solved reference that it is measured against.
struct Comparison {
  const Scenario* scenario = nullptr;
  const Scenario* reference = nullptr;
  const ScenarioResult* result = nullptr;
  const Outcome* now = nullptr;
  const Outcome* base = nullptr;
  const Benchmark* benchmark = nullptr;
  const Dataset* data = nullptr;
  std::string money;  ///< the unit of money: "million USD"
};

/// Both must be solved and must outlive the comparison, as the study must.
Comparison compare(const Study& study, const ScenarioResult& result, const ScenarioResult& reference);

/// Every table that has rows of scenarios, with those of the scenarios given; of none, the heads. Money is in the
/// dataset's unit at benchmark-year prices, deflated with the world's consumer price index; volumes are at benchmark
/// prices. `change` is the difference from the reference in the row's unit, of the volume where a row has one;
/// `change_percent` is that difference over the reference.
std::vector<TableText> scenario_tables(const std::vector<Comparison>& pairs);

/// The emissions' allocation in the benchmark with every implied factor, once a run; and the same without rows.
TableText benchmark_emissions_table(const Benchmark& benchmark);
TableText benchmark_emissions_head();

}  // namespace levee
