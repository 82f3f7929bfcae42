#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/economy.hpp"
#include "model/equation_system.hpp"

namespace levee {

/// An unknown held at a number.
struct FixedValue {
  Reference what;
  double value = 0;
};

/// The economy's own unknowns at a point, in their natural units.
struct EconomyState {
  std::vector<double> prices;       ///< a commodity
  std::vector<double> levels;       ///< an activity
  std::vector<double> incomes;      ///< an agent
  std::vector<double> auxiliaries;  ///< an auxiliary
};

/// An economy at given parameter values and closure as a square system of equations, and the way back from a solution
/// to prices, levels, incomes and quantities.
///
/// Unknowns: market prices, activity levels, incomes, auxiliaries, the relative unit cost of every nest with more than
/// one child, the user price of every leaf whose wedge depends on other unknowns, and the value of every scalar that
/// does. Quantities need no unknowns of their own: by Shephard's lemma each is a monomial in unit costs along its path,
///   x_k = x̄_k y prod_n (C_n / C_child)^(s_n).
/// Rows: zero profit, market clearing, income balance, unit cost (in logarithms), wedge and auxiliary equations.
class EconomySystem {
 public:
  /// parameter_values: one a parameter of the economy. Throws InputError at the YAML place (when known) on an
  /// impossible number: negative quantity or elasticity, reference price not positive, elasticity that is not constant.
  /// like: a system of the same economy and closure whose decision which prices may reach zero is taken over, so that
  /// both have the same unknowns whatever their elasticities are: the points of a path need that.
  EconomySystem(const Economy& economy, std::vector<double> parameter_values, std::vector<FixedValue> fixed,
                const EconomySystem* like = nullptr);

  const Economy& economy() const { return *economy_; }
  const EquationSystem& equations() const { return equations_; }
  const std::vector<double>& parameter_values() const { return parameters_; }
  /// Moves the system to other values of the parameters that vary; others must keep theirs (std::logic_error). start()
  /// and the scales of rows stay those of the values it was made with.
  void set_parameters(const std::vector<double>& values);
  void set_threads(int threads) { equations_.set_threads(threads); }

  /// The point at the economy's start values: unit costs, user prices and incomes follow from them.
  const std::vector<double>& start() const { return start_; }
  /// The point at a given state, for warm starts.
  std::vector<double> point(const EconomyState& state) const;
  EconomyState state(std::span<const double> x) const;

  /// Total quantity of a leaf (activity level x demand or supply per unit; an agent's demand).
  double quantity(int node, std::span<const double> x) const;
  /// What the agent pays or receives per unit at a leaf, wedges included.
  double user_price(int node, std::span<const double> x) const;
  double market_price(int commodity, std::span<const double> x) const;
  /// Money paid to the wedge's agent.
  double wedge_revenue(int wedge, std::span<const double> x) const;
  /// Utility of an agent, 1 at benchmark demand: income over the unit cost of its benchmark bundle.
  double utility(int agent, std::span<const double> x) const;
  double expression_value(int expression, std::span<const double> x) const;
  /// What 1 of each unknown stands for: a linear unknown's value, or with a logarithmic one its exponential, times this
  /// is the price, level, income or auxiliary.
  std::vector<double> unknown_units() const;

  /// The rows dropped because their unknown is fixed: the redundant market among them. Unscaled, in money or quantity.
  struct DroppedRow {
    std::string name;
    Reference what;
    double value = 0;
  };
  std::vector<DroppedRow> dropped_rows(std::span<const double> x) const;

  /// The largest |scaled residual| over all equations at `x`, dropped ones included when they are markets or incomes.
  double replication_error(std::span<const double> x, std::string* worst_row = nullptr) const;

 private:
  friend class EconomySystemBuilder;

  double variable_value(const Variable& variable, std::span<const double> x) const;
  double monomial_value(const Monomial& monomial, std::span<const double> x) const;

  const Economy* economy_ = nullptr;
  std::vector<double> parameters_;
  EquationSystem equations_;
  std::vector<Variable> price_, level_, income_, auxiliary_;
  std::vector<char> price_free_;      ///< a commodity: its price may reach zero
  std::vector<int> leaf_term_;        ///< a node: its term in the market row, -1 at nests and empty leaves
  std::vector<int> wedge_term_;       ///< a wedge: its term in the agent's income row, -1 when it is zero for good
  std::vector<int> user_price_;       ///< a node: unknown of its user price, -1 when proportional to the market price
  std::vector<double> price_factor_;  ///< a node: user price / market price where proportional
  std::vector<Monomial> utility_;     ///< an agent
  std::vector<std::pair<int, Reference>> dropped_;  ///< row, what was fixed
  std::vector<int> explicit_rows_;  ///< unknowns that their own row gives directly, in order of evaluation
  std::vector<double> start_;
};

}  // namespace levee
