#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/run_arguments.hpp"
#include "report/run_journal.hpp"
#include "report/staged_folder.hpp"
#include "scenarios/run_head.hpp"
#include "scenarios/scenario_record.hpp"
#include "scenarios/study_runner.hpp"

namespace levee {

/// A run from the command line but for the solving, which others do: reads the study, keeps the journal, writes the
/// folder, tells the user.
class RunSession {
 public:
  /// Reserves the folder, reads the study, begins the journal or goes on with one. Throws InputError.
  RunSession(RunArguments& arguments, const SolveFunction& solve_with);

  const Study& study() const { return *study_; }
  const RunOptions& options() const { return options_; }
  const RunIdentity& identity() const { return identity_; }
  /// What is still to be solved: scenarios without a record, those to be decomposed by channel, the plan.
  std::vector<int> missing() const;
  std::vector<int> decomposed() const;
  RunPlan plan() const { return plan_run(*study_, missing(), decomposed()); }

  /// Takes a finished scenario's record; from any thread.
  void take(ScenarioRecord record);
  /// Tells the user that a step is done, or so many are to come.
  void tell(const RunStep& step);
  void tell_start(int steps);
  void tell(const ScenarioRecord& record);

  /// To be called when the input proves wrong while solving: there is nothing to go on with.
  void give_up();
  /// Writes the folder, says what is in it, and returns the exit status.
  int finish();

 private:
  static std::unique_ptr<RunJournal> found_journal(const RunArguments& arguments, const std::filesystem::path& target);
  void make_identity();
  void check_identity() const;
  int finish_interrupted();
  RunHead head(bool interrupted) const;
  const std::string& name(int scenario) const { return study_->scenarios[static_cast<std::size_t>(scenario)].name; }
  std::vector<std::string> names() const;
  std::optional<SolvedPolicy> richest() const;

  RunArguments& arguments_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::filesystem::path target_;
  std::unique_ptr<RunJournal> journal_;
  StagedFolder folder_;
  RunOptions options_;
  std::unique_ptr<const Study> study_;
  std::vector<int> selected_;   ///< scenarios of the whole run
  std::vector<int> own_;        ///< those of this shard
  std::vector<int> scenarios_;  ///< with what they need: those in this folder
  RunIdentity identity_;
};

}  // namespace levee
