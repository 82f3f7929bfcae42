#pragma once

#include <string>

#include "data/dataset.hpp"
#include "data/import/har_file.hpp"

namespace levee {

/// A dataset as header arrays over REG, SECT, FD and STRS: the table (Z by good, user, origin and destination), the
/// accounts of stressors, tariffs, elasticities and the other parameters. `version` is the program's; `path` stands for
/// the file in messages. Throws InputError when there is no memory for the table in full.
HarFile dataset_har(const Dataset& dataset, const std::string& version, const std::string& path);

}  // namespace levee
