#pragma once

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace levee {

/// The figures of one scenario of a run, without differences. Empty for one that is not solved or has no reference.
std::vector<ComparedFigure> scenario_figures(const NamedRun& run, const ChosenScenario& scenario);

/// What the scenario's policy holds in each zone, from summary `held`; a run made before that key was written holds
/// prices. The value of a cap is the cap while it binds, else the covered emissions.
std::vector<HeldQuantity> scenario_holds(const NamedRun& run, const ChosenScenario& scenario);

/// The figure of a row in a run's table: of the row whose cells in the columns named are these texts; NaN when there
/// is no such row.
double table_figure(const RunDocument& document, const std::string& table,
                    const std::vector<std::pair<std::string, std::string>>& match, const std::string& column);

/// Index of an indicator by its name.
std::size_t indicator_named(const std::string& name);

/// The number at summary.scenarios[..][key][name]; NaN where there is none.
double summary_figure(const nlohmann::ordered_json& scenario, const std::string& key, const std::string& name);

}  // namespace levee
