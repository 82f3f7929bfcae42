#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "calibration/economy_names.hpp"
#include "data/yaml_view.hpp"
#include "model/economy.hpp"

namespace levee {

/// The scalars of an economy file. They are noted while its entities are read and parsed afterwards, when every name
/// that an expression may use is known.
class EconomyScalars {
 public:
  /// What a scalar has to be. A number is tested as it stands; an expression in parameters at their own values.
  enum class Rule { any, not_negative, positive };

  EconomyScalars(Economy& economy, Diagnostics& faults) : economy_(economy), faults_(faults) {}

  /// `store` takes the scalar once it is parsed; `what` is its name in messages ("quantity of L in make_X").
  void note(const YamlView& view, std::string what, std::function<void(Scalar)> store);
  /// The same for a scalar that may depend on parameters only.
  void note_parametric(const YamlView& view, std::string what, Rule rule, std::function<void(Scalar)> store);
  /// A quantity: any expression, but no negative number.
  void note_quantity(const YamlView& view, std::string what, std::function<void(Scalar)> store);

  /// Parses what was noted; faults are collected.
  void settle(const EconomyNames& names);

  /// A number: a constant, or an expression of numbers only.
  static double number(const YamlView& view);

 private:
  struct Pending {
    YamlView view;
    std::string what;
    Rule rule = Rule::any;
    bool parametric = false;
    std::function<void(Scalar)> store;
  };
  void settle_one(const Pending& pending, const ReferenceResolver& resolve);
  std::optional<double> value_at_parameters(const Expression& expression) const;

  Economy& economy_;
  Diagnostics& faults_;
  std::vector<Pending> pending_;
};

}  // namespace levee
