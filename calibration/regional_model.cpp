#include "calibration/regional_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/carbon_intensity.hpp"
#include "calibration/regional_model_builder.hpp"

namespace levee {

namespace {

template <class Map>
const typename Map::mapped_type& named(const Map& map, const std::string& name, const std::string& what,
                                       const std::string& file) {
  const auto found = map.find(name);
  if (found != map.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& entry : map) names.push_back(entry.first);
  throw InputError({file, 0, 0}, fmt::format("the dataset has no {} '{}'{}", what, name, suggestion(name, names)));
}

void require(const std::string& value, const std::string& only, const std::string& what) {
  if (value != only)
    throw InputError(Location{}, fmt::format("{} '{}' is not known, expected '{}'", what, value, only));
}

}  // namespace

RegionalModelBuilder::RegionalModelBuilder(std::shared_ptr<const Benchmark> benchmark, const ModelOptions& options,
                                           const std::vector<CarbonZone>& zones, const Policy& policy,
                                           const ChannelExperiment& experiment)
    : benchmark_(std::move(benchmark)),
      data_(*benchmark_->dataset),
      options_(options),
      zones_(zones),
      policy_(policy),
      experiment_(experiment) {
  technology_ = &named(data_.technologies, options.technology, "technology", data_.path);
  preferences_ = &named(data_.households, options.household, "household", data_.path);
  require(options.armington, "common", "armington");
  require(options.closure, "standard", "closure");
  for (const CarbonZone& zone : zones_) {
    member_.emplace_back(data_.regions.size(), 0);
    for (const int region : zone.regions) member_.back()[region] = 1;
    direct_.push_back(direct_emissions(*benchmark_, zone.stressors));
  }
}

RegionalModel RegionalModelBuilder::make() {
  const int regions = data_.region_count(), sectors = data_.sector_count(), nodes = data_.node_count();
  economy_.name = data_.name;
  model_.benchmark = benchmark_;
  for (std::vector<int>* leaves :
       {&model_.output_leaf, &model_.composite_leaf, &model_.consumption_leaf, &model_.government_leaf,
        &model_.investment_leaf, &model_.production, &model_.armington}) {
    leaves->assign(nodes, -1);
  }
  model_.trade_leaf.assign(static_cast<std::size_t>(nodes) * regions, -1);
  add_commodities();
  add_indices();
  add_markets();
  add_households();
  for (int n = 0; n < nodes; ++n) {
    if (benchmark_->active[n]) add_production(n);
  }
  for (int r = 0; r < regions; ++r) {
    for (int i = 0; i < sectors; ++i) add_armington(r, i);
    add_public_demand(r, "government", benchmark_->government, model_.government_leaf);
    add_public_demand(r, "investment", benchmark_->investment, model_.investment_leaf);
    add_consumption(r);
  }
  add_foreign_saving();
  index_uses();
  add_shortfall_equations();
  add_content_equations();
  add_caps();
  model_.numeraire = {{{ReferenceKind::price, model_.labour.front()}, 1.0}};
  model_.economy = std::make_shared<const Economy>(std::move(economy_));
  return std::move(model_);
}

std::string RegionalModelBuilder::place(int region, const std::string& what) const {
  return what + " in " + data_.regions[region].code;
}

void RegionalModelBuilder::add_commodities() {
  const auto add = [&](int region, const std::string& what, Bound bound = Bound::interior) {
    const int commodity = economy_.add_commodity(data_.regions[region].code + "." + what, place(region, what), bound);
    economy_.commodities.back().block = region;
    return commodity;
  };
  for (int r = 0; r < data_.region_count(); ++r) {
    model_.labour.push_back(add(r, "labour"));
    model_.capital.push_back(add(r, "capital"));
    for (int i = 0; i < data_.sector_count(); ++i) {
      const std::string& code = data_.sectors[i].code;
      const bool active = benchmark_->active[node(r, i)] != 0;
      model_.good.push_back(active ? add(r, code) : -1);
      model_.composite.push_back(benchmark_->composite(r, i) > 0 ? add(r, code + " composite") : -1);
      // A resource that its sector uses in fixed proportions is free once the sector shrinks.
      model_.resource.push_back(benchmark_->resource[node(r, i)] > 0 ? add(r, code + " resource", Bound::automatic)
                                                                     : -1);
    }
  }
}

void RegionalModelBuilder::add_households() {
  for (int r = 0; r < data_.region_count(); ++r) {
    Agent agent;
    agent.name = data_.regions[r].code + " household";
    agent.label = "household in " + data_.regions[r].code;
    agent.block = r;
    double labour = 0, capital = 0;
    for (int i = 0; i < data_.sector_count(); ++i) {
      const int n = node(r, i);
      labour += benchmark_->labour[n];
      capital += benchmark_->capital[n];
      if (model_.resource[n] >= 0) agent.endowments.push_back({model_.resource[n], resource_supply(n)});
    }
    agent.endowments.push_back({model_.labour[r], labour});
    agent.endowments.push_back({model_.capital[r], capital});
    // Inventories are fixed quantities bought at the maker's price, wherever it is; running them down is a sale.
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      const double quantity = benchmark_->inventory(origin, r);
      if (quantity != 0 && model_.good[origin] >= 0) agent.endowments.push_back({model_.good[origin], -quantity});
    }
    model_.household.push_back(static_cast<int>(economy_.agents.size()));
    economy_.agents.push_back(std::move(agent));
  }
}

/// The region's endowment; where a fuel's price is held, as much of it as that takes.
Scalar RegionalModelBuilder::resource_supply(int n) {
  const int region = n / data_.sector_count();
  const bool held = experiment_.fuel_price.size() > 0 && !member_[experiment_.zone][region] && is_extraction(n);
  if (!held) return benchmark_->resource[n];
  const std::string name = place(region, data_.sectors[n % data_.sector_count()].code + " resource");
  const int price = economy_.add_parameter("held price of " + name + " less 1", experiment_.fuel_price[n] - 1, true);
  const int supply = static_cast<int>(economy_.auxiliaries.size());
  Expression equation;
  equation.text = "held price of " + name;
  const int target = equation.add_operation(Operation::add, equation.add_constant(1),
                                            equation.add_reference({ReferenceKind::parameter, price}));
  const int nominal = equation.add_operation(
      Operation::multiply, target, equation.add_reference({ReferenceKind::auxiliary, model_.world_price_index}));
  equation.add_operation(Operation::subtract, equation.add_reference({ReferenceKind::price, model_.good[n]}), nominal);
  economy_.auxiliaries.push_back(
      {"supply of " + name, "supply of " + name, 1, false, 0.0, economy_.add_expression(std::move(equation)), region});
  Expression amount;
  amount.text = "supply of " + name;
  amount.add_operation(Operation::multiply, amount.add_constant(benchmark_->resource[n]),
                       amount.add_reference({ReferenceKind::auxiliary, supply}));
  model_.held_resources.emplace_back(n, supply);
  return Scalar::of_expression(economy_.add_expression(std::move(amount)));
}

void RegionalModelBuilder::add_indices() {
  for (const CarbonZone& zone : zones_) {
    model_.price_index.push_back(add_price_index("consumer price index of " + zone.name, zone.regions));
  }
  std::vector<int> world(data_.regions.size());
  for (std::size_t r = 0; r < world.size(); ++r) world[r] = static_cast<int>(r);
  model_.world_price_index = add_price_index("consumer price index of the world", world);
}

/// Laspeyres index over composites with benchmark household weights.
int RegionalModelBuilder::add_price_index(const std::string& name, const std::vector<int>& regions) {
  double total = 0;
  for (const int r : regions) total += benchmark_->consumption.col(r).sum();
  Expression index;
  index.text = name;
  int sum = -1;
  for (const int r : regions) {
    for (int i = 0; i < data_.sector_count(); ++i) {
      const double weight = benchmark_->consumption(i, r) / total;
      if (weight == 0) continue;
      const int price = index.add_reference({ReferenceKind::price, model_.composite[node(r, i)]});
      const int term = index.add_operation(Operation::multiply, index.add_constant(weight), price);
      sum = sum < 0 ? term : index.add_operation(Operation::add, sum, term);
    }
  }
  const int auxiliary = static_cast<int>(economy_.auxiliaries.size());
  index.add_operation(Operation::subtract, sum, index.add_reference({ReferenceKind::auxiliary, auxiliary}));
  economy_.auxiliaries.push_back({name, name, 1, false, 0.0, economy_.add_expression(std::move(index))});
  return auxiliary;
}

void RegionalModelBuilder::add_armington(int region, int good) {
  const int n = node(region, good);
  if (model_.composite[n] < 0) return;
  const auto elasticity = [&](const char* column) { return data_.parameters.elasticities.by_node.at(column)[n]; };
  Activity activity;
  activity.name = data_.regions[region].code + "." + data_.sectors[good].code + " composite";
  activity.label = place(region, data_.sectors[good].code + " composite");
  activity.block = region;
  activity.bound = Bound::interior;
  activity.outputs.begin = static_cast<int>(economy_.nodes.size());
  model_.composite_leaf[n] = economy_.add_leaf(-1, model_.composite[n], benchmark_->composite(region, good));
  activity.outputs.end = activity.inputs.begin = static_cast<int>(economy_.nodes.size());
  const int root = economy_.add_nest(-1, "domestic or imported", elasticity("armington_domestic_import"));
  if (benchmark_->flow(n, region) > 0) add_trade_leaf(root, region, good, region);
  const int imports = economy_.add_nest(root, "imports by origin", elasticity("armington_origins"));
  for (int s = 0; s < data_.region_count(); ++s) {
    if (s != region && benchmark_->flow(node(s, good), region) > 0) add_trade_leaf(imports, s, good, region);
  }
  activity.inputs.end = static_cast<int>(economy_.nodes.size());
  model_.armington[n] = static_cast<int>(economy_.activities.size());
  economy_.activities.push_back(std::move(activity));
}

void RegionalModelBuilder::add_trade_leaf(int nest, int origin, int good, int region) {
  const int from = node(origin, good);
  const double tariff = benchmark_->tariff(from, region);
  const int leaf = economy_.add_leaf(nest, model_.good[from], benchmark_->flow(from, region), 1 + tariff);
  model_.trade_leaf[static_cast<std::size_t>(from) * data_.region_count() + region] = leaf;
  if (tariff != 0) {
    book(Instrument::tariff, {Wedge::Kind::ad_valorem, tariff, model_.household[region]}, leaf, -1, from, region, 0);
  }
  charge_border(leaf, from, region);
}

/// A bundle in fixed proportions, made by an activity; the household buys its benchmark amount whatever it costs.
void RegionalModelBuilder::add_public_demand(int region, const std::string& name, const Eigen::MatrixXd& bundle,
                                             std::vector<int>& leaves) {
  const double total = bundle.col(region).sum();
  if (total <= 0) return;
  const int commodity =
      economy_.add_commodity(data_.regions[region].code + "." + name, place(region, name + " bundle"), Bound::interior);
  economy_.commodities.back().block = region;
  Activity activity;
  activity.name = data_.regions[region].code + " " + name;
  activity.label = place(region, name);
  activity.block = region;
  activity.bound = Bound::interior;
  activity.outputs.begin = static_cast<int>(economy_.nodes.size());
  economy_.add_leaf(-1, commodity, total);
  activity.outputs.end = activity.inputs.begin = static_cast<int>(economy_.nodes.size());
  const int root = economy_.add_nest(-1, name + " bundle", 0.0);
  for (int i = 0; i < data_.sector_count(); ++i) {
    if (bundle(i, region) <= 0) continue;
    leaves[node(region, i)] = economy_.add_leaf(root, model_.composite[node(region, i)], bundle(i, region));
  }
  activity.inputs.end = static_cast<int>(economy_.nodes.size());
  economy_.activities.push_back(std::move(activity));
  economy_.agents[model_.household[region]].endowments.push_back({commodity, -total});
}

void RegionalModelBuilder::add_consumption(int region) {
  Agent& household = economy_.agents[model_.household[region]];
  household.demand.begin = static_cast<int>(economy_.nodes.size());
  add_household_nest(-1, preferences_->utility, region);
  household.demand.end = static_cast<int>(economy_.nodes.size());
  const int user = data_.node_count() + region;
  for (std::size_t a = 0; a < benchmark_->emissions.size(); ++a) {
    const double amount = benchmark_->emissions[a].unallocated[user];
    if (amount != 0)
      model_.sources.push_back({static_cast<int>(a), user, EmissionSource::Kind::unallocated, -1, -1, amount});
  }
}

void RegionalModelBuilder::add_household_nest(int parent, const NestTemplate& nest, int region) {
  const double elasticity = nest.elasticity_column.empty()
                                ? nest.elasticity
                                : data_.parameters.elasticities.by_node.at(nest.elasticity_column)[node(region, 0)];
  const int index = economy_.add_nest(parent, nest.name, elasticity);
  for (const int good : nest.goods) {
    const double quantity = benchmark_->consumption(good, region);
    if (quantity <= 0) continue;
    const int leaf = economy_.add_leaf(index, model_.composite[node(region, good)], quantity);
    model_.consumption_leaf[node(region, good)] = leaf;
    note_fuel_sources(leaf, data_.node_count() + region, good, quantity, false);
  }
  for (const NestTemplate& child : nest.nests) add_household_nest(index, child, region);
}

/// Net receipts fixed in the world's consumer price index; what some receive others pay, through a pool without demand.
void RegionalModelBuilder::add_foreign_saving() {
  const int pool = static_cast<int>(economy_.agents.size());
  economy_.agents.push_back({"foreign saving", "foreign saving of the world", {}, {}});
  for (int r = 0; r < data_.region_count(); ++r) {
    Expression amount;
    amount.text = "foreign saving of " + data_.regions[r].code;
    const int constant = amount.add_constant(benchmark_->foreign_saving[r]);
    amount.add_operation(Operation::multiply, constant,
                         amount.add_reference({ReferenceKind::auxiliary, model_.world_price_index}));
    economy_.transfers.push_back(
        {pool, model_.household[r], Scalar::of_expression(economy_.add_expression(std::move(amount)))});
  }
}

RegionalModel make_regional_model(std::shared_ptr<const Benchmark> benchmark, const ModelOptions& options,
                                  const std::vector<CarbonZone>& zones, const Policy& policy,
                                  const ChannelExperiment& experiment) {
  return RegionalModelBuilder(std::move(benchmark), options, zones, policy, experiment).make();
}

}  // namespace levee
