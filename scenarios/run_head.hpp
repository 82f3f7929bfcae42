#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/result_tables.hpp"
#include "scenarios/run_identity.hpp"
#include "scenarios/study.hpp"

namespace levee {

/// How much there is in a model: the equations shown are those of the one that has most.
struct ModelSize {
  std::size_t auxiliaries = 0, wedges = 0;
  bool operator<(const ModelSize& other) const {
    return std::pair(auxiliaries, wedges) < std::pair(other.auxiliaries, other.wedges);
  }
};

/// A scenario with the sizes that its caps had when it was solved (zones).
struct SolvedPolicy {
  int scenario = -1;
  std::vector<std::optional<EmissionCap>> caps;
};

/// What a run's files say besides its scenarios.
struct RunHead {
  nlohmann::ordered_json summary;       ///< summary.json without `scenarios`
  nlohmann::ordered_json run;           ///< run.json without `scenarios` and `about`; `seconds` still null
  nlohmann::ordered_json about;         ///< notes for the report
  std::vector<TableText> tables;        ///< of scenario_tables, without rows
  std::vector<TableText> whole_tables;  ///< those that are of no scenario
};

/// `selected` are all scenarios of the run, `scenarios` those of them that the folder holds; `richest` is the one whose
/// equations are shown, if any is.
RunHead make_run_head(const Study& study, const RunIdentity& identity, const std::vector<int>& selected,
                      const std::vector<int>& scenarios, const std::optional<SolvedPolicy>& richest);

}  // namespace levee
