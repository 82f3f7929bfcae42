#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// OECD Inter-Country Input-Output tables in CSV, releases 2016 to 2023: a file of one year, or a folder or zip with
/// it. Throws InputError.
ImportedTable read_oecd_icio(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
