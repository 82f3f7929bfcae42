#pragma once

#include <string>

#include "scenarios/run_document.hpp"

namespace levee {

/// What the page reads of `document.about`; whatever is missing is simply not shown:
///   title                                          heading; else the study's name
///   description                                    a paragraph below it
///   zones       {zone: [region]}                   members; else the regions that do not export to the zone
///   regions, sectors, scenarios {code: text}       names in tables and hints; descriptions of the designs
///   bands       [{label, low, high, source}]       published leakage rates, as fractions
///   assumptions, artefacts, sources, treatments, warnings, calibration, glossary:
///                                                  a text, [text], or [{key: text or number}] (a table)
/// Changes are taken against the rows of the scenario named in the tables' `reference` column, which they therefore
/// hold.
///
/// The run as one self-contained page: styles, scripts, charting library and tables inlined, nothing fetched. Below 3
/// MB whatever the run's size; tables that do not fit are named with their CSV file. The page's charts are drawn in the
/// browser from the same tables as the CSV files.
std::string html_report(const RunDocument& document);

}  // namespace levee
