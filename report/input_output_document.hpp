#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "report/analysis_folder.hpp"

namespace levee {

/// What `levee mrio` is asked for.
struct InputOutputOptions {
  std::vector<std::string> stressors;  ///< names; empty: all of the dataset
  std::string covered = "cbam";        ///< selector of the goods whose chain the scope direct+precursors follows
  const Dataset* against = nullptr;  ///< a later dataset with the same regions and sectors, to decompose the change to
  double carbon_price = 0;           ///< currency per tonne of CO2 or the stressors named
  std::vector<int> zone;             ///< regions that pay it; empty: all
  std::vector<double> cost_shock;    ///< nodes: added cost as a share of unit cost; empty: none
  int threads = 1;
  std::string version;  ///< the program's
};

/// Multipliers, production- and consumption-based accounts, embodied trade, intensities by scope, and where asked for
/// the price model and a structural decomposition: mrio.json and tables, units in every row. Throws InputError when a
/// stressor or selector is unknown, the datasets are not alike, or the table has no multipliers.
AnalysisDocument input_output_document(const Dataset& dataset, const InputOutputOptions& options);

/// The main figures for a terminal, from the document's summary.
std::string input_output_text(const AnalysisDocument& document);

}  // namespace levee
