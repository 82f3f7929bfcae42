#pragma once

#include <map>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"
#include "rules/allowance_comparison.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// Where a year's price of allowances comes from.
struct PriceOrigin {
  double quoted = 0;     ///< in its own currency
  std::string currency;  ///< of the quote
  double rate = 1;       ///< units of the report's currency a unit of the quote's
  std::string source;
  std::string confidence;
};

/// A plant file as read: see data/schema/plant.json.
struct PlantFile {
  std::string name, description;
  std::string unit;      ///< of output
  std::string currency;  ///< of all money
  std::string rules;     ///< name of the rule book; empty without one
  AllowanceStudy study;
  std::map<int, PriceOrigin> prices;  ///< of every year
  std::vector<RuleSource> sources;    ///< documents of the rule book that benchmarks or prices cite
};

/// Reads a plant file and the rule book it names. Throws InputError with every fault: a key or method that is not
/// known, a year without a figure, a market, product or technology that the rules do not have, a currency without a
/// rate.
PlantFile read_plant(const YamlView& document);

}  // namespace levee
