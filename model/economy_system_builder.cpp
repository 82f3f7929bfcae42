#include "model/economy_system_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace levee {

namespace {

const std::string& label_of(const auto& entity) { return entity.label.empty() ? entity.name : entity.label; }

}  // namespace

EconomySystemBuilder::EconomySystemBuilder(EconomySystem& system, std::vector<FixedValue> fixed)
    : system_(system), economy_(*system.economy_), fixed_(std::move(fixed)) {}

void EconomySystemBuilder::build() {
  settle_structure();
  make_unknowns();
  for (int a = 0; a < static_cast<int>(economy_.activities.size()); ++a) add_activity(a);
  for (int h = 0; h < static_cast<int>(economy_.agents.size()); ++h) add_agent(h);
  add_transfers();
  add_auxiliaries();
  bind_expressions();
  finish();
  fill_start();
}

/// Elasticities as numbers, which nodes can carry anything, which prices may reach zero.
void EconomySystemBuilder::settle_structure() {
  const int count = static_cast<int>(economy_.nodes.size());
  elasticity_.assign(count, 0);
  live_.assign(count, 0);
  live_children_.assign(count, 0);
  for (int node = count - 1; node >= 0; --node) {
    const Node& entry = economy_.nodes[node];
    // A literal zero is no part of a tree; a parameter that happens to be zero keeps its place, so that the structure
    // of the equations is the same all along a path of parameter values.
    live_[node] = entry.is_leaf() ? !entry.amount.is_constant() || entry.amount.value != 0 : live_children_[node] > 0;
    if (live_[node] && entry.parent >= 0) ++live_children_[entry.parent];
    if (!entry.is_leaf()) {
      elasticity_[node] = constant_value(entry.amount, "elasticity", node);
      if (!(elasticity_[node] >= 0)) {
        fail(node, fmt::format("elasticity of {} is {}, expected a number >= 0", economy_.node_name(node),
                               elasticity_[node]));
      }
    }
  }
  for (const Activity& activity : economy_.activities) {
    for (int node = activity.outputs.begin; node < activity.outputs.end; ++node) elasticity_[node] = -elasticity_[node];
  }
  quantity_wanted_.assign(count, 0);
  for (const Expression& expression : economy_.expressions) {
    for (const ExpressionStep& step : expression.steps) {
      if (step.operation == Operation::reference && step.reference.kind == ReferenceKind::quantity) {
        quantity_wanted_[step.reference.index] = 1;
      }
    }
  }
  if (system_.price_free_.empty()) settle_free_prices();
}

/// A price may be zero when nobody can substitute the good for another: its nearest nest with a choice is Leontief.
void EconomySystemBuilder::settle_free_prices() {
  system_.price_free_.assign(economy_.commodities.size(), 0);
  for (std::size_t c = 0; c < system_.price_free_.size(); ++c)
    system_.price_free_[c] = economy_.commodities[c].bound == Bound::automatic;
  const auto visit = [&](IndexRange range, double lone_leaf) {
    for (int node = range.begin; node < range.end; ++node) {
      if (!economy_.nodes[node].is_leaf() || !live_[node]) continue;
      int nest = economy_.nodes[node].parent;
      while (nest >= 0 && live_children_[nest] == 1) nest = economy_.nodes[nest].parent;
      const double elasticity = nest < 0 ? lone_leaf : elasticity_[nest];
      if (elasticity != 0) system_.price_free_[economy_.nodes[node].commodity] = 0;
    }
  };
  for (const Activity& activity : economy_.activities) {
    visit(activity.outputs, 0);
    visit(activity.inputs, 0);
  }
  for (const Agent& agent : economy_.agents) visit(agent.demand, 1);
}

void EconomySystemBuilder::check_fixed(const FixedValue& fixed, const std::string& name, bool logarithmic,
                                       double lower) const {
  const bool income = fixed.what.kind == ReferenceKind::income;
  if (std::isfinite(fixed.value) && fixed.value >= lower && ((!logarithmic && !income) || fixed.value > 0)) return;
  const std::string expected = logarithmic || income ? "more than 0"
                               : std::isinf(lower)   ? "a finite number"
                                                     : fmt::format("at least {}", lower);
  fail(-1, fmt::format("the {} is fixed at {}, expected {}", name, fixed.value, expected));
}

Variable EconomySystemBuilder::make_variable(ReferenceKind kind, int index, const std::string& unknown_name,
                                             const std::string& row_name, bool logarithmic, double lower, double unit,
                                             std::vector<int>& rows) {
  const auto fixed = std::find_if(fixed_.begin(), fixed_.end(), [&](const FixedValue& entry) {
    return entry.what.kind == kind && entry.what.index == index;
  });
  if (fixed != fixed_.end()) {
    check_fixed(*fixed, unknown_name, logarithmic, lower);
    rows.push_back(equations_.add_observed(row_name));
    system_.dropped_.emplace_back(rows.back(), fixed->what);
    return {-1, fixed->value};
  }
  rows.push_back(equations_.add_unknown(unknown_name, row_name, logarithmic, lower));
  return {rows.back(), unit};
}

void EconomySystemBuilder::make_unknowns() {
  for (int c = 0; c < static_cast<int>(economy_.commodities.size()); ++c) {
    const std::string& label = label_of(economy_.commodities[c]);
    equations_.set_block(economy_.commodities[c].block);
    system_.price_.push_back(make_variable(ReferenceKind::price, c, "price of " + label, "market clearing " + label,
                                           !system_.price_free_[c], system_.price_free_[c] ? 0.0 : free_unknown, 1,
                                           market_row_));
  }
  for (int a = 0; a < static_cast<int>(economy_.activities.size()); ++a) {
    const Activity& activity = economy_.activities[a];
    const std::string& label = label_of(activity);
    const bool interior = activity.bound == Bound::interior;
    equations_.set_block(activity.block);
    system_.level_.push_back(make_variable(ReferenceKind::level, a, "level of " + label, "zero profit " + label,
                                           interior, interior ? free_unknown : 0.0, 1, profit_row_));
  }
  for (int h = 0; h < static_cast<int>(economy_.agents.size()); ++h) {
    const Agent& agent = economy_.agents[h];
    equations_.set_block(agent.block);
    double unit = 0;
    for (int node = agent.demand.begin; node < agent.demand.end; ++node) {
      const Node& leaf = economy_.nodes[node];
      if (leaf.is_leaf() && leaf.amount.is_constant() && leaf.price.is_constant())
        unit += leaf.amount.value * leaf.price.value;
    }
    const std::string& label = label_of(agent);
    system_.income_.push_back(make_variable(ReferenceKind::income, h, "income of " + label, "income balance " + label,
                                            false, free_unknown, unit > 0 ? unit : 1, income_row_));
  }
  for (int k = 0; k < static_cast<int>(economy_.auxiliaries.size()); ++k) {
    const Auxiliary& auxiliary = economy_.auxiliaries[k];
    equations_.set_block(auxiliary.block);
    const std::string& label = label_of(auxiliary);
    const double lower = auxiliary.bounded ? constant_value(auxiliary.lower, "lower bound", -1) : free_unknown;
    system_.auxiliary_.push_back(
        make_variable(ReferenceKind::auxiliary, k, label, "equation of " + label, false, lower, 1, auxiliary_row_));
  }
  system_.leaf_term_.assign(economy_.nodes.size(), -1);
  system_.user_price_.assign(economy_.nodes.size(), -1);
  system_.price_factor_.assign(economy_.nodes.size(), 1);
  system_.wedge_term_.assign(economy_.wedges.size(), -1);
}

void EconomySystemBuilder::add_activity(int index) {
  const Activity& activity = economy_.activities[index];
  const std::string& label = label_of(activity);
  equations_.set_block(activity.block);
  SettledTree outputs = settle_tree(activity.outputs, -1, label);
  settle_nest_prices(outputs, activity.outputs.begin, label);
  SettledTree inputs = settle_tree(activity.inputs, 1, label);
  const int row = profit_row_[index];
  const bool direct = activity.bound == Bound::interior && row >= 0 && !inputs.empty() && !outputs.empty() &&
                      inputs.root().live_children > 1;
  if (direct) {
    // Where profit is zero for certain, unit cost is unit revenue: one unknown and one equation fewer.
    settle_nest_prices(inputs, activity.inputs.begin + 1, label);
    Monomial revenue = outputs.root().relative_price;
    revenue.multiply(outputs.root().weight).multiply(inputs.root().weight, -1);
    inputs.nodes.front().relative_price = revenue;
    add_unit_cost(row, inputs, activity.inputs.begin, revenue);
  } else {
    settle_nest_prices(inputs, activity.inputs.begin, label);
    add_zero_profit(index, outputs, inputs);
  }
  const Monomial level(system_.level_[index]);
  if (!outputs.empty()) sell_tree(outputs, -1, level);
  if (!inputs.empty()) sell_tree(inputs, 1, level);
}

void EconomySystemBuilder::add_zero_profit(int index, const SettledTree& outputs, const SettledTree& inputs) {
  const int row = profit_row_[index];
  Monomial cost(0.0), revenue(0.0);
  if (!inputs.empty()) cost = Monomial(inputs.root().weight).multiply(inputs.root().relative_price);
  if (!outputs.empty()) revenue = Monomial(outputs.root().weight).multiply(outputs.root().relative_price);
  if (economy_.activities[index].bound == Bound::interior && !inputs.empty() && !outputs.empty()) {
    add_logarithm_of(row, 1, cost);
    add_logarithm_of(row, -1, revenue);
  } else {
    equations_.add_term(row, cost);
    equations_.add_term(row, revenue.multiply(-1.0));
  }
}

void EconomySystemBuilder::add_agent(int index) {
  const Agent& agent = economy_.agents[index];
  const int row = income_row_[index];
  equations_.set_block(agent.block);
  for (const Endowment& endowment : agent.endowments) {
    const Monomial quantity = scalar(endowment.quantity);
    equations_.add_term(market_row_[endowment.commodity], quantity);
    equations_.add_term(row, Monomial(quantity).multiply(system_.price_[endowment.commodity], 1).multiply(-1.0));
  }
  const Variable& income = system_.income_[index];
  equations_.add_term(row, Monomial(income));
  if (!income.is_fixed()) system_.explicit_rows_.push_back(income.unknown);
  SettledTree demand = settle_tree(agent.demand, 1, label_of(agent));
  Monomial utility(0.0);
  if (!demand.empty()) {
    if (demand.root().weight.is_constant() && demand.root().weight.coefficient() == 0) {
      fail(agent.demand.begin, fmt::format("all quantities demanded by {} are 0", label_of(agent)));
    }
    settle_nest_prices(demand, agent.demand.begin, label_of(agent));
    utility = Monomial(income);
    utility.multiply(demand.root().weight, -1).multiply(demand.root().relative_price, -1);
    sell_tree(demand, 1, utility);
  }
  system_.utility_.push_back(utility);
}

void EconomySystemBuilder::add_transfers() {
  equations_.set_block(-1);
  for (const Transfer& transfer : economy_.transfers) {
    const Monomial amount = scalar(transfer.amount);
    equations_.add_term(income_row_[transfer.from], amount);
    equations_.add_term(income_row_[transfer.to], Monomial(amount).multiply(-1.0));
  }
}

void EconomySystemBuilder::add_auxiliaries() {
  for (std::size_t k = 0; k < economy_.auxiliaries.size(); ++k) {
    bindings_.push_back({auxiliary_row_[k], 1, economy_.auxiliaries[k].equation});
  }
}

void EconomySystemBuilder::bind_expressions() {
  for (const Binding& binding : bindings_) bind(binding);
}

void EconomySystemBuilder::finish() {
  system_.equations_ = equations_.build(system_.parameters_);
  for (int& term : system_.leaf_term_) {
    if (term >= 0) term = equations_.term_index(term);
  }
  for (int& term : system_.wedge_term_) {
    if (term >= 0) term = equations_.term_index(term);
  }
  for (auto& [row, what] : system_.dropped_) row = equations_.observed_row(row);
}

}  // namespace levee
