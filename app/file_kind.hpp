#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"

namespace levee {

/// What of a model's equations to list.
struct EquationOptions {
  std::string scenario;   ///< of a study or an economy; empty: the reference, the benchmark
  std::string match;      ///< only equations whose name holds this text
  bool families = false;  ///< one example a kind of equation, explained
};

/// A kind of YAML file that `levee check` knows: found by its top-level keys, validated and described.
struct FileKind {
  std::string name;               ///< "economy"
  std::vector<std::string> keys;  ///< any of these at the top of a file makes it this kind
  /// Returns the description, lines of text. Throws InputError on bad input.
  std::string (*check)(const YamlView& document);
  /// The description for programs; null for a kind that has none beyond being valid. Throws InputError on bad input.
  nlohmann::ordered_json (*json)(const YamlView& document);
  /// The equations of its model as text; null for a kind without a model. Throws InputError on bad input.
  std::string (*equations)(const YamlView& document, const EquationOptions& options);
};

/// Every kind, asked in this order.
const std::vector<FileKind>& file_kinds();

/// The kind of a document. Throws InputError when it is none.
const FileKind& find_kind(const YamlView& document);

std::string check_economy(const YamlView& document);
std::string check_study(const YamlView& document);
std::string check_dataset(const YamlView& document);
std::string check_import(const YamlView& document);
std::string check_aggregation(const YamlView& document);
std::string check_balance_file(const YamlView& document);
std::string check_split(const YamlView& document);
std::string check_rules(const YamlView& document);
std::string check_plant(const YamlView& document);
std::string check_firm_file(const YamlView& document);
nlohmann::ordered_json check_study_json(const YamlView& document);
nlohmann::ordered_json check_rules_json(const YamlView& document);
nlohmann::ordered_json check_dataset_json(const YamlView& document);
std::string economy_equations(const YamlView& document, const EquationOptions& options);
std::string study_equations(const YamlView& document, const EquationOptions& options);

}  // namespace levee
