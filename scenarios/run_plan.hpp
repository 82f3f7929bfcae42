#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/study.hpp"

namespace levee {

/// One scenario of a run.
struct PlannedScenario {
  int scenario = -1;          ///< index into Study::scenarios
  int reference = -1;         ///< index into RunPlan::work: what it is measured against; may be itself
  std::vector<int> followed;  ///< indices into RunPlan::work, all smaller: whose results its caps need
  bool wanted = true;         ///< false: solved only because wanted ones need it
  bool decomposed = false;    ///< whether its leakage is decomposed by channel
};

/// Which scenarios a run solves and in which order they are begun.
struct RunPlan {
  /// Scenarios with the same reference follow each other, so that few results wait for others at a time; each comes
  /// after those that its caps follow.
  std::vector<PlannedScenario> work;
  int wanted() const {
    return static_cast<int>(std::ranges::count_if(work, [](const PlannedScenario& planned) { return planned.wanted; }));
  }
};

/// Indices of the scenarios with the names or base names given (all when there are none), of the references that they
/// are measured against and of what their caps follow, in the study's order. Throws InputError on an unknown name.
std::vector<int> selected_scenarios(const Study& study, const std::vector<std::string>& only);

/// Part `number` (from 1) of `parts` that the scenarios are dealt in, in the study's order: scenarios with the same
/// reference stay together as far as parts of equal size allow, since each part solves what its scenarios need.
std::vector<int> dealt_scenarios(const Study& study, const std::vector<int>& scenarios, int number, int parts);

/// The scenarios and what they need, in the study's order.
std::vector<int> with_needed(const Study& study, const std::vector<int>& scenarios);

/// The plan to solve `wanted`, and to decompose those of them that are in `decomposed` too and have a carbon market.
/// What they need is solved along with them.
RunPlan plan_run(const Study& study, const std::vector<int>& wanted, const std::vector<int>& decomposed);

}  // namespace levee
