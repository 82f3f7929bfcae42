// levee-mpi: `levee run` by the processes of an MPI job, on as many machines as it has. Newton's method only.
#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <sstream>
#include <string>

#include "app/command.hpp"
#include "app/guarded.hpp"
#include "app/interrupt.hpp"
#include "app/run_arguments.hpp"
#include "app/run_session.hpp"
#include "data/diagnostics.hpp"
#include "mpi/deal.hpp"
#include "mpi/processes.hpp"
#include "solver/blas_threads.hpp"
#include "solver/newton_solver.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// What the first process tells the others before the work: which files they must have read, and what there is to do.
std::string start_text(const RunSession& session) {
  return Json{
      {"inputs", session.identity().inputs}, {"wanted", session.missing()}, {"decomposed", session.decomposed()}}
      .dump();
}

int run_first(RunArguments& arguments, const Processes& processes) {
  std::optional<RunSession> session;
  try {
    session.emplace(arguments, solve_with_newton);
  } catch (...) {
    processes.share("");
    throw;
  }
  processes.share(start_text(*session));
  try {
    deal(*session, processes);
  } catch (const InputError&) {
    session->give_up();
    throw;
  }
  return session->finish();
}

void run_other(const RunArguments& arguments, const Processes& processes) {
  const std::string text = processes.share("");
  if (text.empty()) return;  // the first process found the input wrong and says so
  try {
    const Json start = Json::parse(text);
    const Study study = read_study(arguments.study);
    if (input_checksums(study) != start.at("inputs")) {
      throw InputError({arguments.study, 0, 0},
                       fmt::format("process {} does not read the files that process 0 reads", processes.own()));
    }
    const RunPlan plan = plan_run(study, start.at("wanted"), start.at("decomposed"));
    work(study, plan, arguments.options(solve_with_newton), processes);
  } catch (const InputError& error) {
    tell_fault(processes, error);
  }
}

int run(int argc, char** argv) {
  const Processes processes(argc, argv);
  interrupt_flag();
  CLI::App program{"levee-mpi: a study's scenarios solved by the processes of an MPI job, by Newton's method",
                   "levee-mpi"};
  program.set_version_flag("--version", std::string("levee-mpi ") + LEVEE_VERSION);
  RunArguments arguments;
  arguments.solver = "newton";
  arguments.threads = 1;
  arguments.add_common(program);
  program.add_option("--threads", arguments.threads, "Processor threads of each process, for one solve")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  program.footer("Example:\n  mpirun -n 64 levee-mpi study.yaml --out out/sweep");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream unsaid;
    const int status = processes.is_first() ? program.exit(error) : program.exit(error, unsaid, unsaid);
    return status == 0 ? exit_done : exit_wrong_input;
  }
  const int status = guarded([&] {
    if (processes.is_first()) return run_first(arguments, processes);
    run_other(arguments, processes);
    return static_cast<int>(exit_done);
  });
  // The others would wait for this process for ever.
  if (status == exit_internal_error) Processes::abort(status);
  return std::stoi(processes.share(std::to_string(status)));
}

}  // namespace

}  // namespace levee

int main(int argc, char** argv) {
  levee::use_one_blas_thread();
  return levee::guarded([&] { return levee::run(argc, argv); });
}
