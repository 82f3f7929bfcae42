#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/result_tables.hpp"
#include "scenarios/run_head.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// Everything that a run's folder says of one scenario, ready to be written: what is left of a scenario once it is
/// finished. A run's tables are the records' rows in the study's order, whoever solved what and when.
struct ScenarioRecord {
  std::string name;
  bool whole = true;       ///< false: interrupted before it was solved or decomposed; to be made again
  bool has_model = false;  ///< false: there was nothing to solve
  ModelSize size;
  nlohmann::ordered_json summary;                ///< its entry in summary.json; null where only a solution has a figure
  nlohmann::ordered_json run;                    ///< its entry in run.json
  std::vector<std::optional<EmissionCap>> caps;  ///< zones: as solved
  std::vector<std::string> rows;                 ///< of every table of scenario_tables, as lines of CSV
};

/// `reference` is what the scenario is measured against; without one, or where one of them is not solved, the record
/// has no figures of results and no rows.
ScenarioRecord make_record(const Study& study, const ScenarioResult& result, const ScenarioResult* reference,
                           bool whole);

}  // namespace levee
