#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// EXIOBASE 3, text distribution: the folder or zip IOT_YYYY_ixi or IOT_YYYY_pxp. Throws InputError.
ImportedTable read_exiobase3(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
