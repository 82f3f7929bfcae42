// Charges on imports and rebates on exports at a zone's border.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/carbon_intensity.hpp"
#include "calibration/regional_model_builder.hpp"

namespace levee {

void RegionalModelBuilder::charge_border(int leaf, int origin_node, int region) {
  const int origin = origin_node / data_.sector_count(), sector = origin_node % data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    if (!policy_.zones[z].has_market()) continue;
    if (experiment_.neutral_border && experiment_.zone == z) {
      neutralise(z, leaf, origin_node, region);
      continue;
    }
    const BorderCharge& border = policy_.zones[z].border;
    if (!border.active || !border.scope[sector]) continue;
    if (member_[z][region] && !member_[z][origin] && !border.exempt[origin])
      charge_import(z, leaf, origin_node, region);
    if (member_[z][origin] && !member_[z][region] && border.rebate != ExportRebate::none)
      rebate_export(z, leaf, origin_node, region);
  }
}

/// A destination tax: what crosses the border carries the zone's own carbon cost inside the zone and none outside, in
/// every good that the zone prices.
void RegionalModelBuilder::neutralise(int zone, int leaf, int origin_node, int region) {
  const int origin = origin_node / data_.sector_count(), sector = origin_node % data_.sector_count();
  const bool import = member_[zone][region] != 0;
  if (zones_[zone].sectors[sector] == 0 || import == (member_[zone][origin] != 0)) return;
  const double intensity = neutral_intensity(zone, sector);
  if (intensity == 0) return;
  Expression amount;
  amount.text = "destination tax of " + zones_[zone].name;
  const int nominal = add_nominal_price(amount, zone);
  const int content = amount.add_reference({ReferenceKind::auxiliary, net_content(zone, sector, intensity)});
  const int relative = amount.add_operation(Operation::multiply, nominal, content);
  const double unit = (import ? 1 : -1) * intensity * money_per_priced_mt();
  amount.add_operation(Operation::multiply, amount.add_constant(unit), relative);
  book(import ? Instrument::border_charge : Instrument::export_rebate,
       {Wedge::Kind::specific, Scalar::of_expression(economy_.add_expression(std::move(amount))),
        model_.household[import ? region : origin]},
       leaf, zone, origin_node, region, intensity);
}

/// w = max(0, (1 + m) I - phi B) max(0, P_zone - P_paid), per unit of benchmark quantity.
void RegionalModelBuilder::charge_import(int zone, int leaf, int origin_node, int region) {
  const int sector = origin_node % data_.sector_count();
  const ZonePolicy& measures = policy_.zones[zone];
  const BorderCharge& border = measures.border;
  const IntensityScope scope = *border.scope[sector];
  const Eigen::VectorXd& by_node = intensities(zone, scope);
  double intensity = by_node[origin_node];
  if (border.basis == IntensityBasis::zone) {
    double weighted = 0, output = 0;
    for (const int r : zones_[zone].regions) {
      weighted += by_node[node(r, sector)] * benchmark_->x[node(r, sector)];
      output += benchmark_->x[node(r, sector)];
    }
    intensity = output > 0 ? weighted / output : 0;
  }
  const double remaining = free_share(zone, sector);
  const double net = std::max(0.0, (1 + border.mark_up) * intensity - remaining * zone_benchmark(zone, sector)) *
                     border.coverage[sector];
  if (net == 0) return;
  const int payee = border.revenue_to_origin ? origin_node / data_.sector_count() : region;
  book(Instrument::border_charge,
       {Wedge::Kind::specific, border_price(zone, origin_node, net, scope), model_.household[payee]}, leaf, zone,
       origin_node, region, net);
}

/// Share of the intensity that `zone` charges which another zone prices at the origin, net of free allocation there.
/// Only emissions of the stressors that both price count as paid for.
double RegionalModelBuilder::priced_share(int zone, int other, int origin_node, IntensityScope scope) {
  const double total = intensities(zone, scope)[origin_node];
  if (total == 0) return 0;
  const int sector = origin_node % data_.sector_count();
  std::vector<std::string> both;
  for (const std::string& stressor : zones_[other].stressors) {
    const std::vector<std::string>& charged = zones_[zone].stressors;
    if (std::find(charged.begin(), charged.end(), stressor) != charged.end()) both.push_back(stressor);
  }
  const BenchmarkCarbon& carbon = benchmark_carbon(both);
  double paid = 0;
  if (covered(other, origin_node)) {
    const double direct = carbon.direct[origin_node] / benchmark_->x[origin_node];
    paid = std::max(0.0, direct - free_share(other, sector) * zone_benchmark(other, sector));
  }
  if (scope != IntensityScope::direct && data_.electricity >= 0 && zones_[other].sectors[data_.electricity]) {
    const Eigen::VectorXd electricity = electricity_intensity(*benchmark_, carbon.electricity_factor, origin_node);
    for (const int r : zones_[other].regions) paid += electricity[r];
  }
  return std::min(1.0, paid / total);
}

/// intensity x max(0, price here - price paid at the origin). Where nothing is paid at the origin the sign is known;
/// else the difference is an auxiliary d >= 0 perp d >= price here - price paid.
Scalar RegionalModelBuilder::border_price(int zone, int origin_node, double intensity, IntensityScope scope) {
  const int origin = origin_node / data_.sector_count();
  std::vector<std::pair<int, double>> paid;
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    if (z == zone || !member_[z][origin] || !policy_.zones[z].has_market()) continue;
    const double share = priced_share(zone, z, origin_node, scope);
    if (share > 0) paid.emplace_back(z, share);
  }
  if (paid.empty()) return carbon_charge(zone, intensity);

  const int auxiliary = static_cast<int>(economy_.auxiliaries.size());
  const std::string name = fmt::format("carbon price of {} less the price paid for {}", zones_[zone].name,
                                       place(origin, data_.sectors[origin_node % data_.sector_count()].code));
  Expression equation;
  equation.text = name;
  const auto nominal = [&](int z, double share) {
    const int price = add_nominal_price(equation, z);
    return equation.add_operation(Operation::multiply, equation.add_constant(share), price);
  };
  int sum = equation.add_operation(Operation::subtract, equation.add_reference({ReferenceKind::auxiliary, auxiliary}),
                                   nominal(zone, 1));
  for (const auto& [z, share] : paid) sum = equation.add_operation(Operation::add, sum, nominal(z, share));
  economy_.auxiliaries.push_back({name, name, 0, true, 0.0, economy_.add_expression(std::move(equation)), origin});
  Expression charge;
  charge.text = name;
  const int factor = charge.add_constant(intensity * money_per_priced_mt());
  charge.add_operation(Operation::multiply, factor, charge.add_reference({ReferenceKind::auxiliary, auxiliary}));
  return Scalar::of_expression(economy_.add_expression(std::move(charge)));
}

/// The rebate never exceeds the carbon cost paid: price x (1 - phi) x min(benchmark intensity, intensity now). The
/// shortfall max(0, 1 - now / benchmark) is an auxiliary whose equation waits until all leaves exist.
void RegionalModelBuilder::rebate_export(int zone, int leaf, int origin_node, int region) {
  const int sector = origin_node % data_.sector_count();
  const ZonePolicy& measures = policy_.zones[zone];
  const double remaining = free_share(zone, sector);
  const bool full = measures.border.rebate == ExportRebate::full;
  const double intensity = full                         ? paid_intensity(zone, origin_node)
                           : covered(zone, origin_node) ? zone_benchmark(zone, sector)
                                                        : 0;
  if (remaining == 1 || intensity == 0) return;
  const int shortfall = rebate_shortfall(zone, origin_node, intensity);
  Expression amount;
  amount.text = "export rebate of " + zones_[zone].name;
  const int nominal = add_nominal_price(amount, zone);
  const int less_paid = amount.add_operation(
      Operation::subtract, amount.add_reference({ReferenceKind::auxiliary, shortfall}), amount.add_constant(1));
  const int relative = amount.add_operation(Operation::multiply, nominal, less_paid);
  amount.add_operation(Operation::multiply, relative,
                       amount.add_constant(intensity * (1 - remaining) * money_per_priced_mt()));
  const int origin = origin_node / data_.sector_count();
  book(Instrument::export_rebate,
       {Wedge::Kind::specific, Scalar::of_expression(economy_.add_expression(std::move(amount))),
        model_.household[origin]},
       leaf, zone, origin_node, region, intensity * (1 - remaining));
}

}  // namespace levee
