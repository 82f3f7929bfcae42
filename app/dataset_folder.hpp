#pragma once

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "data/dataset.hpp"
#include "report/staged_folder.hpp"

namespace levee {

/// Where a verb that makes a dataset writes it, and how.
struct DatasetFolder {
  std::string out;
  std::string layout = "auto";  ///< auto, wide, long, use-trade
  bool force = false;

  /// Adds --out, --layout and --force to a verb. The object must outlive the parse.
  void add_options(CLI::App& verb);

  /// The folder, not yet there. It may replace one that holds nothing but a dataset and `more`.
  StagedFolder open(const std::set<std::string>& more = {}) const;

  /// Writes the dataset's files; returns the layout's name.
  std::string write(const Dataset& dataset, StagedFolder& folder) const;
};

}  // namespace levee
