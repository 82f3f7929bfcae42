#pragma once

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace levee {

/// Numbers scenarios so that two have the same number when they differ in nothing but policy: measured against the
/// same reference of one run, or of runs with the same dataset, data files, units, assumptions, and reference (by name,
/// by what it says, and by its emissions).
std::vector<std::size_t> comparable_worlds(const std::vector<NamedRun>& runs,
                                           const std::vector<ChosenScenario>& chosen);

/// What readers must know: runs that differ in dataset, data files, units, assumptions, reference or version, and
/// scenarios without an equilibrium.
std::vector<std::string> comparison_warnings(const std::vector<NamedRun>& runs,
                                             const std::vector<ChosenScenario>& chosen);

/// The groups of equal effort of at least two scenarios. What a scenario holds, in every zone, makes a group; its
/// members are all solved scenarios of its world that have a policy in the same zones and in which the same quantities
/// have the same values (within same_effort), held or not: the scenario whose emissions others hold is one of them.
/// Where prices or covered emissions are held, the zone must also cover the same emissions of the reference.
std::vector<EffortGroup> effort_groups(const std::vector<ComparedScenario>& scenarios,
                                       const std::vector<ComparedFigure>& figures, const std::vector<NamedRun>& runs,
                                       const std::vector<ChosenScenario>& chosen);

/// Every ranked indicator in every group: by zone held for indicators by zone, of the world for welfare_percent where
/// the group has the same world emissions.
std::vector<Ranking> rank_groups(const std::vector<EffortGroup>& groups, const std::vector<ComparedFigure>& figures);

}  // namespace levee
