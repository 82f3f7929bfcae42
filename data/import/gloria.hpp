#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// GLORIA: a folder with GLORIA_MRIOs_VV_YYYY (folder or zip), GLORIA_ReadMe_0VV.xlsx and, if wanted,
/// GLORIA_SatelliteAccounts_0VV_YYYY. Throws InputError.
ImportedTable read_gloria(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
