#include "data/tree_following.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace levee {
namespace {

void collect_nests(const NestTemplate& nest, std::vector<std::string>& nest_of) {
  for (const int good : nest.goods) nest_of[static_cast<std::size_t>(good)] = nest.name;
  for (const NestTemplate& child : nest.nests) collect_nests(child, nest_of);
}

/// The nest as it was, with other goods.
NestTemplate with_goods(const NestTemplate& nest, const std::map<std::string, std::vector<int>>& goods) {
  NestTemplate result = nest;
  const auto own = goods.find(nest.name);
  result.goods = own == goods.end() ? std::vector<int>{} : own->second;
  result.nests.clear();
  for (const NestTemplate& child : nest.nests) {
    NestTemplate changed = with_goods(child, goods);
    if (!changed.goods.empty() || !changed.factors.empty() || !changed.nests.empty())
      result.nests.push_back(std::move(changed));
  }
  return result;
}

class Follower {
 public:
  Follower(const Dataset& from, const GoodsMap& map, Dataset& to, std::vector<std::string>& notes)
      : from_(from), map_(map), to_(to), notes_(notes) {}

  NestTemplate tree(const NestTemplate& root, const std::string& what) {
    std::vector<std::string> nest_of(from_.sectors.size());
    collect_nests(root, nest_of);
    std::map<std::string, std::vector<int>> goods;
    for (int good = 0; good < to_.sector_count(); ++good) goods[nest_for(good, nest_of, what)].push_back(good);
    return with_goods(root, goods);
  }

  std::vector<std::string> selectors(const std::vector<std::string>& old) const {
    std::vector<int> wanted;
    for (int good = 0; good < to_.sector_count(); ++good) {
      double inside = 0, all = 0;
      for (int source = 0; source < from_.sector_count(); ++source) {
        const double amount = size(source, good);
        all += amount;
        if (std::ranges::any_of(old, [&](const auto& selector) { return from_.in_group(source, selector); }))
          inside += amount;
      }
      if (2 * inside > all) wanted.push_back(good);
    }
    std::set<int> still;
    for (const std::string& selector : old) {
      const std::vector<int> picked = to_.sectors_in(selector);
      if (picked.empty()) return codes(wanted);
      still.insert(picked.begin(), picked.end());
    }
    return std::ranges::equal(still, wanted) ? old : codes(wanted);
  }

 private:
  double size(int source, int good) const { return map_.weight(source, good) * map_.value[source]; }

  std::vector<std::string> codes(const std::vector<int>& goods) const {
    std::vector<std::string> result;
    for (const int good : goods) result.push_back(to_.sectors[static_cast<std::size_t>(good)].code);
    return result;
  }

  std::string nest_for(int good, const std::vector<std::string>& nest_of, const std::string& what) {
    std::map<std::string, double> amounts;
    double all = 0;
    for (int source = 0; source < from_.sector_count(); ++source) {
      if (map_.weight(source, good) == 0) continue;
      amounts[nest_of[static_cast<std::size_t>(source)]] += size(source, good);
      all += size(source, good);
    }
    const auto most = std::ranges::max_element(amounts, {}, [](const auto& entry) { return entry.second; });
    if (amounts.size() > 1) {
      notes_.push_back(fmt::format("{}: {} stands in the nest '{}', where {:.3g} % of it was", what,
                                   to_.sectors[static_cast<std::size_t>(good)].code, most->first,
                                   all > 0 ? 100 * most->second / all : 0.0));
    }
    return most->first;
  }

  const Dataset& from_;
  const GoodsMap& map_;
  Dataset& to_;
  std::vector<std::string>& notes_;
};

}  // namespace

void follow_trees(const Dataset& from, const GoodsMap& map, Dataset& to, std::vector<std::string>& notes) {
  Follower follower(from, map, to, notes);
  for (const auto& [name, technology] : from.technologies) {
    to.technologies[name] = {name, follower.tree(technology.output, fmt::format("technology '{}'", name)),
                             follower.selectors(technology.resource_on_top)};
  }
  for (const auto& [name, household] : from.households)
    to.households[name] = {name, follower.tree(household.utility, fmt::format("household '{}'", name))};
}

}  // namespace levee
