#pragma once

#include <string>

#include "data/dataset.hpp"

namespace levee {

/// Reads and checks the dataset that `yaml_path` describes; CSV files are named relative to it. Throws one InputError
/// with every fault found: labels, units, dimensions, signs, gaps, figures that are not finite, a table that does not
/// balance. What is odd but treated later (negative inventories, nodes without output, ...) lands in Dataset::warnings.
Dataset read_dataset(const std::string& yaml_path);

/// The same for a table that is yet to be balanced: its imbalance is a warning.
Dataset read_unbalanced_dataset(const std::string& yaml_path);

}  // namespace levee
