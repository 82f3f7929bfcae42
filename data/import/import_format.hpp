#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/import/imported_table.hpp"

namespace levee {

struct ImportOptions {
  int year = 0;
  std::string version;
};

/// A published layout levee reads.
struct ImportFormat {
  std::string name;
  std::string what;
  std::string source;  ///< what SOURCE is: folder, zip, file
  ImportedTable (*read)(const std::filesystem::path& source, const ImportOptions& options);
};

/// Every layout, in the order of `levee import --help`.
const std::vector<ImportFormat>& import_formats();

}  // namespace levee
