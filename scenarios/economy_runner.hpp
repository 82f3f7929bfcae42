#pragma once

#include <functional>
#include <string>
#include <vector>

#include "calibration/economy_reader.hpp"
#include "model/economy_system.hpp"
#include "solver/homotopy.hpp"
#include "solver/ipopt_solver.hpp"
#include "solver/solution.hpp"

namespace levee {

/// Largest relative residual at the start values that still counts as a replicated benchmark.
constexpr double replication_tolerance = 1e-9;

/// One equilibrium of an economy file.
struct EconomyScenario {
  std::string name;
  std::vector<double> parameters;  ///< values solved at, one a parameter of the economy
  std::vector<FixedValue> fixed;
  Solution solution;
  EconomyState state;              ///< empty when not solved
  std::vector<double> quantities;  ///< a node (nests 0), total over the activity or agent; empty when not solved
  double walras = 0;               ///< money that the rows not imposed leave over (Walras: nothing), over total income
  std::vector<EconomySystem::DroppedRow> dropped;  ///< rows not imposed because their unknown is fixed

  bool solved() const { return solution.status == SolveStatus::solved; }
};

struct EconomyRun {
  double replication = 0;                  ///< largest relative residual at the start values
  std::string replication_row;             ///< where
  std::vector<EconomyScenario> scenarios;  ///< the benchmark, then the counterfactuals in the order of the file
};

struct EconomyRunOptions {
  SolverOptions solver;
  SolveFunction solve_with = solve_with_ipopt;  ///< what solves: a program without Ipopt has another
  /// Called after each scenario.
  std::function<void(const EconomyScenario&)> progress;
};

/// A scenario's parameter values and closure, numbers all.
struct EconomyCase {
  std::string name;
  std::vector<double> parameters;
  std::vector<FixedValue> fixed;
  int previous = -1;  ///< index of the case that `from: previous` refers to, -1: the benchmark
};

/// The benchmark (case 0, named "benchmark") and the counterfactuals. Throws InputError on a value that is not finite.
std::vector<EconomyCase> economy_cases(const EconomyFile& file);

/// The system of equations of a case. Throws InputError that names the counterfactual and lies in the file.
EconomySystem economy_system(const EconomyFile& file, const EconomyCase& scenario, const EconomySystem* like = nullptr);

/// Throws InputError, naming the row that is farthest off, when the start values are not an equilibrium although the
/// file does not say `benchmark: false`. Returns the largest relative residual; `worst_row` receives its name.
double check_replication(const EconomyFile& file, const EconomySystem& benchmark, std::string& worst_row);

/// Solves the benchmark and every counterfactual. Each starts from the benchmark's solution, whatever was solved
/// before; when that fails, the solution is followed from there along a path of parameter and fixed values; when that
/// fails too and the scenario builds on the previous one, both are tried from that one's solution. A scenario that is
/// not found is marked and the next one tried. Throws InputError before any solve when one of the cases is impossible
/// or the benchmark does not replicate. Interrupted: the scenarios not reached are missing from the result.
EconomyRun run_economy(const EconomyFile& file, const EconomyRunOptions& options);

/// The value of an expression in a solved scenario.
double scenario_value(const EconomyScenario& scenario, const Expression& expression);

}  // namespace levee
