#pragma once

#include <string>
#include <utility>

#include "tests/unit/data_import_layouts.hpp"

namespace levee::testing {

/// A map as a document, a cell a line.
inline Document map_document(const std::string& yaml) {
  Document document = text_document("map.yaml", {}, "");
  std::size_t from = 0;
  while (from < yaml.size()) {
    const std::size_t to = std::min(yaml.find('\n', from), yaml.size());
    document.cells().push_back({yaml.substr(from, to - from)});
    from = to + 1;
  }
  return document;
}

/// A user's own table, as matrices or lists of flows.
struct OwnTable {
  World world{3, 2, 3, 3};
  Cells regions{"AT", "CN", "WA"};
  Cells sectors{"A01", "C10_12"};
  Cells categories{"HH", "GOV", "INV"};
  Cells rows{"TLS", "WAGES", "PROFITS"};

  static std::string head() {
    return "import: own\nyear: 2011\ncurrency: EUR\nmoney_unit: thousand\n"
           "final_demand: {HH: household, GOV: {kind: government, name: Government}, INV: inventories}\n"
           "value_added:\n"
           "  TLS: {name: Taxes on products, product_tax: true}\n"
           "  WAGES: Wages\n"
           "  PROFITS: {}\n"
           "output: OUT\n";
  }

  /// One matrix: labels like AT_A01, one line of header, one column of labels.
  Grid matrix() const {
    Grid grid{{""}};
    append_all(grid[0], node_labels(regions, sectors, "_"));
    append_all(grid[0], node_labels(regions, categories, "_"));
    grid[0].emplace_back("OUT");
    const Cells nodes = node_labels(regions, sectors, "_");
    for (int n = 0; n < world.nodes(); ++n) {
      grid.push_back({nodes[static_cast<std::size_t>(n)]});
      append(grid.back(), world.Z.row(n));
      append(grid.back(), world.Y.row(n));
      grid.back().push_back(text(world.x[n]));
    }
    for (int k = 0; k < 3; ++k) {
      grid.push_back({rows[static_cast<std::size_t>(k)]});
      append(grid.back(), world.value_added.row(k));
      append(grid.back(), world.value_added_use.row(k));
      grid.back().emplace_back("");
    }
    return grid;
  }

  Miniature wide() const {
    return {.format = "csv",
            .documents = {text_document("table.csv", matrix(), ","),
                          map_document(head() + "wide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n")},
            .container = "own",
            .first_row = 1,
            .labels = 1};
  }

  /// A row a flow; zeros are left out, but for the node that has nothing else.
  Grid flows() const {
    Grid grid{{"from", "good", "to", "user", "flow"}};
    const auto add = [&](const std::string& region, const std::string& good, const std::string& to,
                         const std::string& user, double flow, bool zero = false) {
      if (flow != 0 || zero) grid.push_back({region, good, to, user, text(flow)});
    };
    for (int n = 0; n < world.nodes(); ++n) {
      const std::string& region = regions[static_cast<std::size_t>(n / 2)];
      const std::string& good = sectors[static_cast<std::size_t>(n % 2)];
      for (int m = 0; m < world.nodes(); ++m) {
        add(region, good, regions[static_cast<std::size_t>(m / 2)], sectors[static_cast<std::size_t>(m % 2)],
            world.Z(n, m), n == world.nodes() - 1 && m == n);
      }
      for (int c = 0; c < 9; ++c) {
        add(region, good, regions[static_cast<std::size_t>(c / 3)], categories[static_cast<std::size_t>(c % 3)],
            world.Y(n, c));
      }
    }
    for (int k = 0; k < 3; ++k) {
      const std::string& row = rows[static_cast<std::size_t>(k)];
      for (int m = 0; m < world.nodes(); ++m) {
        add("", row, regions[static_cast<std::size_t>(m / 2)], sectors[static_cast<std::size_t>(m % 2)],
            world.value_added(k, m));
      }
      for (int c = 0; c < 9; ++c) {
        add("", row, regions[static_cast<std::size_t>(c / 3)], categories[static_cast<std::size_t>(c % 3)],
            world.value_added_use(k, c));
      }
    }
    return grid;
  }

  static std::string flows_block() {
    return "long: {file: flows.csv, from: {region: from, sector: good}, to: {region: to, sector: user}, value: flow}\n";
  }

  Miniature long_form() const {
    return {.format = "csv",
            .documents = {text_document("flows.csv", flows(), ","),
                          map_document(head() + "regions: [AT, CN, WA]\nsectors: [A01, C10_12]\n" + flows_block())},
            .container = "own.zip",
            .first_row = 1,
            .labels = 4,
            .seller = 1};
  }

 private:
  static void append_all(Cells& row, const Cells& labels) { row.insert(row.end(), labels.begin(), labels.end()); }
};

}  // namespace levee::testing
