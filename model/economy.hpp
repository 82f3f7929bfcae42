#pragma once

#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "model/expression.hpp"

namespace levee {

/// A number, or the index of an expression of the economy.
struct Scalar {
  double value = 0;
  int expression = -1;

  Scalar() = default;
  Scalar(double constant) : value(constant) {}  // NOLINT(google-explicit-constructor): a number is a scalar
  static Scalar of_expression(int index) {
    Scalar scalar;
    scalar.expression = index;
    return scalar;
  }
  bool is_constant() const { return expression < 0; }
};

/// A half-open range of indices.
struct IndexRange {
  int begin = 0;
  int end = 0;
  int size() const { return end - begin; }
  bool empty() const { return begin == end; }
};

/// A node of a CES (inputs, demand) or CET (outputs) tree. Parents come before their children; the nodes of a tree are
/// contiguous.
struct Node {
  int parent = -1;     ///< index into Economy::nodes, -1 at a root
  int commodity = -1;  ///< of a leaf; -1 at a nest
  int name = -1;       ///< index into Economy::names; -1: the commodity's name
  Scalar
      amount;  ///< leaf: benchmark quantity per unit of activity; nest: elasticity (of substitution or transformation)
  Scalar price = 1.0;  ///< leaf: reference price of the agent, taxes included
  IndexRange wedges;   ///< leaf: its taxes and charges

  bool is_leaf() const { return commodity >= 0; }
};

/// A tax (rate on the market price) or a charge (money per unit of quantity) on a leaf, paid to an agent. Input leaves
/// pay p (1 + sum of rates) + sum of charges, output leaves receive p (1 - sum of rates) - sum of charges.
struct Wedge {
  enum class Kind { ad_valorem, specific };
  Kind kind = Kind::ad_valorem;
  Scalar rate;
  int agent = -1;
};

struct Parameter {
  std::string name;
  double value = 0;
  /// Whether an EconomySystem may be moved to other values of it (set_parameters). Amounts must be linear in it, and it
  /// is never negative where it is part of a tax or charge.
  bool varies = false;
};

/// Whether a price or a level can reach zero. `automatic` decides from the structure of demand (prices: only goods
/// bought in fixed proportions can be free) and treats every level as complementary; `interior` keeps it positive, in
/// logarithms.
enum class Bound { automatic, interior };

struct Commodity {
  std::string name;
  std::string label;  ///< for messages: "STEEL in CHN"
  double start = 1;
  Bound bound = Bound::automatic;
  int block = -1;  ///< label for the solver: region
};

struct Activity {
  std::string name;
  std::string label;
  double start = 1;
  Bound bound = Bound::automatic;
  IndexRange outputs;  ///< nodes
  IndexRange inputs;   ///< nodes
  int block = -1;
};

struct Endowment {
  int commodity = -1;
  Scalar quantity;  ///< may be negative: a fixed purchase
};

struct Agent {
  std::string name;
  std::string label;
  std::vector<Endowment> endowments;
  IndexRange demand;  ///< nodes; empty: the agent only receives and passes on
  int block = -1;
};

/// An extra unknown: equation = 0, or with `bounded` equation >= 0 perp unknown >= lower.
struct Auxiliary {
  std::string name;
  std::string label;
  double start = 0;
  bool bounded = false;
  Scalar lower;
  int equation = -1;  ///< expression
  int block = -1;     ///< label for the solver
};

struct Transfer {
  int from = -1;
  int to = -1;
  Scalar amount;
};

/// An unknown held at a value; its paired row is dropped. Kinds price, level, income and auxiliary.
struct Fixed {
  Reference what;
  Scalar value;
};

/// A general equilibrium model: what a YAML economy or a calibrated dataset turns into. Calibrated at `start` values:
/// unless `benchmark` is false these are an equilibrium. Immutable once built.
struct Economy {
  std::string name;
  std::vector<Parameter> parameters;
  std::vector<Expression> expressions;
  std::vector<std::string> names;
  std::vector<Commodity> commodities;
  std::vector<Node> nodes;
  std::vector<Wedge> wedges;
  std::vector<Activity> activities;
  std::vector<Agent> agents;
  std::vector<Auxiliary> auxiliaries;
  std::vector<Transfer> transfers;
  std::vector<Fixed> fixed;
  bool benchmark = true;
  std::vector<Location> node_where;  ///< of each node in the user's file; empty when generated

  const std::string& node_name(int node) const;
  int add_name(const std::string& text);
  int add_expression(Expression expression);
  int add_parameter(const std::string& parameter_name, double value, bool varies = false);
  int add_commodity(const std::string& commodity_name, const std::string& label, Bound bound = Bound::automatic);
  /// A nest below `parent` (-1: a root). Nodes of one tree are added one after the other.
  int add_nest(int parent, const std::string& nest_name, Scalar elasticity);
  int add_leaf(int parent, int commodity, Scalar quantity, Scalar price = 1.0, const std::string& leaf_name = "");
  /// To the leaf added last: wedges of a leaf are contiguous.
  void add_wedge(Wedge wedge);
  std::vector<double> parameter_values() const;
};

}  // namespace levee
