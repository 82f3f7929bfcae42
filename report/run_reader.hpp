#pragma once

#include <filesystem>

#include "scenarios/run_document.hpp"

namespace levee {

/// A run's two JSON files.
struct RunFiles {
  nlohmann::ordered_json summary, run;
};

/// Reads them, with the checks of read_run_folder.
RunFiles read_run_files(const std::filesystem::path& folder);

/// Reads a folder that write_run_folder wrote: summary.json, run.json (whose `about` goes back to RunDocument::about,
/// which stays an empty object for a run made before it was kept) and every tables/*.csv, the usual ones first.
/// Writing the result again gives the same files. Cells of columns that hold names are text, cells of columns that
/// hold figures are doubles, an empty one NaN.
///
/// Afterwards these hold, so that no reader of the document needs to look again: the summary has schema 1, texts
/// `study`, `dataset`, `reference`, `units.money`, `units.mass`, a number `units.price_year`, and a list `scenarios`
/// with unique `name` and a `status`; results by zone or region are maps of numbers or null, or null as a whole.
///
/// Throws InputError with every fault found: a folder that is no run, JSON that is cut off or invalid (line and
/// column), another schema, a table missing, without a column that it has by contract, or with text for a figure.
RunDocument read_run_folder(const std::filesystem::path& folder);

}  // namespace levee
