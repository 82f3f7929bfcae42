#pragma once

#include <string>

#include "calibration/economy_reader.hpp"
#include "model/economy_system.hpp"

namespace levee::test {

inline EconomyFile economy_from(const std::string& text) { return read_economy(YamlView::parse(text, "test.yaml")); }

/// A system at the economy's own parameter values and constant fixed values.
inline EconomySystem system_of(const Economy& economy) {
  std::vector<FixedValue> fixed;
  for (const Fixed& entry : economy.fixed) fixed.push_back({entry.what, entry.value.value});
  return EconomySystem(economy, economy.parameter_values(), fixed);
}

/// The index of a leaf by its key; -1 when there is none.
inline int leaf_named(const Economy& economy, const std::string& key, int first = 0) {
  for (int node = first; node < static_cast<int>(economy.nodes.size()); ++node) {
    if (economy.nodes[static_cast<std::size_t>(node)].is_leaf() && economy.node_name(node) == key) return node;
  }
  return -1;
}

/// An economy that has every kind of row and term: nests in nests, CET, Leontief with a free good, near and exact
/// Cobb-Douglas, quantities that depend on unknowns, wedges that depend on unknowns on goods that may be free and on
/// others, charges, transfers, bounded and free auxiliaries, and every operation of expressions.
inline const char* const every_kind = R"yaml(
benchmark: false
parameters: {tl: 0.1, s: 0.5}
commodities: {X: {start: 1.1}, Y: {}, L: {start: 0.9}, K: {start: 1.2}, P: {start: 0.3}, F: {}}
activities:
  - name: make_X
    outputs: {cet: 2, of: {X: {quantity: 80, tax: [{rate: 0.05, to: h}]}, Y: 20}}
    inputs:
      ces: 0
      of:
        P: {quantity: 10, price: 0.5, tax: [{rate: "0.1*price(K)", to: g}], charges: [{amount: "tau", to: g}]}
        va:
          ces: s
          of:
            L: {quantity: "40*price(X)^0.1", tax: [{rate: "tl*price(K)/price(L)", to: g}]}
            K: {quantity: 30, price: 1.2, charges: [{amount: 0.1, to: g}]}
            en: {ces: 1, of: {F: "10 + max(0.5, min(u, 3))", own: {commodity: X, quantity: 5}}}
            co: {ces: 0.999, of: {Y: "4 + exp(-u)", K2: {commodity: K, quantity: 3}}}
            cd: {ces: 1.001, of: {Y2: {commodity: Y, quantity: 4}, K3: {commodity: K, quantity: 3}}}
  - name: make_Y
    outputs: {cet: 0, of: {Y: 100}}
    inputs: {ces: 1, of: {L: 50, K: {quantity: 40, price: 1, tax: [{rate: "tl", to: g}]}}}
  - name: make_F
    start: 0.8
    outputs: {cet: 0, of: {F: 20}}
    inputs: {ces: 0, of: {L: 10, K: 10, P: "5*level(make_Y)"}}
agents:
  - name: h
    endowments: {L: "100 - 10*u^2", K: 90, P: 14}
    demand: {ces: 0.7, of: {X: 60, Y: 50}}
  - name: g
    demand: {ces: 1, of: {X: 5, Y: {quantity: 5, tax: [{rate: 0.1, to: h}]}}}
transfers:
  - {from: h, to: g, amount: "2 + 0.05*income(h)"}
auxiliaries:
  - {name: u, start: 0.4, lower: 0, equation: "price(L)/price(X) - 0.5 + log(1 + u) - 2^-u"}
  - {name: tau, start: 0.1, equation: "tau - quantity(make_X.P)*quantity(make_F.P)*0.0002 - 0.02*tau"}
fixed: {price(X): 1.1}
)yaml";

}  // namespace levee::test
