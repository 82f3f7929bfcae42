#include "scenarios/study_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "data/schema.hpp"
#include "scenarios/study_words.hpp"

namespace levee {
namespace {

constexpr const char* tariffs = "tariffs";
constexpr const char* fuel_weight = "fuel_weight";
constexpr const char* fossil_supply = "fossil_supply";
constexpr const char* household = "household";
const std::string household_prefix = std::string(household) + ".";

bool is_share(const std::string& name) { return name == "resource_share" || name == "labour_share"; }

/// The names that a name of the study stands for.
std::vector<std::string> meant_by(const std::string& name) {
  if (name == "armington") return {"armington_domestic_import", "armington_origins"};
  return {name};
}

std::vector<std::string> valid_names(const Dataset& dataset) {
  std::vector<std::string> names{"armington", fossil_supply, "resource_share", "labour_share",
                                 fuel_weight, tariffs,       household};
  for (const auto& entry : dataset.parameters.elasticities.by_node) names.push_back(entry.first);
  return names;
}

/// Figures by node, or by sector for fuel weights. Tariffs and households live elsewhere.
Eigen::VectorXd& figures(Dataset& dataset, const std::string& name) {
  Parameters& parameters = dataset.parameters;
  if (name == fossil_supply) return parameters.supply_elasticity;
  if (name == "resource_share") return parameters.resource_share;
  if (name == "labour_share") return parameters.labour_share;
  if (name == fuel_weight) return parameters.fuel_weight;
  return parameters.elasticities.by_node.at(name);
}

void collect_names(const NestTemplate& nest, std::vector<std::string>& names) {
  names.push_back(nest.name);
  for (const NestTemplate& child : nest.nests) collect_names(child, names);
}

class ParameterChanges {
 public:
  ParameterChanges(const Dataset& dataset, std::string household_name)
      : dataset_(dataset), household_name_(std::move(household_name)), names_(valid_names(dataset)) {}

  std::vector<ParameterChange> read(const YamlView& view) {
    faults_.guard([&] { view.only_keys(schema_keys("study/parameters")); });
    for (const bool scale : {true, false}) {
      given_.clear();
      faults_.guard([&] {
        if (const auto block = view.find(scale ? "scale" : "set")) read_block(*block, scale);
      });
    }
    faults_.throw_if_any();
    return std::move(changes_);
  }

 private:
  /// A value for one node and how specific the entry was that gave it.
  struct Cell {
    int rank = -1;
    double value = 0;
  };

  void read_block(const YamlView& block, bool scale) {
    for (const auto& [name, values] : block.entries()) {
      faults_.guard([&, &key = name, &given = values] {
        if (std::ranges::find(names_, key) == names_.end()) {
          throw block.key_error(key, fmt::format("unknown parameter '{}'{}", key, suggestion(key, names_)));
        }
        if (key == tariffs && dataset_.tariff.size() == 0) {
          throw block.key_error(key, "the dataset has no tariffs");
        }
        if (key == household) return read_household(given, scale);
        for (const std::string& parameter : meant_by(key)) {
          if (!given_.insert(parameter).second) {
            throw block.key_error(key, fmt::format("'{}' is given twice here: as 'armington' too", parameter));
          }
        }
        read_values(key, given, scale);
      });
    }
  }

  void read_household(const YamlView& values, bool scale) {
    const auto tree = dataset_.households.find(household_name_);
    if (tree == dataset_.households.end()) return;  // the study has been blamed for the name already
    std::vector<std::string> nests;
    collect_names(tree->second.utility, nests);
    for (const auto& [name, value] : values.entries()) {
      if (std::ranges::find(nests, name) == nests.end()) {
        faults_.add(values.key_error(name, fmt::format("unknown nest '{}' of the household '{}'{}", name,
                                                       household_name_, suggestion(name, nests))));
        continue;
      }
      faults_.guard([&, &nest = name, &figure = value] {
        changes_.push_back({household_prefix + nest, std::nullopt, std::nullopt, non_negative(figure), scale});
      });
    }
  }

  void read_values(const std::string& name, const YamlView& values, bool scale) {
    if (!values.is_map()) {
      const double value = checked(name, values, scale);
      check_result(name, values, scale, value, 0, dataset_.node_count());
      add(name, std::nullopt, std::nullopt, value, scale);
      return;
    }
    std::vector<Cell> cells(static_cast<std::size_t>(dataset_.node_count()));
    for (const auto& [key, value] : values.entries()) {
      faults_.guard([&, &entry = key, &figure = value] { read_entry(name, values, entry, figure, scale, cells); });
    }
    add_cells(name, cells, scale);
  }

  static double checked(const std::string& name, const YamlView& value, bool scale) {
    if (scale) return non_negative(value);
    if (is_share(name)) return share_of_one(value);
    if (name != tariffs) return non_negative(value);
    if (value.number() <= -1) throw value.error(fmt::format("found {}, expected a rate above -1", value.text()));
    return value.number();
  }

  /// Scaling must leave shares below one.
  void check_result(const std::string& name, const YamlView& place, bool scale, double value, int from, int to) const {
    if (!scale || !is_share(name)) return;
    const Eigen::VectorXd& now =
        name == "labour_share" ? dataset_.parameters.labour_share : dataset_.parameters.resource_share;
    for (int node = from; node < to; ++node) {
      if (now[node] * value <= 1) continue;
      throw place.error(fmt::format("{} of {} would be {:g} x {:g}, expected a share between 0 and 1", name,
                                    dataset_.node_label(node), now[node], value));
    }
  }

  /// Puts one entry of a map by sector or REGION.SECTOR into the cells.
  void read_entry(const std::string& name, const YamlView& values, const std::string& key, const YamlView& figure,
                  bool scale, std::vector<Cell>& cells) const {
    const auto fault = [&](const std::string& message) { return values.key_error(key, message); };
    const std::size_t dot = key.find('.');
    const std::string selector = dot == std::string::npos ? key : key.substr(dot + 1);
    int first_region = 0, last_region = dataset_.region_count();
    if (dot != std::string::npos) {
      if (name == fuel_weight) throw fault("found a region, but fuel weights are by sector");
      first_region = region_named(key.substr(0, dot), fault);
      last_region = first_region + 1;
    }
    const std::vector<int> sectors = dataset_.sectors_in(selector);
    if (sectors.empty()) {
      throw fault(fmt::format("unknown sector or group '{}'{}", selector, suggestion(selector, dataset_.selectors())));
    }
    const double value = checked(name, figure, scale);
    const int rank = (dot != std::string::npos ? 2 : 0) + (dataset_.sector_index(selector) >= 0 ? 1 : 0);
    bool any = false;
    for (int region = first_region; region < last_region; ++region) {
      for (const int sector : sectors) {
        const int node = dataset_.node(region, sector);
        any = any || name != fossil_supply || std::isfinite(dataset_.parameters.supply_elasticity[node]);
        check_result(name, figure, scale, value, node, node + 1);
        Cell& cell = cells[static_cast<std::size_t>(node)];
        if (cell.rank == rank) throw fault(fmt::format("'{}' is given twice here", dataset_.node_label(node)));
        if (cell.rank < rank) cell = {rank, value};
      }
    }
    if (!any) throw fault(fmt::format("the dataset gives '{}' no elasticity of supply", key));
  }

  template <class Fault>
  int region_named(const std::string& code, const Fault& fault) const {
    const int region = dataset_.region_index(code);
    if (region >= 0) return region;
    std::vector<std::string> codes;
    for (const Region& known : dataset_.regions) codes.push_back(known.code);
    throw fault(fmt::format("unknown region '{}'{}", code, suggestion(code, codes)));
  }

  /// One change a sector where all regions agree, else one a node.
  void add_cells(const std::string& name, const std::vector<Cell>& cells, bool scale) {
    const auto cell = [&](int region, int sector) {
      return cells[static_cast<std::size_t>(dataset_.node(region, sector))];
    };
    for (int sector = 0; sector < dataset_.sector_count(); ++sector) {
      bool agree = true;
      for (int region = 0; region < dataset_.region_count(); ++region) {
        const Cell one = cell(region, sector), first = cell(0, sector);
        agree = agree && (one.rank < 0) == (first.rank < 0) && one.value == first.value;
      }
      for (int region = 0; region < (agree ? 1 : dataset_.region_count()); ++region) {
        const Cell one = cell(region, sector);
        if (one.rank < 0) continue;
        add(name, agree ? std::nullopt : std::optional<int>(region), sector, one.value, scale);
      }
    }
  }

  void add(const std::string& name, std::optional<int> region, std::optional<int> sector, double value, bool scale) {
    for (const std::string& parameter : meant_by(name)) changes_.push_back({parameter, region, sector, value, scale});
  }

  const Dataset& dataset_;
  std::string household_name_;
  std::vector<std::string> names_;
  std::set<std::string> given_;
  std::vector<ParameterChange> changes_;
  Diagnostics faults_;
};

double changed(double now, const ParameterChange& change) { return change.scale ? now * change.value : change.value; }

void change_nest(NestTemplate& nest, const std::string& name, const ParameterChange& change) {
  if (nest.name == name) nest.elasticity = changed(nest.elasticity, change);
  for (NestTemplate& child : nest.nests) change_nest(child, name, change);
}

/// Rates at home stay: there is no border.
void change_tariffs(Dataset& dataset, const ParameterChange& change) {
  for (int origin = 0; origin < dataset.node_count(); ++origin) {
    if (change.sector && *change.sector != origin % dataset.sector_count()) continue;
    for (int importer = 0; importer < dataset.region_count(); ++importer) {
      if (change.region && *change.region != importer) continue;
      if (origin / dataset.sector_count() == importer) continue;
      dataset.tariff(origin, importer) = changed(dataset.tariff(origin, importer), change);
    }
  }
}

void change_figures(Dataset& dataset, const ParameterChange& change) {
  Eigen::VectorXd& values = figures(dataset, change.parameter);
  const bool by_node = change.parameter != fuel_weight;
  for (int k = 0; k < values.size(); ++k) {
    if (change.sector && *change.sector != k % dataset.sector_count()) continue;
    if (by_node && change.region && *change.region != k / dataset.sector_count()) continue;
    if (!std::isfinite(values[k])) continue;  // no elasticity of supply is not an elasticity of 0
    values[k] = changed(values[k], change);
  }
}

}  // namespace

std::vector<ParameterChange> read_parameters(const Dataset& dataset, const std::string& household_name,
                                             const YamlView& view) {
  return ParameterChanges(dataset, household_name).read(view);
}

std::shared_ptr<const Dataset> apply_parameters(std::shared_ptr<const Dataset> dataset,
                                                const std::vector<ParameterChange>& changes) {
  if (changes.empty()) return dataset;
  auto result = std::make_shared<Dataset>(*dataset);
  for (const ParameterChange& change : changes) {
    if (change.parameter == tariffs) {
      change_tariffs(*result, change);
    } else if (change.parameter.starts_with(household_prefix)) {
      const std::string nest = change.parameter.substr(household_prefix.size());
      for (auto& [name, tree] : result->households) change_nest(tree.utility, nest, change);
    } else {
      change_figures(*result, change);
    }
  }
  return result;
}

}  // namespace levee
