#include "data/dataset_writer.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "data/final_demand_words.hpp"
#include "data/mass_unit.hpp"

namespace levee {
namespace {

constexpr int most_wide_nodes = 1000;
constexpr double finest_tolerance = 1e-9;
constexpr std::size_t most_stressor_files = 12;  // more go into one file

constexpr std::array<const char*, final_demand_count> category_codes{"HH", "NPISH", "GOV", "GFCF", "INV"};
/// Grows a text.
class Text {
 public:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
  }
  /// 15 digits: what a figure was before a computation spoiled its last bit.
  void figure(double value) { add("{:.15g}", value == 0 ? 0.0 : value); }
  const std::string& str() const { return text_; }

 private:
  std::string text_;
};

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string result = "\"";
  for (const char letter : field) result += letter == '"' ? "\"\"" : std::string(1, letter);
  return result + '"';
}

/// Whether a file may be called that everywhere.
bool is_name_of_file(const std::string& name) {
  return std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

/// A matrix with labels, wide or long.
std::string matrix_text(const Eigen::MatrixXd& matrix, const std::vector<std::string>& rows,
                        const std::vector<std::string>& columns, bool wide) {
  Text text;
  if (wide) {
    for (const std::string& column : columns) text.add(",{}", column);
    text.add("\n");
  } else {
    text.add("row,column,value\n");
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (wide) text.add("{}", rows[row]);
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const double value = matrix(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
      if (wide) {
        text.add(",");
      } else if (value != 0) {
        text.add("{},{},", rows[row], columns[column]);
      } else {
        continue;
      }
      text.figure(value);
      if (!wide) text.add("\n");
    }
    if (wide) text.add("\n");
  }
  return text.str();
}

class DatasetWriter {
 public:
  DatasetWriter(const Dataset& dataset, TableLayout layout, const TakeFile& take)
      : data_(dataset), layout_(layout), take_(take) {
    for (int n = 0; n < data_.node_count(); ++n) nodes_.push_back(data_.node_label(n));
    for (const Region& region : data_.regions) regions_.push_back(region.code);
    for (const Sector& sector : data_.sectors) goods_.push_back(sector.code);
  }

  void write() {
    yaml_ << YAML::BeginMap;
    write_description();
    write_sets();
    write_table();
    write_stressors();
    write_tariffs();
    if (data_.has_parameters()) write_parameters();
    write_trees();
    yaml_ << YAML::EndMap;
    if (!yaml_.good()) throw std::logic_error("dataset.yaml: " + yaml_.GetLastError());
    take_("dataset.yaml", std::string(yaml_.c_str()) + "\n");
  }

 private:
  template <class Value>
  void entry(const std::string& key, const Value& value) {
    yaml_ << YAML::Key << key << YAML::Value << value;
  }

  void list(const std::string& key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    yaml_ << YAML::Key << key << YAML::Value << YAML::BeginSeq;
    for (const std::string& text : texts) yaml_ << text;
    yaml_ << YAML::EndSeq;
  }

  void write_description() {
    entry("name", data_.name);
    entry("year", data_.year);
    entry("currency", data_.currency);
    entry("money_unit", data_.money_unit == 1e6 ? "million" : fmt::format("{:.15g}", data_.money_unit));
    if (!data_.sources.empty()) {
      yaml_ << YAML::Key << "sources" << YAML::Value << YAML::BeginSeq;
      for (const Source& source : data_.sources) {
        yaml_ << YAML::BeginMap;
        entry("title", source.title);
        if (!source.licence.empty()) entry("licence", source.licence);
        if (!source.citation.empty()) entry("citation", source.citation);
        yaml_ << YAML::EndMap;
      }
      yaml_ << YAML::EndSeq;
    }
    list("artefacts", data_.artefacts);
    list("assumptions", data_.assumptions);
  }

  void write_sets() {
    Text regions, sectors;
    regions.add("code,name,income_group\n");
    for (const Region& region : data_.regions)
      regions.add("{},{},{}\n", quoted(region.code), quoted(region.name), quoted(region.income_group));
    sectors.add("code,name,groups\n");
    for (const Sector& sector : data_.sectors)
      sectors.add("{},{},{}\n", quoted(sector.code), quoted(sector.name), quoted(joined(sector.groups, " ")));
    file("regions", "regions.csv", regions.str());
    file("sectors", "sectors.csv", sectors.str());
    if (data_.electricity >= 0) entry("electricity", goods_[static_cast<std::size_t>(data_.electricity)]);
  }

  /// A key whose value is a file, and the file.
  void file(const std::string& key, const std::string& name, const std::string& text) {
    entry(key, name);
    take_(name, text);
  }

  void column(const std::string& key, const std::string& name, const std::string& header) {
    yaml_ << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginMap;
    entry("file", name);
    entry("column", header);
    yaml_ << YAML::EndMap;
  }

  void matrix(const std::string& key, const Eigen::MatrixXd& values, const std::vector<std::string>& rows,
              const std::vector<std::string>& columns) {
    const bool wide = layout_ != TableLayout::long_form;
    yaml_ << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginMap;
    entry("file", key + ".csv");
    entry("layout", wide ? "wide" : "long");
    yaml_ << YAML::EndMap;
    take_(key + ".csv", matrix_text(values, rows, columns, wide));
  }

  /// Final demand categories that buy or sell anything.
  std::vector<int> categories() const {
    std::vector<int> result;
    for (int category = 0; category < final_demand_count; ++category) {
      if (layout_ == TableLayout::use_trade && category == inventories) continue;
      bool any = false;
      for (int r = 0; r < data_.region_count(); ++r)
        any = any || !data_.table.Y.col(r * final_demand_count + category).isZero(0);
      if (any || category == household) result.push_back(category);
    }
    return result;
  }

  void write_table() {
    const MrioTable& table = data_.table;
    yaml_ << YAML::Key << "table" << YAML::Value << YAML::BeginMap;
    entry("tolerance",
          fmt::format("{:.1e}", std::max(finest_tolerance, 10 * std::max(data_.balance.rows, data_.balance.columns))));
    const std::vector<int> used = categories();
    std::vector<std::string> labels;
    std::vector<int> columns;
    for (int r = 0; r < data_.region_count(); ++r) {
      for (const int category : used) {
        labels.push_back(regions_[static_cast<std::size_t>(r)] + "." +
                         category_codes[static_cast<std::size_t>(category)]);
        columns.push_back(r * final_demand_count + category);
      }
    }
    if (layout_ == TableLayout::use_trade) {
      write_factors(labels, columns);
    } else {
      matrix("Z", table.Z.factored() ? table.Z.expanded() : table.Z.dense(), nodes_, nodes_);
      matrix("Y", table.Y(Eigen::all, columns), nodes_, labels);
    }
    yaml_ << YAML::Key << "final_demand" << YAML::Value << YAML::Flow << YAML::BeginMap;
    for (const int category : used)
      entry(category_codes[static_cast<std::size_t>(category)], final_demand_words[static_cast<std::size_t>(category)]);
    yaml_ << YAML::EndMap;
    column("x", "output.csv", "x");
    column("value_added", "output.csv", "value_added");
    Text output;
    output.add("node,x,value_added\n");
    for (int n = 0; n < data_.node_count(); ++n) {
      output.add("{},", nodes_[static_cast<std::size_t>(n)]);
      output.figure(table.x[n]);
      output.add(",");
      output.figure(table.value_added[n]);
      output.add("\n");
    }
    take_("output.csv", output.str());
    yaml_ << YAML::EndMap;
  }

  void write_factors(const std::vector<std::string>& labels, const std::vector<int>& columns) {
    const MrioTable& table = data_.table;
    const int sectors = data_.sector_count();
    Eigen::MatrixXd final_use = Eigen::MatrixXd::Zero(sectors, table.Y.cols());
    Eigen::MatrixXd trade = table.Z.deliveries(), stocks(data_.node_count(), data_.region_count());
    for (int r = 0; r < data_.region_count(); ++r) {
      stocks.col(r) = table.Y.col(r * final_demand_count + inventories);
      for (int column = r * final_demand_count; column < r * final_demand_count + inventories; ++column) {
        for (int n = 0; n < data_.node_count(); ++n) final_use(n % sectors, column) += table.Y(n, column);
        trade.col(r) += table.Y.col(column);
      }
    }
    require_common_mix(final_use);
    matrix("use", table.Z.purchases(), goods_, nodes_);
    matrix("final_use", final_use(Eigen::all, columns), goods_, labels);
    matrix("trade", trade, nodes_, regions_);
    if (!stocks.isZero(0)) matrix("inventories", stocks, nodes_, regions_);
  }

  /// One mix of origins a good and region is all that this layout can say.
  void require_common_mix(const Eigen::MatrixXd& final_use) const {
    constexpr double rounding = 1e-9;
    const int sectors = data_.sector_count();
    for (int column = 0; column < final_use.cols(); ++column) {
      if (column % final_demand_count == inventories) continue;
      for (int n = 0; n < data_.node_count(); ++n) {
        const double total = final_use(n % sectors, column);
        const double common = data_.table.Z.share()(n, column / final_demand_count) * total;
        if (std::abs(data_.table.Y(n, column) - common) > rounding * std::abs(total))
          throw std::logic_error("final demand has a mix of origins of its own");
      }
    }
  }

  void write_stressors() {
    if (data_.stressors.empty()) return;
    yaml_ << YAML::Key << "stressors" << YAML::Value << YAML::BeginMap;
    const bool together = data_.stressors.size() > most_stressor_files ||
                          !std::ranges::all_of(data_.stressors, is_name_of_file, &Stressor::name);
    for (const Stressor& stressor : data_.stressors) {
      yaml_ << YAML::Key << stressor.name << YAML::Value << YAML::BeginMap;
      entry("unit", stressor.unit);
      const bool is_part = !stressor.part_of.empty();
      if (is_part) entry("part_of", stressor.part_of);
      if (stressor.mt_per_unit == 0 && !(is_part && mt_per_mass_unit(stressor.unit) > 0)) entry("mass", false);
      if (stressor.year != 0) entry("year", stressor.year);
      if (!stressor.quality.empty()) entry("quality", stressor.quality);
      if (!stressor.source.empty()) entry("source", stressor.source);
      if (together) {
        column("industry", "stressors.csv", stressor.name);
        column("households", "household_stressors.csv", stressor.name);
        if (!stressor.process.isZero(0)) column("process", "process_stressors.csv", stressor.name);
      } else {
        write_stressor_files(stressor);
      }
      yaml_ << YAML::EndMap;
    }
    yaml_ << YAML::EndMap;
    if (together) write_stressor_tables();
  }

  void write_stressor_files(const Stressor& stressor) {
    const std::string industry = fmt::format("emissions_{}.csv", stressor.name);
    column("industry", industry, "industry");
    column("process", industry, "process");
    Text by_node, by_region;
    by_node.add("node,industry,process\n");
    for (int n = 0; n < data_.node_count(); ++n) {
      by_node.add("{},{:.15g},{:.15g}\n", nodes_[static_cast<std::size_t>(n)], stressor.industry[n],
                  stressor.process[n]);
    }
    take_(industry, by_node.str());
    by_region.add("region,household\n");
    for (int r = 0; r < data_.region_count(); ++r)
      by_region.add("{},{:.15g}\n", regions_[static_cast<std::size_t>(r)], stressor.household[r]);
    file("households", fmt::format("household_{}.csv", stressor.name), by_region.str());
  }

  /// Satellites by the hundred, whose names need not be names of files: a column each.
  void write_stressor_tables() {
    take_("stressors.csv", stressor_table("node", nodes_, &Stressor::industry));
    take_("household_stressors.csv", stressor_table("region", regions_, &Stressor::household));
    const bool process = std::ranges::any_of(data_.stressors, [](const Stressor& s) { return !s.process.isZero(0); });
    if (process) take_("process_stressors.csv", stressor_table("node", nodes_, &Stressor::process));
  }

  std::string stressor_table(const char* header, const std::vector<std::string>& rows,
                             Eigen::VectorXd Stressor::*values) const {
    Text text;
    text.add("{}", header);
    for (const Stressor& stressor : data_.stressors) text.add(",{}", quoted(stressor.name));
    text.add("\n");
    for (std::size_t row = 0; row < rows.size(); ++row) {
      text.add("{}", rows[row]);
      for (const Stressor& stressor : data_.stressors)
        text.add(",{:.15g}", (stressor.*values)[static_cast<Eigen::Index>(row)]);
      text.add("\n");
    }
    return text.str();
  }

  void write_tariffs() {
    if (data_.tariff.size() == 0) return;
    Text text;
    text.add("sector,exporter,importer,ad_valorem_tariff\n");
    for (int n = 0; n < data_.node_count(); ++n) {
      for (int r = 0; r < data_.region_count(); ++r) {
        if (data_.tariff(n, r) == 0) continue;
        text.add("{},{},{},{:.15g}\n", goods_[static_cast<std::size_t>(n % data_.sector_count())],
                 regions_[static_cast<std::size_t>(n / data_.sector_count())], regions_[static_cast<std::size_t>(r)],
                 data_.tariff(n, r));
      }
    }
    file("tariffs", "tariffs.csv", text.str());
  }

  using Columns = std::vector<std::pair<std::string, const Eigen::VectorXd*>>;

  /// Parameters by node as rows of sectors, with rows of single regions where these differ from most. NaN: no value.
  std::string rows_by_sector(const Columns& columns) const {
    Text text;
    text.add("sector,region");
    for (const auto& [name, values] : columns) text.add(",{}", name);
    text.add("\n");
    for (int j = 0; j < data_.sector_count(); ++j) {
      std::vector<double> common;
      for (const auto& [name, values] : columns) common.push_back(most_frequent(*values, j));
      add_row(text, j, "", common);
      for (int r = 0; r < data_.region_count(); ++r) {
        std::vector<double> own;
        for (std::size_t k = 0; k < columns.size(); ++k) {
          const double value = (*columns[k].second)[data_.node(r, j)];
          own.push_back(value == common[k] ? std::nan("") : value);
        }
        add_row(text, j, regions_[static_cast<std::size_t>(r)], own);
      }
    }
    return text.str();
  }

  /// NaN where a region has none, since the row of every region would give it one.
  double most_frequent(const Eigen::VectorXd& values, int sector) const {
    std::map<double, int> counts;
    for (int r = 0; r < data_.region_count(); ++r) {
      const double value = values[data_.node(r, sector)];
      if (std::isnan(value)) return value;
      ++counts[value];
    }
    const auto best = std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; });
    return best->second > 1 ? best->first : std::nan("");
  }

  void add_row(Text& text, int sector, const std::string& region, const std::vector<double>& values) const {
    if (std::ranges::all_of(values, [](double value) { return std::isnan(value); })) return;
    text.add("{},{}", goods_[static_cast<std::size_t>(sector)], region);
    for (const double value : values) {
      text.add(",");
      if (!std::isnan(value)) text.figure(value);
    }
    text.add("\n");
  }

  void write_parameters() {
    const Parameters& parameters = data_.parameters;
    yaml_ << YAML::Key << "parameters" << YAML::Value << YAML::BeginMap;
    Columns elasticities;
    for (const auto& [name, values] : parameters.elasticities.by_node) elasticities.emplace_back(name, &values);
    file("elasticities", "elasticities.csv", rows_by_sector(elasticities));
    column("labour_share", "factor_shares.csv", "labour_share");
    column("resource_share", "factor_shares.csv", "resource_share");
    take_("factor_shares.csv",
          rows_by_sector({{"labour_share", &parameters.labour_share}, {"resource_share", &parameters.resource_share}}));
    if (!parameters.supply_elasticity.array().isNaN().all()) {
      const Eigen::VectorXd as_above = Eigen::VectorXd::Constant(data_.node_count(), std::nan(""));
      file("fossil_supply", "fossil_supply.csv",
           rows_by_sector(
               {{"supply_elasticity", &parameters.supply_elasticity}, {"resource_share_of_value_added", &as_above}}));
    }
    Text weights, uses;
    weights.add("fuel,weight\n");
    for (int i = 0; i < data_.sector_count(); ++i) {
      if (parameters.fuel_weight[i] > 0)
        weights.add("{},{:.15g}\n", goods_[static_cast<std::size_t>(i)], parameters.fuel_weight[i]);
    }
    file("fuel_weight", "fuel_weights.csv", weights.str());
    uses.add("fuel,user,share_outside_energy_nest,that_part_emits\n");
    for (const FuelUse& use : parameters.fuel_use) {
      uses.add("{},{},{:.15g},{}\n", goods_[static_cast<std::size_t>(use.fuel)],
               goods_[static_cast<std::size_t>(use.user)], use.share_outside_nest, use.emits ? 1 : 0);
    }
    file("fuel_use", "fuel_use.csv", uses.str());
    yaml_ << YAML::EndMap;
  }

  void write_trees() {
    if (!data_.technologies.empty()) {
      yaml_ << YAML::Key << "technologies" << YAML::Value << YAML::BeginMap;
      for (const auto& [name, technology] : data_.technologies) {
        yaml_ << YAML::Key << name << YAML::Value << YAML::BeginMap;
        flow_list("resource_on_top", technology.resource_on_top);
        write_nest("output", technology.output);
        yaml_ << YAML::EndMap;
      }
      yaml_ << YAML::EndMap;
    }
    if (data_.households.empty()) return;
    yaml_ << YAML::Key << "households" << YAML::Value << YAML::BeginMap;
    for (const auto& [name, tree] : data_.households) write_nest(name, tree.utility);
    yaml_ << YAML::EndMap;
  }

  void flow_list(const std::string& key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    yaml_ << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const std::string& text : texts) yaml_ << text;
    yaml_ << YAML::EndSeq;
  }

  void write_nest(const std::string& key, const NestTemplate& nest) {
    yaml_ << YAML::Key << key << YAML::Value << YAML::BeginMap;
    if (nest.elasticity_column.empty()) {
      entry("elasticity", fmt::format("{:.15g}", nest.elasticity));
    } else {
      entry("elasticity", nest.elasticity_column);
    }
    flow_list("factors", nest.factors);
    flow_list("goods", selectors(nest.goods));
    if (!nest.nests.empty()) {
      yaml_ << YAML::Key << "of" << YAML::Value << YAML::BeginMap;
      for (const NestTemplate& child : nest.nests) write_nest(child.name, child);
      yaml_ << YAML::EndMap;
    }
    yaml_ << YAML::EndMap;
  }

  /// The one selector that stands for these goods where there is one, else their codes.
  std::vector<std::string> selectors(const std::vector<int>& goods) const {
    std::vector<std::string> codes;
    for (const int good : goods) codes.push_back(goods_[static_cast<std::size_t>(good)]);
    if (goods.size() < 2) return codes;
    for (const std::string& selector : data_.selectors()) {
      if (data_.sectors_in(selector) == goods) return {selector};
    }
    return codes;
  }

  const Dataset& data_;
  TableLayout layout_;
  const TakeFile& take_;
  std::vector<std::string> nodes_, regions_, goods_;
  YAML::Emitter yaml_;
};

}  // namespace

TableLayout automatic_layout(const Dataset& dataset) {
  const bool large = dataset.table.Z.factored() && dataset.node_count() > most_wide_nodes;
  return large ? TableLayout::use_trade : TableLayout::wide;
}

std::string layout_name(TableLayout layout) {
  if (layout == TableLayout::use_trade) return "use-trade";
  return layout == TableLayout::wide ? "wide" : "long";
}

void write_dataset(const Dataset& dataset, TableLayout layout, const TakeFile& take) {
  DatasetWriter(dataset, layout, take).write();
}

}  // namespace levee
