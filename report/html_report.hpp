#pragma once

#include <string>
#include <vector>

#include "report/embedded_tables.hpp"
#include "scenarios/run_document.hpp"

namespace levee {

/// What the page reads of `document.about`; whatever is missing is simply not shown:
///   title                                          heading; else the study's name
///   description                                    a paragraph below it
///   zones       {zone: [region]}                   members; else the regions that do not export to the zone
///   regions, sectors, scenarios {code: text}       names in tables and hints; descriptions of the designs
///   bands       [{label, low, high, source}]       published leakage rates, as fractions
///   equations   [{family, statement, example}]     families of equations: what each says, one of them as it is
///   assumptions, closure, artefacts, sources, treatments, warnings, calibration, glossary:
///                                                  a text, [text], or [{key: text or number}] (a table)
/// Changes are taken against the rows of the scenario named in the tables' `reference` column, which they therefore
/// hold.
///
/// Of the summary it reads besides what docs/output.md lists for every scenario: `held` (by zone: price, cap, world),
/// by which the page groups designs. Scenarios of a group, and those outside it with the same emissions, are compared;
/// only those with equal world emissions are ranked by the world's welfare.
///
/// The run as one self-contained page: styles, scripts, charting library and tables inlined, nothing fetched. The
/// document is in it as base64 of gzipped JSON, which the browser unpacks. About 3 MB at most; tables that do not fit,
/// and those of `left_out`, are named with their CSV file. Charts are drawn in the browser from the same tables as the
/// CSV files.
std::string html_report(const RunDocument& document, const std::vector<TableOutline>& left_out = {});

}  // namespace levee
