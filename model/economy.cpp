#include "model/economy.hpp"

#include <cassert>

namespace levee {

const std::string& Economy::node_name(int node) const {
  const Node& entry = nodes[node];
  return entry.name >= 0 ? names[entry.name] : commodities[entry.commodity].name;
}

int Economy::add_name(const std::string& text) {
  names.push_back(text);
  return static_cast<int>(names.size()) - 1;
}

int Economy::add_expression(Expression expression) {
  expressions.push_back(std::move(expression));
  return static_cast<int>(expressions.size()) - 1;
}

int Economy::add_parameter(const std::string& parameter_name, double value, bool varies) {
  parameters.push_back({parameter_name, value, varies});
  return static_cast<int>(parameters.size()) - 1;
}

int Economy::add_commodity(const std::string& commodity_name, const std::string& label, Bound bound) {
  commodities.push_back({commodity_name, label, 1, bound});
  return static_cast<int>(commodities.size()) - 1;
}

int Economy::add_nest(int parent, const std::string& nest_name, Scalar elasticity) {
  Node node;
  node.parent = parent;
  node.name = add_name(nest_name);
  node.amount = elasticity;
  node.wedges = {static_cast<int>(wedges.size()), static_cast<int>(wedges.size())};
  nodes.push_back(node);
  return static_cast<int>(nodes.size()) - 1;
}

int Economy::add_leaf(int parent, int commodity, Scalar quantity, Scalar price, const std::string& leaf_name) {
  Node node;
  node.parent = parent;
  node.commodity = commodity;
  if (!leaf_name.empty()) node.name = add_name(leaf_name);
  node.amount = quantity;
  node.price = price;
  node.wedges = {static_cast<int>(wedges.size()), static_cast<int>(wedges.size())};
  nodes.push_back(node);
  return static_cast<int>(nodes.size()) - 1;
}

void Economy::add_wedge(Wedge wedge) {
  assert(!nodes.empty() && nodes.back().is_leaf());
  wedges.push_back(wedge);
  nodes.back().wedges.end = static_cast<int>(wedges.size());
}

std::vector<double> Economy::parameter_values() const {
  std::vector<double> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) values.push_back(parameter.value);
  return values;
}

}  // namespace levee
