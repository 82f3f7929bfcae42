#pragma once

#include "app/run_session.hpp"
#include "data/diagnostics.hpp"
#include "mpi/processes.hpp"

namespace levee {

/// The first process's part: deals scenarios to the others and to a thread of its own, and keeps every record that
/// comes back. Throws InputError when a process finds the input wrong; the others have been stopped then.
void deal(RunSession& session, const Processes& processes);

/// The other processes' part: solves what it is dealt, until there is no more. Throws InputError.
void work(const Study& study, const RunPlan& plan, const RunOptions& options, const Processes& processes);

/// Tells the first process that the input is wrong and waits until it is done with this one.
void tell_fault(const Processes& processes, const InputError& error);

}  // namespace levee
