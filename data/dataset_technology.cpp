#include "data/dataset_technology.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>

#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

const std::vector<std::string> factor_names{"labour", "capital", "resource"};

bool is_number(const YamlView& view) {
  try {
    view.number();
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Reads one tree and keeps count of what it holds.
class TreeReader {
 public:
  TreeReader(const Dataset& dataset, bool production) : dataset_(dataset), production_(production) {
    for (const auto& entry : dataset.parameters.elasticities.by_node) columns_.push_back(entry.first);
  }

  NestTemplate read(const std::string& name, const YamlView& view) {
    NestTemplate nest;
    nest.name = name;
    nest.where = view.where();
    if (!faults_.guard([&] {
          view.only_keys(schema_keys(production_ ? "dataset/production_nest" : "dataset/consumption_nest"));
        })) {
      return nest;
    }
    faults_.guard([&] { read_elasticity(nest, view.at("elasticity")); });
    faults_.guard([&] { read_factors(nest, view); });
    faults_.guard([&] { read_goods(nest, view); });
    if (const auto children = view.find("of")) {
      faults_.guard([&] {
        for (const auto& [child, tree] : children->entries()) {
          if (const auto [first, fresh] = nest_lines_.emplace(child, tree.where().line); !fresh) {
            faults_.add(children->key_error(
                child, fmt::format("duplicate nest '{}', first given in line {}", child, first->second)));
          }
          nest.nests.push_back(read(child, tree));
        }
      });
    }
    if (!view.has("goods") && !view.has("factors") && !view.has("of")) {
      faults_.add(view.error(fmt::format("nest '{}' is empty; expected goods, factors or nests (of)", name)));
    }
    return nest;
  }

  /// What the tree lacks is a fault at its root. Throws when there was any fault.
  void finish(const YamlView& view, const std::string& what) {
    if (!faults_.empty()) faults_.throw_if_any();  // a misread list would only make false gaps
    std::string missing;
    for (const Sector& sector : dataset_.sectors) {
      if (!held_.contains("sector:" + sector.code)) missing += (missing.empty() ? "" : ", ") + sector.code;
    }
    if (!missing.empty())
      faults_.add(view.error(fmt::format("{} buys nowhere: {}; expected every sector once", what, missing)));
    for (const std::string& factor : factor_names) {
      if (!production_ || held_.contains(factor)) continue;
      faults_.add(view.error(
          fmt::format("{} has no factor '{}'; expected labour, capital and resource once each", what, factor)));
    }
    faults_.throw_if_any();
  }

 private:
  void read_elasticity(NestTemplate& nest, const YamlView& view) {
    if (is_number(view)) {
      nest.elasticity = view.number();
      if (nest.elasticity < 0) throw view.error(fmt::format("found {}, expected an elasticity >= 0", view.text()));
      return;
    }
    if (!production_) throw view.error(fmt::format("found '{}', expected a number >= 0", view.text()));
    nest.elasticity_column = view.text();
    if (std::ranges::find(columns_, nest.elasticity_column) != columns_.end()) return;
    throw view.error(fmt::format("no column '{}' among the elasticities{}", nest.elasticity_column,
                                 suggestion(nest.elasticity_column, columns_)));
  }

  /// A list, or one scalar for a list of one, as views.
  static std::vector<YamlView> list(const YamlView& view) {
    return view.is_sequence() ? view.items() : std::vector<YamlView>{view};
  }

  void read_factors(NestTemplate& nest, const YamlView& view) {
    const auto factors = view.find("factors");
    if (!factors) return;
    for (const YamlView& item : list(*factors)) {
      const std::string factor = item.text();
      if (std::ranges::find(factor_names, factor) == factor_names.end()) {
        throw item.error(fmt::format("unknown factor '{}'{}", factor, suggestion(factor, factor_names)));
      }
      hold(factor, fmt::format("factor '{}'", factor), item);
      nest.factors.push_back(factor);
    }
  }

  void read_goods(NestTemplate& nest, const YamlView& view) {
    const auto goods = view.find("goods");
    if (!goods) return;
    for (const YamlView& item : list(*goods)) {
      const std::vector<int> sectors = dataset_.sectors_in(item.text());
      if (sectors.empty()) {
        faults_.add(item.error(
            fmt::format("unknown sector or group '{}'{}", item.text(), suggestion(item.text(), dataset_.selectors()))));
      }
      for (const int sector : sectors) {
        const std::string& code = dataset_.sectors[static_cast<std::size_t>(sector)].code;
        hold("sector:" + code, fmt::format("sector '{}'", code), item);
        nest.goods.push_back(sector);
      }
    }
  }

  void hold(const std::string& key, const std::string& what, const YamlView& item) {
    const auto [first, fresh] = held_.emplace(key, item.where());
    if (fresh) return;
    faults_.add(item.error(fmt::format("{} appears twice in this tree, first in line {}", what, first->second.line)));
  }

  const Dataset& dataset_;
  bool production_;
  std::vector<std::string> columns_;
  std::map<std::string, Location> held_;  ///< sectors and factors met, by "sector:..." or the factor
  std::map<std::string, int> nest_lines_;
  Diagnostics faults_;
};

}  // namespace

Technology read_technology(const Dataset& dataset, const std::string& name, const YamlView& view) {
  Technology result;
  result.name = name;
  Diagnostics faults;
  view.only_keys(schema_keys("dataset/technology"));
  if (const auto groups = view.find("resource_on_top")) {
    faults.guard([&] {
      for (const YamlView& item : groups->is_sequence() ? groups->items() : std::vector<YamlView>{*groups}) {
        if (!dataset.sectors_in(item.text()).empty()) {
          result.resource_on_top.push_back(item.text());
        } else {
          faults.add(item.error(fmt::format("unknown sector or group '{}'{}", item.text(),
                                            suggestion(item.text(), dataset.selectors()))));
        }
      }
    });
  }
  faults.guard([&] {
    TreeReader reader(dataset, true);
    const YamlView output = view.at("output");
    result.output = reader.read("output", output);
    reader.finish(output, fmt::format("technology '{}'", name));
  });
  faults.throw_if_any();
  return result;
}

HouseholdTemplate read_household(const Dataset& dataset, const std::string& name, const YamlView& view) {
  TreeReader reader(dataset, false);
  HouseholdTemplate result{name, reader.read("utility", view)};
  reader.finish(view, fmt::format("household '{}'", name));
  return result;
}

void read_technologies(DatasetContext& context, const YamlView& root) {
  Dataset& dataset = context.dataset;
  if (!context.elasticities_read) return;  // every tree would be blamed for columns that could not be read
  if (const auto technologies = root.find("technologies")) {
    for (const auto& [name, view] : technologies->entries()) {
      context.faults.guard(
          [&, &key = name, &tree = view] { dataset.technologies[key] = read_technology(dataset, key, tree); });
    }
  }
  if (const auto households = root.find("households")) {
    for (const auto& [name, view] : households->entries()) {
      context.faults.guard(
          [&, &key = name, &tree = view] { dataset.households[key] = read_household(dataset, key, tree); });
    }
  }
}

}  // namespace levee
