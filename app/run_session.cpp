#include "app/run_session.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/run_words.hpp"
#include "report/journalled_run.hpp"
#include "report/run_writer.hpp"

namespace levee {

RunSession::RunSession(RunArguments& arguments)
    : arguments_(arguments), folder_(stage_run_folder(arguments.folder(), arguments.force)) {
  study_ = std::make_unique<const Study>(read_study(arguments.study));
  options_ = arguments.options();
  selected_ = selected_scenarios(*study_, options_.only);
  if (!arguments.progress.quiet()) {
    for (const Diagnostic& warning : study_->dataset->warnings)
      fmt::print(stderr, "note: {}:{}: {}\n", warning.where.file, warning.where.line, warning.message);
  }
  identity_ = {.version = LEVEE_VERSION,
               .options = {{"study", arguments.study},
                           {"scenarios", arguments.scenarios},
                           {"solver", arguments.solver},
                           {"channels", options_.decomposes(*study_)},
                           {"log", arguments.log}},
               .inputs = input_checksums(*study_)};
  journal_ = std::make_unique<RunJournal>(RunJournal::path_beside(folder_.target()), identity_);
}

RunPlan RunSession::plan() const { return plan_run(*study_, selected_, options_.decomposes(*study_)); }

void RunSession::tell(const RunStep& step) {
  if (step.result == nullptr) {
    arguments_.progress.start(step.total);
  } else {
    arguments_.progress.step(step_text(*study_, step), !step.channels && !step.result->solved());
  }
}

std::vector<std::string> RunSession::names() const {
  std::vector<std::string> names;
  for (const int s : selected_) names.push_back(study_->scenarios[s].name);
  return names;
}

std::optional<SolvedPolicy> RunSession::richest() const {
  std::optional<SolvedPolicy> richest;
  std::pair<std::size_t, std::size_t> largest;
  for (const int s : selected_) {
    const RunJournal::Entry& entry = journal_->entries().at(study_->scenarios[s].name);
    const std::pair size(entry.auxiliaries, entry.wedges);
    if (entry.has_model && (!richest || size > largest)) {
      richest = SolvedPolicy{s, entry.caps};
      largest = size;
    }
  }
  return richest;
}

int RunSession::finish() {
  arguments_.progress.finish();
  const bool interrupted = interrupt_flag().load();
  if (interrupted && folder_.replaces()) {
    fmt::print(stderr, "interrupted: the earlier results in {} stay as they are\n", arguments_.folder().string());
    return exit_interrupted;
  }
  RunHead head = make_run_head(*study_, identity_, selected_, selected_, richest());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  head.run["seconds"] = seconds;
  const JournalledRun run(std::move(head), *journal_, names());
  write_run_folder(run, folder_);
  if (interrupted) fmt::print(stderr, "interrupted: the results hold what was solved before, the rest is marked\n");
  const int unsolved = explain_unsolved(run);
  fmt::print("{}\n{} scenarios in {:.1f} s. Report: {}\n", headline(run), run.size(), seconds,
             std::filesystem::absolute(arguments_.folder() / "report.html").lexically_normal().string());
  journal_->remove();
  return interrupted ? exit_interrupted : unsolved;
}

}  // namespace levee
