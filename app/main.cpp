// The command line: `levee VERB ...`. Each verb is in a file of its own; see command.hpp.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "app/command.hpp"
#include "data/diagnostics.hpp"

namespace {

int run(int argc, char** argv) {
  using namespace levee;
  CLI::App program{"levee: general equilibrium models of trade and carbon leakage", "levee"};
  program.set_version_flag("--version", std::string("levee ") + LEVEE_VERSION);
  program.require_subcommand(1);
  int status = exit_done;
  for (const AddCommand add : all_commands) add(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? exit_done : exit_wrong_input;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const levee::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return levee::exit_wrong_input;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "levee: not enough memory\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "levee: internal error: {}\n", error.what());
  }
  return levee::exit_internal_error;
}
