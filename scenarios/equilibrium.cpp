#include "scenarios/equilibrium.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>

#include "solver/parallel.hpp"

namespace levee {

namespace {

/// Moves the system to a share of all of the policy's parameters.
void set_policy(EconomySystem& system, double share) {
  std::vector<double> values = system.economy().parameter_values();
  for (double& value : values) value *= share;
  system.set_parameters(values);
}

double walras_imbalance(const EconomySystem& system, const EconomyState& state, std::span<const double> x) {
  double income = 0, imbalance = 0;
  for (const double value : state.incomes) income += std::max(0.0, value);
  for (const EconomySystem::DroppedRow& row : system.dropped_rows(x))
    imbalance = std::max(imbalance, std::abs(row.value));
  return income > 0 ? imbalance / income : imbalance;
}

/// The other equilibrium's prices and levels, and its auxiliaries where this model has one of the same name.
std::vector<double> start_near(const RegionalModel& model, const EconomySystem& system, const Equilibrium& other) {
  EconomyState state = *other.state;
  std::map<std::string, double> known;
  const std::vector<Auxiliary>& theirs = other.model->economy->auxiliaries;
  for (std::size_t k = 0; k < theirs.size(); ++k) known[theirs[k].name] = state.auxiliaries[k];
  state.auxiliaries.clear();
  for (const Auxiliary& auxiliary : model.economy->auxiliaries) {
    const auto found = known.find(auxiliary.name);
    state.auxiliaries.push_back(found == known.end() ? auxiliary.start : found->second);
  }
  state.incomes.resize(model.economy->agents.size(), 0);
  return system.point(state);
}

/// The benchmark with likely carbon prices under caps, and the costs that follow from them.
std::vector<double> start_at_likely_prices(const RegionalModel& model, const EconomySystem& system) {
  EconomyState state = system.state(system.start());
  for (const auto& [auxiliary, price] : model.likely_price) state.auxiliaries[auxiliary] = price;
  return system.point(state);
}

/// Leaves the system at the policy.
Solution solve_model(const RegionalModel& model, EconomySystem& system, const SolverOptions& options,
                     const Equilibrium* near, const SolveFunction& solve_with) {
  set_policy(system, 1);
  std::vector<std::vector<double>> starts;
  if (near != nullptr && near->state && near->state->prices.size() == model.economy->commodities.size())
    starts.push_back(start_near(model, system, *near));
  if (!model.likely_price.empty()) starts.push_back(start_at_likely_prices(model, system));
  SolverOptions quick = options;
  quick.max_iterations = std::min(quick.max_iterations, 20);
  quick.explore = false;
  quick.relax = false;
  Solution attempts;
  for (const std::vector<double>& start : starts) {
    Solution solution = solve_with(system.equations(), start, quick);
    solution.add_effort(attempts);
    if (solution.status == SolveStatus::solved || solution.status == SolveStatus::interrupted) return solution;
    attempts = std::move(solution);
  }
  // The path that a large shock is walked along: the same equations at a share of the policy.
  const ProblemPath path = [&](double share) {
    set_policy(system, share);
    return std::shared_ptr<const NonlinearProblem>(std::shared_ptr<void>{}, &system.equations());
  };
  Solution solution = solve_along_path(path, system.start(), options, solve_with);
  solution.add_effort(attempts);
  set_policy(system, 1);
  return solution;
}

/// A point that solves the equations is no equilibrium when a household consumes less than nothing: government and
/// investment are fixed in real terms, and nothing in the equations keeps them within its income.
void refuse_negative_consumption(Equilibrium& found) {
  int poorest = 0;
  const double utility = found.outcome->utility.minCoeff(&poorest);
  if (utility > 0) return;
  const std::string& region = found.model->benchmark->dataset->regions[static_cast<std::size_t>(poorest)].code;
  found.solution.status = SolveStatus::infeasible;
  found.solution.worst = {{"income balance household in " + region, utility}};
  found.solution.message = "the household of " + region +
                           " would consume less than nothing: its income does not cover what government and "
                           "investment buy, which is fixed in real terms";
  found.outcome.reset();
  found.state.reset();
}

}  // namespace

Equilibrium find_equilibrium(std::shared_ptr<const RegionalModel> model, const SolverOptions& options,
                             const Equilibrium* near, const SolveFunction& solve_with) {
  Equilibrium result;
  const std::vector<double> values = model->economy->parameter_values();
  EconomySystem system(*model->economy, std::vector<double>(values.size(), 0.0), model->numeraire);
  SolverOptions fitted = options;
  fitted.threads = worthwhile_threads(system.equations().pattern().nonzeros(), options.threads);
  system.set_threads(fitted.threads);
  result.replication = system.replication_error(system.start(), &result.worst_replication);
  if (result.replication <= replication_limit) {
    result.unknowns = system.equations().size();
    result.nonzeros = system.equations().pattern().nonzeros();
    result.solution = solve_model(*model, system, fitted, near, solve_with);
    if (result.solution.status == SolveStatus::solved) {
      result.outcome = read_outcome(*model, system, result.solution.x);
      result.state = system.state(result.solution.x);
      result.walras = walras_imbalance(system, *result.state, result.solution.x);
    }
  }
  result.model = std::move(model);
  if (result.solved()) refuse_negative_consumption(result);
  return result;
}

}  // namespace levee
