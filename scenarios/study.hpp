#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calibration/regional_model.hpp"
#include "data/dataset.hpp"
#include "data/yaml_view.hpp"
#include "model/policy.hpp"
#include "scenarios/member_index.hpp"

namespace levee {

/// A change of the dataset's parameters for one scenario: `scale` multiplies, `set` replaces.
struct ParameterChange {
  /// A column of the elasticity table, or fossil_supply, resource_share, labour_share, fuel_weight, tariffs (by
  /// importing region and good), or household.NEST.
  std::string parameter;
  std::optional<int> region;  ///< all when absent
  std::optional<int> sector;  ///< all when absent
  double value = 1;
  bool scale = true;

  bool operator==(const ParameterChange&) const = default;
};

/// How large a cap is: so many Mt, or a share of what the same emissions are in another scenario.
struct CapRule {
  std::optional<double> mt;
  std::string as_in;   ///< base name of the scenario followed; empty: the reference
  double share = 1;    ///< of the emissions there
  bool world = false;  ///< on the world's emissions instead of those the zone covers
  Location where;
};

/// One scenario in resolved form: extends merged, names turned into indices.
struct Scenario {
  std::string name;          ///< of a sweep member: "base/key=value,key=value" (see study_scenarios.hpp)
  std::string base_name;     ///< the scenario of the study that a sweep member belongs to
  SweepValues sweep_values;  ///< those that apply to this scenario; of an ensemble `member` and what was drawn for it
  std::vector<CarbonZone> zones;             ///< the study's, with this scenario's changes of members and coverage
  Policy policy;                             ///< an entry for each zone; caps still without a size
  std::vector<std::optional<CapRule>> caps;  ///< a zone, or empty; the runner turns them into the policy's
  std::vector<ParameterChange> parameters;
  std::string resolved_yaml;  ///< what the study says after extends and sweep, for the record
  Location where;
};

/// What a study file says, read and checked against its dataset.
struct Study {
  std::string name;
  std::string description;
  std::string path;
  std::string dataset_path;
  std::shared_ptr<const Dataset> dataset;
  ModelOptions model;
  std::vector<CarbonZone> zones;    ///< before a scenario's changes; every scenario has the same, in this order
  std::vector<Scenario> scenarios;  ///< in file order; sweep members in the order of the product. `add` appends
  MemberIndex members;              ///< of the scenarios
  std::string reference;            ///< base name of the reference scenario
  bool channels = true;             ///< whether leakage is decomposed by channel unless a run says otherwise
  std::vector<std::string> files;   ///< read for this study, the dataset's included

  void add(Scenario scenario);
  /// Index of the reference that `scenario` is measured against: the reference of the same sweep member, where a sweep
  /// that leaves the reference alone does not count. read_study has checked that there is one; -1 without it.
  int reference_of(int scenario) const;
  /// Index of the scenario `base_name` in the same member of the sweep, where keys that leave it alone do not count; -1
  /// when there is none.
  int member_of(const std::string& base_name, int scenario) const;
};

/// Reads a study and the dataset it names. Throws InputError with every fault found.
///
/// A file may say `extends: OTHER.yaml`: it is merged over the other (maps deeply, lists replaced, null deletes).
Study read_study(const std::string& path);

/// The dataset with a scenario's parameter changes applied in their order; the same pointer when there are none.
std::shared_ptr<const Dataset> apply_parameters(std::shared_ptr<const Dataset> dataset,
                                                const std::vector<ParameterChange>& changes);

}  // namespace levee
