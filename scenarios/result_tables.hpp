#pragma once

#include <string>
#include <vector>

#include "scenarios/leakage.hpp"
#include "scenarios/study_runner.hpp"
#include "scenarios/table.hpp"

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
};

/// The scenarios of a run that are solved and whose reference is, in the run's order.
std::vector<Comparison> comparisons(const StudyResult& run);

/// Every table of a run. Money is in the dataset's unit at benchmark-year prices, deflated with the world's consumer
/// price index; volumes are at benchmark prices. `change` is the difference from the reference in the row's unit, of
/// the volume where a row has one; `change_percent` is that difference over the reference.
std::vector<Table> result_tables(const StudyResult& run);

}  // namespace levee
