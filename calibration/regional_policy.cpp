// Carbon prices, free allocation and border measures as wedges of the regional economy. Every money amount is a
// coefficient times the zone's carbon price times its consumer price index, so that no quantity depends on the
// numeraire.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/carbon_intensity.hpp"
#include "calibration/regional_model_builder.hpp"

namespace levee {

namespace {

const std::vector<char>& charged_goods(const BorderCharge& border, std::vector<char>& buffer) {
  buffer.assign(border.scope.size(), 0);
  for (std::size_t i = 0; i < buffer.size(); ++i) buffer[i] = border.scope[i].has_value();
  return buffer;
}

}  // namespace

void RegionalModelBuilder::add_zone_prices() {
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    price_parameter_.push_back(economy_.add_parameter("carbon price " + zones_[z].name, policy_.zones[z].carbon_price));
  }
}

void RegionalModelBuilder::book(Instrument instrument, Wedge wedge, int leaf, int zone, int origin, int region,
                                double intensity) {
  economy_.add_wedge(wedge);
  model_.wedges.push_back(
      {static_cast<int>(economy_.wedges.size()) - 1, leaf, instrument, zone, origin, region, intensity});
}

bool RegionalModelBuilder::covered(int zone, int n) const {
  const int sectors = data_.sector_count();
  return member_[zone][n / sectors] != 0 && zones_[zone].sectors[n % sectors] != 0;
}

bool RegionalModelBuilder::priced(int zone, int account) const {
  const std::vector<std::string>& stressors = zones_[zone].stressors;
  return std::find(stressors.begin(), stressors.end(), benchmark_->emissions[account].stressor) != stressors.end();
}

double RegionalModelBuilder::priced_per_unit(int zone, int leaf) const {
  double sum = 0;
  for (auto source = model_.sources.rbegin(); source != model_.sources.rend() && source->leaf == leaf; ++source) {
    if (priced(zone, source->account)) sum += source->coefficient;
  }
  return sum;
}

/// A price in currency per t times an amount in Mt is millions of currency.
double RegionalModelBuilder::money_per_priced_mt() const { return 1e6 / data_.money_unit; }

Scalar RegionalModelBuilder::carbon_charge(int zone, double coefficient) {
  Expression amount;
  amount.text = "carbon price of " + zones_[zone].name;
  const int price = amount.add_reference({ReferenceKind::parameter, price_parameter_[zone]});
  const int index = amount.add_reference({ReferenceKind::auxiliary, model_.price_index[zone]});
  const int nominal = amount.add_operation(Operation::multiply, price, index);
  amount.add_operation(Operation::multiply, amount.add_constant(coefficient * money_per_priced_mt()), nominal);
  return Scalar::of_expression(economy_.add_expression(std::move(amount)));
}

void RegionalModelBuilder::charge_emissions(int leaf, int n) {
  const int region = n / data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    const double coefficient = priced_per_unit(z, leaf);
    if (policy_.zones[z].carbon_price == 0 || coefficient == 0 || !covered(z, n)) continue;
    book(Instrument::carbon_price, {Wedge::Kind::specific, carbon_charge(z, coefficient), model_.household[region]},
         leaf, z, n, region, coefficient);
  }
}

/// Output-based allocation: the maker receives price x theta x the zone's benchmark per unit, out of the zone's
/// revenue.
void RegionalModelBuilder::allocate_free(int leaf, int n) {
  const int region = n / data_.sector_count(), sector = n % data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    if (policy_.zones[z].carbon_price == 0 || !covered(z, n)) continue;
    const double allowance = policy_.zones[z].allocation_share[sector] * zone_benchmark(z, sector);
    if (allowance == 0) continue;
    book(Instrument::free_allocation, {Wedge::Kind::specific, carbon_charge(z, -allowance), model_.household[region]},
         leaf, z, n, region, allowance);
  }
}

double RegionalModelBuilder::zone_benchmark(int zone, int sector) const {
  double sum = 0, output = 0;
  for (const int r : zones_[zone].regions) {
    sum += direct_[zone][node(r, sector)];
    output += benchmark_->x[node(r, sector)];
  }
  return output > 0 ? sum / output : 0;
}

/// Share of the benchmark that is allocated for nothing, in whichever way.
double RegionalModelBuilder::free_share(int zone, int sector) const {
  const ZonePolicy& measures = policy_.zones[zone];
  return std::min(1.0, measures.allocation_share[sector] + measures.grandfathered_share[sector]);
}

const Eigen::VectorXd& RegionalModelBuilder::intensities(int zone, IntensityScope scope) {
  const auto key = std::make_pair(zone, scope);
  const auto found = intensity_.find(key);
  if (found != intensity_.end()) return found->second;
  std::vector<char> buffer;
  return intensity_[key] = carbon_intensity(*benchmark_, scope, zones_[zone].stressors,
                                            charged_goods(policy_.zones[zone].border, buffer));
}

void RegionalModelBuilder::charge_border(int leaf, int origin_node, int region) {
  const int origin = origin_node / data_.sector_count(), sector = origin_node % data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    const BorderCharge& border = policy_.zones[z].border;
    if (!border.active || policy_.zones[z].carbon_price == 0 || !border.scope[sector]) continue;
    if (member_[z][region] && !member_[z][origin] && !border.exempt[origin])
      charge_import(z, leaf, origin_node, region);
    if (member_[z][origin] && !member_[z][region] && border.rebate != ExportRebate::none)
      rebate_export(z, leaf, origin_node, region);
  }
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
  double paid = 0;
  if (covered(other, origin_node)) {
    const double direct = direct_emissions(*benchmark_, both)[origin_node] / benchmark_->x[origin_node];
    paid = std::max(0.0, direct - free_share(other, sector) * zone_benchmark(other, sector));
  }
  if (scope != IntensityScope::direct && data_.electricity >= 0 && zones_[other].sectors[data_.electricity]) {
    const Eigen::VectorXd electricity = electricity_intensity(*benchmark_, both).row(origin_node);
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
    if (z == zone || !member_[z][origin] || policy_.zones[z].carbon_price == 0) continue;
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
    const int price = equation.add_reference({ReferenceKind::parameter, price_parameter_[z]});
    const int index = equation.add_reference({ReferenceKind::auxiliary, model_.price_index[z]});
    const int product = equation.add_operation(Operation::multiply, price, index);
    return equation.add_operation(Operation::multiply, equation.add_constant(share), product);
  };
  int sum = equation.add_operation(Operation::subtract, equation.add_reference({ReferenceKind::auxiliary, auxiliary}),
                                   nominal(zone, 1));
  for (const auto& [z, share] : paid) sum = equation.add_operation(Operation::add, sum, nominal(z, share));
  economy_.auxiliaries.push_back({name, name, 0, true, 0.0, economy_.add_expression(std::move(equation))});
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
  const int price = amount.add_reference({ReferenceKind::parameter, price_parameter_[zone]});
  const int index = amount.add_reference({ReferenceKind::auxiliary, model_.price_index[zone]});
  const int nominal = amount.add_operation(Operation::multiply, price, index);
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

/// Whether the zone's carbon price is in the electricity of a region: by its market, or by the charge on imported
/// electricity.
bool RegionalModelBuilder::electricity_pays(int zone, int origin) const {
  if (data_.electricity < 0) return false;
  if (member_[zone][origin]) return zones_[zone].sectors[data_.electricity] != 0;
  const BorderCharge& border = policy_.zones[zone].border;
  return border.scope[data_.electricity].has_value() && !border.exempt[origin];
}

/// Emissions per unit of benchmark output that the zone's price is paid for when a rebate is claimed: the maker's own,
/// and with the full rebate those in its electricity.
double RegionalModelBuilder::paid_intensity(int zone, int n) const {
  const std::vector<std::string>& stressors = zones_[zone].stressors;
  double sum = covered(zone, n) ? direct_emissions(*benchmark_, stressors)[n] / benchmark_->x[n] : 0;
  if (policy_.zones[zone].border.rebate != ExportRebate::full) return sum;
  const Eigen::VectorXd electricity = electricity_intensity(*benchmark_, stressors).row(n);
  for (int o = 0; o < data_.region_count(); ++o) {
    if (electricity_pays(zone, o)) sum += electricity[o];
  }
  return sum;
}

int RegionalModelBuilder::rebate_shortfall(int zone, int origin_node, double intensity) {
  const auto [entry, is_new] =
      shortfall_.try_emplace({zone, origin_node}, static_cast<int>(economy_.auxiliaries.size()));
  if (is_new) {
    const std::string name = "rebate shortfall of " + place(origin_node / data_.sector_count(),
                                                            data_.sectors[origin_node % data_.sector_count()].code);
    economy_.auxiliaries.push_back(
        {name, name, std::max(0.0, 1 - paid_intensity(zone, origin_node) / intensity), true, 0.0, -1});
    deferred_.push_back({entry->second, zone, origin_node, intensity});
  }
  return entry->second;
}

/// Appends the node's own priced emissions per unit of output, at the solution; returns the step.
int RegionalModelBuilder::add_direct_now(Expression& expression, int zone, int n) const {
  double per_output = 0;
  int sum = -1;
  for (const EmissionSource& source : model_.sources) {
    if (source.user != n || !priced(zone, source.account)) continue;
    if (source.leaf == model_.output_leaf[n]) {
      per_output += source.coefficient;
      continue;
    }
    const int quantity = expression.add_reference({ReferenceKind::quantity, source.leaf});
    const int term =
        expression.add_operation(Operation::multiply, expression.add_constant(source.coefficient), quantity);
    sum = sum < 0 ? term : expression.add_operation(Operation::add, sum, term);
  }
  const int constant = expression.add_constant(per_output);
  if (sum < 0) return constant;
  const int output = expression.add_reference({ReferenceKind::quantity, model_.output_leaf[n]});
  return expression.add_operation(Operation::add, constant, expression.add_operation(Operation::divide, sum, output));
}

/// Appends the total electricity that a producer buys, at the solution; -1 when it buys none.
int RegionalModelBuilder::add_electricity_use(Expression& expression, int user) const {
  int sum = -1;
  for (const InputLeaf& input : model_.input_leaves) {
    if (input.user != user || input.good != data_.electricity) continue;
    const int quantity = expression.add_reference({ReferenceKind::quantity, input.leaf});
    sum = sum < 0 ? quantity : expression.add_operation(Operation::add, sum, quantity);
  }
  return sum;
}

/// Appends the electricity of `origin` that `user` buys at the solution: the table's own delivery, moved with the
/// user's purchases of the composite and with the origin's share in it.
int RegionalModelBuilder::add_delivery_now(Expression& expression, int origin, int user) const {
  const int electricity = data_.electricity, power = node(origin, electricity);
  const int region = user / data_.sector_count(), composite = node(region, electricity);
  const int leaf = model_.trade(power, region);
  const int use = add_electricity_use(expression, user);
  if (leaf < 0 || use < 0 || benchmark_->table(power, user) == 0) return -1;
  const double at_benchmark = benchmark_->table(power, user) / benchmark_->intermediate(electricity, user) *
                              benchmark_->composite(region, electricity) / benchmark_->flow(power, region);
  const int from_origin = expression.add_reference({ReferenceKind::quantity, leaf});
  const int all = expression.add_reference({ReferenceKind::quantity, model_.composite_leaf[composite]});
  const int share = expression.add_operation(Operation::divide, from_origin, all);
  const int scaled = expression.add_operation(Operation::multiply, expression.add_constant(at_benchmark), share);
  return expression.add_operation(Operation::multiply, scaled, use);
}

/// Appends emissions in electricity that pays the zone's price, per unit of output at the solution: the benchmark's
/// formula with the quantities of now.
int RegionalModelBuilder::add_electricity_now(Expression& expression, int zone, int n) const {
  int sum = -1;
  for (int o = 0; o < data_.region_count() && data_.electricity >= 0; ++o) {
    const int power = node(o, data_.electricity);
    if (model_.output_leaf[power] < 0 || !electricity_pays(zone, o)) continue;
    const int delivery = add_delivery_now(expression, o, n);
    if (delivery < 0) continue;
    // emissions over what leaves the power sector = (emissions / output) / (1 - own use / output)
    int factor = add_direct_now(expression, zone, power);
    const int own = add_delivery_now(expression, o, power);
    if (own >= 0) {
      const int used = expression.add_operation(
          Operation::divide, own, expression.add_reference({ReferenceKind::quantity, model_.output_leaf[power]}));
      const int delivered = expression.add_operation(Operation::subtract, expression.add_constant(1), used);
      factor = expression.add_operation(Operation::divide, factor, delivered);
    }
    const int term = expression.add_operation(Operation::multiply, delivery, factor);
    sum = sum < 0 ? term : expression.add_operation(Operation::add, sum, term);
  }
  if (sum < 0) return expression.add_constant(0);
  return expression.add_operation(Operation::divide, sum,
                                  expression.add_reference({ReferenceKind::quantity, model_.output_leaf[n]}));
}

/// shortfall >= 0 perp shortfall - (1 - intensity now / benchmark intensity) >= 0
void RegionalModelBuilder::add_deferred_equations() {
  for (const Deferred& deferred : deferred_) {
    Expression equation;
    equation.text = economy_.auxiliaries[deferred.auxiliary].name;
    int now = covered(deferred.zone, deferred.node) ? add_direct_now(equation, deferred.zone, deferred.node)
                                                    : equation.add_constant(0);
    if (policy_.zones[deferred.zone].border.rebate == ExportRebate::full) {
      now = equation.add_operation(Operation::add, now, add_electricity_now(equation, deferred.zone, deferred.node));
    }
    const int ratio = equation.add_operation(Operation::divide, now, equation.add_constant(deferred.intensity));
    const int less = equation.add_operation(Operation::subtract, ratio, equation.add_constant(1));
    equation.add_operation(Operation::add, equation.add_reference({ReferenceKind::auxiliary, deferred.auxiliary}),
                           less);
    economy_.auxiliaries[deferred.auxiliary].equation = economy_.add_expression(std::move(equation));
  }
}

}  // namespace levee
