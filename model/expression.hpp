#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {

/// What a name in an expression stands for. `index` counts within its kind; of a utility it is the agent's.
enum class ReferenceKind { parameter, auxiliary, price, level, income, quantity, utility };

struct Reference {
  ReferenceKind kind = ReferenceKind::parameter;
  int index = -1;
};

enum class Operation {
  constant,
  reference,
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  minimum,
  maximum,
  exponential,
  logarithm
};

/// One step of an expression; its operands are earlier steps.
struct ExpressionStep {
  Operation operation = Operation::constant;
  double value = 0;     ///< of a constant
  Reference reference;  ///< of a reference
  int first = -1;       ///< step of the only or left operand
  int second = -1;      ///< step of the right operand
};

/// A scalar formula over parameters, auxiliaries and the economy's unknowns. The last step is its value.
struct Expression {
  std::string text;  ///< as written, for messages and listings
  Location where;
  std::vector<ExpressionStep> steps;

  /// Each appends a step and returns its index, to build a formula in code.
  int add_constant(double value);
  int add_reference(Reference reference);
  int add_operation(Operation operation, int first, int second = -1);

  /// True when it refers to nothing but parameters.
  bool depends_on_parameters_only() const;
};

/// Turns a name, with an argument when it is written name(argument), into what it stands for.
/// Throws std::invalid_argument with a message for the user when there is no such thing.
using ReferenceResolver = std::function<Reference(const std::string& name, const std::string& argument)>;

/// Parses + - * / ^ (right-associative, binding tighter than unary minus), min max exp log, numbers, names and
/// parentheses. Throws InputError at `where`, its column moved to the fault, with `excerpt` as the line shown.
Expression parse_expression(const std::string& text, const Location& where, const std::string& excerpt,
                            const ReferenceResolver& resolve);

/// The value, given the value of each reference.
double evaluate(const Expression& expression, const std::function<double(const Reference&)>& value_of);

/// Values of all steps, given the value of each reference step in `values` (size of steps; other entries are
/// overwritten). Returns the expression's value.
double evaluate_steps(const Expression& expression, std::span<double> values);

/// What the value is small or large against: the sum of |addend| over the outermost sum, from the values of
/// evaluate_steps.
double addend_magnitude(const Expression& expression, std::span<const double> values);

/// The derivative of the value with respect to every step by reverse accumulation, from the values of evaluate_steps.
/// At a tie min and max take the first argument's slope.
void accumulate_adjoints(const Expression& expression, std::span<const double> values, std::span<double> adjoints);

}  // namespace levee
