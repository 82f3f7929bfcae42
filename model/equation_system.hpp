#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/expression.hpp"
#include "model/monomial.hpp"
#include "solver/nonlinear_problem.hpp"

namespace levee {

/// How the terms of a row combine.
enum class RowKind {
  sum,  ///< F = scale * (constant + linear part + sum of terms + expressions)
  /// F = scale * (constant + linear part + expressions - log(sum of terms) / exponent): unit costs, where Newton likes
  /// it best
  logarithm
};

/// What a row holds, for listings: the row's own terms before scaling, see RowKind for how they combine.
struct EquationContent {
  struct Formula {
    const Expression* expression = nullptr;
    double coefficient = 1;
    std::vector<Monomial> references;  ///< a reference step of the expression, in order
  };
  RowKind kind = RowKind::sum;
  double constant = 0;
  double exponent = 1;         ///< of a logarithm row
  std::vector<Factor> linear;  ///< coefficient (in `exponent`) times the unknown as the solver has it
  std::vector<Monomial> terms;
  std::vector<Formula> formulas;
};

/// A flat, sparse, square system of sums of monomials (and, where a user wrote one, of free expressions), with exact
/// derivatives written straight into the compressed matrix. Row i is paired with unknown i; further rows ("observed")
/// are evaluated on request, such as the market that Walras' law makes redundant. Immutable once built by
/// EquationSystemBuilder; evaluation allocates nothing but what an expression row needs.
class EquationSystem : public NonlinearProblem {
 public:
  int size() const override { return static_cast<int>(logarithmic_.size()); }
  const SparsePattern& pattern() const override { return pattern_; }
  std::span<const double> lower() const override { return lower_; }
  void residual(std::span<const double> x, std::span<double> f) const override;
  void jacobian(std::span<const double> x, std::span<double> values) const override;
  std::span<const int> blocks() const override { return blocks_; }
  std::string row_name(int row) const override { return row_names_[row]; }
  std::string unknown_name(int unknown) const override { return unknown_names_[unknown]; }

  /// F of row `index`, which may be an observed one (size() + k).
  double row_value(int index, std::span<const double> x) const;
  double row_scale(int row) const { return rows_[row].scale; }
  void set_row_scale(int row, double scale) { rows_[row].scale = scale; }
  /// Half the sum of the absolute terms and addends: what a sum row is measured against.
  double row_magnitude(int index, std::span<const double> x) const;
  bool is_logarithmic(int unknown) const { return logarithmic_[unknown] != 0; }
  /// Paired rows, then observed ones.
  int row_count() const { return static_cast<int>(rows_.size()); }
  /// A row as a value. Expressions stay the system's.
  EquationContent content(int index) const;
  /// Gives the varying parameters of the economy (one value a parameter, others are not looked at) new values.
  void set_parameters(std::span<const double> values);
  /// How many threads an evaluation uses; what it gives does not depend on it.
  void set_threads(int threads) { threads_ = threads; }
  /// The value of a term kept by the builder.
  double term_value(int term, std::span<const double> x) const;

 private:
  friend class EquationSystemBuilder;

  struct Row {
    RowKind kind = RowKind::sum;
    double scale = 1;
    double constant = 0;
    double exponent = 1;  ///< of a logarithm row
    bool shares = false;  ///< of a logarithm row: the coefficients of its terms add to one, all unknowns are logarithms
    int term_begin = 0, term_end = 0;
    int linear_begin = 0, linear_end = 0;
    int expression_begin = 0, expression_end = 0;
  };

  /// A user's formula: each of its references is a monomial of the pool.
  struct BoundExpression {
    Expression expression;
    double coefficient = 1;
    std::vector<int> reference_terms;  ///< a step; -1 where the step is no reference
  };

  /// A term whose coefficient has a varying parameter.
  struct ParametricTerm {
    int term = -1;
    int parameter = -1;
    double coefficient = 0;  ///< without it
  };

  struct LinearTerm {
    int unknown = -1;
    double coefficient = 0;
    int slot = -1;
  };

  Monomial monomial(int term) const;
  double sum_of_terms(const Row& row, std::span<const double> x) const;
  double log_of_terms(const Row& row, std::span<const double> x) const;
  void add_term_derivatives(int term, double weight, std::span<const double> x, std::span<double> values) const;
  void add_expression_derivatives(const BoundExpression& bound, double weight, std::span<const double> x,
                                  std::span<double> values) const;
  double expression_value(const BoundExpression& bound, std::span<const double> x, std::vector<double>& steps) const;
  void add_row_derivatives(const Row& row, std::span<const double> x, std::span<double> values) const;
  void build_pattern();
  void cut_into_chunks();

  std::vector<char> logarithmic_;
  std::vector<double> lower_;
  std::vector<int> blocks_;
  std::vector<std::string> unknown_names_;
  std::vector<std::string> row_names_;
  std::vector<Row> rows_;  ///< size() paired rows, then the observed ones
  std::vector<LinearTerm> linear_;
  std::vector<BoundExpression> expressions_;
  // terms: those of row 0, row 1, ..., then those that only expressions use
  std::vector<double> coefficient_;  ///< parameters included
  std::vector<double> shift_;  ///< added to the exponent: log of the coefficient's power in near Cobb-Douglas rows
  std::vector<int> factor_begin_;
  std::vector<int> factor_unknown_;
  std::vector<double> factor_exponent_;
  std::vector<int> factor_slot_;
  std::vector<ParametricTerm> parametric_;
  std::vector<int> chunks_;  ///< rows at which chunks begin, and the end
  int threads_ = 1;
  SparsePattern pattern_;
};

/// Collects unknowns, rows and terms in any order, then lays them out flat.
class EquationSystemBuilder {
 public:
  /// Returns the unknown's index, which is also its paired row's.
  /// Its block is the one set last.
  int add_unknown(const std::string& unknown_name, const std::string& row_name, bool logarithmic,
                  double lower = free_unknown);
  void set_block(int block) { block_ = block; }
  /// A row without an unknown, for observation. Returns a row handle (negative until built; see observed_row).
  int add_observed(const std::string& row_name);
  bool is_logarithmic(int unknown) const { return logarithmic_[unknown] != 0; }
  int unknown_count() const { return static_cast<int>(logarithmic_.size()); }

  // handle: of a row, from add_unknown or add_observed
  void set_scale(int handle, double scale);
  void add_constant(int handle, double constant);
  /// Makes the row F = constant + linear part - log(sum of terms) / exponent. `shares`: the coefficients add to one and
  /// all unknowns of the terms are logarithms, so that an exponent near zero costs no accuracy.
  void set_logarithm(int handle, double exponent, bool shares = false);
  void add_linear(int handle, int unknown, double coefficient);
  /// Returns a handle for term_index, which finds the term in the finished system.
  int add_term(int handle, const Monomial& monomial, double shift = 0);
  /// references: a monomial for each reference step of the expression, in order.
  void add_expression(int handle, double coefficient, const Expression& expression,
                      const std::vector<Monomial>& references);

  /// parameters: values of the economy's.
  EquationSystem build(std::span<const double> parameters);
  /// After build: the index of a term in the finished system, from add_term's handle.
  int term_index(int handle) const { return term_position_[handle]; }
  /// After build: the row index of an observed row, from add_observed's handle.
  int observed_row(int handle) const { return handle >= 0 ? handle : unknown_count() - 1 - handle; }

 private:
  struct PendingExpression {
    int row = 0;
    double coefficient = 1;
    Expression expression;
    std::vector<Monomial> references;
  };
  struct PendingLinear {
    int row = 0;
    int unknown = 0;
    double coefficient = 0;
  };
  EquationSystem::Row& row(int handle);
  void place_terms(EquationSystem& system);
  void append_term(EquationSystem& system, int pending) const;
  void place_linear(EquationSystem& system);
  void place_expressions(EquationSystem& system);

  std::vector<char> logarithmic_;
  std::vector<double> lower_;
  int block_ = -1;
  std::vector<int> blocks_;
  std::vector<std::string> unknown_names_, row_names_, observed_names_;
  std::vector<EquationSystem::Row> rows_, observed_;
  std::vector<int> term_row_, term_factor_begin_{0}, term_position_;
  std::vector<double> term_coefficient_, term_shift_;
  std::vector<std::pair<int, int>> term_parameter_;  ///< handle of a term, its parameter
  std::vector<Factor> term_factors_;
  std::vector<PendingLinear> linear_;
  std::vector<PendingExpression> expressions_;
};

}  // namespace levee
