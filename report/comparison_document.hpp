#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/staged_folder.hpp"

namespace levee {

/// comparison.json: keys and units as documented in docs/compare.md. `version` is the program's.
nlohmann::ordered_json comparison_json(const RunComparison& comparison, const std::vector<NamedRun>& runs,
                                       const std::vector<ChosenScenario>& chosen, const std::string& version);

/// tables/comparison.csv: a row a figure and group of equal effort that its scenario is in, `group` and `rank` empty
/// for a scenario in no group and for what is not ranked.
Table comparison_table(const RunComparison& comparison);

/// The merged document of the runs for the folder and its page: merge_runs with the comparison's table, base and
/// warnings.
RunDocument comparison_document(const RunComparison& comparison, const std::vector<NamedRun>& runs,
                                const std::vector<ChosenScenario>& chosen, const std::string& version);

/// The text of comparison.json; a missing figure is null.
std::string comparison_json_text(const nlohmann::ordered_json& json);

/// As stage_run_folder, for a comparison: a folder that holds a run is never replaced.
std::unique_ptr<StagedFolder> stage_comparison_folder(const std::filesystem::path& out, bool force);

/// Writes comparison.json, tables/*.csv and report.html; they appear together or not at all. Throws InputError as
/// StagedFolder does.
void write_comparison_folder(const nlohmann::ordered_json& json, const RunDocument& document, StagedFolder& folder);

}  // namespace levee
