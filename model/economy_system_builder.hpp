#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/economy_system.hpp"
#include "model/tree.hpp"

namespace levee {

/// Writes the equations of an economy. One pass over activities and agents; each tree is settled (numbers known,
/// unit-cost unknowns made) bottom up and then sold into markets and incomes top down.
class EconomySystemBuilder {
 public:
  EconomySystemBuilder(EconomySystem& system, std::vector<FixedValue> fixed);
  void build();

 private:
  // economy_system_builder.cpp: unknowns, markets, incomes, start
  void settle_structure();
  void settle_free_prices();
  void make_unknowns();
  void check_fixed(const FixedValue& fixed, const std::string& name, bool logarithmic, double lower) const;
  Variable make_variable(ReferenceKind kind, int index, const std::string& unknown_name, const std::string& row_name,
                         bool logarithmic, double lower, double unit, std::vector<int>& rows);
  void add_activity(int index);
  void add_zero_profit(int index, const SettledTree& outputs, const SettledTree& inputs);
  void add_agent(int index);
  void add_transfers();
  void add_auxiliaries();
  void bind_expressions();
  void finish();

  // economy_start.cpp
  void fill_start();
  double sweep_explicit_rows(std::vector<double>& x) const;
  void solve_explicit_rows(std::vector<double>& x) const;
  void scale_rows(const std::vector<int>& rows, double smallest);

  // tree_equations.cpp
  SettledTree settle_tree(IndexRange range, double side, const std::string& owner);
  void settle_leaf(SettledTree& tree, int node, double side, const std::string& owner);
  void settle_user_price(SettledTree& tree, int node, double side, const std::string& owner);
  void define_positive_price(int unknown, const std::vector<Monomial>& gains, std::vector<Monomial> losses);
  void settle_weights(SettledTree& tree, const std::string& owner);
  void settle_nest_prices(SettledTree& tree, int first_node, const std::string& owner);
  void add_unit_cost(int row, const SettledTree& tree, int nest, const Monomial& cost);
  void add_varying_mean(int row, const SettledTree& tree, const std::vector<int>& children, int nest);
  /// Adds each leaf, times `scale`, to its market and its wedges to their agents' incomes. side: +1 inputs, -1 outputs.
  void sell_tree(const SettledTree& tree, double side, const Monomial& scale);
  void sell_leaf(int node, double side, const Monomial& total);
  void add_logarithm_of(int row, double coefficient, const Monomial& monomial);

  // scalars.cpp
  double constant_value(const Scalar& scalar, const std::string& what, int node) const;
  Monomial scalar(const Scalar& scalar);
  bool as_monomial(const Expression& expression, Monomial& result) const;
  Monomial reference_monomial(const Reference& reference) const;
  double parameter_expression(int expression) const;
  [[noreturn]] void fail(int node, const std::string& message) const;

  EconomySystem& system_;
  const Economy& economy_;
  EquationSystemBuilder equations_;
  std::vector<FixedValue> fixed_;
  std::vector<int> market_row_, profit_row_, income_row_, auxiliary_row_;
  std::vector<double> elasticity_;          ///< a nest, as a number (CET negative)
  std::vector<char> live_;                  ///< a node
  std::vector<int> live_children_;          ///< a nest
  std::map<int, Variable> scalar_unknown_;  ///< expression -> the unknown that holds its value
  std::vector<char> quantity_wanted_;       ///< a node that some expression refers to
  std::map<int, Monomial> quantity_;        ///< of those
  std::vector<int> value_rows_;  ///< rows that define a linear unknown: scalars, weights, user prices of free goods
  std::vector<double> explicit_unit_;  ///< an unknown with an explicit row: the row's derivative by it, before scaling
  struct Binding {
    int row = 0;
    double coefficient = 1;
    int expression = -1;
  };
  std::vector<Binding> bindings_;

  void bind(const Binding& binding);
  void bind_step(const Binding& binding, const std::vector<std::optional<Monomial>>& values, int last,
                 double coefficient);
  void bind_rest(const Binding& binding, int last, double coefficient);
};

}  // namespace levee
