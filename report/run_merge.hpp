#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/run_document.hpp"

namespace levee {

/// A run as one of several: its document and what it is called beside the others.
struct NamedRun {
  std::string name;              ///< the shortest end of its path that no other run shares: "b", or "a/b"
  std::filesystem::path folder;  ///< as given
  RunDocument document;          ///< as read_run_folder returns it
};

/// A scenario of one of several runs.
struct ChosenScenario {
  std::size_t run = 0;    ///< index of its run
  std::size_t index = 0;  ///< in that run's summary["scenarios"]
  std::string local;      ///< its name in its run
  std::string name;       ///< among the runs: the same with one run, "RUN/NAME" with several
  bool asked_for = true;  ///< false: only there because another is measured against it
};

/// The last part of each path, with as many parts before it as tell it from the others. Throws InputError when the
/// same folder is given twice.
std::vector<std::string> short_names(const std::vector<std::filesystem::path>& folders);

/// Reads the folders in their order. Throws InputError with the faults of all of them.
std::vector<NamedRun> read_runs(const std::vector<std::filesystem::path>& folders);

/// The scenarios that `wanted` names, all when it is empty, in the order of the runs; then marked those that they are
/// measured against. A name is a scenario's own, which picks it in every run that has it, "RUN/NAME", or the name of a
/// sweep's scenario, which picks all its members. Throws InputError with the nearest name for one that no run has.
std::vector<ChosenScenario> choose_scenarios(const std::vector<NamedRun>& runs, const std::vector<std::string>& wanted);

/// Drops the runs of which nothing was chosen.
void drop_unused(std::vector<NamedRun>& runs, std::vector<ChosenScenario>& chosen);

/// A run in lists of runs: `name`, `folder`, and the summary's `study`, `dataset`, `reference`, `units`; `version` of
/// the program that made it, empty when not recorded.
nlohmann::ordered_json run_entry(const NamedRun& run);

/// One document of the chosen scenarios, as if one run had made them: their names, and those of references, as in
/// ChosenScenario; every table the rows of all runs one below the other; notes and inputs without repetition. A table
/// without scenarios is there once when all runs have the same, else with a column `run` in front. Where runs differ
/// in units, the summary's `units.money` names both; units of rows are in the tables. `summary.runs` lists the runs,
/// and each scenario says its `run`. At least one scenario must be chosen, and every run used (drop_unused).
RunDocument merge_runs(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen);

/// The text at `key` of an object, empty where there is none.
std::string text_in(const nlohmann::ordered_json& json, const char* key);

}  // namespace levee
