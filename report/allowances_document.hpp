#pragma once

#include <string>

#include "report/analysis_folder.hpp"
#include "rules/plant_file.hpp"

namespace levee {

/// What `levee allowances` says of a plant: allowances.json, tables in long form of methods by year and in total, of
/// the benchmarks and of the prices used, and a page. `version` is the program's.
AnalysisDocument allowances_document(const PlantFile& plant, const std::string& version);

/// The methods side by side for a terminal, from the document's summary.
std::string allowances_text(const AnalysisDocument& document);

}  // namespace levee
