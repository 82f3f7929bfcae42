#include "app/run_session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/run_words.hpp"
#include "data/diagnostics.hpp"
#include "report/journalled_run.hpp"
#include "report/run_writer.hpp"
#include "report/shard.hpp"

namespace levee {

namespace fs = std::filesystem;

RunSession::RunSession(RunArguments& arguments, const SolveFunction& solve_with)
    : arguments_(arguments),
      target_(resolved_folder(arguments.folder())),
      journal_(found_journal(arguments, target_)),
      folder_(stage_run_folder(arguments.folder(),
                               arguments.force || (journal_ != nullptr && journal_->remembers(target_)))),
      options_(arguments.options(solve_with)),
      study_(std::make_unique<const Study>(read_study(arguments.study))),
      selected_(selected_scenarios(*study_, options_.only)) {
  const Shard& shard = arguments.shard;
  if (shard.of > static_cast<int>(selected_.size())) {
    throw InputError({}, fmt::format("--shard {}/{}: the run has {} scenarios, expected at most as many shards",
                                     shard.number, shard.of, selected_.size()));
  }
  own_ = dealt_scenarios(*study_, selected_, shard.number, shard.of);
  scenarios_ = with_needed(*study_, own_);
  if (!arguments.progress.quiet()) {
    for (const Diagnostic& warning : study_->dataset->warnings)
      fmt::print(stderr, "note: {}:{}: {}\n", warning.where.file, warning.where.line, warning.message);
  }
  make_identity();
  if (journal_ == nullptr) {
    journal_ = std::make_unique<RunJournal>(RunJournal::path_beside(target_), identity_);
  } else {
    check_identity();
  }
}

/// An unfinished run is never lost without the user's word.
std::unique_ptr<RunJournal> RunSession::found_journal(const RunArguments& arguments, const fs::path& target) {
  std::unique_ptr<RunJournal> journal = RunJournal::open(RunJournal::path_beside(target));
  if (journal == nullptr) return journal;
  if (!arguments.resume && !arguments.force && journal->size() > 0) {
    throw InputError({target.string(), 0, 0},
                     fmt::format("a run into this folder did not finish: {} of its scenarios are solved; give --resume "
                                 "to go on with it, or --force to start anew",
                                 journal->size()));
  }
  StagedFolder::remove_remains(target);
  if (arguments.resume) return journal;
  journal->remove();
  return nullptr;
}

void RunSession::make_identity() {
  identity_ = {.version = LEVEE_VERSION,
               .options = {{"study", arguments_.study},
                           {"scenarios", arguments_.scenarios},
                           {"solver", arguments_.solver},
                           {"linear", arguments_.linear},
                           {"verify", arguments_.verify},
                           {"channels", options_.decomposes(*study_)},
                           {"log", arguments_.log}},
               .inputs = input_checksums(*study_)};
  if (arguments_.shard.given) identity_.options["shard"] = arguments_.shard.text();
}

void RunSession::check_identity() const {
  const std::vector<std::string> found = differences(journal_->identity(), identity_);
  if (!found.empty()) {
    throw InputError({target_.string(), 0, 0},
                     fmt::format("the unfinished run of this folder is another one: {}; give --force in place of "
                                 "--resume to start anew",
                                 fmt::join(found, "; ")));
  }
  const auto known = [this](int s) { return journal_->has(name(s)); };
  if (!arguments_.progress.quiet()) {
    fmt::print(stderr, "note: going on with an unfinished run: {} of {} scenarios are there\n",
               std::count_if(scenarios_.begin(), scenarios_.end(), known), scenarios_.size());
  }
}

std::vector<int> RunSession::missing() const {
  std::vector<int> missing;
  for (const int s : scenarios_) {
    if (!journal_->has(name(s))) missing.push_back(s);
  }
  return missing;
}

std::vector<int> RunSession::decomposed() const { return options_.decomposes(*study_) ? own_ : std::vector<int>{}; }

void RunSession::take(ScenarioRecord record) {
  if (arguments_.shard.given) {
    const auto is_named = [&](int s) { return name(s) == record.name; };
    const auto place = std::find_if(selected_.begin(), selected_.end(), is_named) - selected_.begin();
    const bool own = std::any_of(own_.begin(), own_.end(), is_named);
    mark_entry(record.run, {static_cast<int>(place), own});
  }
  journal_->add(record);
}

void RunSession::tell(const RunStep& step) {
  if (step.result == nullptr) {
    tell_start(step.total);
  } else {
    arguments_.progress.step(step_text(*study_, step), !step.channels && !step.result->solved());
  }
}

void RunSession::tell_start(int steps) { arguments_.progress.start(steps); }

void RunSession::tell(const ScenarioRecord& record) {
  arguments_.progress.step(step_text(record), record.summary.at("status") != "solved");
}

std::vector<std::string> RunSession::names() const {
  std::vector<std::string> names;
  for (const int s : scenarios_) names.push_back(name(s));
  return names;
}

std::optional<SolvedPolicy> RunSession::richest() const {
  std::optional<SolvedPolicy> richest;
  ModelSize largest;
  for (const int s : scenarios_) {
    const RunJournal::Entry& entry = journal_->entries().at(name(s));
    if (!entry.head.has_model || (richest && !(largest < entry.head.size))) continue;
    richest = SolvedPolicy{s, entry.head.caps};
    largest = entry.head.size;
  }
  return richest;
}

RunHead RunSession::head(bool interrupted) const {
  RunHead head = make_run_head(*study_, identity_, selected_, scenarios_, richest());
  head.run["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  if (interrupted) head.run["interrupted"] = true;
  if (arguments_.shard.given) mark_run(head.run, arguments_.shard, selected_.size());
  return head;
}

void RunSession::give_up() {
  arguments_.progress.finish();
  if (!journal_->broken()) journal_->remove();
}

int RunSession::finish() {
  arguments_.progress.finish();
  const auto known = [this](int s) { return journal_->has(name(s)); };
  const bool interrupted = interrupt_flag().load() && !std::all_of(scenarios_.begin(), scenarios_.end(), known);
  if (interrupted && folder_.replaces() && !journal_->remembers(target_)) return finish_interrupted();
  const JournalledRun run(head(interrupted), *journal_, names());
  write_run_folder(run, folder_);
  const int unsolved = explain_unsolved(run);
  fmt::print("{}\n{} scenarios in {:.1f} s. Report: {}\n", headline(run), run.size(),
             run.head().run.at("seconds").get<double>(),
             fs::absolute(arguments_.folder() / "report.html").lexically_normal().string());
  if (interrupted) return finish_interrupted();
  journal_->remove();
  return unsolved;
}

int RunSession::finish_interrupted() {
  if (folder_.published()) {
    fmt::print(stderr, "interrupted: the results hold what was solved before, the rest is marked\n");
  } else {
    fmt::print(stderr, "interrupted: the earlier results in {} stay as they are\n", arguments_.folder().string());
  }
  if (journal_->size() == 0) {
    journal_->remove();
    return exit_interrupted;
  }
  if (folder_.published()) journal_->remember(target_);
  fmt::print(stderr, "{} of {} scenarios are kept: go on with the same command and --resume\n", journal_->size(),
             scenarios_.size());
  return exit_interrupted;
}

}  // namespace levee
