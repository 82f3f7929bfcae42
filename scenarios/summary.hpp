#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/run_document.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// What run.json records besides the results.
struct RunRecord {
  std::string version;             ///< of the program
  nlohmann::ordered_json options;  ///< of the command line
};

/// summary.json: keys and units as documented in docs/output.md; an unsolved scenario has its status and nulls.
nlohmann::ordered_json summarise(const StudyResult& run);

/// Summary, record, notes for the report and every table of a run.
RunDocument make_run_document(const StudyResult& run, const RunRecord& record);

}  // namespace levee
