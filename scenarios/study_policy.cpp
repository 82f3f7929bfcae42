#include "scenarios/study_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "data/schema.hpp"
#include "scenarios/scope_words.hpp"
#include "scenarios/study_caps.hpp"
#include "scenarios/study_words.hpp"

namespace levee {
namespace {

enum class Allocation { output_based, grandfathering };

const std::vector<std::pair<std::string, ExportRebate>> rebates{
    {"none", ExportRebate::none}, {"benchmark", ExportRebate::benchmark}, {"full", ExportRebate::full}};
const std::vector<std::pair<std::string, IntensityBasis>> bases{{"exporter", IntensityBasis::exporter},
                                                                {"zone", IntensityBasis::zone}};
const std::vector<std::pair<std::string, bool>> payees{{"zone", false}, {"origin", true}};
const std::vector<std::pair<std::string, Allocation>> methods{{"output-based", Allocation::output_based},
                                                              {"grandfathering", Allocation::grandfathering}};
/// Whether this version has it.
const std::vector<std::pair<std::string, bool>> responses{{"frozen", true}, {"updated", false}, {"firm", false}};

std::vector<std::string> names_of(const std::vector<CarbonZone>& zones) {
  std::vector<std::string> names;
  for (const CarbonZone& zone : zones) names.push_back(zone.name);
  return names;
}

/// Reads one required set of a zone; finding nothing in it is a fault.
template <class Read>
std::vector<int> members(const std::string& zone, const YamlView& view, const char* key, Read read,
                         Diagnostics& faults) {
  std::vector<int> result;
  faults.guard([&] {
    const YamlView set = view.at(key);
    const std::size_t before = faults.list().size();
    result = read(set, faults);
    if (result.empty() && faults.list().size() == before) {
      throw set.error(fmt::format("zone '{}' is empty: found no {}, expected at least one", zone, key));
    }
  });
  return result;
}

std::vector<std::string> read_stressors(const Dataset& dataset, const std::string& zone, const YamlView& view) {
  const auto list = view.find("stressors");
  std::vector<std::string> known;
  for (const Stressor& stressor : dataset.stressors) {
    if (stressor.mt_per_unit > 0) known.push_back(stressor.name);
  }
  if (!list) {
    if (std::ranges::find(known, "CO2") == known.end()) return {};  // there may be measures that price nothing
    return {"CO2"};
  }
  std::vector<std::string> result;
  for (const YamlView& item : list->is_sequence() ? list->items() : std::vector<YamlView>{*list}) {
    const std::string name = item.text();
    if (std::ranges::find(known, name) == known.end()) {
      throw item.error(fmt::format("unknown stressor '{}'{}", name, suggestion(name, known)));
    }
    if (std::ranges::find(result, name) != result.end()) {
      throw item.error(fmt::format("stressor '{}' appears twice in this list", name));
    }
    result.push_back(name);
  }
  if (result.empty()) throw list->error(fmt::format("zone '{}' prices no stressor, expected at least one", zone));
  return result;
}

CarbonZone read_zone(const Dataset& dataset, const std::string& name, const YamlView& view, Diagnostics& faults) {
  CarbonZone zone;
  zone.name = name;
  view.only_keys(schema_keys("study/zone"));
  zone.regions = members(
      name, view, "regions",
      [&](const YamlView& set, Diagnostics& collected) { return read_regions(dataset, set, collected); }, faults);
  zone.sectors.assign(dataset.sectors.size(), 0);
  for (const int sector : members(
           name, view, "sectors",
           [&](const YamlView&set, Diagnostics&collected) { return read_sectors(dataset, set, collected); }, faults)) {
    zone.sectors[static_cast<std::size_t>(sector)] = 1;
  }
  faults.guard([&] { zone.stressors = read_stressors(dataset, name, view); });
  return zone;
}

/// Reads one scenario's measures, zone by zone.
class PolicyReader {
 public:
  PolicyReader(const Dataset& dataset, const YamlView& text, Scenario& scenario)
      : dataset_(dataset),
        zones_(scenario.zones),
        name_(scenario.base_name),
        scenario_(text),
        priced_(scenario.zones.size(), 0),
        policy_(scenario.policy),
        caps_(scenario.caps) {
    policy_.zones.assign(zones_.size(), no_policy(dataset.sector_count(), dataset.region_count()));
    caps_.assign(zones_.size(), std::nullopt);
  }

  void read() {
    each_zone("cap", [&](std::size_t z, const YamlView& view) {
      priced_[z] = 1;  // also when the figure is wrong: one message is enough
      caps_[z] = read_cap_rule(view);
      needs_stressor(z, view);
    });
    each_zone("carbon_price", [&](std::size_t z, const YamlView& view) {
      if (priced_[z]) {
        throw scenario_.at("carbon_price")
            .key_error(zones_[z].name,
                       fmt::format("zone '{}' has a carbon price and a cap in scenario '{}', expected one of "
                                   "them (null removes what a scenario extends)",
                                   zones_[z].name, name_));
      }
      priced_[z] = 1;
      policy_.zones[z].carbon_price = non_negative(view);
      if (policy_.zones[z].carbon_price > 0) needs_stressor(z, view);
    });
    each_zone("free_allocation", [&](std::size_t z, const YamlView& view) {
      read_allocation(z, view);
      needs_price("free_allocation", z, "free allocation without a carbon price allocates nothing");
    });
    each_zone("cbam", [&](std::size_t z, const YamlView& view) {
      read_border(z, view);
      needs_price("cbam", z, "a border charge without a carbon price charges nothing");
    });
    faults_.guard([&] {
      if (const auto links = scenario_.find("link")) policy_.links = read_links(*links, zones_, caps_, faults_);
    });
    faults_.throw_if_any();
  }

 private:
  template <class Read>
  void each_zone(const char* key, Read read) {
    faults_.guard([&] {
      const auto block = scenario_.find(key);
      if (!block) return;
      const std::vector<std::string> names = names_of(zones_);
      for (const auto& [name, view] : block->entries()) {
        const auto found = std::ranges::find(names, name);
        if (found == names.end()) {
          faults_.add(block->key_error(name, fmt::format("unknown zone '{}'{}", name, suggestion(name, names))));
          continue;
        }
        faults_.guard([&, &measure = view] { read(static_cast<std::size_t>(found - names.begin()), measure); });
      }
    });
  }

  void needs_price(const char* key, std::size_t z, const std::string& why) {
    if (priced_[z]) return;
    faults_.add(scenario_.at(key).key_error(
        zones_[z].name,
        fmt::format("{}: scenario '{}' has neither a carbon_price nor a cap in '{}'", why, name_, zones_[z].name)));
  }

  void needs_stressor(std::size_t z, const YamlView& measure) const {
    if (!zones_[z].stressors.empty()) return;
    throw measure.error(
        fmt::format("zone '{}' prices CO2, of which the dataset has no emissions; expected a dataset "
                    "with CO2 or `stressors` in the zone",
                    zones_[z].name));
  }

  const std::string& code(int sector) const { return dataset_.sectors[static_cast<std::size_t>(sector)].code; }

  std::vector<int> read_goods(const YamlView& view) {
    const YamlView set = view.at("goods");
    const std::size_t before = faults_.list().size();
    std::vector<int> goods = read_sectors(dataset_, set, faults_);
    if (goods.empty() && faults_.list().size() == before) throw set.error("found no goods, expected at least one");
    return goods;
  }

  /// A share for all goods, or a map by good; goods that the map leaves out keep what `shares` holds.
  void read_shares(const YamlView& view, const std::vector<int>& goods, std::vector<double>& shares) {
    if (!view.is_map()) {
      const double share = share_of_one(view);
      for (const int good : goods) shares[static_cast<std::size_t>(good)] = share;
      return;
    }
    for (const auto& [good, entry] : read_by_sector(dataset_, view, faults_)) {
      if (!is_among(goods, good, view, entry)) continue;
      faults_.guard(
          [&, &cell = shares[static_cast<std::size_t>(good)], &value = entry.value] { cell = share_of_one(value); });
    }
  }

  /// Whether a map's entry is about one of the goods; a fault where not.
  bool is_among(const std::vector<int>& goods, int good, const YamlView& map, const SectorValue& entry) {
    if (std::ranges::find(goods, good) != goods.end()) return true;
    faults_.add(map.key_error(entry.key, fmt::format("'{}' is not among the goods of this measure", code(good))));
    return false;
  }

  void read_allocation(std::size_t z, const YamlView& view) {
    view.only_keys(schema_keys("study/free_allocation"));
    Allocation method = Allocation::output_based;
    faults_.guard([&] {
      if (const auto word = view.find("method")) method = meaning_of(*word, "method of free allocation", methods);
    });
    ZonePolicy& measures = policy_.zones[z];
    std::vector<double>& shares =
        method == Allocation::output_based ? measures.allocation_share : measures.grandfathered_share;
    const std::vector<int> goods = read_goods(view);
    for (const int good : goods) {
      shares[static_cast<std::size_t>(good)] = 1;
      if (zones_[z].sectors[static_cast<std::size_t>(good)]) continue;
      faults_.add(entry_of_sector(dataset_, view.at("goods"), good)
                      .error(fmt::format("free allocation for '{}', which zone '{}' does not cover", code(good),
                                         zones_[z].name)));
    }
    if (const auto share = view.find("share")) read_shares(*share, goods, shares);
  }

  void read_border(std::size_t z, const YamlView& view) {
    view.only_keys(schema_keys("study/cbam"));
    BorderCharge& border = policy_.zones[z].border;
    border.active = true;
    faults_.guard([&] { read_scope(view, border); });
    faults_.guard([&] {
      if (const auto word = view.find("basis")) border.basis = meaning_of(*word, "basis of intensities", bases);
    });
    faults_.guard([&] {
      if (const auto value = view.find("mark_up")) border.mark_up = non_negative(*value);
    });
    faults_.guard([&] {
      if (const auto word = view.find("revenue"))
        border.revenue_to_origin = meaning_of(*word, "use of revenue", payees);
    });
    faults_.guard([&] {
      if (const auto word = view.find("export_rebate")) border.rebate = meaning_of(*word, "export rebate", rebates);
    });
    faults_.guard([&] { read_exempt(z, view, border); });
    faults_.guard([&] { read_response(view); });
  }

  /// Goods and the scope of each. A map by good says both; where goods are listed too, the two must agree.
  void read_scope(const YamlView& view, BorderCharge& border) {
    const YamlView scope = view.at("scope");
    std::vector<int> goods;
    if (view.has("goods") || !scope.is_map()) goods = read_goods(view);
    if (scope.is_map()) {
      const std::map<int, SectorValue> by_good = read_by_sector(dataset_, scope, faults_);
      if (!view.has("goods")) {
        for (const auto& [good, entry] : by_good) goods.push_back(good);
        if (goods.empty()) throw scope.error("found no goods, expected at least one");
      }
      for (const auto& [good, entry] : by_good) {
        if (!is_among(goods, good, scope, entry)) continue;
        faults_.guard([&, &cell = border.scope[static_cast<std::size_t>(good)], &word = entry.value] {
          cell = meaning_of(word, "scope", intensity_scopes());
        });
      }
      for (const int good : goods) {
        if (!by_good.contains(good)) faults_.add(scope.error(fmt::format("no scope for the good '{}'", code(good))));
      }
    } else {
      const IntensityScope meaning = meaning_of(scope, "scope", intensity_scopes());
      for (const int good : goods) border.scope[static_cast<std::size_t>(good)] = meaning;
    }
    if (const auto coverage = view.find("coverage")) read_shares(*coverage, goods, border.coverage);
  }

  void read_exempt(std::size_t z, const YamlView& view, BorderCharge& border) {
    const auto set = view.find("exempt");
    if (!set) return;
    for (const int region : read_regions(dataset_, *set, faults_)) {
      border.exempt[static_cast<std::size_t>(region)] = 1;
      if (std::ranges::find(zones_[z].regions, region) == zones_[z].regions.end()) continue;
      faults_.add(set->error(fmt::format("'{}' is a member of zone '{}': its exports are never charged",
                                         dataset_.regions[static_cast<std::size_t>(region)].code, zones_[z].name)));
    }
  }

  static void read_response(const YamlView& view) {
    const auto word = view.find("response");
    if (!word || meaning_of(*word, "response of intensities", responses)) return;
    throw word->error(
        fmt::format("the response '{}' is not available yet in this version; expected frozen", word->text()));
  }

  const Dataset& dataset_;
  const std::vector<CarbonZone>& zones_;
  const std::string& name_;
  const YamlView& scenario_;
  std::vector<char> priced_;  ///< zones that have a price or a cap
  Policy& policy_;
  std::vector<std::optional<CapRule>>& caps_;
  Diagnostics faults_;
};

}  // namespace

std::vector<CarbonZone> read_zones(const Dataset& dataset, const YamlView& view) {
  std::vector<CarbonZone> zones;
  Diagnostics faults;
  for (const auto& [name, zone] : view.entries()) {
    if (name.find_first_of("./=,") != std::string::npos) {
      faults.add(view.key_error(name, fmt::format("found the zone '{}', expected a name without . / = and ,", name)));
    }
    faults.guard([&, &key = name, &entry = zone] { zones.push_back(read_zone(dataset, key, entry, faults)); });
  }
  faults.throw_if_any();
  return zones;
}

std::vector<CarbonZone> read_scenario_zones(const Dataset& dataset, const YamlView& study_zones,
                                            const YamlView& scenario) {
  const YamlView own = scenario.at("zones");
  std::vector<std::string> names;
  for (const auto& [name, zone] : study_zones.entries()) names.push_back(name);
  Diagnostics faults;
  for (const auto& [name, zone] : own.entries()) {
    if (std::ranges::find(names, name) != names.end()) continue;
    faults.add(own.key_error(name, fmt::format("unknown zone '{}'{}", name, suggestion(name, names))));
  }
  faults.throw_if_any();
  return read_zones(dataset, YamlView::merge(study_zones, own));
}

void read_measures(const Dataset& dataset, const YamlView& text, Scenario& scenario) {
  PolicyReader(dataset, text, scenario).read();
}

}  // namespace levee
