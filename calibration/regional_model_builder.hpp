#pragma once

#include <map>
#include <string>
#include <vector>

#include "calibration/regional_model.hpp"

namespace levee {

/// Writes the regional economy part by part: regional_model.cpp (goods, demand, closure), regional_production.cpp
/// (trees and emissions), regional_policy.cpp (carbon prices, allocation, border measures).
class RegionalModelBuilder {
 public:
  RegionalModelBuilder(std::shared_ptr<const Benchmark> benchmark, const ModelOptions& options,
                       const std::vector<CarbonZone>& zones, const Policy& policy);
  RegionalModel make();

 private:
  // regional_model.cpp
  void add_commodities();
  void add_households();
  void add_indices();
  int add_price_index(const std::string& name, const std::vector<int>& regions);
  void add_armington(int region, int good);
  void add_trade_leaf(int nest, int origin, int good, int region);
  void add_public_demand(int region, const std::string& name, const Eigen::MatrixXd& bundle, std::vector<int>& leaves);
  void add_consumption(int region);
  void add_household_nest(int parent, const NestTemplate& nest, int region);
  void add_foreign_saving();
  std::string place(int region, const std::string& what) const;
  int node(int region, int sector) const { return data_.node(region, sector); }

  // regional_production.cpp
  void add_production(int node);
  void add_production_nest(int parent, const NestTemplate& nest, int node, bool root, bool resource_on_top);
  void add_energy_leaf(int parent, int node, int good, double quantity, bool outside);
  void add_outside_leaves(int parent, int node);
  double nest_elasticity(const NestTemplate& nest, int node) const;
  void note_fuel_sources(int leaf, int user, int good, double quantity, bool outside);
  void note_output_sources(int leaf, int node);
  bool emits_outside(int fuel, int user_sector) const;

  // regional_policy.cpp
  void add_zone_prices();
  bool covered(int zone, int node) const;
  /// Priced emissions per unit of the leaf added last, whose sources are the last ones noted.
  double priced_per_unit(int zone, int leaf) const;
  bool priced(int zone, int account) const;
  /// coefficient x carbon price x price index of the zone, as a scalar.
  Scalar carbon_charge(int zone, double coefficient);
  void charge_emissions(int leaf, int node);
  void allocate_free(int leaf, int node);
  void charge_border(int leaf, int origin_node, int region);
  void charge_import(int zone, int leaf, int origin_node, int region);
  Scalar border_price(int zone, int origin_node, double intensity, IntensityScope scope);
  double priced_share(int zone, int other, int origin_node, IntensityScope scope);
  void rebate_export(int zone, int leaf, int origin_node, int region);
  bool electricity_pays(int zone, int origin) const;
  double paid_intensity(int zone, int node) const;
  int rebate_shortfall(int zone, int origin_node, double intensity);
  int add_direct_now(Expression& expression, int zone, int node) const;
  int add_electricity_use(Expression& expression, int user) const;
  int add_delivery_now(Expression& expression, int origin, int user) const;
  int add_electricity_now(Expression& expression, int zone, int node) const;
  void add_deferred_equations();
  void book(Instrument instrument, Wedge wedge, int leaf, int zone, int origin, int region, double intensity);
  double zone_benchmark(int zone, int sector) const;
  double free_share(int zone, int sector) const;
  double money_per_priced_mt() const;
  const Eigen::VectorXd& intensities(int zone, IntensityScope scope);

  std::shared_ptr<const Benchmark> benchmark_;
  const Dataset& data_;
  const ModelOptions& options_;
  const std::vector<CarbonZone>& zones_;
  const Policy& policy_;
  const Technology* technology_ = nullptr;
  const HouseholdTemplate* preferences_ = nullptr;
  Economy economy_;
  RegionalModel model_;
  std::vector<int> price_parameter_;       ///< a zone
  std::vector<std::vector<char>> member_;  ///< zone, region
  std::vector<Eigen::VectorXd> direct_;    ///< zone: direct emissions of every node in the zone's stressors, Mt
  std::map<std::pair<int, IntensityScope>, Eigen::VectorXd> intensity_;
  std::map<std::pair<int, int>, int> shortfall_;  ///< (zone, node) -> auxiliary
  struct Deferred {
    int auxiliary = -1;
    int zone = -1;
    int node = -1;
    double intensity = 0;
  };
  std::vector<Deferred> deferred_;
};

}  // namespace levee
