#pragma once

#include <nlohmann/json.hpp>

#include "data/dataset.hpp"

namespace levee {

/// What a report says of a dataset in words: names of `regions` and `sectors`, `assumptions`, `artefacts`, `sources`,
/// `stressors` with their quality, `warnings`.
nlohmann::ordered_json dataset_about(const Dataset& dataset);

}  // namespace levee
