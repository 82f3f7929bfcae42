#include "data/import/gtap_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace levee {
namespace {

bool same_label(const std::string& a, const std::string& b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

const char* set_word(GtapSet set) {
  switch (set) {
    case GtapSet::region:
      return "region";
    case GtapSet::commodity:
      return "commodity";
    case GtapSet::activity:
    case GtapSet::user:
      return "activity";
    case GtapSet::endowment:
      return "endowment";
    case GtapSet::margin:
      break;
  }
  return "margin commodity";
}

/// "10 x 9 x 10", for messages.
std::string sizes_of(const HarHeader& header) {
  std::vector<int> sizes;
  for (const HarDimension& dimension : header.dimensions) sizes.push_back(dimension.size);
  return sizes.empty() ? "a scalar" : fmt::format("{}", fmt::join(sizes, " x "));
}

/// The places of a dimension's elements in its set.
class DimensionPlaces {
 public:
  DimensionPlaces(const GtapSets& sets, const std::string& file, const HarHeader& header)
      : sets_(sets), file_(file), header_(header) {}

  std::vector<int> of(const HarDimension& dimension, GtapSet set) const {
    return dimension.labels.empty() ? in_order(dimension, set) : by_label(dimension, set);
  }

 private:
  std::vector<int> in_order(const HarDimension& dimension, GtapSet set) const {
    const auto size = static_cast<int>(sets_.labels(set).size());
    const bool with_capital_goods = set == GtapSet::user && dimension.size == size + 1;
    if (dimension.size != size && !with_capital_goods) {
      throw gtap_error(file_, header_.name,
                       fmt::format("found {}, expected {} for each {}", sizes_of(header_), size, set_word(set)));
    }
    std::vector<int> places;
    for (int k = 0; k < size; ++k) places.push_back(k);
    if (with_capital_goods) places.push_back(sets_.investment());
    return places;
  }

  std::vector<int> by_label(const HarDimension& dimension, GtapSet set) const {
    std::vector<int> places;
    for (const std::string& label : dimension.labels) {
      int place = sets_.find(set, label);
      if (place < 0 && set == GtapSet::user) place = capital_goods(label, dimension);
      if (place < 0) {
        throw gtap_error(file_, header_.name,
                         fmt::format("unknown {} '{}'{}", set_word(set), label, suggestion(label, sets_.labels(set))));
      }
      if (std::ranges::find(places, place) != places.end())
        throw gtap_error(file_, header_.name, fmt::format("{} '{}' is given twice", set_word(set), label));
      places.push_back(place);
    }
    return places;
  }

  /// In version 6 the one user that is no activity makes the capital goods.
  int capital_goods(const std::string& label, const HarDimension& dimension) const {
    const auto others = std::ranges::count_if(
        dimension.labels, [&](const std::string& other) { return sets_.find(GtapSet::user, other) < 0; });
    return others == 1 && dimension.labels.size() == sets_.activities.size() + 1 && !label.empty() ? sets_.investment()
                                                                                                   : -1;
  }

  const GtapSets& sets_;
  const std::string& file_;
  const HarHeader& header_;
};

/// An array whose file gives it more dimensions than it has, all of one element.
bool has_dimensions(const HarHeader& header, std::size_t count) {
  if (header.dimensions.size() < count) return false;
  return std::ranges::all_of(header.dimensions.begin() + static_cast<std::ptrdiff_t>(count), header.dimensions.end(),
                             [](const HarDimension& dimension) { return dimension.size == 1; });
}

}  // namespace

const std::vector<std::string>& GtapSets::labels(GtapSet set) const {
  switch (set) {
    case GtapSet::region:
      return regions;
    case GtapSet::commodity:
      return commodities;
    case GtapSet::activity:
    case GtapSet::user:
      return activities;
    case GtapSet::endowment:
      return endowments;
    case GtapSet::margin:
      break;
  }
  return margins;
}

int GtapSets::find(GtapSet set, const std::string& label) const {
  const std::vector<std::string>& known = labels(set);
  const auto found = std::ranges::find_if(known, [&](const std::string& other) { return same_label(label, other); });
  return found == known.end() ? -1 : static_cast<int>(found - known.begin());
}

InputError gtap_error(const std::string& file, const std::string& header, const std::string& message) {
  return {{fmt::format("{} [{}]", file, header), 0, 0}, message};
}

void place_array(const GtapSets& sets, const std::string& file, const HarHeader& header,
                 const std::vector<GtapSet>& dimensions, const std::function<void(const GtapCell&, double)>& take) {
  if (header.kind != HarKind::real) throw gtap_error(file, header.name, "found no reals, expected an array of reals");
  if (!has_dimensions(header, dimensions.size())) {
    throw gtap_error(file, header.name,
                     fmt::format("found {}, expected {} dimensions", sizes_of(header), dimensions.size()));
  }
  std::vector<std::vector<int>> places;
  const DimensionPlaces find(sets, file, header);
  for (std::size_t k = 0; k < dimensions.size(); ++k) places.push_back(find.of(header.dimensions[k], dimensions[k]));
  std::array<std::size_t, 4> at{};
  GtapCell cell{};
  for (const double value : header.reals) {
    for (std::size_t k = 0; k < places.size(); ++k) cell[k] = places[k][at[k]];
    take(cell, value);
    for (std::size_t k = 0; k < places.size() && ++at[k] == places[k].size(); ++k) at[k] = 0;
  }
}

}  // namespace levee
