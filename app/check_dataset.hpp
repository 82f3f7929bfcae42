#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "data/dataset.hpp"

namespace levee {

/// What `levee check` says of a dataset: sizes, sums, balance, oddities, and what calibration does. Throws InputError
/// where calibration cannot repair the figures.
std::string describe_dataset(const std::shared_ptr<const Dataset>& data);

/// The same for programs; docs/output.md describes the keys.
nlohmann::ordered_json dataset_json(const std::shared_ptr<const Dataset>& data);

}  // namespace levee
