#include "scenarios/scenario_worker.hpp"

namespace levee {

ScenarioWorker::ScenarioWorker(const Study& study, const RunPlan& plan, const RunOptions& options)
    : plan_(plan), threads_(options.threads), solver_(study, options.solver_with_interrupt(), 1, options.solve_with) {
  for (int place = 0; place < static_cast<int>(plan.work.size()); ++place) {
    const PlannedScenario& planned = plan.work[place];
    places_[planned.scenario] = place;
    needed_.insert(planned.followed.begin(), planned.followed.end());
    needed_.insert(planned.reference);
  }
}

ScenarioResult& ScenarioWorker::result(int place) {
  const auto known = results_.find(place);
  if (known != results_.end()) return known->second;
  const PlannedScenario& planned = plan_.work[static_cast<std::size_t>(place)];
  for (const int other : planned.followed) result(other);
  const auto followed = [this](int scenario) -> const ScenarioResult* {
    const auto found = places_.find(scenario);
    return found == places_.end() ? nullptr : &result(found->second);
  };
  return results_.emplace(place, solver_.solve(planned.scenario, followed, threads_)).first->second;
}

void ScenarioWorker::run(int place, const Finished& finished) {
  const PlannedScenario& planned = plan_.work[static_cast<std::size_t>(place)];
  if (planned.reference != reference_) results_.clear();
  reference_ = planned.reference;
  const ScenarioResult* reference = planned.reference < 0 ? nullptr : &result(planned.reference);
  finish_scenario(solver_, planned, result(place), reference, threads_, finished);
  std::erase_if(results_, [this](const auto& entry) { return !needed_.contains(entry.first); });
}

}  // namespace levee
