// What datasets and maps of a user's own tables say in the same words.
#include "data/dataset_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "data/final_demand_words.hpp"
#include "data/schema.hpp"

namespace levee {

double read_money_unit(const YamlView& view) {
  static const std::vector<std::string> words{"one", "thousand", "million", "billion"};
  static const std::vector<double> factors{1, 1e3, 1e6, 1e9};
  const std::string text = view.text();
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return factors[static_cast<std::size_t>(found - words.begin())];
  double value = 0;
  try {
    value = view.number();
  } catch (const InputError&) {
    throw view.error(fmt::format("unknown unit '{}', expected a number{}", text, suggestion(text, words)));
  }
  if (value <= 0) throw view.error(fmt::format("found {}, expected a unit > 0", text));
  return value;
}

FinalDemand final_demand_named(const YamlView& view) {
  const std::vector<std::string> words(final_demand_words.begin(), final_demand_words.end());
  const auto found = std::find(words.begin(), words.end(), view.text());
  if (found == words.end())
    throw view.error(fmt::format("unknown final demand '{}'{}", view.text(), suggestion(view.text(), words)));
  return static_cast<FinalDemand>(found - words.begin());
}

std::vector<Source> read_sources(const YamlView& list, const std::string& map) {
  std::vector<Source> result;
  for (const YamlView& source : list.items()) {
    source.only_keys(schema_keys(map));
    auto optional = [&](const char* key) { return source.has(key) ? source.at(key).text() : std::string(); };
    result.push_back({source.at("title").text(), optional("licence"), optional("citation")});
  }
  return result;
}

}  // namespace levee
