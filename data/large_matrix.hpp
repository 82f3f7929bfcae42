#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <optional>
#include <string>

#include "data/dataset_context.hpp"

namespace levee {

/// Bytes from which on a wide matrix is read by `read_large_matrix` first.
inline constexpr std::uint64_t large_matrix_file = 4U << 20U;

/// A wide matrix of figures >= 0 whose rows and columns are all of `labels`, in any order, read a piece at a time by
/// all threads. std::nullopt when the file is anything else: CsvFile, which takes several times as long and as much
/// memory, then says what is wrong or treats it.
std::optional<Eigen::MatrixXd> read_large_matrix(const std::string& path, const LabelSet& labels);

}  // namespace levee
