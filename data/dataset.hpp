#pragma once

#include <Eigen/Dense>
#include <map>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/intermediate_table.hpp"

namespace levee {

struct Region {
  std::string code;
  std::string name;
  std::string income_group;  ///< free text, empty when not given
};

struct Sector {
  std::string code;
  std::string name;
  std::vector<std::string> groups;  ///< such as energy, extraction, cbam
};

struct Source {
  std::string title;
  std::string licence;
  std::string citation;
};

/// Final demand categories of the table, in the order of the columns of Y.
enum FinalDemand { household = 0, npish, government, investment, inventories, final_demand_count };

/// A multi-region input-output table at basic prices, in the dataset's money. Node (r, i) has index r * sectors + i.
struct MrioTable {
  IntermediateTable Z;          ///< intermediate deliveries, row sells to column
  Eigen::MatrixXd Y;            ///< nodes x (regions * final_demand_count), deliveries to final demand
  Eigen::VectorXd x;            ///< nodes, output as published
  Eigen::VectorXd value_added;  ///< nodes, as published
};

/// The largest imbalance of a table as published, relative to a node's output (or to 1e-3 of the mean output where that
/// is larger).
struct Balance {
  double rows = 0;
  double columns = 0;
};

/// Tolerance of the balance check where dataset.yaml gives none, relative to output.
inline constexpr double default_balance_tolerance = 1e-6;

/// One stressor: totals of the accounts in `unit`. What is no mass (money, hours, energy) may be negative.
struct Stressor {
  std::string name;           ///< CO2, CH4, ...
  std::string unit;           ///< kt
  double mt_per_unit = 1e-3;  ///< 0: no mass, or part of another stressor; models leave it out
  Eigen::VectorXd industry;   ///< nodes, process included
  Eigen::VectorXd process;    ///< nodes, the part of industry that is process
  Eigen::VectorXd household;  ///< regions
  std::string part_of = {};   ///< the stressor that counts these figures already; empty: none
  int year = 0;               ///< of the figures; 0: the dataset's
  std::string quality = {};   ///< how far to trust them, in words
  std::string source = {};    ///< where they come from
};

/// Elasticities by node (r, i), defaults by sector with overrides by region already applied. All >= 0.
struct ElasticityTable {
  std::map<std::string, Eigen::VectorXd> by_node;  ///< armington_domestic_import, armington_origins, value_added, ...
};

/// A production technology as a tree: data, read from the dataset.
struct NestTemplate {
  std::string name;
  std::string elasticity_column;  ///< a column of the elasticity table, or empty: `elasticity` holds
  double elasticity = 0;
  std::vector<NestTemplate> nests;
  std::vector<std::string> factors;  ///< labour, capital, resource
  std::vector<int> goods;            ///< sectors bought in this nest
  Location where;
};

struct Technology {
  std::string name;
  NestTemplate output;                       ///< the root
  std::vector<std::string> resource_on_top;  ///< sector groups whose resource sits above the tree (extraction)
};

/// Household preferences as a tree over goods.
struct HouseholdTemplate {
  std::string name;
  NestTemplate utility;
};

struct FuelUse {
  int fuel = 0;  ///< sector
  int user = 0;  ///< sector
  double share_outside_nest = 0;
  bool emits = false;  ///< whether the part outside the nest emits
};

struct Parameters {
  ElasticityTable elasticities;
  Eigen::VectorXd labour_share;       ///< nodes, of value added
  Eigen::VectorXd resource_share;     ///< nodes, of value added; fossil supply's share already applied where given
  Eigen::VectorXd supply_elasticity;  ///< nodes; NaN where the sector is not in the fossil supply table
  Eigen::VectorXd fuel_weight;        ///< sectors, t CO2 per unit of money relative weights; 0 for what does not burn
  std::vector<FuelUse> fuel_use;
};

/// A dataset as read and checked: labels agree, dimensions fit, every figure finite.
struct Dataset {
  std::string name;
  std::string path;  ///< of dataset.yaml
  int year = 0;
  std::string currency;     ///< USD
  double money_unit = 1e6;  ///< one unit of the table in currency
  std::vector<Source> sources;
  std::vector<std::string> artefacts;    ///< known oddities of the data, for the report
  std::vector<std::string> assumptions;  ///< for the report
  std::vector<Region> regions;
  std::vector<Sector> sectors;
  int electricity = -1;  ///< sector, -1 when there is none
  MrioTable table;
  Balance balance;
  std::vector<Stressor> stressors;  ///< CO2 first
  Eigen::MatrixXd tariff;           ///< nodes (origin, good) x regions (destination), ad valorem; empty when not given
  Parameters parameters;
  std::map<std::string, Technology> technologies;
  std::map<std::string, HouseholdTemplate> households;
  std::vector<std::string> files;    ///< every file read, for checksums
  std::vector<Diagnostic> warnings;  ///< oddities that are treated, not rejected

  /// Whether there are parameters to make a model with. A dataset without serves input-output accounts.
  bool has_parameters() const { return parameters.labour_share.size() > 0; }
  int region_count() const { return static_cast<int>(regions.size()); }
  int sector_count() const { return static_cast<int>(sectors.size()); }
  int node_count() const { return region_count() * sector_count(); }
  int node(int region, int sector) const { return region * sector_count() + sector; }
  /// Whether a selector covers a sector. A selector is a sector's code, a group, `all`, or `non-GROUP` (every sector
  /// that is not in GROUP).
  bool in_group(int sector, const std::string& selector) const;
  std::vector<int> sectors_in(const std::string& selector) const;  ///< in the dataset's order, empty when unknown
  std::vector<std::string> selectors() const;                      ///< every valid selector, for messages
  std::string node_label(int node) const;                          ///< REGION.SECTOR
  int region_index(const std::string& code) const;                 ///< -1 when unknown
  int sector_index(const std::string& code) const;                 ///< -1 when unknown
};

/// An empty dataset of another name with a dataset's year, money, sources and remarks: what is made of it begins so.
Dataset dataset_after(const Dataset& dataset, std::string name);

/// "million USD" and the like.
std::string money_unit(const Dataset& dataset);

}  // namespace levee
