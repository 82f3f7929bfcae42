#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// Eurostat's FIGARO input-output tables in CSV, industry by industry or product by product, as a matrix or flat: a
/// file, or a folder or zip with it. Throws InputError.
ImportedTable read_figaro(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
