#include "scenarios/study_runner.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "solver/homotopy.hpp"
#include "solver/ipopt_solver.hpp"

namespace levee {

namespace {

constexpr double replication_tolerance = 1e-9;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peak_memory_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// The scenarios asked for, and the references that they are measured against, in the study's order.
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
      selected.insert(study.reference_of(s));
    }
    if (!known) {
      throw InputError({study.path, 0, 0},
                       fmt::format("the study has no scenario '{}'{}", name, suggestion(name, names)));
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

/// The same economy with all of the policy's prices at a share of their value: the path that a large shock is walked
/// along.
class PolicyPath {
 public:
  explicit PolicyPath(const RegionalModel& model) : model_(model) {}
  std::unique_ptr<NonlinearProblem> operator()(double share) const {
    std::vector<double> values = model_.economy->parameter_values();
    for (double& value : values) value *= share;
    return std::make_unique<EquationSystem>(EconomySystem(*model_.economy, values, model_.numeraire).equations());
  }

 private:
  const RegionalModel& model_;
};

double walras_imbalance(const EconomySystem& system, const Solution& solution) {
  double income = 0, imbalance = 0;
  for (const double value : system.state(solution.x).incomes) income += std::max(0.0, value);
  for (const EconomySystem::DroppedRow& row : system.dropped_rows(solution.x))
    imbalance = std::max(imbalance, std::abs(row.value));
  return income > 0 ? imbalance / income : imbalance;
}

ScenarioResult run_scenario(const Study& study, int index, std::shared_ptr<const Benchmark> benchmark,
                            const SolverOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  const Scenario& scenario = study.scenarios[index];
  ScenarioResult result;
  result.scenario = index;
  const auto model = std::make_shared<const RegionalModel>(
      make_regional_model(std::move(benchmark), study.model, scenario.zones, scenario.policy));
  result.model = model;
  const std::vector<double> values = model->economy->parameter_values();
  const EconomySystem at_benchmark(*model->economy, std::vector<double>(values.size(), 0.0), model->numeraire);
  std::string worst;
  result.replication = at_benchmark.replication_error(at_benchmark.start(), &worst);
  if (!(result.replication <= replication_tolerance)) {
    throw InputError(
        scenario.where,
        fmt::format("scenario '{}': the benchmark does not replicate: {} is off by {:.3g}, expected at most "
                    "{:g}; are its elasticities or parameters out of any reasonable range?",
                    scenario.name, worst, result.replication, replication_tolerance));
  }
  const EconomySystem system(*model->economy, values, model->numeraire);
  result.unknowns = system.equations().size();
  if (result.unknowns != at_benchmark.equations().size()) {
    throw std::logic_error("the equations of scenario " + scenario.name +
                           " change their structure with the policy's prices");
  }
  result.nonzeros = system.equations().pattern().nonzeros();
  result.solution = solve_along_path(PolicyPath(*model), at_benchmark.start(), options, solve_with_ipopt);
  if (result.solution.status == SolveStatus::solved) {
    result.outcome = read_outcome(*model, system, result.solution.x);
    result.walras = walras_imbalance(system, result.solution);
  }
  result.seconds = seconds_since(started);
  result.peak_memory_mib = peak_memory_mib();
  return result;
}

}  // namespace

const ScenarioResult* StudyResult::find(int scenario) const {
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const ScenarioResult& r) { return r.scenario == scenario; });
  return found == results.end() ? nullptr : &*found;
}

StudyResult run_study(std::shared_ptr<const Study> study, const RunOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  StudyResult run;
  const std::vector<int> selected = selected_scenarios(*study, options.only);
  BenchmarkCache benchmarks(*study);
  SolverOptions solver = options.solver;
  solver.interrupt = options.interrupted;
  const int total = static_cast<int>(selected.size());
  for (int k = 0; k < total; ++k) {
    const Scenario& scenario = study->scenarios[selected[k]];
    if (options.progress) options.progress(k, total, scenario, nullptr);
    if (options.interrupted != nullptr && *options.interrupted) {
      ScenarioResult skipped;
      skipped.scenario = selected[k];
      skipped.solution.status = SolveStatus::interrupted;
      skipped.solution.backend = "ipopt";
      run.results.push_back(std::move(skipped));
    } else {
      run.results.push_back(run_scenario(*study, selected[k], benchmarks.get(scenario), solver));
    }
    if (options.progress) options.progress(k + 1, total, scenario, &run.results.back());
  }
  run.study = std::move(study);
  run.seconds = seconds_since(started);
  return run;
}

}  // namespace levee
