#include "app/named_sets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/diagnostics.hpp"

namespace levee {

namespace {

void add_new(std::vector<int>& list, int index) {
  if (std::find(list.begin(), list.end(), index) == list.end()) list.push_back(index);
}

}  // namespace

std::vector<int> named_regions(const Dataset& dataset, const std::string& option,
                               const std::vector<std::string>& codes) {
  std::vector<int> result;
  for (const std::string& code : codes) {
    if (code == "all") {
      for (int r = 0; r < dataset.region_count(); ++r) add_new(result, r);
      continue;
    }
    if (dataset.region_index(code) < 0) {
      std::vector<std::string> known;
      for (const Region& region : dataset.regions) known.push_back(region.code);
      throw InputError({dataset.path, 0, 0},
                       fmt::format("{}: unknown region '{}'{}", option, code, suggestion(code, known)));
    }
    add_new(result, dataset.region_index(code));
  }
  return result;
}

std::vector<int> named_sectors(const Dataset& dataset, const std::string& option,
                               const std::vector<std::string>& words) {
  std::vector<int> result;
  const std::vector<std::string> known = dataset.selectors();
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      throw InputError({dataset.path, 0, 0},
                       fmt::format("{}: unknown sector or group '{}'{}", option, word, suggestion(word, known)));
    }
    for (const int sector : dataset.sectors_in(word)) add_new(result, sector);
  }
  return result;
}

}  // namespace levee
