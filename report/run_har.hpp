#pragma once

#include <string>

#include "data/import/har_file.hpp"
#include "scenarios/run_document.hpp"

namespace levee {

/// A run's results as header arrays: for each column of figures of each table an array over the table's columns of
/// names, scenarios first, with 0 where the table has no row or no figure. `version` is the program's; `path` stands
/// for the file in messages. Throws InputError on a table with two rows of the same names, and when there is no memory.
HarFile run_har(const RunDocument& document, const std::string& version, const std::string& path);

}  // namespace levee
