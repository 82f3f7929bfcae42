#pragma once

#include <string>
#include <vector>

#include "report/analysis_folder.hpp"
#include "rules/cost_path.hpp"
#include "rules/cost_quantiles.hpp"

namespace levee {

/// What `levee cost` found: cost.json, tables in long form with units, a page. Rows of `path` are those of `file`.
AnalysisDocument cost_document(const FirmFile& file, const CostPath& path, const std::vector<CostQuantile>& quantiles,
                               const std::string& version);

/// Tables for a terminal: what a tonne costs, year by year, then how the first and the last year's cost comes about.
std::string cost_text(const FirmFile& file, const CostPath& path, const std::vector<CostQuantile>& quantiles);

/// "charged", "nothing due", "exempt origin", "de minimis".
const char* status_word(ChargeStatus status);

}  // namespace levee
