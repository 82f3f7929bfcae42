#include "scenarios/equilibrium.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "solver/homotopy.hpp"
#include "solver/solve.hpp"

namespace levee {

namespace {

/// The same economy with all of the policy's parameters at a share of their value: the path that a large shock is
/// walked along.
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

Solution solve_model(const RegionalModel& model, const EconomySystem& system, std::span<const double> benchmark,
                     const SolverOptions& options, const Equilibrium* near) {
  std::vector<std::vector<double>> starts;
  if (near != nullptr && near->state && near->state->prices.size() == model.economy->commodities.size())
    starts.push_back(start_near(model, system, *near));
  if (!model.likely_price.empty()) starts.push_back(start_at_likely_prices(model, system));
  SolverOptions quick = options;
  quick.max_iterations = std::min(quick.max_iterations, 20);
  quick.explore = false;
  quick.relax = false;
  int iterations = 0;
  std::vector<std::string> log;
  const auto with_attempts = [&](Solution solution) {
    solution.iterations += iterations;
    solution.log.insert(solution.log.begin(), log.begin(), log.end());
    return solution;
  };
  for (const std::vector<double>& start : starts) {
    Solution solution = solve(system.equations(), start, quick);
    if (solution.status == SolveStatus::solved || solution.status == SolveStatus::interrupted)
      return with_attempts(std::move(solution));
    iterations += solution.iterations;
    log.insert(log.end(), solution.log.begin(), solution.log.end());
  }
  return with_attempts(solve_along_path(PolicyPath(model), benchmark, options, solve));
}

}  // namespace

Equilibrium find_equilibrium(std::shared_ptr<const RegionalModel> model, const SolverOptions& options,
                             const Equilibrium* near) {
  Equilibrium result;
  const std::vector<double> values = model->economy->parameter_values();
  const EconomySystem at_benchmark(*model->economy, std::vector<double>(values.size(), 0.0), model->numeraire);
  result.replication = at_benchmark.replication_error(at_benchmark.start(), &result.worst_replication);
  if (result.replication <= replication_limit) {
    const EconomySystem system(*model->economy, values, model->numeraire);
    result.unknowns = system.equations().size();
    result.nonzeros = system.equations().pattern().nonzeros();
    if (result.unknowns != at_benchmark.equations().size())
      throw std::logic_error("the equations change their structure with the policy's prices");
    result.solution = solve_model(*model, system, at_benchmark.start(), options, near);
    if (result.solution.status == SolveStatus::solved) {
      result.outcome = read_outcome(*model, system, result.solution.x);
      result.state = system.state(result.solution.x);
      result.walras = walras_imbalance(system, *result.state, result.solution.x);
    }
  }
  result.model = std::move(model);
  return result;
}

}  // namespace levee
