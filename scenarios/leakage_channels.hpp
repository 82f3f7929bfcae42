#pragma once

#include <string>
#include <vector>

#include "scenarios/equilibrium.hpp"
#include "scenarios/leakage.hpp"

namespace levee {

/// Where a zone's leakage comes from, by the four runs of section 5 of the model's description. The parts add up to the
/// leakage rate.
struct LeakageChannels {
  double energy = 0;           ///< cheaper fossil fuels outside
  double competitiveness = 0;  ///< production that moves
  double income = 0;           ///< what is left when neither can: incomes, terms of trade

  /// One of the counterfactual runs.
  struct Run {
    std::string name;  ///< "fuel prices held", "neutral border", "both"
    Solution solution;
    double rate = 0;           ///< - change outside in this run over the change inside of the full run
    double inside_change = 0;  ///< Mt
    double outside_change = 0;
    double carbon_price = 0;
    std::vector<std::string> free_fuels;  ///< "GAS in JKT": extraction without a resource, whose price stays free
  };
  std::vector<Run> runs;
  std::string problem;  ///< why there are no channels, when a run is unsolved
  bool solved() const { return problem.empty(); }
};

/// Solves the three runs beside the full one for zone `z`: fossil fuels' producer prices outside it held at the
/// reference's (F), its border measures neutral (B), both. A cap stays in force in each of them and its price moves; a
/// target for the world's emissions becomes a cap at the zone's emissions of the full run, so that all four runs make
/// the same effort. With D = - change outside / change inside of the full run,
///   energy = 1/2 [(D - D_F) + (D_B - D_FB)], competitiveness = 1/2 [(D - D_B) + (D_F - D_FB)], income = D_FB.
LeakageChannels find_channels(const Equilibrium& full, const Outcome& reference, const ModelOptions& model,
                              const std::vector<CarbonZone>& zones, const Policy& policy, int z,
                              const SolverOptions& options, const SolveFunction& solve_with = solve);

}  // namespace levee
