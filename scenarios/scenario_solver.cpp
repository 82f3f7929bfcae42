#include "scenarios/scenario_solver.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <limits>
#include <utility>

#include "scenarios/study_caps.hpp"

namespace levee {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peak_memory_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

SolverOptions ScenarioSolver::options_with(int threads) const {
  SolverOptions options = options_;
  options.threads = threads;
  return options;
}

ScenarioResult ScenarioSolver::solve(int s, const Followed& followed, int threads) {
  const auto started = std::chrono::steady_clock::now();
  const Scenario& scenario = study_.scenarios[s];
  ScenarioResult result;
  result.scenario = s;
  result.policy = scenario.policy;
  result.solution.backend = options_.backend == Backend::newton ? "newton" : "ipopt";
  if (interrupted()) {
    result.solution.status = SolveStatus::interrupted;
  } else if (set_caps(scenario, result, followed)) {
    result.calibration = calibrations_.get(scenario);
    const auto model = std::make_shared<const RegionalModel>(
        make_regional_model(result.calibration->benchmark(), study_.model, scenario.zones, result.policy));
    static_cast<Equilibrium&>(result) = find_equilibrium(model, options_with(threads), nullptr, solve_with_);
    if (!(result.replication <= replication_limit)) {
      throw InputError(scenario.where,
                       fmt::format("scenario '{}': the benchmark does not replicate: {} is off by {:.3g}, expected at "
                                   "most {:g}; are its elasticities or parameters out of any reasonable range?",
                                   scenario.name, result.worst_replication, result.replication, replication_limit));
    }
  }
  result.seconds = seconds_since(started);
  result.peak_memory_mib = peak_memory_mib();
  return result;
}

bool ScenarioSolver::set_caps(const Scenario& scenario, ScenarioResult& result, const Followed& followed) const {
  for (std::size_t z = 0; z < scenario.caps.size(); ++z) {
    const std::optional<CapRule>& rule = scenario.caps[z];
    if (!rule) continue;
    double mt = rule->mt.value_or(0);
    if (!rule->mt) {
      const std::string name = followed_scenario(study_, *rule);
      const ScenarioResult* other = followed(study_.member_of(name, result.scenario));
      if (other == nullptr || !other->solved()) {
        result.solution.status = SolveStatus::failed;
        result.solution.residual = std::numeric_limits<double>::quiet_NaN();
        result.solution.message = fmt::format("its cap follows '{}', which is not solved", name);
        return false;
      }
      mt = rule->share * emissions_under_cap(scenario.zones[z], rule->world, *other->outcome, *other->model->benchmark);
    }
    result.policy.zones[z].cap = EmissionCap{mt, rule->world};
  }
  return true;
}

bool ScenarioSolver::find_channels(ScenarioResult& result, const ScenarioResult& reference, int threads) {
  const auto started = std::chrono::steady_clock::now();
  const Scenario& scenario = study_.scenarios[result.scenario];
  const SolverOptions options = options_with(threads);
  result.channels.resize(scenario.zones.size());
  for (std::size_t z = 0; z < scenario.zones.size() && !interrupted(); ++z) {
    if (!result.policy.zones[z].has_market()) continue;
    LeakageChannels channels = levee::find_channels(result, *reference.outcome, study_.model, scenario.zones,
                                                    result.policy, static_cast<int>(z), options, solve_with_);
    if (!interrupted()) result.channels[z] = std::move(channels);
  }
  result.channel_seconds = seconds_since(started);
  return !interrupted();
}

}  // namespace levee
