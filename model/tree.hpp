#pragma once

#include <vector>

#include "model/economy.hpp"
#include "model/monomial.hpp"

namespace levee {

/// A CES or CET tree with its numbers settled: what the equations of an activity or an agent are made of. CET is CES
/// with a negative elasticity: revenue exponent 1 + t, supply (P / R)^t.
struct SettledNode {
  double elasticity = 0;    ///< of a nest: s, or -t on the output side
  Monomial quantity;        ///< of a leaf, per unit of activity at the benchmark
  Monomial user_price;      ///< of a leaf
  Monomial relative_price;  ///< user price over reference price; unit cost or revenue of a nest over its benchmark
  Monomial weight;          ///< benchmark value
  int live_children = 0;    ///< children with a quantity that can differ from zero
  bool live = false;
};

struct SettledTree {
  int first = 0;  ///< node index of nodes[0]
  std::vector<SettledNode> nodes;

  bool empty() const { return nodes.empty() || !nodes.front().live; }
  SettledNode& at(int node) { return nodes[node - first]; }
  const SettledNode& at(int node) const { return nodes[node - first]; }
  const SettledNode& root() const { return nodes.front(); }
};

}  // namespace levee
