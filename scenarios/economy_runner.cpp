#include "scenarios/economy_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "solver/residual.hpp"

namespace levee {

namespace {

/// A step of a path that takes more is too long: shorter ones are cheaper than more iterations.
constexpr int path_iterations = 30;

double scalar_value(const Economy& economy, const Scalar& scalar, const std::vector<double>& parameters) {
  if (scalar.is_constant()) return scalar.value;
  const Expression& expression = economy.expressions[static_cast<std::size_t>(scalar.expression)];
  const double value = evaluate(
      expression, [&](const Reference& reference) { return parameters[static_cast<std::size_t>(reference.index)]; });
  if (!std::isfinite(value)) {
    throw InputError(expression.where, fmt::format("'{}' is {}, expected a finite number", expression.text, value));
  }
  return value;
}

std::vector<FixedValue> fixed_values(const Economy& economy, const std::vector<Fixed>& fixed,
                                     const std::vector<double>& parameters) {
  std::vector<FixedValue> values;
  for (const Fixed& entry : fixed) values.push_back({entry.what, scalar_value(economy, entry.value, parameters)});
  return values;
}

/// Adds which counterfactual a fault belongs to; without one of its own it lies where the counterfactual does.
InputError in_scenario(const InputError& error, const std::string& name, const Location& where) {
  std::vector<Diagnostic> list = error.diagnostics();
  for (Diagnostic& diagnostic : list) {
    diagnostic.message = fmt::format("in scenario '{}': {}", name, diagnostic.message);
    if (diagnostic.where.file.empty()) diagnostic.where = where;
  }
  return InputError(std::move(list));
}

Location where_of(const EconomyFile& file, const std::string& name) {
  for (const Counterfactual& entry : file.counterfactuals) {
    if (entry.name == name) return entry.where;
  }
  return file.where;
}

double component(const EconomyState& state, const Reference& what) {
  const auto index = static_cast<std::size_t>(what.index);
  switch (what.kind) {
    case ReferenceKind::price:
      return state.prices[index];
    case ReferenceKind::level:
      return state.levels[index];
    case ReferenceKind::income:
      return state.incomes[index];
    default:
      return state.auxiliaries[index];
  }
}

double between(double from, double to, double t) { return t == 1 ? to : from + t * (to - from); }

/// A solved case that others start from.
struct Origin {
  const EconomyCase* scenario = nullptr;
  EconomyState state;
};

/// The case on the way from `origin` (t = 0) to `target` (t = 1) that fixes what the target fixes.
EconomyCase case_between(const Origin& origin, const EconomyCase& target, double t) {
  EconomyCase result = target;
  for (std::size_t k = 0; k < result.parameters.size(); ++k) {
    result.parameters[k] = between(origin.scenario->parameters[k], target.parameters[k], t);
  }
  for (FixedValue& fixed : result.fixed) fixed.value = between(component(origin.state, fixed.what), fixed.value, t);
  return result;
}

/// One file's cases being solved.
class Runner {
 public:
  Runner(const EconomyFile& file, const EconomyRunOptions& options) : file_(file), options_(options) {}

  EconomyRun run();

 private:
  void build();
  EconomyScenario solve_benchmark() const;
  EconomyScenario solve(std::size_t index) const;
  Solution follow(const Origin& origin, std::size_t index) const;
  EconomyScenario describe(std::size_t index, Solution solution) const;

  const EconomyFile& file_;
  const EconomyRunOptions& options_;
  std::vector<EconomyCase> cases_;
  std::vector<EconomySystem> systems_;
  std::vector<Origin> solved_;  ///< a case; without a scenario where it is not solved
};

void Runner::build() {
  cases_ = economy_cases(file_);
  Diagnostics faults;
  systems_.reserve(cases_.size());
  for (const EconomyCase& entry : cases_) {
    faults.guard([&] { systems_.push_back(economy_system(file_, entry)); });
  }
  faults.throw_if_any();
  solved_.resize(cases_.size());
}

EconomyRun Runner::run() {
  build();
  EconomyRun run;
  run.replication = check_replication(file_, systems_.front(), run.replication_row);
  for (std::size_t k = 0; k < cases_.size(); ++k) {
    EconomyScenario scenario = k == 0 ? solve_benchmark() : solve(k);
    if (scenario.solved()) solved_[k] = {&cases_[k], scenario.state};
    if (options_.progress) options_.progress(scenario);
    run.scenarios.push_back(std::move(scenario));
    if (run.scenarios.back().solution.status == SolveStatus::interrupted) break;
  }
  return run;
}

EconomyScenario Runner::solve_benchmark() const {
  const EconomySystem& system = systems_.front();
  return describe(0, options_.solve_with(system.equations(), system.start(), options_.solver));
}

EconomyScenario Runner::solve(std::size_t index) const {
  Solution solution;
  if (solved_.front().scenario != nullptr) {
    solution = follow(solved_.front(), index);
  } else {
    solution = options_.solve_with(systems_[index].equations(), systems_[index].start(), options_.solver);
  }
  const bool final = solution.status == SolveStatus::solved || solution.status == SolveStatus::interrupted;
  const int previous = cases_[index].previous;
  if (!final && previous > 0 && solved_[static_cast<std::size_t>(previous)].scenario != nullptr) {
    Solution second = follow(solved_[static_cast<std::size_t>(previous)], index);
    second.iterations += solution.iterations;
    second.homotopy_steps += solution.homotopy_steps;
    if (second.status == SolveStatus::solved || second.status == SolveStatus::interrupted) solution = std::move(second);
  }
  return describe(index, std::move(solution));
}

Solution Runner::follow(const Origin& origin, std::size_t index) const {
  const EconomySystem& target = systems_[index];
  const auto at = [&](double t) { return economy_system(file_, case_between(origin, cases_[index], t), &target); };
  const std::vector<double> start = target.point(origin.state);
  // A scalar that takes another form at other parameter values (a power that becomes a constant) changes the unknowns.
  const auto same_unknowns = [&] {
    try {
      return at(0).equations().size() == target.equations().size() &&
             at(0.5).equations().size() == target.equations().size();
    } catch (const InputError&) {
      return false;
    }
  };
  if (!same_unknowns()) return options_.solve_with(target.equations(), start, options_.solver);
  const ProblemPath problem_at = [&](double t) {
    return std::make_shared<const EquationSystem>(t == 1 ? target.equations() : at(t).equations());
  };
  SolverOptions options = options_.solver;
  options.max_iterations = std::min(options.max_iterations, path_iterations);
  return solve_along_path(problem_at, start, options, options_.solve_with);
}

/// Sum of what agents have, what a market's imbalance is measured against.
double total_income(const EconomyState& state) {
  double total = 0;
  for (const double income : state.incomes) total += std::abs(income);
  return total > 0 ? total : 1;
}

/// By Walras' law the rows that are not imposed add up to nothing in money: markets at their prices, profits at their
/// levels, incomes. What an agent without demand keeps for itself shows here.
double walras_residual(const EconomyScenario& scenario) {
  double money = 0;
  for (const EconomySystem::DroppedRow& row : scenario.dropped) {
    if (row.what.kind == ReferenceKind::auxiliary) continue;
    money += row.value * (row.what.kind == ReferenceKind::income ? 1.0 : component(scenario.state, row.what));
  }
  return std::abs(money) / total_income(scenario.state);
}

EconomyScenario Runner::describe(std::size_t index, Solution solution) const {
  const EconomySystem& system = systems_[index];
  EconomyScenario scenario;
  scenario.name = cases_[index].name;
  scenario.parameters = cases_[index].parameters;
  scenario.fixed = cases_[index].fixed;
  scenario.solution = std::move(solution);
  if (!scenario.solved()) return scenario;
  const std::vector<double>& x = scenario.solution.x;
  scenario.state = system.state(x);
  for (int node = 0; node < static_cast<int>(file_.economy.nodes.size()); ++node) {
    scenario.quantities.push_back(system.quantity(node, x));
  }
  scenario.dropped = system.dropped_rows(x);
  scenario.walras = walras_residual(scenario);
  return scenario;
}

}  // namespace

std::vector<EconomyCase> economy_cases(const EconomyFile& file) {
  const Economy& economy = file.economy;
  std::vector<EconomyCase> cases;
  std::vector<const std::vector<Fixed>*> closures{&economy.fixed};
  const std::vector<double> parameters = economy.parameter_values();
  cases.push_back({"benchmark", parameters, fixed_values(economy, economy.fixed, parameters), -1});
  for (const Counterfactual& entry : file.counterfactuals) {
    const std::size_t base = entry.from_previous ? cases.size() - 1 : 0;
    EconomyCase next = cases[base];
    next.name = entry.name;
    next.previous = entry.from_previous ? static_cast<int>(base) : -1;
    try {
      for (const ParameterSetting& change : entry.set) {
        next.parameters[static_cast<std::size_t>(change.parameter)] =
            scalar_value(economy, change.value, cases[base].parameters);
      }
      closures.push_back(entry.replaces_fixed ? &entry.fixed : closures[base]);
      next.fixed = fixed_values(economy, *closures.back(), next.parameters);
    } catch (const InputError& error) {
      throw in_scenario(error, entry.name, entry.where);
    }
    cases.push_back(std::move(next));
  }
  return cases;
}

EconomySystem economy_system(const EconomyFile& file, const EconomyCase& scenario, const EconomySystem* like) {
  try {
    return EconomySystem(file.economy, scenario.parameters, scenario.fixed, like);
  } catch (const InputError& error) {
    throw in_scenario(error, scenario.name, where_of(file, scenario.name));
  }
}

double check_replication(const EconomyFile& file, const EconomySystem& benchmark, std::string& worst_row) {
  const double error = benchmark.replication_error(benchmark.start(), &worst_row);
  if (!file.economy.benchmark || error <= replication_tolerance) return error;
  const auto residuals = row_residuals(benchmark.equations(), benchmark.start());
  const auto rows = worst_rows(benchmark.equations(), residuals);
  throw InputError(
      file.where,
      fmt::format("the benchmark is not an equilibrium: '{}' is off by {:.3g} relative to its size, expected "
                  "at most {:.0e} (largest: {}); correct the data, or write 'benchmark: false' when the "
                  "start values are not meant to be one",
                  worst_row, error, replication_tolerance, levee::describe(rows)));
}

EconomyRun run_economy(const EconomyFile& file, const EconomyRunOptions& options) {
  return Runner(file, options).run();
}

double scenario_value(const EconomyScenario& scenario, const Expression& expression) {
  return evaluate(expression, [&](const Reference& reference) {
    const auto index = static_cast<std::size_t>(reference.index);
    if (reference.kind == ReferenceKind::parameter) return scenario.parameters[index];
    if (reference.kind == ReferenceKind::quantity) return scenario.quantities[index];
    return component(scenario.state, reference);
  });
}

}  // namespace levee
