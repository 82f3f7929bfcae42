#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// World Input-Output Tables, release 2013 (35 sectors): xlsx or the same sheet as CSV; a file, or a folder or zip with
/// it. Throws InputError.
ImportedTable read_wiod2013(const std::filesystem::path& source, const ImportOptions& options);

/// World Input-Output Tables, release 2016 (56 sectors): xlsx as published, or the same sheet as CSV. Throws
/// InputError.
ImportedTable read_wiod2016(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
