#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// Eora26: the folder or zip Eora26_YYYY_bp with its labels. Throws InputError.
ImportedTable read_eora26(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
