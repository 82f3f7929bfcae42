// levee run: a study's scenarios, solved and written as a folder of results.
#include <memory>

#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/run_arguments.hpp"
#include "app/run_session.hpp"
#include "data/diagnostics.hpp"
#include "scenarios/scenario_record.hpp"
#include "solver/solve.hpp"

namespace levee {

namespace {

int run(RunArguments& arguments) {
  interrupt_flag();  // Ctrl-C must find its handler before there is anything to clean up
  RunSession session(arguments, solve);
  RunOptions options = session.options();
  options.progress = [&](const RunStep& step) { session.tell(step); };
  try {
    run_scenarios(session.study(), session.plan(), options,
                  [&](const ScenarioResult& result, const ScenarioResult* reference, bool whole) {
                    session.take(make_record(session.study(), result, reference, whole));
                  });
  } catch (const InputError&) {
    session.give_up();
    throw;
  }
  return session.finish();
}

}  // namespace

void add_run_command(CLI::App& program, int& status) {
  CLI::App* verb = program.add_subcommand("run", "Solve a study's scenarios and write tables and a report");
  auto arguments = std::make_shared<RunArguments>();
  arguments->add_common(*verb);
  verb->add_option("--solver", arguments->solver, "ipopt, the solver of record, or newton, which is faster")
      ->check(CLI::IsMember({"ipopt", "newton"}))
      ->capture_default_str();
  verb->add_flag("--verify", arguments->verify, "Ask Ipopt whether each answer of Newton's method is one");
  verb->add_option("--threads", arguments->threads, "Scenarios solved at a time (default: one a processor core)")
      ->check(CLI::PositiveNumber);
  verb->add_option_function<std::string>(
          "--shard", [arguments](const std::string& text) { arguments->shard = read_shard(text); },
          "Part K of N of the scenarios, for 'levee merge' to put together")
      ->type_name("K/N");
  verb->footer("Example:\n  levee run scenarios/eu-cbam/study.yaml --out out/eu-cbam");
  verb->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace levee
