#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// A user's own table, in matrices or lists of flows, as a YAML map of the kind `import` says. The source is the map,
/// beside its files, or a folder or zip that holds both. Throws InputError.
ImportedTable read_own_table(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
