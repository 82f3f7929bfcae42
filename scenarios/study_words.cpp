#include "scenarios/study_words.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>

namespace levee {
namespace {

constexpr const char* separators = " ,\t";

struct Word {
  std::string text;
  YamlView place;
};

std::vector<Word> words_of(const YamlView& set) {
  std::vector<Word> result;
  if (!set.is_scalar()) {
    for (const YamlView& item : set.items()) result.push_back({item.text(), item});
    return result;
  }
  const std::string text = set.text();
  for (std::size_t from = text.find_first_not_of(separators); from != std::string::npos;) {
    const std::size_t to = std::min(text.find_first_of(separators, from), text.size());
    result.push_back({text.substr(from, to - from), set});
    from = text.find_first_not_of(separators, to);
  }
  return result;
}

InputError unknown_sector(const Dataset& dataset, const std::string& word,
                          const std::function<InputError(const std::string&)>& error) {
  return error(fmt::format("unknown sector or group '{}'{}", word, suggestion(word, dataset.selectors())));
}

}  // namespace

bool truth(const YamlView& view) {
  return meaning_of(view, "truth value", std::vector<std::pair<std::string, bool>>{{"true", true}, {"false", false}});
}

double non_negative(const YamlView& view) {
  const double value = view.number();
  if (value < 0) throw view.error(fmt::format("found {}, expected a number >= 0", view.text()));
  return value;
}

double share_of_one(const YamlView& view) {
  const double value = view.number();
  if (value < 0 || value > 1) {
    throw view.error(fmt::format("found {}, expected a share between 0 and 1", view.text()));
  }
  return value;
}

std::vector<int> read_sectors(const Dataset& dataset, const YamlView& set, Diagnostics& faults) {
  std::vector<int> result;
  std::set<int> seen;
  for (const Word& word : words_of(set)) {
    const std::vector<int> sectors = dataset.sectors_in(word.text);
    if (sectors.empty()) {
      faults.add(
          unknown_sector(dataset, word.text, [&](const std::string& message) { return word.place.error(message); }));
    }
    for (const int sector : sectors) {
      if (seen.insert(sector).second) {
        result.push_back(sector);
      } else {
        faults.add(word.place.error(fmt::format("sector '{}' appears twice in this list",
                                                dataset.sectors[static_cast<std::size_t>(sector)].code)));
      }
    }
  }
  return result;
}

YamlView entry_of_sector(const Dataset& dataset, const YamlView& set, int sector) {
  for (const Word& word : words_of(set)) {
    if (dataset.in_group(sector, word.text)) return word.place;
  }
  return set;
}

std::vector<int> read_regions(const Dataset& dataset, const YamlView& set, Diagnostics& faults) {
  std::vector<std::string> codes;
  for (const Region& region : dataset.regions) codes.push_back(region.code);
  std::vector<int> result;
  for (const Word& word : words_of(set)) {
    const int region = dataset.region_index(word.text);
    if (region < 0) {
      faults.add(word.place.error(fmt::format("unknown region '{}'{}", word.text, suggestion(word.text, codes))));
    } else if (std::ranges::find(result, region) != result.end()) {
      faults.add(word.place.error(fmt::format("region '{}' appears twice in this list", word.text)));
    } else {
      result.push_back(region);
    }
  }
  return result;
}

std::map<int, SectorValue> read_by_sector(const Dataset& dataset, const YamlView& map, Diagnostics& faults) {
  std::map<int, SectorValue> result;
  for (const auto& [key, value] : map.entries()) {
    const std::string& word = key;
    const std::vector<int> sectors = dataset.sectors_in(word);
    auto error = [&](const std::string& message) { return map.key_error(word, message); };
    if (sectors.empty()) faults.add(unknown_sector(dataset, word, error));
    for (const int sector : sectors) {
      if (result.emplace(sector, SectorValue{word, value}).second) continue;
      faults.add(
          error(fmt::format("sector '{}' is given twice here: by '{}' and by '{}'",
                            dataset.sectors[static_cast<std::size_t>(sector)].code, result.at(sector).key, word)));
    }
  }
  return result;
}

}  // namespace levee
