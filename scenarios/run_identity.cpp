#include "scenarios/run_identity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/sha256.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// Where a file lies does not matter, what is in it does.
constexpr const char* place_of_study = "study";

std::string value_of(const Json& options, const std::string& key) {
  const auto found = options.find(key);
  if (found == options.end()) return "none";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

void compare_options(const Json& there, const Json& here, std::vector<std::string>& found) {
  Json all = there;
  all.update(here);
  for (const auto& [key, value] : all.items()) {
    const std::string was = value_of(there, key), is = value_of(here, key);
    if (key != place_of_study && was != is) found.push_back(fmt::format("option {}: {}, here {}", key, was, is));
  }
}

void compare_inputs(const Json& there, const Json& here, std::vector<std::string>& found) {
  if (there.size() != here.size())
    found.push_back(fmt::format("the study is read from {} files, here from {}", there.size(), here.size()));
  for (std::size_t k = 0; k < std::min(there.size(), here.size()); ++k) {
    if (there[k].at("sha256") != here[k].at("sha256"))
      found.push_back(fmt::format("{} differs", here[k].at("file").get<std::string>()));
  }
}

}  // namespace

Json input_checksums(const Study& study) {
  Json inputs = Json::array();
  for (const std::string& file : study.files) inputs.push_back({{"file", file}, {"sha256", sha256_of_file(file)}});
  return inputs;
}

std::vector<std::string> differences(const RunIdentity& there, const RunIdentity& here) {
  std::vector<std::string> found;
  if (there.version != here.version) found.push_back(fmt::format("levee {}, here {}", there.version, here.version));
  compare_options(there.options, here.options, found);
  compare_inputs(there.inputs, here.inputs, found);
  return found;
}

}  // namespace levee
