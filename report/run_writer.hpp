#pragma once

#include <filesystem>

#include "report/finished_run.hpp"
#include "report/staged_folder.hpp"

namespace levee {

/// Reserves a run's folder before the work starts, so that one that exists or cannot be written is known at once. An
/// existing folder is refused (InputError) unless `force`; one that holds anything a run does not write is never
/// replaced.
StagedFolder stage_run_folder(const std::filesystem::path& out, bool force);

/// Writes summary.json, run.json, tables/<name>.csv and report.html into the folder reserved and gives it its name: it
/// appears whole or not at all. The report holds the tables as far as they are small enough.
void write_run_folder(const FinishedRun& run, StagedFolder& folder);

}  // namespace levee
