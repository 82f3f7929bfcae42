// The equations of CES and CET trees: unit costs, demands and wedges. Formulas in the calibrated share form of
// Rutherford (2002), "Lecture notes on constant elasticity functions", for a nest n with children k and weights w_k =
// x̄_k P̄_k:
//   C_n = [ sum_k (w_k / W_n) (P_k / P̄_k)^(1 - s) ]^(1 / (1 - s)),   x_k = x̄_k q_n (C_n P̄_k / P_k)^s
// and on the output side s = -t.
#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "model/economy_system_builder.hpp"

namespace levee {

namespace {

/// Closer to Cobb-Douglas than this, the exponent 1 - s is taken as zero: the difference is below rounding.
constexpr double cobb_douglas_band = 1e-9;

/// Closer to Cobb-Douglas than this, a mean with shares that vary is expanded around it: a power mean of exponent e
/// loses rounding / e, the expansion e^2.
constexpr double expansion_band = 1e-5;

bool has_factor_that_is(bool logarithmic, const Monomial& monomial, const EquationSystemBuilder& equations) {
  for (const Factor& factor : monomial.factors()) {
    if (equations.is_logarithmic(factor.unknown) == logarithmic) return true;
  }
  return false;
}

/// A child's part in the benchmark value of its nest. Where the nest's value is a plain zero (a parameter that is zero
/// here and not elsewhere) prices weigh alike: nothing is bought, but its unit cost must exist.
Monomial share_of(const SettledNode& child, const SettledNode& nest) {
  if (nest.weight.is_constant() && nest.weight.coefficient() == 0) return Monomial(1.0 / nest.live_children);
  Monomial share = child.weight;
  return share.multiply(nest.weight, -1);
}

}  // namespace

SettledTree EconomySystemBuilder::settle_tree(IndexRange range, double side, const std::string& owner) {
  SettledTree tree;
  tree.first = range.begin;
  tree.nodes.resize(range.size());
  for (int node = range.end - 1; node >= range.begin; --node) {
    SettledNode& settled = tree.at(node);
    settled.live = live_[node] != 0;
    settled.live_children = live_children_[node];
    settled.elasticity = elasticity_[node];
    if (settled.live && economy_.nodes[node].is_leaf()) settle_leaf(tree, node, side, owner);
  }
  if (tree.empty()) return tree;
  settle_weights(tree, owner);
  return tree;
}

void EconomySystemBuilder::settle_leaf(SettledTree& tree, int node, double side, const std::string& owner) {
  const Node& leaf = economy_.nodes[node];
  SettledNode& settled = tree.at(node);
  settled.quantity = scalar(leaf.amount);
  if (settled.quantity.is_constant() && !(settled.quantity.coefficient() >= 0)) {
    fail(node, fmt::format("quantity of {} in {} is {}, expected a number >= 0", economy_.node_name(node), owner,
                           settled.quantity.coefficient()));
  }
  const double price = constant_value(leaf.price, "reference price", node);
  if (!(price > 0)) {
    fail(node, fmt::format("reference price of {} in {} is {}, expected a number > 0", economy_.node_name(node), owner,
                           price));
  }
  settle_user_price(tree, node, side, owner);
  settled.relative_price = settled.user_price;
  settled.relative_price.multiply(1 / price);
  settled.weight = settled.quantity;
  settled.weight.multiply(price);
}

void EconomySystemBuilder::settle_user_price(SettledTree& tree, int node, double side, const std::string& owner) {
  const Node& leaf = economy_.nodes[node];
  SettledNode& settled = tree.at(node);
  const Variable& market = system_.price_[leaf.commodity];
  double factor = 1;
  bool varies = false;
  for (int w = leaf.wedges.begin; w < leaf.wedges.end; ++w) {
    const Wedge& wedge = economy_.wedges[w];
    const Monomial rate = scalar(wedge.rate);
    if (wedge.kind == Wedge::Kind::ad_valorem && rate.is_constant()) {
      factor += side * rate.coefficient();
    } else if (!rate.is_constant() || rate.coefficient() != 0 || !wedge.rate.is_constant()) {
      varies = true;
    }
  }
  if (!varies) {
    if (!(factor > 0)) {
      fail(node, fmt::format("taxes on {} in {} leave a price of {} times the market's, expected more than 0",
                             economy_.node_name(node), owner, factor));
    }
    system_.price_factor_[node] = factor;
    settled.user_price = Monomial(market);
    settled.user_price.multiply(factor);
    return;
  }
  const std::string name = fmt::format("price of {} in {}, wedges included", economy_.node_name(node), owner);
  const bool logarithmic = market.is_fixed() || equations_.is_logarithmic(market.unknown);
  const int unknown = equations_.add_unknown(name, "definition of the " + name, logarithmic);
  std::vector<Monomial> gains, losses;  // user price = gains - losses
  const auto add = [&](const Monomial& part) { (part.coefficient() < 0 ? losses : gains).push_back(part); };
  add(Monomial(market).multiply(factor));
  for (int w = leaf.wedges.begin; w < leaf.wedges.end; ++w) {
    const Wedge& wedge = economy_.wedges[w];
    Monomial rate = scalar(wedge.rate);
    if (wedge.kind == Wedge::Kind::ad_valorem) {
      if (rate.is_constant()) continue;
      rate.multiply(market, 1);
    }
    add(rate.multiply(side));
  }
  for (Monomial& loss : losses) loss.multiply(-1.0);
  if (logarithmic) {
    define_positive_price(unknown, gains, losses);
  } else {
    equations_.add_linear(unknown, unknown, 1);
    for (const Monomial& gain : gains) equations_.add_term(unknown, Monomial(gain).multiply(-1.0));
    for (const Monomial& loss : losses) equations_.add_term(unknown, loss);
  }
  system_.user_price_[node] = unknown;
  system_.explicit_rows_.push_back(unknown);
  if (!logarithmic) value_rows_.push_back(unknown);
  settled.user_price = Monomial(Variable{unknown, 1});
}

/// log(user price + losses) = log(gains): with both sides positive whatever the size of a charge, a large one does not
/// take the logarithm of a negative price on the way.
void EconomySystemBuilder::define_positive_price(int unknown, const std::vector<Monomial>& gains,
                                                 std::vector<Monomial> losses) {
  if (losses.empty()) {
    equations_.set_logarithm(unknown, 1);
    equations_.add_linear(unknown, unknown, 1);
    for (const Monomial& gain : gains) equations_.add_term(unknown, gain);
    return;
  }
  equations_.set_logarithm(unknown, -1);
  losses.emplace_back(Variable{unknown, 1});
  for (const Monomial& loss : losses) equations_.add_term(unknown, loss);
  if (gains.size() == 1) {
    add_logarithm_of(unknown, -1, gains.front());
    return;
  }
  Expression sum;
  int step = sum.add_reference({});
  for (std::size_t k = 1; k < gains.size(); ++k) step = sum.add_operation(Operation::add, step, sum.add_reference({}));
  sum.add_operation(Operation::logarithm, step);
  equations_.add_expression(unknown, -1, sum, gains);
}

void EconomySystemBuilder::settle_weights(SettledTree& tree, const std::string& owner) {
  const int end = tree.first + static_cast<int>(tree.nodes.size());
  for (int nest = end - 1; nest >= tree.first; --nest) {
    if (economy_.nodes[nest].is_leaf() || !tree.at(nest).live) continue;
    double sum = 0;
    bool varies = false;
    for (int child = nest + 1; child < end; ++child) {
      if (economy_.nodes[child].parent != nest || !tree.at(child).live) continue;
      sum += tree.at(child).weight.coefficient();
      varies = varies || !tree.at(child).weight.is_constant();
    }
    if (!varies) {
      tree.at(nest).weight = Monomial(sum);
      continue;
    }
    const std::string name = fmt::format("benchmark value of {} in {}", economy_.node_name(nest), owner);
    const int unknown = equations_.add_unknown(name, "definition of the " + name, false);
    equations_.add_linear(unknown, unknown, 1);
    for (int child = nest + 1; child < end; ++child) {
      if (economy_.nodes[child].parent != nest || !tree.at(child).live) continue;
      equations_.add_term(unknown, Monomial(tree.at(child).weight).multiply(-1.0));
    }
    system_.explicit_rows_.push_back(unknown);
    value_rows_.push_back(unknown);
    tree.at(nest).weight = Monomial(Variable{unknown, 1});
  }
}

void EconomySystemBuilder::settle_nest_prices(SettledTree& tree, int first_node, const std::string& owner) {
  const int end = tree.first + static_cast<int>(tree.nodes.size());
  for (int nest = end - 1; nest >= first_node; --nest) {
    SettledNode& settled = tree.at(nest);
    if (economy_.nodes[nest].is_leaf() || !settled.live) continue;
    if (settled.live_children == 1) {
      for (int child = nest + 1; child < end; ++child) {
        if (economy_.nodes[child].parent == nest && tree.at(child).live)
          settled.relative_price = tree.at(child).relative_price;
      }
      continue;
    }
    const std::string name = fmt::format("{} of {}", economy_.node_name(nest), owner);
    const int unknown = equations_.add_unknown("unit cost of " + name, "unit cost of " + name, true);
    settled.relative_price = Monomial(Variable{unknown, 1});
    add_unit_cost(unknown, tree, nest, settled.relative_price);
    system_.explicit_rows_.push_back(unknown);
  }
}

void EconomySystemBuilder::add_logarithm_of(int row, double coefficient, const Monomial& monomial) {
  if (monomial.parameter() >= 0) throw std::logic_error("a logarithm of an amount that varies with a parameter");
  if (!has_factor_that_is(false, monomial, equations_)) {
    for (const Factor& factor : monomial.factors())
      equations_.add_linear(row, factor.unknown, coefficient * factor.exponent);
    if (monomial.coefficient() != 1) equations_.add_constant(row, coefficient * std::log(monomial.coefficient()));
    return;
  }
  Expression expression;
  expression.add_operation(Operation::logarithm, expression.add_reference({}));
  equations_.add_expression(row, coefficient, expression, {monomial});
}

void EconomySystemBuilder::add_unit_cost(int row, const SettledTree& tree, int nest, const Monomial& cost) {
  const SettledNode& settled = tree.at(nest);
  const double exponent = 1 - settled.elasticity;
  std::vector<int> children;
  bool shares_vary = !settled.weight.is_constant();
  const int end = tree.first + static_cast<int>(tree.nodes.size());
  for (int child = nest + 1; child < end; ++child) {
    if (economy_.nodes[child].parent != nest || !tree.at(child).live) continue;
    children.push_back(child);
    shares_vary = shares_vary || !tree.at(child).weight.is_constant();
  }
  add_logarithm_of(row, 1, cost);
  if (shares_vary && std::abs(exponent) < expansion_band) {
    add_varying_mean(row, tree, children, nest);
    return;
  }
  const bool cobb_douglas = std::abs(exponent) < cobb_douglas_band;
  if (!cobb_douglas) equations_.set_logarithm(row, exponent, !shares_vary);
  for (const int child : children) {
    const SettledNode& part = tree.at(child);
    const Monomial share = share_of(part, settled);
    if (cobb_douglas) {
      add_logarithm_of(row, -share.coefficient(), part.relative_price);
      continue;
    }
    // the price's constant factor goes into the exponent, so that the coefficients of a row are shares
    const double shift = exponent * std::log(part.relative_price.coefficient());
    Monomial price = part.relative_price;
    price.multiply(1 / price.coefficient());
    equations_.add_term(row, Monomial(share).multiply(price, exponent), shift);
  }
}

/// Minus the mean of log prices where shares are unknowns and 1 - s is so small that a power mean would lose all its
/// digits: log C = m + (1 - s) / 2 * (sum_k share_k log(P_k)^2 - m^2) with m = sum_k share_k log P_k, correct to (1 -
/// s)^2.
void EconomySystemBuilder::add_varying_mean(int row, const SettledTree& tree, const std::vector<int>& children,
                                            int nest) {
  const SettledNode& settled = tree.at(nest);
  Expression expression;
  std::vector<Monomial> references;
  int mean = expression.add_constant(0);
  int square = mean;
  for (const int child : children) {
    references.push_back(share_of(tree.at(child), settled));
    const int share = expression.add_reference({});
    references.push_back(tree.at(child).relative_price);
    const int logarithm = expression.add_operation(Operation::logarithm, expression.add_reference({}));
    const int part = expression.add_operation(Operation::multiply, share, logarithm);
    mean = expression.add_operation(Operation::add, mean, part);
    square = expression.add_operation(Operation::add, square,
                                      expression.add_operation(Operation::multiply, part, logarithm));
  }
  const int mean_square = expression.add_operation(Operation::multiply, mean, mean);
  const int variance = expression.add_operation(Operation::subtract, square, mean_square);
  const int factor = expression.add_constant((1 - settled.elasticity) / 2);
  expression.add_operation(Operation::add, mean, expression.add_operation(Operation::multiply, factor, variance));
  equations_.add_expression(row, -1, expression, references);
}

void EconomySystemBuilder::sell_tree(const SettledTree& tree, double side, const Monomial& scale) {
  std::vector<Monomial> per_unit(tree.nodes.size());
  per_unit.front() = scale;
  for (std::size_t k = 0; k < tree.nodes.size(); ++k) {
    const SettledNode& settled = tree.nodes[k];
    if (!settled.live) continue;
    const int node = tree.first + static_cast<int>(k);
    const int parent = economy_.nodes[node].parent;
    if (parent >= 0) {
      const SettledNode& nest = tree.at(parent);
      per_unit[k] = per_unit[static_cast<std::size_t>(parent - tree.first)];
      if (nest.elasticity != 0 && nest.live_children > 1) {
        per_unit[k].multiply(nest.relative_price, nest.elasticity);
        per_unit[k].multiply(settled.relative_price, -nest.elasticity);
      }
    }
    if (economy_.nodes[node].is_leaf()) {
      Monomial total = per_unit[k];
      sell_leaf(node, side, total.multiply(settled.quantity));
    }
  }
}

void EconomySystemBuilder::sell_leaf(int node, double side, const Monomial& total) {
  const Node& leaf = economy_.nodes[node];
  if (quantity_wanted_[node]) quantity_[node] = total;
  system_.leaf_term_[node] = equations_.add_term(market_row_[leaf.commodity], Monomial(total).multiply(-side));
  for (int w = leaf.wedges.begin; w < leaf.wedges.end; ++w) {
    const Wedge& wedge = economy_.wedges[w];
    Monomial revenue = scalar(wedge.rate);
    if (revenue.is_constant() && revenue.coefficient() == 0) continue;
    if (wedge.kind == Wedge::Kind::ad_valorem) revenue.multiply(system_.price_[leaf.commodity], 1);
    system_.wedge_term_[w] = equations_.add_term(income_row_[wedge.agent], revenue.multiply(total).multiply(-1.0));
  }
}

}  // namespace levee
