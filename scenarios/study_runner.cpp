#include "scenarios/study_runner.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <set>

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

/// The scenarios asked for, the references that they are measured against and what their caps follow, in the study's
/// order.
std::vector<int> selected_scenarios(const Study& study, const std::vector<std::string>& only) {
  std::set<int> selected;
  const int count = static_cast<int>(study.scenarios.size());
  if (only.empty()) {
    for (int s = 0; s < count; ++s) selected.insert(s);
  }
  for (const std::string& name : only) {
    bool known = false;
    std::vector<std::string> names;
    for (int s = 0; s < count; ++s) {
      const Scenario& scenario = study.scenarios[s];
      names.push_back(scenario.base_name);
      if (scenario.name != name && scenario.base_name != name) continue;
      known = true;
      selected.insert(s);
    }
    if (!known) {
      throw InputError({study.path, 0, 0},
                       fmt::format("the study has no scenario '{}'{}", name, suggestion(name, names)));
    }
  }
  // What those are measured against and what their caps follow, until nothing new is needed.
  for (std::vector<int> open(selected.begin(), selected.end()); !open.empty();) {
    const int s = open.back();
    open.pop_back();
    std::vector<int> needed = needed_for_caps(study, s);
    needed.push_back(study.reference_of(s));
    for (const int other : needed) {
      if (selected.insert(other).second) open.push_back(other);
    }
  }
  return {selected.begin(), selected.end()};
}

/// Benchmarks by the parameter changes that lead to them: scenarios of a sweep share what they have in common.
class BenchmarkCache {
 public:
  explicit BenchmarkCache(const Study& study) : study_(study) {}

  std::shared_ptr<const Benchmark> get(const Scenario& scenario) {
    std::string key;
    for (const ParameterChange& change : scenario.parameters) {
      key += fmt::format("{}|{}|{}|{}|{};", change.parameter, change.region.value_or(-1), change.sector.value_or(-1),
                         change.value, change.scale);
    }
    std::shared_ptr<const Benchmark>& entry = entries_[key];
    if (!entry)
      entry = std::make_shared<const Benchmark>(make_benchmark(apply_parameters(study_.dataset, scenario.parameters)));
    return entry;
  }

 private:
  const Study& study_;
  std::map<std::string, std::shared_ptr<const Benchmark>> entries_;
};

/// Solves the scenarios of a run in an order in which every cap's size is known.
class Runner {
 public:
  Runner(const Study& study, const RunOptions& options, StudyResult& run)
      : study_(study), options_(options), benchmarks_(study), run_(run), solver_(options.solver) {
    solver_.interrupt = options.interrupted;
  }

  void run(const std::vector<int>& selected) {
    run_.results.resize(selected.size());
    for (std::size_t k = 0; k < selected.size(); ++k) run_.results[k].scenario = selected[k];
    std::vector<int> order = solving_order(study_, selected);
    decomposed_ = options_.channels.value_or(study_.channels) ? with_market(order) : std::vector<int>{};
    total_ = static_cast<int>(order.size() + decomposed_.size());
    for (int k = 0; k < static_cast<int>(order.size()); ++k) {
      const Scenario& scenario = study_.scenarios[order[k]];
      if (options_.progress) options_.progress(k, total_, scenario, nullptr);
      ScenarioResult& result = result_of(order[k]);
      if (stopped()) {
        result.solution.status = SolveStatus::interrupted;
        result.solution.backend = backend();
      } else {
        solve(scenario, result);
      }
      if (options_.progress) options_.progress(k + 1, total_, scenario, &result);
    }
    find_all_channels();
  }

 private:
  std::string backend() const { return solver_.backend == Backend::newton ? "newton" : "ipopt"; }
  bool stopped() const { return options_.interrupted != nullptr && *options_.interrupted; }

  std::vector<int> with_market(const std::vector<int>& scenarios) const {
    std::vector<int> result;
    for (const int s : scenarios) {
      const Scenario& scenario = study_.scenarios[s];
      const auto priced = [](const ZonePolicy& zone) { return zone.has_market(); };
      const auto capped = [](const std::optional<CapRule>& rule) { return rule.has_value(); };
      if (std::any_of(scenario.policy.zones.begin(), scenario.policy.zones.end(), priced) ||
          std::any_of(scenario.caps.begin(), scenario.caps.end(), capped)) {
        result.push_back(s);
      }
    }
    return result;
  }

  ScenarioResult& result_of(int scenario) {
    return *std::find_if(run_.results.begin(), run_.results.end(),
                         [&](const ScenarioResult& result) { return result.scenario == scenario; });
  }

  /// After all scenarios, because channels are measured against the reference.
  void find_all_channels() {
    int done = total_ - static_cast<int>(decomposed_.size());
    for (const int s : decomposed_) {
      ++done;
      ScenarioResult& result = result_of(s);
      const ScenarioResult* reference = run_.find(study_.reference_of(result.scenario));
      if (!result.solved() || reference == nullptr || !reference->solved()) continue;
      const Scenario& scenario = study_.scenarios[result.scenario];
      const auto started = std::chrono::steady_clock::now();
      result.channels.resize(scenario.zones.size());
      for (std::size_t z = 0; z < scenario.zones.size(); ++z) {
        if (stopped() || !result.policy.zones[z].has_market()) continue;
        LeakageChannels channels = find_channels(result, *reference->outcome, study_.model, scenario.zones,
                                                 result.policy, static_cast<int>(z), solver_);
        if (!stopped()) result.channels[z] = std::move(channels);
      }
      result.channel_seconds = seconds_since(started);
      if (options_.progress) options_.progress(done, total_, scenario, &result);
    }
  }

  void solve(const Scenario& scenario, ScenarioResult& result) {
    const auto started = std::chrono::steady_clock::now();
    const std::shared_ptr<const Benchmark> benchmark = benchmarks_.get(scenario);
    result.policy = scenario.policy;
    if (set_caps(scenario, result)) {
      const auto model = std::make_shared<const RegionalModel>(
          make_regional_model(benchmark, study_.model, scenario.zones, result.policy));
      static_cast<Equilibrium&>(result) = find_equilibrium(model, solver_);
      if (!(result.replication <= replication_limit)) {
        throw InputError(
            scenario.where,
            fmt::format("scenario '{}': the benchmark does not replicate: {} is off by {:.3g}, expected at most "
                        "{:g}; are its elasticities or parameters out of any reasonable range?",
                        scenario.name, result.worst_replication, result.replication, replication_limit));
      }
    }
    result.seconds = seconds_since(started);
    result.peak_memory_mib = peak_memory_mib();
  }

  /// Gives each cap its size. False when the scenario that one follows is not solved.
  bool set_caps(const Scenario& scenario, ScenarioResult& result) const {
    for (std::size_t z = 0; z < scenario.caps.size(); ++z) {
      const std::optional<CapRule>& rule = scenario.caps[z];
      if (!rule) continue;
      double mt = rule->mt.value_or(0);
      if (!rule->mt) {
        const std::string name = followed_scenario(study_, *rule);
        const ScenarioResult* followed = run_.find(study_.member_of(name, result.scenario));
        if (followed == nullptr || !followed->solved()) {
          result.solution.status = SolveStatus::failed;
          result.solution.backend = backend();
          result.solution.residual = std::numeric_limits<double>::quiet_NaN();
          result.solution.message = fmt::format("its cap follows '{}', which is not solved", name);
          return false;
        }
        mt = rule->share *
             emissions_under_cap(scenario.zones[z], rule->world, *followed->outcome, *followed->model->benchmark);
      }
      result.policy.zones[z].cap = EmissionCap{mt, rule->world};
    }
    return true;
  }

  const Study& study_;
  const RunOptions& options_;
  BenchmarkCache benchmarks_;
  StudyResult& run_;
  SolverOptions solver_;
  std::vector<int> decomposed_;  ///< scenarios
  int total_ = 0;                ///< steps of progress
};

}  // namespace

const ScenarioResult* StudyResult::find(int scenario) const {
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const ScenarioResult& r) { return r.scenario == scenario; });
  return found == results.end() ? nullptr : &*found;
}

StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  StudyResult run;
  Runner(*study, options, run).run(selected_scenarios(*study, options.only));
  run.study = std::move(study);
  run.seconds = seconds_since(started);
  return run;
}

}  // namespace levee
