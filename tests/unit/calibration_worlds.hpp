#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.hpp"
#include "model/policy.hpp"

// Datasets made in memory: an empty one for figures by hand, random ones for properties, and what can be done to them
// without changing what they describe (order, units, a region in two halves).
namespace levee::testing {

inline bool is_extracted(const std::string& code) { return code == "COAL" || code == "OIL" || code == "GAS"; }
inline bool is_energy(const std::string& code) { return is_extracted(code) || code == "REF" || code == "ELEC"; }

/// The default dataset's tree of production over whatever sectors there are.
inline Technology gtap_e(const Dataset& data) {
  const auto goods = [&](const std::set<std::string>& codes) {
    std::vector<int> found;
    for (int i = 0; i < data.sector_count(); ++i) {
      if (codes.contains(data.sectors[i].code)) found.push_back(i);
    }
    return found;
  };
  std::vector<int> materials;
  for (int i = 0; i < data.sector_count(); ++i) {
    if (!is_energy(data.sectors[i].code)) materials.push_back(i);
  }
  const NestTemplate non_coal{"non_coal", "non_coal", 0, {}, {}, goods({"OIL", "GAS", "REF"}), {}};
  const NestTemplate non_electric{"non_electric", "non_electric", 0, {non_coal}, {}, goods({"COAL"}), {}};
  const NestTemplate energy{"energy", "energy", 0, {non_electric}, {}, goods({"ELEC"}), {}};
  const NestTemplate capital_energy{"capital_energy", "capital_energy", 0, {energy}, {"capital"}, {}, {}};
  const NestTemplate value_added{
      "value_added_energy", "value_added", 0, {capital_energy}, {"labour", "resource"}, {}, {}};
  const NestTemplate non_energy{"non_energy", "", 0, {}, {}, materials, {}};
  return {"gtap-e", {"output", "", 0, {non_energy, value_added}, {}, {}, {}}, {"extraction"}};
}

inline HouseholdTemplate household_of_goods_and_energy(const Dataset& data, double goods, double energy) {
  NestTemplate top{"utility", "", goods, {}, {}, {}, {}};
  NestTemplate fuels{"energy", "", energy, {}, {}, {}, {}};
  for (int i = 0; i < data.sector_count(); ++i) {
    (is_energy(data.sectors[i].code) ? fuels : top).goods.push_back(i);
  }
  top.nests.push_back(fuels);
  return {"ces", top};
}

inline Stressor blank_stressor(const std::string& name, int regions, int nodes) {
  return {name, "kt", 1e-3, Eigen::VectorXd::Zero(nodes), Eigen::VectorXd::Zero(nodes), Eigen::VectorXd::Zero(regions)};
}

/// Every part has its size and is zero; labour is half of value added, every elasticity 1. Money in millions, CO2 in
/// kt.
inline Dataset blank_world(const std::vector<std::string>& regions, const std::vector<std::string>& sectors) {
  Dataset data;
  data.name = "made";
  data.path = "made.yaml";
  data.year = 2011;
  data.currency = "USD";
  for (const std::string& code : regions) data.regions.push_back({code, code, ""});
  for (const std::string& code : sectors) {
    std::vector<std::string> groups;
    if (is_energy(code)) groups.emplace_back("energy");
    if (is_extracted(code)) groups.emplace_back("extraction");
    data.sectors.push_back({code, code, groups});
  }
  data.electricity = data.sector_index("ELEC");
  const int nodes = data.node_count(), count = data.region_count();
  data.table = {IntermediateTable(Eigen::MatrixXd::Zero(nodes, nodes), data.sector_count()),
                Eigen::MatrixXd::Zero(nodes, count * final_demand_count), Eigen::VectorXd::Zero(nodes),
                Eigen::VectorXd::Zero(nodes)};
  data.stressors = {blank_stressor("CO2", count, nodes)};
  data.tariff = Eigen::MatrixXd::Zero(nodes, count);
  Parameters& parameters = data.parameters;
  for (const char* column : {"armington_domestic_import", "armington_origins", "value_added", "capital_energy",
                             "energy", "non_electric", "non_coal"}) {
    parameters.elasticities.by_node[column] = Eigen::VectorXd::Ones(nodes);
  }
  parameters.labour_share = Eigen::VectorXd::Constant(nodes, 0.5);
  parameters.resource_share = Eigen::VectorXd::Zero(nodes);
  parameters.supply_elasticity = Eigen::VectorXd::Constant(nodes, std::numeric_limits<double>::quiet_NaN());
  parameters.fuel_weight = Eigen::VectorXd::Zero(data.sector_count());
  data.technologies["gtap-e"] = gtap_e(data);
  data.households["ces"] = household_of_goods_and_energy(data, 1, 1);
  return data;
}

/// Output is what the rows add up to, value added what the columns leave.
inline void balance(Dataset& data) {
  data.table.x = data.table.Z.dense().rowwise().sum() + data.table.Y.rowwise().sum();
  data.table.value_added = data.table.x - data.table.Z.dense().colwise().sum().transpose();
}

inline double& final_demand(Dataset& data, int origin_node, int region, FinalDemand category) {
  return data.table.Y(origin_node, region * final_demand_count + category);
}

/// Two to five regions, four to eight sectors with fuels and electricity, trade with gaps, nodes without output,
/// inventories of both signs, tariffs, non-profit institutions, emissions of two stressors from fuels, processes and
/// neither, elasticities from zero to twelve. Balanced by construction: final demand is drawn, output follows from the
/// input coefficients.
class RandomWorld {
 public:
  explicit RandomWorld(unsigned seed, int regions = 0) : random_(seed) {
    static const std::vector<std::string> places = {"NO", "AAA", "B2", "CC", "DDD"};
    static const std::vector<std::string> goods = {"COAL", "ELEC", "STEEL", "SER", "GAS", "REF", "CEM", "AGR"};
    if (regions == 0) regions = 2 + static_cast<int>(seed % 4);
    const int sectors = 4 + static_cast<int>(random_() % 5);
    data_ = blank_world({places.begin(), places.begin() + regions}, {goods.begin(), goods.begin() + sectors});
    data_.stressors.push_back(blank_stressor("CH4", regions, data_.node_count()));
  }

  Dataset make() {
    draw_places();
    draw_table();
    draw_tariffs();
    draw_parameters();
    draw_emissions();
    return data_;
  }

 private:
  double draw(double from, double to) { return std::uniform_real_distribution<double>(from, to)(random_); }
  bool chance(double probability) { return draw(0, 1) < probability; }
  template <class Choice>
  Choice one_of(const std::vector<Choice>& choices) {
    return choices[static_cast<std::size_t>(random_() % choices.size())];
  }
  const std::string& code(int sector) const { return data_.sectors[sector].code; }
  bool is_fuel(int sector) const { return is_energy(code(sector)) && code(sector) != "ELEC"; }

  void draw_places() {
    for (int r = 0; r < data_.region_count(); ++r) size_.push_back(1000 * draw(0.3, 3));
    sourcing_ = Eigen::MatrixXd::Zero(data_.node_count(), data_.region_count());
    for (int i = 0; i < data_.sector_count(); ++i) {
      std::vector<char> made(size_.size(), 1);
      for (std::size_t r = 1; r < made.size(); ++r) made[r] = !(is_fuel(i) && chance(0.3));
      for (int r = 0; r < data_.region_count(); ++r) draw_sourcing(i, r, made);
    }
  }

  /// Shares of origins in what a region buys of a good: gravity with gaps.
  void draw_sourcing(int good, int region, const std::vector<char>& made) {
    double sum = 0;
    for (int s = 0; s < data_.region_count(); ++s) {
      double weight = s == region ? draw(0.5, 1) : chance(0.3) ? 0 : draw(0.02, 0.3) * std::sqrt(size_[s] / 1000);
      if (!made[s]) weight = 0;
      sourcing_(data_.node(s, good), region) = weight;
      sum += weight;
    }
    if (sum == 0) sum = sourcing_(data_.node(0, good), region) = 1;  // somebody makes it: region 0 makes everything
    for (int s = 0; s < data_.region_count(); ++s) sourcing_(data_.node(s, good), region) /= sum;
  }

  void draw_table() {
    const int nodes = data_.node_count();
    Eigen::MatrixXd coefficients = Eigen::MatrixXd::Zero(nodes, nodes);
    for (int user = 0; user < nodes; ++user) {
      const Eigen::VectorXd inputs =
          draw_recipe(draw(0.25, 0.55), is_extracted(code(user % data_.sector_count())) ? 0.3 : 1);
      for (int origin = 0; origin < nodes; ++origin) {
        coefficients(origin, user) =
            inputs[origin % data_.sector_count()] * sourcing_(origin, user / data_.sector_count());
      }
    }
    for (int r = 0; r < data_.region_count(); ++r) draw_final_demand(r);
    draw_inventories();
    const Eigen::MatrixXd leontief = Eigen::MatrixXd::Identity(nodes, nodes) - coefficients;
    const Eigen::VectorXd output = leontief.partialPivLu().solve(data_.table.Y.rowwise().sum());
    data_.table.Z.dense() = coefficients * output.asDiagonal();
    balance(data_);
  }

  /// Shares of goods that add up to `total`; energy is a small part of it.
  Eigen::VectorXd draw_recipe(double total, double energy) {
    Eigen::VectorXd shares(data_.sector_count());
    for (int i = 0; i < shares.size(); ++i) {
      shares[i] = is_energy(code(i)) ? energy * draw(0.02, 0.2) : draw(0.1, 1);
      if (chance(0.15)) shares[i] = 0;
    }
    if (shares.sum() == 0) shares[data_.sector_index("SER")] = 1;
    return shares * (total / shares.sum());
  }

  void draw_final_demand(int region) {
    static const std::vector<std::pair<FinalDemand, double>> parts = {
        {household, 0.55}, {npish, 0.03}, {government, 0.2}, {investment, 0.22}};
    for (const auto& [category, part] : parts) {
      const Eigen::VectorXd bundle = draw_recipe(part * size_[region], category == household ? 1.0 : 0.0);
      for (int origin = 0; origin < data_.node_count(); ++origin) {
        final_demand(data_, origin, region, category) =
            bundle[origin % data_.sector_count()] * sourcing_(origin, region);
      }
    }
  }

  /// Of both signs, a small part of what is bought for final use so that output stays positive.
  void draw_inventories() {
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      const double bought = data_.table.Y.row(origin).sum();
      const int region = static_cast<int>(random_() % size_.size());
      if (chance(0.4)) final_demand(data_, origin, region, inventories) = draw(-0.08, 0.08) * bought;
    }
  }

  void draw_tariffs() {
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      for (int r = 0; r < data_.region_count(); ++r) {
        if (origin / data_.sector_count() != r && chance(0.6)) data_.tariff(origin, r) = draw(-0.02, 0.25);
      }
    }
  }

  void draw_parameters() {
    auto& elasticities = data_.parameters.elasticities.by_node;
    for (int node = 0; node < data_.node_count(); ++node) {
      const int sector = node % data_.sector_count();
      elasticities.at("armington_domestic_import")[node] = one_of<double>({0, 0.5, 1, 2, 4, draw(0.5, 6)});
      elasticities.at("armington_origins")[node] = one_of<double>({0, 1, 2, 5, 12, draw(1, 12)});
      elasticities.at("value_added")[node] = one_of<double>({0.3, 1, 1.0005, draw(0.2, 1.6)});
      elasticities.at("capital_energy")[node] = one_of<double>({0, 0.5, 1});
      elasticities.at("energy")[node] = one_of<double>({0, 1, draw(0.2, 2)});
      elasticities.at("non_electric")[node] = one_of<double>({0, 0.5, 1});
      elasticities.at("non_coal")[node] = one_of<double>({0, 1, 2.5});
      data_.parameters.labour_share[node] = draw(0.3, 0.75);
      if (is_extracted(code(sector))) {
        data_.parameters.resource_share[node] = draw(0.1, 0.6);  // more than there is, at times
        data_.parameters.supply_elasticity[node] = draw(0.3, 5);
      }
      if (code(sector) == "AGR") data_.parameters.resource_share[node] = draw(0, 0.3);
    }
    data_.households["ces"] =
        household_of_goods_and_energy(data_, one_of<double>({0.5, 1, 1.4}), one_of<double>({0.3, 1, 2}));
    draw_fuel_use();
  }

  void draw_fuel_use() {
    const auto use = [&](const char* fuel, const char* user, double share, bool emits) {
      const int f = data_.sector_index(fuel), u = data_.sector_index(user);
      if (f >= 0 && u >= 0) data_.parameters.fuel_use.push_back({f, u, share, emits});
    };
    use("ELEC", "ELEC", 1, false);
    use("COAL", "STEEL", draw(0.2, 0.6), true);
    use("GAS", "STEEL", draw(0.1, 0.4), false);
    use("GAS", "REF", 1, false);
    for (int i = 0; i < data_.sector_count(); ++i) {
      if (is_fuel(i)) data_.parameters.fuel_weight[i] = draw(5, 30);
    }
  }

  /// CO2 goes with fuel purchases, more or less; one node in six burns ten times what it buys.
  void draw_emissions() {
    Stressor& co2 = data_.stressors[0];
    Stressor& methane = data_.stressors[1];
    for (int node = 0; node < data_.node_count(); ++node) {
      const double output = data_.table.x[node];
      if (output <= 0) continue;
      const bool heavy = code(node % data_.sector_count()) == "STEEL" || code(node % data_.sector_count()) == "CEM";
      co2.process[node] = heavy ? draw(0.1, 0.5) * output : 0;
      co2.industry[node] =
          co2.process[node] + burnt(data_.table.Z.dense().col(node), output) * (chance(1.0 / 6) ? 10 : 1);
      methane.industry[node] = chance(0.5) ? draw(0, 0.05) * output : 0;
    }
    for (int r = 0; r < data_.region_count(); ++r) {
      const auto bought = data_.table.Y.col(r * final_demand_count + household);
      co2.household[r] = burnt(bought, bought.sum());
      methane.household[r] = draw(0, 0.01) * bought.sum();
    }
  }

  double burnt(const Eigen::VectorXd& purchases, double size) {
    double sum = 0.01 * size * draw(0, 1);
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      sum += 0.2 * data_.parameters.fuel_weight[origin % data_.sector_count()] * purchases[origin] * draw(0.7, 1.3);
    }
    return sum;
  }

  std::mt19937 random_;
  Dataset data_;
  std::vector<double> size_;
  Eigen::MatrixXd sourcing_;  ///< nodes x regions: share of origins in a good
};

/// Zones and measures of a scenario.
struct Measures {
  std::vector<CarbonZone> zones;
  Policy policy;
};

inline CarbonZone zone_of(const Dataset& data, const std::string& name, std::vector<int> regions,
                          const std::set<std::string>& codes, std::vector<std::string> stressors = {"CO2"}) {
  CarbonZone zone{name, std::move(regions), std::vector<char>(data.sectors.size(), 0), std::move(stressors)};
  for (int i = 0; i < data.sector_count(); ++i)
    zone.sectors[i] = codes.contains(data.sectors[i].code) || codes.contains("all");
  return zone;
}

inline ZonePolicy price_only(const Dataset& data, double price) {
  ZonePolicy measures = no_policy(data.sector_count(), data.region_count());
  measures.carbon_price = price;
  return measures;
}

inline void charge(const Dataset& data, ZonePolicy& measures, const std::map<std::string, IntensityScope>& goods) {
  measures.border.active = true;
  for (const auto& [code, scope] : goods) {
    if (data.sector_index(code) >= 0) measures.border.scope[data.sector_index(code)] = scope;
  }
}

/// Two zones with different prices and everything at the border: charges net of the price paid at the origin, free
/// allocation, an export rebate.
inline Measures all_measures(const Dataset& data) {
  const int regions = data.region_count();
  Measures measures;
  std::vector<int> members = {0};
  if (regions > 3) members.push_back(regions - 1);
  measures.zones = {zone_of(data, "EAST", members, {"COAL", "GAS", "REF", "ELEC", "STEEL", "CEM"}, {"CO2", "CH4"}),
                    zone_of(data, "WEST", {1}, {"ELEC", "STEEL"})};
  ZonePolicy east = price_only(data, 60), west = price_only(data, 25);
  charge(data, east,
         {{"STEEL", IntensityScope::direct_electricity},
          {"ELEC", IntensityScope::direct},
          {"CEM", IntensityScope::whole_chain}});
  charge(data, west, {{"STEEL", IntensityScope::direct}, {"COAL", IntensityScope::direct_precursors}});
  east.border.rebate = ExportRebate::full;
  east.border.mark_up = 0.1;
  east.allocation_share[data.sector_index("STEEL")] = 0.4;
  west.allocation_share[data.sector_index("ELEC")] = 0.5;
  measures.policy.zones = {east, west};
  return measures;
}

inline Measures without_prices(Measures measures) {
  for (ZonePolicy& zone : measures.policy.zones) zone.carbon_price = 0;
  return measures;
}

/// What stands where after a reordering: position k holds what was at order[k].
struct Reordering {
  std::vector<int> regions, sectors;

  Reordering(const Dataset& data, unsigned seed) : regions(data.regions.size()), sectors(data.sectors.size()) {
    std::mt19937 random(seed);
    for (std::vector<int>* order : {&regions, &sectors}) {
      for (std::size_t k = 0; k < order->size(); ++k) (*order)[k] = static_cast<int>(k);
      std::shuffle(order->begin(), order->end(), random);
    }
  }
  std::vector<int> nodes() const {
    std::vector<int> order;
    for (const int r : regions) {
      for (const int i : sectors) order.push_back(r * static_cast<int>(sectors.size()) + i);
    }
    return order;
  }
  std::vector<int> final_columns() const {
    std::vector<int> order;
    for (const int r : regions) {
      for (int d = 0; d < final_demand_count; ++d) order.push_back(r * final_demand_count + d);
    }
    return order;
  }
  static int position(const std::vector<int>& order, int index) {
    return static_cast<int>(std::find(order.begin(), order.end(), index) - order.begin());
  }
  template <class Value>
  static std::vector<Value> apply(const std::vector<Value>& values, const std::vector<int>& order) {
    std::vector<Value> moved;
    for (const int k : order) moved.push_back(values[static_cast<std::size_t>(k)]);
    return moved;
  }
};

inline void reorder_goods(NestTemplate& nest, const std::vector<int>& sectors) {
  for (int& good : nest.goods) good = Reordering::position(sectors, good);
  for (NestTemplate& child : nest.nests) reorder_goods(child, sectors);
}

inline Dataset reordered(Dataset data, const Reordering& order) {
  const std::vector<int> nodes = order.nodes(), columns = order.final_columns();
  const auto by_node = [&](Eigen::VectorXd& values) { values = Eigen::VectorXd(values(nodes)); };
  data.table.Z = IntermediateTable(data.table.Z.dense()(nodes, nodes), data.sector_count());
  data.table.Y = Eigen::MatrixXd(data.table.Y(nodes, columns));
  by_node(data.table.x);
  by_node(data.table.value_added);
  for (Stressor& stressor : data.stressors) {
    by_node(stressor.industry);
    by_node(stressor.process);
    stressor.household = Eigen::VectorXd(stressor.household(order.regions));
  }
  data.tariff = Eigen::MatrixXd(data.tariff(nodes, order.regions));
  Parameters& parameters = data.parameters;
  for (auto& [column, values] : parameters.elasticities.by_node) by_node(values);
  by_node(parameters.labour_share);
  by_node(parameters.resource_share);
  by_node(parameters.supply_elasticity);
  parameters.fuel_weight = Eigen::VectorXd(parameters.fuel_weight(order.sectors));
  for (FuelUse& use : parameters.fuel_use) {
    use.fuel = Reordering::position(order.sectors, use.fuel);
    use.user = Reordering::position(order.sectors, use.user);
  }
  for (auto& [name, technology] : data.technologies) reorder_goods(technology.output, order.sectors);
  for (auto& [name, preferences] : data.households) reorder_goods(preferences.utility, order.sectors);
  data.regions = Reordering::apply(data.regions, order.regions);
  data.sectors = Reordering::apply(data.sectors, order.sectors);
  data.electricity = data.sector_index("ELEC");
  return data;
}

inline Measures reordered(Measures measures, const Reordering& order) {
  for (CarbonZone& zone : measures.zones) {
    for (int& region : zone.regions) region = Reordering::position(order.regions, region);
    zone.sectors = Reordering::apply(zone.sectors, order.sectors);
  }
  for (ZonePolicy& zone : measures.policy.zones) {
    zone.allocation_share = Reordering::apply(zone.allocation_share, order.sectors);
    zone.grandfathered_share = Reordering::apply(zone.grandfathered_share, order.sectors);
    zone.border.scope = Reordering::apply(zone.border.scope, order.sectors);
    zone.border.coverage = Reordering::apply(zone.border.coverage, order.sectors);
    zone.border.exempt = Reordering::apply(zone.border.exempt, order.regions);
  }
  return measures;
}

/// `region` in two halves that trade alike with everybody and not with each other; the second half comes last.
class Split {
 public:
  Split(const Dataset& data, int region) : data_(data), region_(region) {
    for (int r = 0; r < data.region_count(); ++r) was_.push_back(r);
    was_.push_back(region);
  }
  const std::vector<int>& was() const { return was_; }

  Dataset dataset() const {
    Dataset data = data_;
    data.regions.push_back(data.regions[static_cast<std::size_t>(region_)]);
    data.regions.back().code += "_half";
    const int nodes = data.node_count(), sectors = data.sector_count();
    const auto old = [&](int node) {
      return was_[static_cast<std::size_t>(node / sectors)] * sectors + node % sectors;
    };
    Eigen::MatrixXd Z(nodes, nodes);
    data.table.Y.resize(nodes, data.region_count() * final_demand_count);
    data.tariff.resize(nodes, data.region_count());
    for (int origin = 0; origin < nodes; ++origin) {
      for (int user = 0; user < nodes; ++user) {
        Z(origin, user) = part(origin / sectors, user / sectors) * data_.table.Z(old(origin), old(user));
      }
      for (int r = 0; r < data.region_count(); ++r) {
        data.tariff(origin, r) = data_.tariff(old(origin), was_[static_cast<std::size_t>(r)]);
        for (int d = 0; d < final_demand_count; ++d) {
          data.table.Y(origin, r * final_demand_count + d) =
              part(origin / sectors, r) *
              data_.table.Y(old(origin), was_[static_cast<std::size_t>(r)] * final_demand_count + d);
        }
      }
    }
    data.table.Z = IntermediateTable(std::move(Z), sectors);
    stretch(data);
    return data;
  }

  Measures measures(Measures measures) const {
    for (CarbonZone& zone : measures.zones) {
      const bool member = std::find(zone.regions.begin(), zone.regions.end(), region_) != zone.regions.end();
      if (member) zone.regions.push_back(data_.region_count());
    }
    for (ZonePolicy& zone : measures.policy.zones)
      zone.border.exempt.push_back(zone.border.exempt[static_cast<std::size_t>(region_)]);
    return measures;
  }

 private:
  bool is_half(int region) const { return was_[static_cast<std::size_t>(region)] == region_; }
  double part(int from, int to) const {
    if (is_half(from) && is_half(to)) return from == to ? 0.5 : 0;
    return is_half(from) || is_half(to) ? 0.5 : 1;
  }
  /// The figures that have no destination: halved where they are amounts.
  void stretch(Dataset& data) const {
    const int sectors = data.sector_count();
    const auto by_node = [&](Eigen::VectorXd& values, bool amount) {
      Eigen::VectorXd longer(data.node_count());
      for (int node = 0; node < data.node_count(); ++node) {
        const int region = node / sectors;
        longer[node] = values[was_[static_cast<std::size_t>(region)] * sectors + node % sectors] *
                       (amount && is_half(region) ? 0.5 : 1);
      }
      values = longer;
    };
    by_node(data.table.x, true);
    by_node(data.table.value_added, true);
    for (Stressor& stressor : data.stressors) {
      by_node(stressor.industry, true);
      by_node(stressor.process, true);
      Eigen::VectorXd households(data.region_count());
      for (int r = 0; r < data.region_count(); ++r) {
        households[r] = stressor.household[was_[static_cast<std::size_t>(r)]] * (is_half(r) ? 0.5 : 1);
      }
      stressor.household = households;
    }
    for (auto& [column, values] : data.parameters.elasticities.by_node) by_node(values, false);
    by_node(data.parameters.labour_share, false);
    by_node(data.parameters.resource_share, false);
    by_node(data.parameters.supply_elasticity, false);
  }

  const Dataset& data_;
  int region_;
  std::vector<int> was_;  ///< region after -> region before
};

/// The same world counted in units of money a thousand times as large, and emissions in Mt.
inline Dataset in_larger_units(Dataset data) {
  data.money_unit *= 1e3;
  for (auto* matrix : {&data.table.Z.dense(), &data.table.Y}) *matrix /= 1e3;
  for (auto* vector : {&data.table.x, &data.table.value_added}) *vector /= 1e3;
  for (Stressor& stressor : data.stressors) {
    stressor.unit = "Mt";
    stressor.mt_per_unit = 1;
    for (auto* vector : {&stressor.industry, &stressor.process, &stressor.household}) *vector /= 1e3;
  }
  return data;
}

}  // namespace levee::testing
