// The command line: `levee VERB ...`. Each verb is in a file of its own; see command.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/guarded.hpp"
#include "data/diagnostics.hpp"
#include "solver/blas_threads.hpp"

namespace levee {

namespace {

/// CLI11 would only say that a subcommand is missing.
void check_verb(const CLI::App& program, const std::string& verb) {
  std::vector<std::string> known;
  for (const CLI::App* entry : program.get_subcommands([](const CLI::App*) { return true; })) {
    known.push_back(entry->get_name());
  }
  if (verb.starts_with('-') || std::find(known.begin(), known.end(), verb) != known.end()) return;
  throw InputError({}, fmt::format("levee: there is no verb '{}'{}", verb, suggestion(verb, known)));
}

int run(int argc, char** argv) {
  CLI::App program{"levee: general equilibrium models of trade and carbon leakage", "levee"};
  program.set_version_flag("--version", std::string("levee ") + LEVEE_VERSION);
  program.require_subcommand(1);
  int status = exit_done;
  for (const AddCommand add : all_commands) add(program, status);
  if (argc > 1) check_verb(program, argv[1]);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? exit_done : exit_wrong_input;
  }
  return status;
}

}  // namespace

}  // namespace levee

int main(int argc, char** argv) {
  levee::use_one_blas_thread();
  return levee::guarded([&] { return levee::run(argc, argv); });
}
