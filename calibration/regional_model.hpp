#pragma once

#include <memory>
#include <string>
#include <vector>

#include "calibration/benchmark.hpp"
#include "model/economy.hpp"
#include "model/economy_system.hpp"
#include "model/policy.hpp"

namespace levee {

/// Which of the dataset's trees and which closure to use.
struct ModelOptions {
  std::string technology = "gtap-e";
  std::string household = "ces";
  std::string armington = "common";  ///< one composite a good and region
  std::string closure =
      "standard";  ///< one household a region, fixed real government and investment, fixed foreign saving
};

/// A source of emissions in the model: coefficient times a quantity that the solution gives.
struct EmissionSource {
  int account = 0;  ///< index into Benchmark::emissions
  int user = 0;     ///< node, or node count + region for its household
  enum class Kind { fuel, process, unallocated } kind = Kind::fuel;
  int fuel = -1;           ///< sector, of a fuel source
  int leaf = -1;           ///< node of the economy whose quantity drives it; -1: the utility of the region's household
  double coefficient = 0;  ///< Mt per unit of that quantity
};

/// What a wedge of the generated economy is for.
enum class Instrument { tariff, carbon_price, free_allocation, border_charge, export_rebate };

struct BookedWedge {
  int wedge = -1;  ///< index into Economy::wedges
  int leaf = -1;   ///< node of the economy
  Instrument instrument = Instrument::tariff;
  int zone = -1;         ///< of a policy wedge
  int origin = -1;       ///< node that makes the good; of a carbon price: the emitting node
  int region = -1;       ///< where the buyer is
  double intensity = 0;  ///< of a border charge or rebate: Mt per unit charged at benchmark, net of free allocation
};

/// A purchase of a producer in the generated economy.
struct InputLeaf {
  int leaf = -1;  ///< node of the economy
  int user = -1;  ///< node (r, j)
  int good = -1;
  bool outside = false;  ///< of the energy nest: feedstock, own use
};

/// What linked zones pay each other for allowances.
struct AllowanceSales {
  int zone = -1;
  int region = -1;
  int expression = -1;  ///< of the economy: money the region's household receives
};

/// A thought experiment over a policy, for the channels of leakage (section 5 of the model's description).
struct ChannelExperiment {
  int zone = -1;
  /// The zone's border measures are replaced by a destination tax at its own carbon content, on every good it prices.
  bool neutral_border = false;
  /// Nodes: over the world's consumer price index, the producer price at which extraction outside the zone is held by
  /// as much of its resource as that takes. Empty: nothing is held.
  Eigen::VectorXd fuel_price;
};

/// The calibrated economy of a dataset under a policy, with the map from the economy's parts to regions, goods and
/// sources.
struct RegionalModel {
  std::shared_ptr<const Benchmark> benchmark;
  std::shared_ptr<const Economy> economy;
  std::vector<FixedValue> numeraire;
  std::vector<int> good, composite;                   ///< commodities by node (r, i); -1 where there is none
  std::vector<int> labour, capital;                   ///< commodities by region
  std::vector<int> resource;                          ///< commodities by node; -1
  std::vector<int> production, armington;             ///< activities by node; -1
  std::vector<int> household;                         ///< agents by region
  std::vector<int> output_leaf;                       ///< economy nodes by node
  std::vector<int> composite_leaf;                    ///< economy nodes by node: the composite's output
  std::vector<int> trade_leaf;                        ///< economy nodes by origin node * regions + destination; -1
  std::vector<int> consumption_leaf;                  ///< economy nodes by node (r, i); -1
  std::vector<int> government_leaf, investment_leaf;  ///< economy nodes by node (r, i); -1
  std::vector<int> price_index;                       ///< auxiliaries by zone: consumer price index
  int world_price_index = -1;                         ///< auxiliary
  std::vector<Reference> carbon_price;                ///< zones: of the market, parameter or (under a cap) auxiliary
  std::vector<int> market_index;                      ///< zones: auxiliary, consumer price index of the market
  std::vector<std::pair<int, double>> likely_price;   ///< auxiliary of a capped market, a start for its carbon price
  std::vector<AllowanceSales> allowance_sales;
  std::vector<std::pair<int, int>> held_resources;  ///< node, auxiliary: its resource over the benchmark's
  std::vector<InputLeaf> input_leaves;
  std::vector<EmissionSource> sources;
  std::vector<BookedWedge> wedges;

  int trade(int origin_node, int destination) const {
    return trade_leaf[origin_node * benchmark->dataset->region_count() + destination];
  }
};

/// Generates the regional economy through the engine's own types. `policy` holds an entry for each zone. Without a
/// carbon price or cap no wedge is made for it, so the reference economy is the calibrated one. The economy's
/// parameters (carbon prices, cuts of emissions under a cap, fixed prices of fuels less 1) are the policy: all 0 is the
/// benchmark. Throws InputError when an option names what the dataset or the model does not have.
RegionalModel make_regional_model(std::shared_ptr<const Benchmark> benchmark, const ModelOptions& options,
                                  const std::vector<CarbonZone>& zones, const Policy& policy,
                                  const ChannelExperiment& experiment = {});

}  // namespace levee
