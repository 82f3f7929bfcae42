#include "data/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace levee {
namespace {

constexpr const char* complement = "non-";

std::set<std::string> groups_of(const Dataset& dataset) {
  std::set<std::string> result;
  for (const Sector& sector : dataset.sectors) result.insert(sector.groups.begin(), sector.groups.end());
  return result;
}

}  // namespace

Dataset dataset_after(const Dataset& dataset, std::string name) {
  Dataset result;
  result.name = std::move(name);
  result.path = dataset.path;
  result.year = dataset.year;
  result.currency = dataset.currency;
  result.money_unit = dataset.money_unit;
  result.sources = dataset.sources;
  result.artefacts = dataset.artefacts;
  result.assumptions = dataset.assumptions;
  return result;
}

std::string money_unit(const Dataset& dataset) {
  if (dataset.money_unit == 1e9) return "billion " + dataset.currency;
  if (dataset.money_unit == 1e6) return "million " + dataset.currency;
  if (dataset.money_unit == 1e3) return "thousand " + dataset.currency;
  return dataset.money_unit == 1 ? dataset.currency : fmt::format("{:g} {}", dataset.money_unit, dataset.currency);
}

bool Dataset::in_group(int sector, const std::string& selector) const {
  const Sector& candidate = sectors[static_cast<std::size_t>(sector)];
  if (selector == "all" || selector == candidate.code) return true;
  auto member = [&](const std::string& group) {
    return std::ranges::find(candidate.groups, group) != candidate.groups.end();
  };
  if (member(selector)) return true;
  if (!selector.starts_with(complement)) return false;
  const std::string group = selector.substr(std::string(complement).size());
  // A misspelt group must not become "every sector": its complement exists only when the group does.
  return !member(group) && groups_of(*this).contains(group);
}

std::vector<int> Dataset::sectors_in(const std::string& selector) const {
  std::vector<int> result;
  for (int i = 0; i < sector_count(); ++i) {
    if (in_group(i, selector)) result.push_back(i);
  }
  return result;
}

std::vector<std::string> Dataset::selectors() const {
  std::vector<std::string> result{"all"};
  for (const Sector& sector : sectors) result.push_back(sector.code);
  for (const std::string& group : groups_of(*this)) {
    result.push_back(group);
    result.push_back(complement + group);
  }
  return result;
}

std::string Dataset::node_label(int node) const {
  return regions[static_cast<std::size_t>(node / sector_count())].code + "." +
         sectors[static_cast<std::size_t>(node % sector_count())].code;
}

int Dataset::region_index(const std::string& code) const {
  const auto found = std::ranges::find(regions, code, &Region::code);
  return found == regions.end() ? -1 : static_cast<int>(found - regions.begin());
}

int Dataset::sector_index(const std::string& code) const {
  const auto found = std::ranges::find(sectors, code, &Sector::code);
  return found == sectors.end() ? -1 : static_cast<int>(found - sectors.begin());
}

}  // namespace levee
