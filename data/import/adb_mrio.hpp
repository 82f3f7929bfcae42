#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// The Asian Development Bank's multi-region input-output tables, xlsx, 35 sectors and 62 to 75 economies. Throws
/// InputError.
ImportedTable read_adb_mrio(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
