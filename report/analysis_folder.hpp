#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/staged_folder.hpp"
#include "scenarios/run_document.hpp"
#include "scenarios/table_text.hpp"

namespace levee {

/// What an analysis of a dataset without a model shows the outside.
struct AnalysisDocument {
  std::string name;                ///< of its JSON file: mrio, exposure
  nlohmann::ordered_json summary;  ///< that file; `kind` is the name
  nlohmann::ordered_json about;    ///< for the page, as of a run
  std::vector<TableText> tables;   ///< tables/*.csv
};

/// Head that every such document has: schema, kind, version, dataset, year, units.
nlohmann::ordered_json analysis_head(const std::string& kind, const std::string& version, const std::string& dataset,
                                     const std::string& money, int year);

/// A folder for it. With `force` an earlier one of the same kind is replaced, never one that holds anything else.
std::unique_ptr<StagedFolder> stage_analysis_folder(const std::string& name, const std::filesystem::path& out,
                                                    bool force);

/// The text of its JSON file; a missing figure is null.
std::string analysis_json(const AnalysisDocument& document);

/// What the page shows: the document with the tables that are small enough for it.
RunDocument analysis_page(const AnalysisDocument& document);

/// Writes NAME.json, tables/*.csv and report.html; they appear together or not at all. The page names the file of a
/// table that is too large for it.
void write_analysis_folder(const AnalysisDocument& document, StagedFolder& folder);

}  // namespace levee
