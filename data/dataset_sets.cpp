// Regions and sectors: lists in dataset.yaml or CSV files.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <sstream>

#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

/// One row of a list of regions or sectors: its fields as text, a list joined by blanks.
struct Item {
  std::map<std::string, std::string> fields;
  Location where;
  std::string excerpt;
};

std::vector<Item> items_of_csv(const CsvFile& file, const std::vector<std::string>& columns) {
  std::vector<Item> result;
  Diagnostics faults;
  file.column_named("code");
  for (int column = 0; column < file.columns(); ++column) {
    const std::string header(file.cell(0, column));
    if (std::ranges::find(columns, header) != columns.end()) continue;
    faults.add(file.error(0, column, fmt::format("unknown column '{}'{}", header, suggestion(header, columns))));
  }
  faults.throw_if_any();
  const int code = file.column_named("code");
  for (int row = 1; row < file.rows(); ++row) {
    const Diagnostic place = file.error(row, code, "").diagnostics().front();
    Item item{{}, place.where, place.excerpt};
    for (int column = 0; column < file.columns(); ++column) {
      item.fields.emplace(file.cell(0, column), file.cell(row, column));
    }
    result.push_back(std::move(item));
  }
  return result;
}

std::vector<Item> items_of_yaml(const YamlView& list, const std::vector<std::string>& keys, Diagnostics& faults) {
  std::vector<Item> result;
  for (const YamlView& entry : list.items()) {
    faults.guard([&] {
      Item item{{}, entry.where(), entry.excerpt()};
      if (entry.is_map()) {
        entry.only_keys(keys);
        entry.at("code");
        for (const auto& [key, value] : entry.entries()) {
          std::string joined;
          for (const std::string& text : value.texts()) joined += (joined.empty() ? "" : " ") + text;
          item.fields[key] = joined;
        }
      } else {
        item.fields["code"] = entry.text();
      }
      result.push_back(std::move(item));
    });
  }
  return result;
}

std::vector<Item> read_items(DatasetContext& context, const YamlView& root, const std::string& key,
                             const std::vector<std::string>& columns) {
  const YamlView list = root.at(key);
  std::vector<Item> result =
      list.is_sequence() ? items_of_yaml(list, columns, context.faults) : items_of_csv(context.csv(list), columns);
  if (result.empty()) throw list.error(fmt::format("found no {}, expected at least one", key));
  std::map<std::string, int> first_line;
  for (const Item& item : result) {
    const std::string& code = item.fields.at("code");
    if (code.empty()) {
      context.faults.add(item.where, "found an empty code", item.excerpt);
    } else if (code.find_first_of(". ,;\t") != std::string::npos) {
      context.faults.add(item.where,
                         fmt::format("found the code '{}', expected one without dots, commas or blanks", code),
                         item.excerpt);
    } else if (const auto [first, fresh] = first_line.emplace(code, item.where.line); !fresh) {
      context.faults.add(item.where, fmt::format("duplicate code '{}', first given in line {}", code, first->second),
                         item.excerpt);
    }
  }
  return result;
}

std::vector<std::string> split_groups(std::string text) {
  std::ranges::replace(text, ';', ' ');
  std::istringstream stream(text);
  std::vector<std::string> result;
  for (std::string group; stream >> group;) result.push_back(group);
  return result;
}

std::string field(const Item& item, const std::string& key, const std::string& otherwise) {
  const auto found = item.fields.find(key);
  return found == item.fields.end() || found->second.empty() ? otherwise : found->second;
}

void check_groups(DatasetContext& context, const std::vector<Item>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const std::string& group : context.dataset.sectors[i].groups) {
      const bool taken = group == "all" || group.starts_with("non-") || context.dataset.sector_index(group) >= 0;
      if (!taken) continue;
      context.faults.add(
          items[i].where,
          fmt::format("'{}' cannot name a group: sector codes, 'all' and 'non-...' select sectors already", group),
          items[i].excerpt);
    }
  }
}

}  // namespace

void read_sets(DatasetContext& context, const YamlView& root) {
  Dataset& dataset = context.dataset;
  std::vector<Item> sector_items;
  const std::size_t before = context.faults.list().size();
  context.faults.guard([&] {
    for (const Item& item : read_items(context, root, "regions", schema_keys("dataset/region"))) {
      const std::string& code = item.fields.at("code");
      dataset.regions.push_back({code, field(item, "name", code), field(item, "income_group", "")});
    }
  });
  context.faults.guard([&] {
    sector_items = read_items(context, root, "sectors", schema_keys("dataset/sector"));
    for (const Item& item : sector_items) {
      const std::string& code = item.fields.at("code");
      dataset.sectors.push_back({code, field(item, "name", code), split_groups(field(item, "groups", ""))});
    }
    check_groups(context, sector_items);
  });
  if (context.faults.list().size() > before)
    context.faults.throw_if_any();  // nothing else in a dataset can be judged without its labels
  std::vector<std::string> regions, sectors, nodes;
  for (const Region& region : dataset.regions) regions.push_back(region.code);
  for (const Sector& sector : dataset.sectors) sectors.push_back(sector.code);
  for (int node = 0; node < dataset.node_count(); ++node) nodes.push_back(dataset.node_label(node));
  context.regions = LabelSet("region", std::move(regions));
  context.sectors = LabelSet("sector", std::move(sectors));
  context.nodes = LabelSet("node", std::move(nodes));
  if (const auto electricity = root.find("electricity")) {
    context.faults.guard([&] {
      dataset.electricity = context.sectors.find(electricity->text());
      if (dataset.electricity < 0) throw electricity->error(context.sectors.unknown(electricity->text()));
    });
  }
}

}  // namespace levee
