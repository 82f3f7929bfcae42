#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "scenarios/study.hpp"
#include "tests/unit/data_dataset_files.hpp"

namespace levee::testing {

/// Studies over the small dataset (regions NO and B; sectors FOOD, COAL and ELEC; COAL alone is in the groups fuel and
/// extraction), as texts that a test may change before they are read.
class StudyFiles {
 public:
  explicit StudyFiles(std::string scenarios = "scenarios: {reference: {}}\n") {
    files_["study.yaml"] = head + std::move(scenarios);
  }

  /// Lines 1 to 5 of study.yaml; what a test writes begins in line 6.
  static constexpr const char* head =
      "study: tiny\n"
      "dataset: world/dataset.yaml\n"
      "model: {technology: tree}\n"
      "zones: {Z: {regions: [NO], sectors: [COAL, ELEC]}}\n"
      "reference: reference\n";

  StudyFiles& set(const std::string& file, const std::string& text) {
    files_[file] = text;
    return *this;
  }
  /// Replaces the first `from` in a file; the test fails when it is not there.
  StudyFiles& edit(const std::string& from, const std::string& to, const std::string& file = "study.yaml") {
    const std::size_t at = files_.at(file).find(from);
    EXPECT_NE(at, std::string::npos) << file << " holds no " << from;
    if (at != std::string::npos) files_[file].replace(at, from.size(), to);
    return *this;
  }
  DatasetFiles& dataset() { return dataset_; }

  Study read() const {
    const std::filesystem::path folder = write();
    const Study study = read_study((folder / "study.yaml").string());
    std::filesystem::remove_all(folder);
    return study;
  }

  /// "file:line:column: message" of every fault, the folder left out.
  std::vector<std::string> faults() const {
    const std::filesystem::path folder = write();
    std::vector<std::string> result;
    try {
      read_study((folder / "study.yaml").string());
    } catch (const InputError& error) {
      for (const Diagnostic& fault : error.diagnostics()) {
        result.push_back(without(fault.where.file, folder.string() + "/") + ":" + std::to_string(fault.where.line) +
                         ":" + std::to_string(fault.where.column) + ": " +
                         without(fault.message, folder.string() + "/"));
      }
    }
    std::filesystem::remove_all(folder);
    return result;
  }

 private:
  static std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
  }

  std::filesystem::path write() const {
    std::string name = (std::filesystem::temp_directory_path() / "levee-study-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    std::filesystem::create_directory(folder / "world");
    for (const char* file :
         {"dataset.yaml", "sectors.csv", "Z.csv", "Y.csv", "x_va.csv", "co2.csv", "process.csv", "hh.csv",
          "tariffs.csv", "elasticities.csv", "labour.csv", "shares.csv", "fossil.csv", "weights.csv", "fuel_use.csv"}) {
      std::ofstream(folder / "world" / file) << dataset_.text(file);
    }
    for (const auto& [file, text] : files_) std::ofstream(folder / file) << text;
    return folder;
  }

  std::map<std::string, std::string> files_;
  DatasetFiles dataset_;
};

/// The names of a study's scenarios, in order.
inline std::vector<std::string> names_of(const Study& study) {
  std::vector<std::string> names;
  for (const Scenario& scenario : study.scenarios) names.push_back(scenario.name);
  return names;
}

inline const Scenario& scenario_named(const Study& study, const std::string& name) {
  for (const Scenario& scenario : study.scenarios) {
    if (scenario.name == name) return scenario;
  }
  ADD_FAILURE() << "no scenario " << name;
  return study.scenarios.front();
}

}  // namespace levee::testing
