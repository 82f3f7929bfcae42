#pragma once

#include <Eigen/Dense>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// A CSV file of the source tree, embedded in the program.
struct EmbeddedTable {
  std::string_view name;  ///< below data/
  std::string_view text;
};
std::span<const EmbeddedTable> embedded_tables();

/// The sectors of a generated world: totals of the world of 2011 in the default dataset, in million USD and kt, its
/// sectors merged or split until there are as many as asked for.
struct GeneratedSectors {
  std::vector<Sector> sectors;
  std::vector<std::string> base;  ///< the default dataset's sector that each is or is part of
  Eigen::MatrixXd use;            ///< goods x users
  Eigen::VectorXd output, value_added, household, government, investment, traded, tariff_paid;
  Eigen::VectorXd combustion, process;  ///< CO2
  double household_combustion = 0;
  std::map<std::string, Eigen::VectorXd> elasticities;  ///< by column of the elasticity table
  Eigen::VectorXd labour_share, resource_share;         ///< of value added
  Eigen::VectorXd supply_elasticity;                    ///< NaN outside extraction
  Eigen::VectorXd fuel_weight;
  std::vector<FuelUse> fuel_use;

  int count() const { return static_cast<int>(sectors.size()); }
  bool in_group(int sector, const std::string& group) const;
  /// Weighted purchases that emit, goods x users, per unit of the table.
  double emitting_part(int fuel, int user) const;
};

inline constexpr int fewest_generated_sectors = 3;

/// `count` sectors, at least `fewest_generated_sectors`. Up to 20 they keep the default dataset's codes, a merged
/// sector that of its first part; beyond, large sectors are split into CODE_01, CODE_02, ... Energy is never split.
/// Groups are energy, fuel, extraction, cbam and ets (what an emissions trading system covers).
GeneratedSectors generated_sectors(int count);

}  // namespace levee
