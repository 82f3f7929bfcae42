#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/endtoend/app_results.hpp"

namespace levee::testing {

using Words = std::vector<std::string>;

/// The shipped study with few designs, swept: two references, caps that follow, a design that no price applies to.
class SweptWorkspace : public Workspace {
 public:
  SweptWorkspace() {
    std::string without;
    for (const char* design : {"free_allocation", "cbam_indirect", "cbam_full", "cbam_law"}) {
      for (const char* held : {"", "_cap", "_world"}) without += fmt::format("  {}{}: null\n", design, held);
    }
    write("sweep.yaml", "extends: study.yaml\nstudy: swept\nscenarios:\n" + without +
                            "sweep:\n  carbon_price.EU: [25, 100]\n  parameters.scale.armington: [1, 2]\n");
  }

  /// Runs the sweep into a folder.
  Ran run(const std::string& out, const Words& more = {}) const { return levee(words(out, more)); }
  static Words words(const std::string& out, const Words& more = {}) {
    Words words{"run", "sweep.yaml", "--solver", "newton", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  /// Ends a run by a signal once standard error holds `moment`.
  Ran stopped(const std::string& out, int signal, const std::string& moment, const Words& more = {}) const {
    Program program(LEVEE_BINARY, words(out, more), folder());
    EXPECT_TRUE(program.says(moment));
    program.signal(signal);
    return program.wait();
  }

  std::vector<std::string> hidden() const {
    std::vector<std::string> result;
    for (const std::string& name : names())
      if (name.starts_with(".")) result.push_back(name);
    return result;
  }
};

/// Without what says how long something took.
inline Json timeless(Json json) {
  if (json.is_object()) {
    for (const char* key : {"seconds", "channel_seconds", "peak_memory_mib"}) json.erase(key);
  }
  if (json.is_structured()) {
    for (Json& member : json) member = timeless(member);
  }
  return json;
}

/// Scenarios that a resumed run says it found; -1 when it says nothing.
inline int scenarios_there(const std::string& err) {
  const std::string before = "going on with an unfinished run: ";
  const std::size_t at = err.find(before);
  return at == std::string::npos ? -1 : std::stoi(err.substr(at + before.size()));
}

/// The same run, whoever solved what and when.
inline void expect_same_run(const Workspace& folder, const std::string& out, const std::string& expected) {
  const auto tables = tables_of(folder, out), right = tables_of(folder, expected);
  ASSERT_EQ(tables.size(), right.size());
  for (const auto& [name, text] : right) EXPECT_TRUE(tables.at(name) == text) << name << " differs";
  for (const char* file : {"summary.json", "run.json"}) {
    EXPECT_EQ(timeless(json_of(folder, out + "/" + file)), timeless(json_of(folder, expected + "/" + file))) << file;
  }
}

}  // namespace levee::testing
