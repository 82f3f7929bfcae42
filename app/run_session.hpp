#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "app/run_arguments.hpp"
#include "report/run_journal.hpp"
#include "report/staged_folder.hpp"
#include "scenarios/run_head.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// A run from the command line but for the solving, which others do: reads the study, keeps the journal, writes the
/// folder, tells the user.
class RunSession {
 public:
  /// Reserves the folder, reads the study, begins the journal. Throws InputError.
  explicit RunSession(RunArguments& arguments);

  const Study& study() const { return *study_; }
  const RunOptions& options() const { return options_; }
  /// What is still to be solved.
  RunPlan plan() const;

  /// Takes a finished scenario's record. From any thread.
  void take(const ScenarioRecord& record) { journal_->add(record); }
  /// Tells that a step is done.
  void tell(const RunStep& step);

  /// Writes the folder, says what is in it, and returns the exit status.
  int finish();

 private:
  std::vector<std::string> names() const;
  std::optional<SolvedPolicy> richest() const;
  void write(const std::vector<std::string>& names);

  RunArguments& arguments_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  StagedFolder folder_;
  RunOptions options_;
  std::unique_ptr<const Study> study_;
  std::vector<int> selected_;
  RunIdentity identity_;
  std::unique_ptr<RunJournal> journal_;
};

}  // namespace levee
