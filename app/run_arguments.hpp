#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "app/progress.hpp"
#include "report/shard.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// What a command that runs a study is told.
struct RunArguments {
  std::string study;
  std::string out;
  std::vector<std::string> scenarios;
  std::string solver = "ipopt";
  std::string linear = "auto";
  bool verify = false;
  bool force = false;
  bool log = false;
  bool decompose = false;
  bool no_decompose = false;
  bool resume = false;
  Shard shard;
  int threads = 0;  ///< 0: as many as there are processor cores
  Progress progress;

  /// Adds those that every such command has: all but --solver and --threads. The object must outlive the parse.
  void add_common(CLI::App& verb);

  std::filesystem::path folder() const;
  /// `solve_with` is what solves in this program.
  RunOptions options(const SolveFunction& solve_with) const;
};

/// Processor cores that this process may use.
int available_cores();

}  // namespace levee
