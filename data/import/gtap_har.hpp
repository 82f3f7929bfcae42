#pragma once

#include <filesystem>

#include "data/import/import_format.hpp"

namespace levee {

/// A GTAP database in header-array files, version 6 or 7: a folder or zip with flows (basedata.har, gsdfdat.har), sets,
/// parameters (default.prm) and emissions, of which only the flows must be there. Without parameters the dataset serves
/// accounts only. Throws InputError.
ImportedTable read_gtap_har(const std::filesystem::path& source, const ImportOptions& options);

}  // namespace levee
