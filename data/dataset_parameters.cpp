// Parameters by node: layers of rows over each other, then fossil supply, then overrides; fuels.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();
constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr std::size_t nodes_named = 5;  // of those without a value, in a message

const std::vector<std::string> required_elasticities{"armington_domestic_import", "armington_origins"};

/// A parameter by node: where its values live, what they may be.
struct Parameter {
  Eigen::VectorXd* values;
  double most;  ///< the least is 0
  bool required;
};

void check_range(double value, double most, const auto& error) {
  if (value < 0 || value > most) {
    throw error(most == 1 ? fmt::format("found {}, expected a share between 0 and 1", value)
                          : fmt::format("found {}, expected a number >= 0", value));
  }
}

/// The rows of a file keyed by sector and, where it has the column, region. A blank region means every region; rows of
/// one region lie over those; a blank cell leaves what is there.
class Rows {
 public:
  Rows(DatasetContext& context, const CsvFile& file) : context_(context), file_(file) {
    const int sector_column = file.column_named("sector");
    const int region_column = file.has_column("region") ? file.column_named("region") : -1;
    FaultLimit faults(context.faults, file.path());
    std::map<std::pair<int, int>, int> first;
    for (int row = 1; row < file.rows(); ++row) {
      const int sector = context.sectors.find(file.cell(row, sector_column));
      if (sector < 0) {
        faults.add(file.error(row, sector_column, context.sectors.unknown(file.cell(row, sector_column))));
        continue;
      }
      int region = every;
      if (region_column >= 0 && !file.cell(row, region_column).empty()) {
        region = context.regions.find(file.cell(row, region_column));
        if (region < 0) {
          faults.add(file.error(row, region_column, context.regions.unknown(file.cell(row, region_column))));
          continue;
        }
      }
      if (const auto [known, fresh] = first.emplace(std::pair(region, sector), row); !fresh) {
        faults.add(file.error(row, sector_column,
                              fmt::format("duplicate row for {}, first given in line {}", label(region, sector),
                                          file.where(known->second, 0).line)));
        continue;
      }
      rows_.push_back({row, region, sector});
    }
  }

  void apply(int column, const Parameter& parameter) const {
    FaultLimit faults(context_.faults, file_.path());
    for (const bool specific : {false, true}) {
      for (const Row& row : rows_) {
        if ((row.region != every) != specific || file_.cell(row.row, column).empty()) continue;
        try {
          const double value = file_.number(row.row, column);
          check_range(value, parameter.most,
                      [&](const std::string& message) { return file_.error(row.row, column, message); });
          set(*parameter.values, row, value);
        } catch (const InputError& error) {
          faults.add(error);
        }
      }
    }
  }

  const CsvFile& file() const { return file_; }

 private:
  static constexpr int every = -1;
  struct Row {
    int row, region, sector;
  };

  std::string label(int region, int sector) const {
    return region == every ? fmt::format("sector '{}'", context_.sectors.name(sector))
                           : fmt::format("'{}.{}'", context_.regions.name(region), context_.sectors.name(sector));
  }

  void set(Eigen::VectorXd& values, const Row& row, double value) const {
    for (int region = 0; region < context_.regions.size(); ++region) {
      if (row.region == every || row.region == region) values[context_.dataset.node(region, row.sector)] = value;
    }
  }

  DatasetContext& context_;
  const CsvFile& file_;
  std::vector<Row> rows_;
};

/// Reads `parameters:`. The order is: defaults, layers, fossil supply, overrides; then gaps are faults.
class ParameterReader {
 public:
  ParameterReader(DatasetContext& context, YamlView view) : context_(context), view_(std::move(view)) {}

  void run() {
    Parameters& parameters = context_.dataset.parameters;
    Diagnostics& faults = context_.faults;
    faults.guard([&] { view_.only_keys(schema_keys("dataset/parameters")); });
    add("labour_share", parameters.labour_share, 1, true);
    add("resource_share", parameters.resource_share, 1, true);
    add("supply_elasticity", parameters.supply_elasticity, unbounded, false);
    for (const std::string& name : required_elasticities) add_elasticity(name);
    const std::size_t before = faults.list().size();
    context_.elasticities_read = faults.guard([&] { read_elasticities(); });
    faults.guard([&] { read_share("labour_share"); });
    faults.guard([&] { read_share("resource_share"); });
    faults.guard([&] { read_defaults(); });
    faults.guard([&] { read_fossil_supply(); });
    faults.guard([&] { read_overrides(); });
    if (faults.list().size() == before) check_gaps();
  }

 private:
  void add(const std::string& name, Eigen::VectorXd& values, double most, bool required) {
    values = Eigen::VectorXd::Constant(context_.nodes.size(), absent);
    table_[name] = {&values, most, required};
  }

  void add_elasticity(const std::string& name) {
    if (!table_.contains(name)) add(name, context_.dataset.parameters.elasticities.by_node[name], unbounded, true);
  }

  /// One file or a list of files, each over the ones before.
  static std::vector<YamlView> layers(const YamlView& block) {
    return block.is_sequence() ? block.items() : std::vector<YamlView>{block};
  }

  void read_elasticities() {
    for (const YamlView& layer : layers(view_.at("elasticities"))) {
      const Rows rows(context_, context_.block_file(layer, "dataset/plain_file"));
      const CsvFile& file = rows.file();
      for (int column = 0; column < file.columns(); ++column) {
        const std::string name(file.cell(0, column));
        if (name == "sector" || name == "region" || name == "note") continue;
        if (table_.contains(name) && table_.at(name).most == 1) {
          context_.faults.add(
              file.error(0, column, fmt::format("'{}' is not an elasticity: give it under parameters", name)));
          continue;
        }
        add_elasticity(name);
        rows.apply(column, table_.at(name));
      }
    }
  }

  void read_share(const std::string& name) {
    const auto block = view_.find(name);
    if (!block) return;  // a default may do; a gap is a fault later
    for (const YamlView& layer : layers(*block)) {
      const Rows rows(context_, context_.block_file(layer, "dataset/column_file"));
      const std::string column = layer.is_map() && layer.has("column") ? layer.at("column").text() : name;
      rows.apply(rows.file().column_named(column), table_.at(name));
    }
  }

  Parameter parameter(const std::string& name, const auto& error) const {
    const auto found = table_.find(name);
    if (found != table_.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& entry : table_) names.push_back(entry.first);
    throw error(fmt::format("unknown parameter '{}'{}", name, suggestion(name, names)));
  }

  void read_defaults() {
    const auto defaults = view_.find("defaults");
    if (!defaults) return;
    for (const auto& entry : defaults->entries()) {
      context_.faults.guard([&] {
        const YamlView& value = entry.second;
        const Parameter target = parameter(
            entry.first, [&](const std::string& message) { return defaults->key_error(entry.first, message); });
        const double number = value.number();
        check_range(number, target.most, [&](const std::string& message) { return value.error(message); });
        for (double& cell : *target.values) cell = std::isnan(cell) ? number : cell;
      });
    }
  }

  void read_fossil_supply() {
    const auto block = view_.find("fossil_supply");
    if (!block) return;
    const Rows rows(context_, context_.block_file(*block, "dataset/plain_file"));
    rows.apply(rows.file().column_named("supply_elasticity"), table_.at("supply_elasticity"));
    rows.apply(rows.file().column_named("resource_share_of_value_added"), table_.at("resource_share"));
  }

  /// Sets one parameter of the nodes that region and sector pick; an empty code picks all.
  void override_nodes(const std::string& region, const std::string& sector, Eigen::VectorXd& values, double value,
                      const auto& region_error, const auto& sector_error) {
    const int r = region.empty() ? -1 : context_.regions.find(region);
    const int i = sector.empty() ? -1 : context_.sectors.find(sector);
    if (!region.empty() && r < 0) throw region_error(context_.regions.unknown(region));
    if (!sector.empty() && i < 0) throw sector_error(context_.sectors.unknown(sector));
    if (!overridden_.insert({&values, r, i}).second) throw sector_error("this override is given twice");
    for (int node = 0; node < context_.nodes.size(); ++node) {
      if ((r < 0 || node / context_.sectors.size() == r) && (i < 0 || node % context_.sectors.size() == i))
        values[node] = value;
    }
  }

  void read_overrides() {
    const auto block = view_.find("overrides");
    if (!block) return;
    if (!block->is_sequence()) return read_override_file(context_.block_file(*block, "dataset/plain_file"));
    for (const YamlView& item : block->items()) {
      context_.faults.guard([&] {
        item.only_keys(schema_keys("dataset/override"));
        auto code = [&](const char* key) { return item.has(key) ? item.at(key).text() : std::string(); };
        auto error_at = [&](const YamlView& view) {
          return [view](const std::string& message) { return view.error(message); };
        };
        const YamlView name = item.at("parameter"), value = item.at("value");
        const Parameter target = parameter(name.text(), error_at(name));
        check_range(value.number(), target.most, error_at(value));
        override_nodes(code("region"), code("sector"), *target.values, value.number(),
                       error_at(item.has("region") ? item.at("region") : item),
                       error_at(item.has("sector") ? item.at("sector") : item));
      });
    }
  }

  void read_override_file(const CsvFile& file) {
    const int region = file.column_named("region"), sector = file.column_named("sector");
    const int name = file.column_named("parameter"), value = file.column_named("value");
    FaultLimit faults(context_.faults, file.path());
    for (int row = 1; row < file.rows(); ++row) {
      auto error_at = [&](int column) {
        return [&file, row, column](const std::string& message) { return file.error(row, column, message); };
      };
      try {
        const Parameter target = parameter(std::string(file.cell(row, name)), error_at(name));
        check_range(file.number(row, value), target.most, error_at(value));
        override_nodes(std::string(file.cell(row, region)), std::string(file.cell(row, sector)), *target.values,
                       file.number(row, value), error_at(region), error_at(sector));
      } catch (const InputError& error) {
        faults.add(error);
      }
    }
  }

  void check_gaps() {
    const int sectors = context_.sectors.size();
    for (const auto& [name, parameter] : table_) {
      if (!parameter.required) continue;
      std::string missing;
      std::size_t count = 0;
      for (int i = 0; i < sectors; ++i) {
        std::vector<int> gaps;
        for (int r = 0; r < context_.regions.size(); ++r) {
          if (std::isnan((*parameter.values)[context_.dataset.node(r, i)])) gaps.push_back(r);
        }
        const bool everywhere = gaps.size() == static_cast<std::size_t>(context_.regions.size());
        if (everywhere) gaps.resize(1);
        for (const int r : gaps) {
          if (count++ >= nodes_named) continue;
          missing += missing.empty() ? "" : ", ";
          missing +=
              everywhere ? "sector " + context_.sectors.name(i) : context_.nodes.name(context_.dataset.node(r, i));
        }
      }
      if (count == 0) continue;
      if (count > nodes_named) missing += fmt::format(" and {} more", count - nodes_named);
      const bool share = parameter.most == 1;
      const std::string key = share ? name : "elasticities";
      const YamlView place = view_.has(key) ? view_.at(key) : view_;
      context_.faults.add(place.error(
          fmt::format("no value of '{}' for {}: add rows, or a default under parameters.defaults", name, missing)));
    }
  }

  DatasetContext& context_;
  YamlView view_;
  std::map<std::string, Parameter> table_;
  std::set<std::tuple<const Eigen::VectorXd*, int, int>> overridden_;
};

void read_fuel_weights(DatasetContext& context, const YamlView& parameters) {
  context.dataset.parameters.fuel_weight = Eigen::VectorXd::Zero(context.sectors.size());
  const auto block = parameters.find("fuel_weight");
  if (!block) return;
  const LabelledColumn column = read_column(context, *block, context.sectors, false);
  for (int i = 0; i < context.sectors.size(); ++i) {
    const double weight = column.values[i];
    if (weight < 0) context.faults.add(column.error(i, fmt::format("found {}, expected a weight >= 0", weight)));
    if (!std::isnan(weight)) context.dataset.parameters.fuel_weight[i] = weight;
  }
}

FuelUse read_fuel_use_row(const DatasetContext& context, const CsvFile& file, int row) {
  auto sector = [&](const char* header) {
    const int column = file.column_named(header);
    const int found = context.sectors.find(file.cell(row, column));
    if (found < 0) throw file.error(row, column, context.sectors.unknown(file.cell(row, column)));
    return found;
  };
  const int share_column = file.column_named("share_outside_energy_nest"),
            emits_column = file.column_named("that_part_emits");
  const double share = file.number(row, share_column);
  check_range(share, 1, [&](const std::string& message) { return file.error(row, share_column, message); });
  const std::string_view emits = file.cell(row, emits_column);
  if (emits != "0" && emits != "1")
    throw file.error(row, emits_column, fmt::format("found '{}', expected 0 or 1", emits));
  return {sector("fuel"), sector("user"), share, emits == "1"};
}

void read_fuel_use(DatasetContext& context, const YamlView& parameters) {
  const auto block = parameters.find("fuel_use");
  if (!block) return;
  const CsvFile& file = context.block_file(*block, "dataset/plain_file");
  FaultLimit faults(context.faults, file.path());
  std::vector<FuelUse>& uses = context.dataset.parameters.fuel_use;
  for (int row = 1; row < file.rows(); ++row) {
    try {
      const FuelUse use = read_fuel_use_row(context, file, row);
      const bool twice = std::ranges::any_of(
          uses, [&](const FuelUse& other) { return other.fuel == use.fuel && other.user == use.user; });
      if (twice) throw file.error(row, file.column_named("fuel"), "this fuel and user are given twice");
      uses.push_back(use);
    } catch (const InputError& error) {
      faults.add(error);
    }
  }
}

}  // namespace

void read_parameters(DatasetContext& context, const YamlView& root) {
  if (!root.has("parameters")) return;
  const YamlView view = root.at("parameters");
  ParameterReader(context, view).run();
  context.faults.guard([&] { read_fuel_weights(context, view); });
  context.faults.guard([&] { read_fuel_use(context, view); });
}

}  // namespace levee
