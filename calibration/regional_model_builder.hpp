#pragma once

#include <map>
#include <string>
#include <vector>

#include "calibration/regional_model.hpp"

namespace levee {

/// Writes the regional economy part by part: regional_model.cpp (goods, demand, closure), regional_production.cpp
/// (trees and emissions), regional_market.cpp (carbon prices, caps, allocation), regional_border.cpp (charges and
/// rebates), regional_carbon_content.cpp (emissions per unit at the solution).
class RegionalModelBuilder {
 public:
  RegionalModelBuilder(std::shared_ptr<const Benchmark> benchmark, const ModelOptions& options,
                       const std::vector<CarbonZone>& zones, const Policy& policy, const ChannelExperiment& experiment);
  RegionalModel make();

 private:
  // regional_model.cpp
  void add_commodities();
  void add_households();
  Scalar resource_supply(int node);
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
  /// Whether a node has a resource at the top of its tree: supply at constant elasticity.
  bool is_extraction(int node) const;
  double nest_elasticity(const NestTemplate& nest, int node) const;
  void note_fuel_sources(int leaf, int user, int good, double quantity, bool outside);
  void note_output_sources(int leaf, int node);
  bool emits_outside(int fuel, int user_sector) const;

  // regional_market.cpp
  void add_markets();
  void add_market(const std::vector<int>& zones);
  double uncapped_emissions(int zone) const;
  int add_nominal_price(Expression& expression, int zone) const;
  int add_emissions(int zone);
  int add_unused_allowances(Expression& expression, int zone, int emissions) const;
  void add_caps();
  double likely_price(const std::vector<int>& zones) const;
  void add_allowance_trade(const std::vector<int>& zones, const std::vector<int>& emissions);
  bool covered(int zone, int node) const;
  /// Priced emissions per unit of the leaf added last, whose sources are the last ones noted.
  double priced_per_unit(int zone, int leaf) const;
  bool priced(int zone, int account) const;
  /// coefficient x carbon price x price index of the zone, as a scalar.
  Scalar carbon_charge(int zone, double coefficient);
  void charge_emissions(int leaf, int node);
  void allocate_free(int leaf, int node);
  void book(Instrument instrument, Wedge wedge, int leaf, int zone, int origin, int region, double intensity);
  double zone_benchmark(int zone, int sector) const;
  double free_share(int zone, int sector) const;
  double money_per_priced_mt() const;
  const Eigen::VectorXd& intensities(int zone, IntensityScope scope);

  // regional_border.cpp
  void charge_border(int leaf, int origin_node, int region);
  void neutralise(int zone, int leaf, int origin_node, int region);
  void charge_import(int zone, int leaf, int origin_node, int region);
  Scalar border_price(int zone, int origin_node, double intensity, IntensityScope scope);
  double priced_share(int zone, int other, int origin_node, IntensityScope scope);
  void rebate_export(int zone, int leaf, int origin_node, int region);

  // regional_carbon_content.cpp
  struct BenchmarkCarbon {
    Eigen::VectorXd direct;              ///< nodes, Mt
    Eigen::VectorXd electricity_factor;  ///< regions, Mt per unit delivered
  };
  const BenchmarkCarbon& benchmark_carbon(const std::vector<std::string>& stressors) const;
  void index_uses();
  bool electricity_pays(int zone, int origin) const;
  double paid_intensity(int zone, int node) const;
  int rebate_shortfall(int zone, int origin_node, double intensity);
  int add_direct_now(Expression& expression, int zone, int node) const;
  int add_electricity_use(Expression& expression, int user) const;
  int add_delivery_now(Expression& expression, int origin, int user) const;
  int add_electricity_now(Expression& expression, int zone, int node) const;
  double neutral_intensity(int zone, int sector) const;
  int net_content(int zone, int sector, double intensity);
  void add_content_equations();
  void add_shortfall_equations();

  std::shared_ptr<const Benchmark> benchmark_;
  const Dataset& data_;
  const ModelOptions& options_;
  const std::vector<CarbonZone>& zones_;
  const Policy& policy_;
  const ChannelExperiment& experiment_;
  const Technology* technology_ = nullptr;
  const HouseholdTemplate* preferences_ = nullptr;
  Economy economy_;
  RegionalModel model_;
  std::vector<int> cut_;                   ///< a zone: parameter, benchmark emissions less cap; -1 without a cap
  std::vector<std::vector<char>> member_;  ///< zone, region
  std::vector<Eigen::VectorXd> direct_;    ///< zone: direct emissions of every node in the zone's stressors, Mt
  mutable std::map<std::vector<std::string>, BenchmarkCarbon> carbon_;  ///< found when first asked for
  std::map<std::pair<int, IntensityScope>, Eigen::VectorXd> intensity_;
  std::map<std::pair<int, int>, int> shortfall_;  ///< (zone, node) -> auxiliary
  struct Uses {
    std::vector<int> sources;      ///< indices into RegionalModel::sources
    std::vector<int> electricity;  ///< leaves
  };
  std::vector<Uses> uses_;  ///< a node
  struct Deferred {
    int auxiliary = -1;
    int zone = -1;
    int node = -1;
    double intensity = 0;
  };
  std::vector<Deferred> deferred_;
  std::map<std::pair<int, int>, int> content_;  ///< (zone, sector) -> auxiliary
  struct DeferredContent {
    int auxiliary = -1;
    int zone = -1;
    int sector = -1;
    double intensity = 0;
  };
  std::vector<DeferredContent> deferred_contents_;
  struct CappedMarket {
    std::vector<int> zones;
    int price = -1;  ///< auxiliary
  };
  std::vector<CappedMarket> capped_markets_;
};

}  // namespace levee
