// levee merge: the shards of a run put together.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "app/run_words.hpp"
#include "report/merged_run.hpp"
#include "report/run_writer.hpp"

namespace levee {

namespace {

struct MergeCommand {
  std::vector<std::string> folders;
  std::string out;
  bool force = false;
  Progress progress;
};

int merge(const MergeCommand& command) {
  StagedFolder folder = stage_run_folder(command.out, command.force);
  const MergedRun run({command.folders.begin(), command.folders.end()});
  write_run_folder(run, folder);
  const int status = explain_unsolved(run);
  if (!command.progress.quiet()) fmt::print("{}", headline(run));
  fmt::print("\n{} scenarios of {} shards. Report: {}\n", run.size(), command.folders.size(),
             std::filesystem::absolute(std::filesystem::path(command.out) / "report.html").lexically_normal().string());
  return status;
}

}  // namespace

void add_merge_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("merge", "Put the shards of a run together");
  auto command = std::make_shared<MergeCommand>();
  verb->add_option("DIR", command->folders, "The folders that 'levee run --shard K/N' wrote, all N of them")
      ->required();
  verb->add_option("--out", command->out, "Folder for the whole run")->required();
  verb->add_flag("--force", command->force, "Replace the results of an earlier run");
  command->progress.add_options(*verb);
  verb->footer("Example:\n  levee merge out/shard-1 out/shard-2 --out out/whole");
  verb->callback([command, &status] { status = merge(*command); });
}

}  // namespace levee
