#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/study.hpp"

namespace levee {

/// What makes two runs the same run, whose scenarios' records may be put together.
struct RunIdentity {
  std::string version;             ///< of the program
  nlohmann::ordered_json options;  ///< of the command line, those that change a result
  nlohmann::ordered_json inputs;   ///< every file read: a list of `file` and `sha256`
};

/// The files that a study was read from, with their checksums.
nlohmann::ordered_json input_checksums(const Study& study);

/// What differs, in words; nothing when it is the same run. The same files may lie at another place.
std::vector<std::string> differences(const RunIdentity& there, const RunIdentity& here);

}  // namespace levee
