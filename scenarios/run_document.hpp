#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/table.hpp"

namespace levee {

/// Everything a run shows the outside, ready to be written: the folder's files hold nothing else.
struct RunDocument {
  nlohmann::ordered_json summary;  ///< summary.json
  nlohmann::ordered_json run;      ///< run.json
  nlohmann::ordered_json about;    ///< for the report: assumptions, artefacts, sources, treatments, calibration figures
  std::vector<Table> tables;       ///< tables/*.csv
};

}  // namespace levee
