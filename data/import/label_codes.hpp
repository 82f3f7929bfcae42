#pragma once

#include <string>
#include <vector>

namespace levee {

/// A code that a dataset may have (letters, digits, _ and -) for each published label: what is not allowed becomes _,
/// long ones are cut, and one that is taken gets a number. "Post and telecommunications" is
/// Post_and_telecommunications.
std::vector<std::string> make_codes(const std::vector<std::string>& labels);

}  // namespace levee
