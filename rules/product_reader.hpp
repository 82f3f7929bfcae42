#pragma once

#include <map>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"
#include "rules/product.hpp"

namespace levee {

/// Reads the goods of a file: of each firm, in the order of `firms`, then of the precursors that are described where
/// they are used. Faults are collected; a good with faults is there, but not whole.
std::vector<Product> read_products(const std::vector<std::pair<std::string, YamlView>>& firms, const RuleBook& book,
                                   Diagnostics& faults);

/// A number that is not negative.
double read_amount(const YamlView& view);

/// A share, 0 to 1.
double read_share(const YamlView& view);

/// `direct` or `direct+indirect`.
ChargedEmissions read_emissions_word(const YamlView& view);

/// The meaning of a word among several. Throws InputError with the nearest.
template <class Meaning>
Meaning read_word(const YamlView& view, const std::vector<std::pair<std::string, Meaning>>& words) {
  std::vector<std::string> names;
  for (const auto& [word, meaning] : words) {
    if (view.text() == word) return meaning;
    names.push_back(word);
  }
  throw view.error("found '" + view.text() + "'" + suggestion(view.text(), names));
}

}  // namespace levee
