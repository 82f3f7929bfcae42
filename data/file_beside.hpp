#pragma once

#include <string>

#include "data/yaml_view.hpp"

namespace levee {

/// The path of a file that a value of a YAML file names, relative to the file that the value stands in. Throws
/// InputError at the value, with the nearest name, when there is no such file.
std::string file_beside(const YamlView& name);

}  // namespace levee
