#include "scenarios/study_runner.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "scenarios/task_queue.hpp"

namespace levee {

namespace {

/// Works off a plan with several threads.
class Workers {
 public:
  Workers(const Study& study, const RunPlan& plan, const RunOptions& options, const Finished& finished)
      : plan_(plan),
        options_(options),
        finished_(finished),
        queue_(plan),
        solver_(study, options.solver_with_interrupt(), options.threads + 1, options.solve_with),
        results_(plan.work.size()) {
    for (std::size_t k = 0; k < plan.work.size(); ++k) {
      places_[plan.work[k].scenario] = static_cast<int>(k);
      total_ += plan.work[k].decomposed ? 2 : 1;
    }
  }

  void run() {
    if (options_.progress) options_.progress({0, total_, nullptr, false});
    {
      std::vector<std::jthread> threads;
      for (int t = 1; t < options_.threads; ++t) threads.emplace_back([this] { work(); });
      work();
    }
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  void work() {
    while (const auto task = queue_.take()) {
      try {
        const int threads = std::max(1, options_.threads / task->at_once);
        task->kind == TaskQueue::Kind::solve ? solve(task->place, threads) : finish(task->place, threads);
        for (const int place : queue_.done(*task)) results_[static_cast<std::size_t>(place)].reset();
      } catch (...) {
        keep_fault(task->place);
      }
    }
  }

  void solve(int place, int threads) {
    const auto followed = [this](int scenario) -> const ScenarioResult* {
      const auto found = places_.find(scenario);
      return found == places_.end() ? nullptr : result(found->second);
    };
    results_[place] = std::make_unique<ScenarioResult>(
        solver_.solve(plan_.work[static_cast<std::size_t>(place)].scenario, followed, threads));
    step({0, 0, result(place), false});
  }

  void finish(int place, int threads) {
    const PlannedScenario& planned = plan_.work[static_cast<std::size_t>(place)];
    const ScenarioResult* reference = planned.reference < 0 ? nullptr : result(planned.reference);
    finish_scenario(solver_, planned, *result(place), reference, threads, finished_);
    if (planned.decomposed) step({0, 0, result(place), true});
  }

  void step(RunStep step) {
    const std::lock_guard lock(lock_);
    step.done = ++done_;
    step.total = total_;
    if (options_.progress) options_.progress(step);
  }

  /// Of several faults the one of the scenario that comes first.
  void keep_fault(int place) {
    const std::lock_guard lock(lock_);
    if (!fault_ || place < fault_place_) {
      fault_ = std::current_exception();
      fault_place_ = place;
    }
    queue_.stop();
  }

  ScenarioResult* result(int place) const { return results_[static_cast<std::size_t>(place)].get(); }

  const RunPlan& plan_;
  const RunOptions& options_;
  const Finished& finished_;
  TaskQueue queue_;
  ScenarioSolver solver_;
  std::map<int, int> places_;                             ///< in the plan, by scenario
  std::vector<std::unique_ptr<ScenarioResult>> results_;  ///< by place; the queue orders who writes and reads
  std::mutex lock_;
  int done_ = 0, total_ = 0;
  std::exception_ptr fault_;
  int fault_place_ = -1;
};

}  // namespace

void finish_scenario(ScenarioSolver& solver, const PlannedScenario& planned, ScenarioResult& result,
                     const ScenarioResult* reference, int threads, const Finished& finished) {
  bool whole = result.solution.status != SolveStatus::interrupted &&
               (reference == nullptr || reference->solution.status != SolveStatus::interrupted);
  if (planned.decomposed && result.solved() && reference != nullptr && reference->solved())
    whole = solver.find_channels(result, *reference, threads) && whole;
  finished(result, reference, whole);
}

void run_scenarios(const Study& study, const RunPlan& plan, const RunOptions& options, const Finished& finished) {
  Workers(study, plan, options, finished).run();
}

const ScenarioResult* StudyResult::find(int scenario) const {
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const ScenarioResult& r) { return r.scenario == scenario; });
  return found == results.end() ? nullptr : &*found;
}

StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options) {
  const std::vector<int> selected = selected_scenarios(*study, options.only);
  StudyResult run;
  run.results.resize(selected.size());
  const std::vector<int> decomposed = options.decomposes(*study) ? selected : std::vector<int>{};
  run_scenarios(*study, plan_run(*study, selected, decomposed), options,
                [&](const ScenarioResult& result, const ScenarioResult*, bool) {
                  const auto place = std::lower_bound(selected.begin(), selected.end(), result.scenario);
                  run.results[static_cast<std::size_t>(place - selected.begin())] = result;
                });
  run.study = std::move(study);
  return run;
}

}  // namespace levee
