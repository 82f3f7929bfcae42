#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "model/policy.hpp"
#include "model/trade_exposure.hpp"
#include "report/analysis_folder.hpp"

namespace levee {

/// What `levee exposure` is asked for.
struct ExposureOptions {
  std::vector<int> zone;      ///< regions that charge
  std::vector<int> goods;     ///< sectors charged
  double carbon_price = 100;  ///< currency per tonne
  IntensityScope scope = IntensityScope::direct_electricity;
  std::string scope_word = "direct+electricity";
  std::vector<std::string> stressors{"CO2"};  ///< added up by mass
  ExposureDenominator denominator = ExposureDenominator::covered_exports;
  int threads = 1;
  std::string version;  ///< the program's
};

/// Exposure of every region outside the zone: exposure.json, tables of goods and of regions, the latter ranked by the
/// relative aggregate trade exposure. Throws InputError when a stressor is unknown or nobody is left outside.
AnalysisDocument exposure_document(const Dataset& dataset, const ExposureOptions& options);

/// The ranked table for a terminal, from the document's summary.
std::string exposure_text(const AnalysisDocument& document);

}  // namespace levee
