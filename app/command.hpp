#pragma once

#include <CLI/CLI.hpp>
#include <array>

namespace levee {

/// What the program tells its caller.
enum ExitStatus {
  exit_done = 0,
  exit_wrong_input = 1,
  exit_not_found = 2,  ///< no equilibrium for some scenario
  exit_internal_error = 3,
  exit_interrupted = 130
};

/// Adds a verb to the command line. The verb keeps its options itself and, when it is the one called, runs in its
/// callback and stores the exit status. InputError and other exceptions pass through to main.
using AddCommand = void (*)(CLI::App& program, int& status);

void add_run_command(CLI::App& program, int& status);
void add_solve_command(CLI::App& program, int& status);
void add_check_command(CLI::App& program, int& status);
void add_compare_command(CLI::App& program, int& status);
void add_merge_command(CLI::App& program, int& status);
void add_generate_command(CLI::App& program, int& status);
void add_mrio_command(CLI::App& program, int& status);
void add_exposure_command(CLI::App& program, int& status);
void add_allowances_command(CLI::App& program, int& status);
void add_aggregate_command(CLI::App& program, int& status);
void add_balance_command(CLI::App& program, int& status);
void add_split_command(CLI::App& program, int& status);
void add_schema_command(CLI::App& program, int& status);
void add_import_command(CLI::App& program, int& status);
void add_export_command(CLI::App& program, int& status);
void add_cost_command(CLI::App& program, int& status);

/// Every verb, in the order of --help. A new one is declared above, written in a file of its own and listed here.
inline constexpr std::array all_commands{
    add_run_command,   add_check_command,      add_solve_command,     add_compare_command,
    add_merge_command, add_generate_command,   add_mrio_command,      add_exposure_command,
    add_cost_command,  add_allowances_command, add_aggregate_command, add_balance_command,
    add_split_command, add_schema_command,     add_import_command,    add_export_command};

}  // namespace levee
