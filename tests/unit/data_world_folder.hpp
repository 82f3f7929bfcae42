#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "data/dataset_reader.hpp"
#include "data/dataset_writer.hpp"
#include "data/generated_world.hpp"

namespace levee::testing {

/// A dataset written into a folder of the test's own, deleted with it.
class WorldFolder {
 public:
  WorldFolder(const Dataset& dataset, TableLayout layout, const std::string& study = "") {
    std::string name = (std::filesystem::temp_directory_path() / "levee-world-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    write_dataset(dataset, layout,
                  [&](const std::string& file, const std::string& text) { std::ofstream(folder_ / file) << text; });
    if (!study.empty()) std::ofstream(folder_ / "study.yaml") << study;
  }
  WorldFolder(const GeneratedWorld& world, TableLayout layout) : WorldFolder(world.dataset, layout, world.study) {}
  ~WorldFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  WorldFolder(const WorldFolder&) = delete;
  WorldFolder& operator=(const WorldFolder&) = delete;

  std::string path(const std::string& file) const { return (folder_ / file).string(); }
  Dataset read() const { return read_dataset(path("dataset.yaml")); }

 private:
  std::filesystem::path folder_;
};

}  // namespace levee::testing
