#include "app/file_kind.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace levee {

const std::vector<FileKind>& file_kinds() {
  static const std::vector<FileKind> kinds{
      {"economy", {"commodities", "activities"}, check_economy, nullptr, economy_equations},
      {"study", {"study", "scenarios", "sweep", "ensemble"}, check_study, check_study_json, study_equations},
      {"import", {"import"}, check_import, nullptr, nullptr},
      {"aggregation", {"aggregation"}, check_aggregation, nullptr, nullptr},
      {"split", {"split"}, check_split, nullptr, nullptr},
      {"balance", {"balance"}, check_balance_file, nullptr, nullptr},
      {"rules", {"tables"}, check_rules, check_rules_json, nullptr},
      {"plant", {"allowances"}, check_plant, nullptr, nullptr},
      {"firm", {"cost"}, check_firm_file, nullptr, nullptr},
      {"dataset", {"regions", "sectors"}, check_dataset, check_dataset_json, nullptr},
  };
  return kinds;
}

const FileKind& find_kind(const YamlView& document) {
  std::vector<std::string> expected;
  for (const FileKind& kind : file_kinds()) {
    const auto has = [&](const std::string& key) { return document.is_map() && document.has(key); };
    if (std::any_of(kind.keys.begin(), kind.keys.end(), has)) return kind;
    expected.push_back(fmt::format("{} (a file of the kind {})", fmt::join(kind.keys, " or "), kind.name));
  }
  throw document.error(
      fmt::format("the kind of this file is not known; expected one of the keys {}", fmt::join(expected, ", ")));
}

}  // namespace levee
