#pragma once

#include <string>
#include <vector>

#include "data/yaml_view.hpp"
#include "model/economy.hpp"

namespace levee {

struct ParameterSetting {
  int parameter = -1;
  Scalar value;  ///< a number, or an expression in the parameters as they are before the change
};

/// Another equilibrium of the same economy.
struct Counterfactual {
  std::string name;
  std::vector<ParameterSetting> set;
  bool from_previous = false;  ///< `set` changes the scenario before instead of the benchmark
  bool replaces_fixed = false;
  std::vector<Fixed> fixed;  ///< when replaces_fixed; else those of what it starts from stay
  Location where;
};

/// What `levee solve` reads.
struct EconomyFile {
  Economy economy;
  std::vector<Counterfactual> counterfactuals;
  Location where;
};

/// Turns an economy written in YAML into the model's own form. The grammar:
///
///     title: any text
///     parameters: {name: number, ...}
///     commodities: {name: {start: 1}, ...}
///     activities: [{name, start: 1, outputs: NEST (cet), inputs: NEST (ces)}, ...]
///     agents: [{name, endowments: {commodity: scalar}, demand: NEST (ces)}, ...]        demand may be absent
///     auxiliaries: [{name, start: 0, lower: number, equation: expression}, ...]
///     transfers: [{from, to, amount: scalar}, ...]
///     fixed: {price(X): 1, ...}          absent: the price of the first commodity, at its start
///     benchmark: true                    false: the start values are no equilibrium
///     counterfactuals: [{name, set: {parameter: scalar}, from: benchmark | previous, fixed: {...}}, ...]
///
///     NEST: {ces: elasticity, of: {key: LEAF or NEST, ...}}
///     LEAF: quantity, or {commodity: key, quantity, price: 1, tax: [{rate, to}], charges: [{amount, to}]}
///
/// A tax is a share of the market price, a charge money per unit of quantity. Elasticities, reference prices, start
/// values, lower bounds, fixed and `set` values depend on parameters only; quantities, rates, amounts and endowments on
/// anything. Every fault of the file is reported at once, in one InputError.
EconomyFile read_economy(const YamlView& document);

/// The same from a file.
EconomyFile load_economy(const std::string& path);

}  // namespace levee
