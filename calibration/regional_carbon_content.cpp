// Emissions per unit at the solution: what a rebate may not exceed, what neutralises competitiveness.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/carbon_intensity.hpp"
#include "calibration/regional_model_builder.hpp"

namespace levee {

/// Whether the zone's carbon price is in the electricity of a region: by its market, or by the charge on imported
/// electricity.
bool RegionalModelBuilder::electricity_pays(int zone, int origin) const {
  if (data_.electricity < 0) return false;
  const bool neutral = experiment_.neutral_border && experiment_.zone == zone;
  if (neutral || member_[zone][origin]) return zones_[zone].sectors[data_.electricity] != 0;
  const BorderCharge& border = policy_.zones[zone].border;
  return border.scope[data_.electricity].has_value() && !border.exempt[origin];
}

/// Emissions of these stressors in the benchmark.
const RegionalModelBuilder::BenchmarkCarbon& RegionalModelBuilder::benchmark_carbon(
    const std::vector<std::string>& stressors) const {
  const auto [entry, is_new] = carbon_.try_emplace(stressors);
  if (is_new) entry->second = {direct_emissions(*benchmark_, stressors), electricity_factor(*benchmark_, stressors)};
  return entry->second;
}

/// Emissions per unit of benchmark output that the zone's price is paid for when a rebate is claimed: the maker's own,
/// and with the full rebate those in its electricity.
double RegionalModelBuilder::paid_intensity(int zone, int n) const {
  const BenchmarkCarbon& carbon = benchmark_carbon(zones_[zone].stressors);
  double sum = covered(zone, n) ? carbon.direct[n] / benchmark_->x[n] : 0;
  if (policy_.zones[zone].border.rebate != ExportRebate::full) return sum;
  const Eigen::VectorXd electricity = electricity_intensity(*benchmark_, carbon.electricity_factor, n);
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
    economy_.auxiliaries.back().block = origin_node / data_.sector_count();
    deferred_.push_back({entry->second, zone, origin_node, intensity});
  }
  return entry->second;
}

/// Appends the node's own priced emissions per unit of output, at the solution; returns the step.
int RegionalModelBuilder::add_direct_now(Expression& expression, int zone, int n) const {
  double per_output = 0;
  int sum = -1;
  for (const int k : uses_[n].sources) {
    const EmissionSource& source = model_.sources[k];
    if (!priced(zone, source.account)) continue;
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
  for (const int leaf : uses_[user].electricity) {
    const int quantity = expression.add_reference({ReferenceKind::quantity, leaf});
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
  if (leaf < 0 || benchmark_->table(power, user) == 0) return -1;
  const int use = add_electricity_use(expression, user);
  if (use < 0) return -1;
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

/// The zone's own intensity in the benchmark, Mt per unit of output: direct and in electricity, where its price is
/// paid.
double RegionalModelBuilder::neutral_intensity(int zone, int sector) const {
  const BenchmarkCarbon& carbon = benchmark_carbon(zones_[zone].stressors);
  double sum = 0, output = 0;
  for (const int r : zones_[zone].regions) {
    const int n = node(r, sector);
    sum += direct_[zone][n];
    output += benchmark_->x[n];
    const Eigen::VectorXd electricity = electricity_intensity(*benchmark_, carbon.electricity_factor, n);
    for (int o = 0; o < data_.region_count(); ++o) {
      if (electricity_pays(zone, o)) sum += electricity[o] * benchmark_->x[n];
    }
  }
  return output > 0 ? sum / output : 0;
}

/// The auxiliary that holds a good's carbon content in the zone at the solution, less free allocation, over
/// `intensity`.
int RegionalModelBuilder::net_content(int zone, int sector, double intensity) {
  const auto [entry, is_new] = content_.try_emplace({zone, sector}, static_cast<int>(economy_.auxiliaries.size()));
  if (is_new) {
    const std::string name = fmt::format("carbon content of {} in {}", data_.sectors[sector].code, zones_[zone].name);
    const double free = free_share(zone, sector) * zone_benchmark(zone, sector);
    economy_.auxiliaries.push_back({name, name, 1 - free / intensity, false, 0.0, -1});
    economy_.auxiliaries.back().block = zones_[zone].regions.front();
    deferred_contents_.push_back({entry->second, zone, sector, intensity});
  }
  return entry->second;
}

/// What producers emit and how they buy electricity, by node: for the equations that wait until all leaves exist.
void RegionalModelBuilder::index_uses() {
  if (deferred_.empty() && deferred_contents_.empty()) return;
  uses_.resize(static_cast<std::size_t>(data_.node_count()));
  for (std::size_t k = 0; k < model_.sources.size(); ++k) {
    if (model_.sources[k].user < data_.node_count())
      uses_[model_.sources[k].user].sources.push_back(static_cast<int>(k));
  }
  for (const InputLeaf& input : model_.input_leaves) {
    if (input.good == data_.electricity) uses_[input.user].electricity.push_back(input.leaf);
  }
}

/// content - (emissions of the zone's makers / their output - free allocation) / intensity = 0
void RegionalModelBuilder::add_content_equations() {
  for (const DeferredContent& deferred : deferred_contents_) {
    Expression equation;
    equation.text = economy_.auxiliaries[deferred.auxiliary].name;
    int emissions = -1, output = -1;
    for (const int r : zones_[deferred.zone].regions) {
      const int n = node(r, deferred.sector);
      if (model_.output_leaf[n] < 0) continue;
      const int made = equation.add_reference({ReferenceKind::quantity, model_.output_leaf[n]});
      const int per_unit = equation.add_operation(Operation::add, add_direct_now(equation, deferred.zone, n),
                                                  add_electricity_now(equation, deferred.zone, n));
      const int mt = equation.add_operation(Operation::multiply, per_unit, made);
      emissions = emissions < 0 ? mt : equation.add_operation(Operation::add, emissions, mt);
      output = output < 0 ? made : equation.add_operation(Operation::add, output, made);
    }
    const double free = free_share(deferred.zone, deferred.sector) * zone_benchmark(deferred.zone, deferred.sector);
    const int now = equation.add_operation(Operation::divide, emissions, output);
    const int net = equation.add_operation(Operation::subtract, now, equation.add_constant(free));
    const int relative = equation.add_operation(Operation::divide, net, equation.add_constant(deferred.intensity));
    equation.add_operation(Operation::subtract, equation.add_reference({ReferenceKind::auxiliary, deferred.auxiliary}),
                           relative);
    economy_.auxiliaries[deferred.auxiliary].equation = economy_.add_expression(std::move(equation));
  }
}

/// shortfall >= 0 perp shortfall - (1 - intensity now / benchmark intensity) >= 0
void RegionalModelBuilder::add_shortfall_equations() {
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
