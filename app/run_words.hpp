#pragma once

#include <string>

#include "report/finished_run.hpp"
#include "scenarios/scenario_record.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// What a step of a run did: "ets_only: solved in 4 iterations, 0.12 s".
std::string step_text(const Study& study, const RunStep& step);
std::string step_text(const ScenarioRecord& record);

/// A line a scenario and zone: what the study was run for. Of many scenarios the first.
std::string headline(const FinishedRun& run);

/// Says on standard error which scenarios have no equilibrium, why, and what to try; returns the exit status.
int explain_unsolved(const FinishedRun& run);

}  // namespace levee
