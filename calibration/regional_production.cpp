// Production of the regional economy: the technology's tree for every node, fuels with the emissions they release.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/regional_model_builder.hpp"

namespace levee {

double RegionalModelBuilder::nest_elasticity(const NestTemplate& nest, int node) const {
  return nest.elasticity_column.empty() ? nest.elasticity
                                        : data_.parameters.elasticities.by_node.at(nest.elasticity_column)[node];
}

bool RegionalModelBuilder::emits_outside(int fuel, int user_sector) const {
  return std::any_of(data_.parameters.fuel_use.begin(), data_.parameters.fuel_use.end(),
                     [&](const FuelUse& use) { return use.fuel == fuel && use.user == user_sector && use.emits; });
}

void RegionalModelBuilder::add_production(int n) {
  const int region = n / data_.sector_count(), sector = n % data_.sector_count();
  const std::string& code = data_.sectors[sector].code;
  Activity activity;
  activity.name = data_.regions[region].code + "." + code;
  activity.label = place(region, code);
  activity.block = region;
  activity.bound = Bound::interior;
  activity.outputs.begin = static_cast<int>(economy_.nodes.size());
  const int leaf = economy_.add_leaf(-1, model_.good[n], benchmark_->x[n]);
  model_.output_leaf[n] = leaf;
  note_output_sources(leaf, n);
  charge_emissions(leaf, n);
  allocate_free(leaf, n);
  activity.outputs.end = activity.inputs.begin = static_cast<int>(economy_.nodes.size());

  const bool resource_on_top = is_extraction(n);
  int parent = -1;
  if (resource_on_top) {
    // With the resource fixed and other inputs' prices given, supply responds with elasticity e = s (1 - t) / t.
    const double share = benchmark_->resource[n] / benchmark_->x[n];
    parent =
        economy_.add_nest(-1, "resource and other inputs", data_.parameters.supply_elasticity[n] * share / (1 - share));
    economy_.add_leaf(parent, model_.resource[n], benchmark_->resource[n]);
  }
  add_production_nest(parent, technology_->output, n, true, resource_on_top);
  activity.inputs.end = static_cast<int>(economy_.nodes.size());
  model_.production[n] = static_cast<int>(economy_.activities.size());
  economy_.activities.push_back(std::move(activity));
}

bool RegionalModelBuilder::is_extraction(int n) const {
  const auto& groups = technology_->resource_on_top;
  return model_.resource[n] >= 0 && std::isfinite(data_.parameters.supply_elasticity[n]) &&
         std::any_of(groups.begin(), groups.end(),
                     [&](const std::string& group) { return data_.in_group(n % data_.sector_count(), group); });
}

void RegionalModelBuilder::add_production_nest(int parent, const NestTemplate& nest, int n, bool root,
                                               bool resource_on_top) {
  const int region = n / data_.sector_count();
  const int index = economy_.add_nest(parent, nest.name, nest_elasticity(nest, n));
  if (root) add_outside_leaves(index, n);
  for (const std::string& factor : nest.factors) {
    if (factor == "labour" && benchmark_->labour[n] > 0)
      economy_.add_leaf(index, model_.labour[region], benchmark_->labour[n]);
    if (factor == "capital" && benchmark_->capital[n] > 0)
      economy_.add_leaf(index, model_.capital[region], benchmark_->capital[n]);
    if (factor == "resource" && model_.resource[n] >= 0 && !resource_on_top) {
      economy_.add_leaf(index, model_.resource[n], benchmark_->resource[n]);
    }
  }
  for (const int good : nest.goods) {
    const double quantity = benchmark_->intermediate(good, n) * (1 - benchmark_->share_outside(good, n));
    if (quantity > 0) add_energy_leaf(index, n, good, quantity, false);
  }
  for (const NestTemplate& child : nest.nests) add_production_nest(index, child, n, false, resource_on_top);
}

void RegionalModelBuilder::add_outside_leaves(int parent, int n) {
  for (int good = 0; good < data_.sector_count(); ++good) {
    const double quantity = benchmark_->intermediate(good, n) * benchmark_->share_outside(good, n);
    if (quantity > 0) add_energy_leaf(parent, n, good, quantity, true);
  }
}

void RegionalModelBuilder::add_energy_leaf(int parent, int n, int good, double quantity, bool outside) {
  const int region = n / data_.sector_count();
  const std::string name = outside ? data_.sectors[good].code + " outside the energy nest" : "";
  const int leaf = economy_.add_leaf(parent, model_.composite[node(region, good)], quantity, 1.0, name);
  note_fuel_sources(leaf, n, good, quantity, outside);
  charge_emissions(leaf, n);
  model_.input_leaves.push_back({leaf, n, good, outside});
}

void RegionalModelBuilder::note_fuel_sources(int leaf, int user, int good, double quantity, bool outside) {
  const int nodes = data_.node_count();
  const double share = user < nodes ? benchmark_->share_outside(good, user) : 0.0;
  const bool outside_emits = user < nodes && emits_outside(good, user % data_.sector_count());
  if (outside && !outside_emits) return;
  const double emitting = outside_emits ? 1.0 : 1 - share;
  const double part = (outside ? share : 1 - share) / emitting;
  for (std::size_t a = 0; a < benchmark_->emissions.size(); ++a) {
    const EmissionAccount& account = benchmark_->emissions[a];
    const auto fuel = std::find(account.fuels.begin(), account.fuels.end(), good);
    if (fuel == account.fuels.end()) continue;
    const double amount = account.by_fuel(fuel - account.fuels.begin(), user) * part;
    if (amount == 0) continue;
    model_.sources.push_back({static_cast<int>(a), user, EmissionSource::Kind::fuel, good, leaf, amount / quantity});
  }
}

void RegionalModelBuilder::note_output_sources(int leaf, int n) {
  for (std::size_t a = 0; a < benchmark_->emissions.size(); ++a) {
    const EmissionAccount& account = benchmark_->emissions[a];
    const int index = static_cast<int>(a);
    if (account.process[n] != 0) {
      model_.sources.push_back(
          {index, n, EmissionSource::Kind::process, -1, leaf, account.process[n] / benchmark_->x[n]});
    }
    if (account.unallocated[n] != 0) {
      model_.sources.push_back(
          {index, n, EmissionSource::Kind::unallocated, -1, leaf, account.unallocated[n] / benchmark_->x[n]});
    }
  }
}

}  // namespace levee
