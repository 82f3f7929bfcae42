#include "app/run_arguments.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

#include "app/interrupt.hpp"

namespace levee {

void RunArguments::add_common(CLI::App& verb) {
  verb.add_option("STUDY", study, "The study's YAML file")->required();
  verb.add_option("--out", out, "Folder for the results (default: out/ and the study file's name)");
  verb.add_option("--scenario", scenarios, "Only these scenarios, their reference and what their caps follow");
  verb.add_flag("--force", force, "Replace the results of an earlier run");
  verb.add_option("--linear", linear,
                  "How Newton's method solves its linear systems: direct factors, krylov iterations, or what size and "
                  "fill suggest")
      ->check(CLI::IsMember({"auto", "direct", "krylov"}))
      ->capture_default_str();
  verb.add_flag("--resume", resume, "Go on with a run that did not finish; what it solved is kept");
  verb.add_flag("--log", log, "Keep the solver's iterations in run.json");
  CLI::Option* with = verb.add_flag("--decompose", decompose,
                                    "Decompose leakage by channel: three more runs a scenario and zone (the default "
                                    "for a study without a sweep or an ensemble)");
  verb.add_flag("--no-decompose", no_decompose, "Leave out the channels of leakage")->excludes(with);
  progress.add_options(verb);
}

std::filesystem::path RunArguments::folder() const {
  return out.empty() ? "out/" + std::filesystem::path(study).stem().string() : out;
}

RunOptions RunArguments::options(const SolveFunction& solve_with) const {
  RunOptions options{.only = scenarios, .solver = {}, .solve_with = solve_with, .channels = {}, .progress = {}};
  options.solver.log = log;
  options.solver.backend = solver == "newton" ? Backend::newton : Backend::ipopt;
  options.solver.linear = linear == "direct"   ? LinearMethod::direct
                          : linear == "krylov" ? LinearMethod::krylov
                                               : LinearMethod::automatic;
  options.solver.verify = verify;
  options.threads = threads > 0 ? threads : available_cores();
  options.interrupted = &interrupt_flag();
  if (decompose) options.channels = true;
  if (no_decompose) options.channels = false;
  return options;
}

int available_cores() {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace levee
