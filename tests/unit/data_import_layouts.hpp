#pragma once

#include <string>
#include <vector>

#include "tests/unit/data_import_miniature.hpp"

namespace levee::testing {

/// A label a node, regions first: AT_A01 and the like.
inline Cells node_labels(const Cells& regions, const Cells& sectors, const std::string& between) {
  Cells result;
  for (const std::string& region : regions) {
    for (const std::string& sector : sectors) result.push_back(region + between + sector);
  }
  return result;
}

inline void append(Cells& row, const Eigen::RowVectorXd& figures) {
  for (const double figure : figures) row.push_back(text(figure));
}

/// EXIOBASE 3: region and sector in two rows of header and two columns, a row of index names, tabs.
struct Exiobase {
  World world{3, 3, 7, 3};
  Cells regions{"AT", "CN", "WA"};
  Cells sectors{"Cultivation of paddy rice", "Production of electricity by coal", "Re-processing of steel, scrap"};
  Cells categories{"Final consumption expenditure by households",
                   "Final consumption expenditure by non-profit organisations serving households (NPISH)",
                   "Final consumption expenditure by government",
                   "Gross fixed capital formation",
                   "Changes in inventories",
                   "Changes in valuables",
                   "Exports: Total (fob)"};
  Cells stressors{"Compensation of employees; wages",
                  "Operating surplus: Remaining net operating surplus",
                  "Taxes less subsidies on products purchased: Total",
                  "CO2 - combustion - air",
                  "CO2 - non combustion - Cement production - air",
                  "CH4 - agriculture - air",
                  "Employment hours"};
  Cells units{"M.EUR", "M.EUR", "M.EUR", "kg", "kg", "kg", "M.hr"};

  double emission(int stressor, int column) const { return 0.5 * (stressor * 10 + column % 7); }

  Grid header(std::size_t labels, bool final_demand) const {
    Grid grid{Cells(labels), Cells(labels), Cells(labels)};
    grid[0][0] = "region";
    grid[1][0] = final_demand ? "category" : "sector";
    grid[2] = labels == 2 ? Cells{"region", "sector"} : Cells{"stressor"};
    const Cells& items = final_demand ? categories : sectors;
    for (const std::string& region : regions) {
      for (const std::string& item : items) {
        grid[0].push_back(region);
        grid[1].push_back(item);
        grid[2].emplace_back();
      }
    }
    return grid;
  }

  Grid nodes(const Eigen::MatrixXd& figures, bool final_demand) const {
    Grid grid = header(2, final_demand);
    for (int n = 0; n < world.nodes(); ++n) {
      Cells row{regions[static_cast<std::size_t>(n / world.sectors)],
                sectors[static_cast<std::size_t>(n % world.sectors)]};
      append(row, figures.row(n));
      grid.push_back(row);
    }
    return grid;
  }

  Grid satellites(bool final_demand) const {
    Grid grid = header(1, final_demand);
    for (std::size_t k = 0; k < stressors.size(); ++k) {
      Cells row{stressors[k]};
      const int row_of = k == 2 ? 2 : static_cast<int>(k);
      if (k < 3) {
        append(row, final_demand ? world.value_added_use.row(row_of) : world.value_added.row(row_of));
      } else {
        for (int j = 0; j < (final_demand ? world.Y.cols() : world.Z.cols()); ++j)
          row.push_back(text(final_demand && j % 7 != 0 ? 0 : emission(static_cast<int>(k), j)));
      }
      grid.push_back(row);
    }
    return grid;
  }

  Miniature miniature() const {
    Grid output{{"region", "sector", "indout"}}, unit{{"region", "sector", "unit"}},
        satellite_unit{{"stressor", "unit"}};
    for (int n = 0; n < world.nodes(); ++n) {
      const std::string &r = regions[static_cast<std::size_t>(n / world.sectors)],
                        &s = sectors[static_cast<std::size_t>(n % world.sectors)];
      output.push_back({r, s, text(world.x[n])});
      unit.push_back({r, s, "M.EUR"});
    }
    for (std::size_t k = 0; k < stressors.size(); ++k) satellite_unit.push_back({stressors[k], units[k]});
    Miniature result{
        .format = "exiobase3", .documents = {}, .container = "IOT_2011_ixi.zip", .first_row = 3, .labels = 2};
    const std::string top = "IOT_2011_ixi/";
    const std::vector<std::pair<std::string, Grid>> files{{"Z.txt", nodes(world.Z, false)},
                                                          {"Y.txt", nodes(world.Y, true)},
                                                          {"x.txt", output},
                                                          {"unit.txt", unit},
                                                          {"satellite/F.txt", satellites(false)},
                                                          {"satellite/F_Y.txt", satellites(true)},
                                                          {"satellite/unit.txt", satellite_unit},
                                                          {"impacts/F.txt", {{"not", "read"}}}};
    for (const auto& [name, grid] : files) result.documents.push_back(text_document(top + name, grid, "\t"));
    return result;
  }
};

/// OECD ICIO of 2021: labels like AUS_01T02; Mexico in parts, which alone produce.
struct Icio {
  World world{3, 2, 6, 2};
  Cells regions{"AUS", "MEX", "ROW"};
  Cells sectors{"01T02", "35"};
  Cells categories{"HFCE", "NPISH", "GGFC", "GFCF", "DPABR", "INVNT"};

  Miniature miniature() const {
    // The published order of categories ends with DPABR; the world's last one has the negative figures.
    Cells nodes = node_labels(regions, sectors, "_");
    const Cells parts = node_labels({"MX1", "MX2"}, sectors, "_");
    Grid grid{{""}};
    for (const std::string& label : nodes) grid[0].push_back(label);
    for (const std::string& label : parts) grid[0].push_back(label);
    for (const std::string& label : node_labels(regions, categories, "_")) grid[0].push_back(label);
    grid[0].emplace_back("OUT");
    for (int n = 0; n < world.nodes(); ++n)
      grid.push_back(row(nodes[static_cast<std::size_t>(n)], n, is_parted(n) ? 0 : 1));
    for (int k = 0; k < 4; ++k) grid.push_back(row(parts[static_cast<std::size_t>(k)], 2 + k % 2, k < 2 ? 0.25 : 0.75));
    Cells tax{"TLS"}, value_added{"VA"}, out{"OUT"};
    spread(tax, world.value_added.row(1), 1);
    append(tax, world.value_added_use.row(1));
    spread(value_added, world.value_added.row(0), 1);
    append(value_added, world.value_added_use.row(0));
    spread(out, world.x.transpose(), 1);
    for (Cells* total : {&tax, &value_added}) total->emplace_back("0");
    while (out.size() < grid[0].size()) out.emplace_back("0");
    for (const Cells& total : {tax, value_added, out}) grid.push_back(total);
    return {.format = "oecd-icio",
            .documents = {text_document("ICIO2021_2011.csv", grid, ",")},
            .container = "icio",
            .first_row = 1,
            .labels = 1};
  }

 private:
  static bool is_parted(int node) { return node == 2 || node == 3; }

  /// Figures by node, of Mexico's a quarter with MX1 and the rest with MX2. Sixteenths are exact too.
  void spread(Cells& cells, const Eigen::RowVectorXd& by_node, double share) const {
    for (int n = 0; n < world.nodes(); ++n) cells.push_back(text(is_parted(n) ? 0 : share * by_node[n]));
    for (int k = 0; k < 4; ++k) cells.push_back(text(share * (k < 2 ? 0.25 : 0.75) * by_node[2 + k % 2]));
  }

  Cells row(const std::string& label, int node, double share) const {
    Cells cells{label};
    spread(cells, world.Z.row(node), share);
    append(cells, share * world.Y.row(node));
    cells.push_back(text(share * world.x[node]));
    return cells;
  }
};

/// FIGARO: AT_A01 and AT_P3_S13, accounts of the area W2, rest of the world FIGW1.
struct Figaro {
  World world{3, 2, 5, 6};
  Cells regions{"AT", "FIGW1", "TR"};
  Cells sectors{"A01", "C31_32"};
  Cells categories{"P3_S13", "P3_S14", "P3_S15", "P51G", "P5M"};
  Cells accounts{"W2_D21X31", "W2_OP_RES", "W2_OP_NRES", "W2_D1", "W2_D29X39", "W2_B2A3G"};

  Miniature miniature() const {
    const Cells nodes = node_labels(regions, sectors, "_");
    Grid grid{{"rowLabels"}};
    for (const std::string& label : nodes) grid[0].push_back(label);
    for (const std::string& label : node_labels(regions, categories, "_")) grid[0].push_back(label);
    for (int n = 0; n < world.nodes(); ++n) {
      grid.push_back({nodes[static_cast<std::size_t>(n)]});
      append(grid.back(), world.Z.row(n));
      append(grid.back(), world.Y.row(n));
    }
    for (int k = 0; k < 6; ++k) {
      grid.push_back({accounts[static_cast<std::size_t>(k)]});
      append(grid.back(), world.value_added.row(k));
      append(grid.back(), world.value_added_use.row(k));
    }
    return {.format = "figaro",
            .documents = {text_document("matrix_eu-ic-io_ind-by-ind_24ed_2011.csv", grid, ",")},
            .container = "figaro",
            .first_row = 1,
            .labels = 1};
  }

  /// A row a cell; zeros are left out.
  Miniature flat() const {
    const Miniature matrix = miniature();
    const Grid& grid = matrix.documents[0].sheets[0];
    Grid cells{{"icioiRow", "icioiCol", "refArea", "rowIi", "counterpartArea", "colIi", "obsValue"}};
    const auto split = [](const std::string& label) {
      const std::size_t at = label.find('_');
      return std::pair(label.substr(0, at), label.substr(at + 1));
    };
    for (std::size_t r = 1; r < grid.size(); ++r) {
      for (std::size_t c = 1; c < grid[r].size(); ++c) {
        const bool last_node = r == static_cast<std::size_t>(world.nodes()) && c == 1;
        if (grid[r][c] == "0" && !last_node) continue;
        const auto row = split(grid[r][0]), column = split(grid[0][c]);
        cells.push_back({grid[r][0], grid[0][c], row.first, row.second, column.first, column.second, grid[r][c]});
      }
    }
    return {.format = "figaro",
            .documents = {text_document("flatfile_eu-ic-io_ind-by-ind_24ed_2011.csv", cells, ",")},
            .container = "figaro.zip",
            .first_row = 1,
            .labels = 6,
            .seller = 3};
  }
};

/// The sheets of WIOD and ADB: rows of header and columns of labels with codes, names, regions and running codes.
struct WorldSheet {
  World world{3, 2, 5, 6};
  Cells regions, sectors, names{"Agriculture, hunting & forestry", "Electricity"};
  Cells categories, final_codes, category_names{"Households", "NPISH", "Government", "GFCF", "Inventories"};
  Cells row_codes, row_running, total_codes, total_running;
  Cells titles;
  std::string output_code, output_name, output_region, output_running;
  bool codes_in_first_column = true;

  Grid sheet() const {
    Grid grid;
    for (const std::string& title : titles) grid.push_back({title, "", "", ""});
    const std::size_t running = grid.size() - 1;
    const auto column = [&](const std::string& code, const std::string& name, const std::string& region,
                            const std::string& run) {
      grid[running - 3].push_back(codes_in_first_column ? code : "");
      grid[running - 2].push_back(name);
      grid[running - 1].push_back(region);
      grid[running].push_back(run);
    };
    for (const std::string& region : regions) {
      for (std::size_t i = 0; i < sectors.size(); ++i)
        column(sectors[i], names[i], region, "c" + std::to_string(i + 1));
    }
    for (const std::string& region : regions) {
      for (std::size_t c = 0; c < 5; ++c) column(categories[c], category_names[c], region, final_codes[c]);
    }
    column(output_code, output_name, output_region, output_running);
    for (int n = 0; n < world.nodes(); ++n) {
      const auto r = static_cast<std::size_t>(n / 2), i = static_cast<std::size_t>(n % 2);
      const std::string code = codes_in_first_column ? sectors[i] : "";
      grid.push_back({code, names[i], regions[r], (output_code == "GO" ? "r" : "c") + std::to_string(i + 1)});
      append(grid.back(), world.Z.row(n));
      append(grid.back(), world.Y.row(n));
      grid.back().push_back(text(world.x[n]));
    }
    total(grid, 0);
    for (int k = 0; k < 6; ++k) {
      const auto at = static_cast<std::size_t>(k);
      grid.push_back({codes_in_first_column ? row_codes[at] : "", "Row " + std::to_string(k), "TOT", row_running[at]});
      append(grid.back(), world.value_added.row(k));
      append(grid.back(), world.value_added_use.row(k));
      grid.back().emplace_back("0");
    }
    total(grid, 1);
    return grid;
  }

 private:
  void total(Grid& grid, std::size_t k) const {
    grid.push_back({codes_in_first_column ? total_codes[k] : "", "Total", "TOT", total_running[k]});
    append(grid.back(), world.Z.colwise().sum());
  }
};

inline Miniature sheet_miniature(const WorldSheet& published, const std::string& format, const std::string& file,
                                 const std::string& sheet) {
  Document document;
  document.path = file;
  document.sheets = {published.sheet()};
  document.sheet_names = {sheet};
  return {.format = format,
          .documents = {document},
          .container = "workbook",
          .first_row = published.titles.size(),
          .labels = 4};
}

inline WorldSheet wiod2016() {
  WorldSheet result;
  result.regions = {"AUS", "LUX", "ROW"};
  result.sectors = {"A01", "C10-C12"};
  result.categories = {"CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"};
  result.final_codes = {"c57", "c58", "c59", "c60", "c61"};
  result.row_codes = {"TXSP", "EXP_adj", "PURR", "PURNR", "VA", "IntTTM"};
  result.row_running = {"r66", "r67", "r68", "r69", "r70", "r71"};
  result.total_codes = {"II_fob", "GO"};
  result.total_running = {"r65", "r73"};
  result.titles = {"Intercountry Input-Output Table",
                   "43 countries, in current prices",
                   "(industry-by-industry)",
                   "(millions of US$)",
                   "",
                   ""};
  result.output_code = "GO";
  result.output_name = "Total output";
  result.output_region = "TOT";
  result.output_running = "c62";
  return result;
}

inline WorldSheet wiod2013() {
  WorldSheet result;
  result.regions = {"AUS", "ROM", "RoW"};
  result.sectors = {"AtB", "15t16"};
  result.categories = Cells(5);
  result.final_codes = {"c37", "c38", "c39", "c41", "c42"};
  result.row_codes = Cells(6);
  result.row_running = {"r99", "r61", "r62", "r63", "r64", "r65"};
  result.total_codes = Cells(2);
  result.total_running = {"r60", "r69"};
  result.titles = {"Intercountry Input-Output Table, 2011", "", "(industry-by-industry)", "(millions of US$)", "", ""};
  result.output_name = "Total output";
  result.output_running = "";
  return result;
}

inline WorldSheet adb() {
  WorldSheet result = wiod2013();
  result.regions = {"PRC", "GER", "RoW"};
  result.final_codes = {"F1", "F2", "F3", "F4", "F5"};
  result.row_running.back() = "trs";
  result.titles = {"Multiregional Input-Output Table 2011",
                   "75 economies, at current prices (industry by industry)",
                   "In millions of US$",
                   "",
                   "",
                   "",
                   ""};
  result.output_name = "TOTAL";
  result.output_region = "ToT";
  result.codes_in_first_column = false;
  return result;
}

inline Miniature wiod2016_miniature() {
  return sheet_miniature(wiod2016(), "wiod2016", "WIOT2011_Nov16_ROW.xlsx", "2011");
}
inline Miniature wiod2013_miniature() {
  return sheet_miniature(wiod2013(), "wiod2013", "WIOT11_ROW_Sep12.xlsx", "WIOT_2011");
}
inline Miniature adb_miniature() {
  Miniature result = sheet_miniature(adb(), "adb-mrio", "ADB-MRIO-2011-August 2025.xlsx", "ADB MRIO 2011");
  Document& document = result.documents[0];
  document.sheets.insert(document.sheets.begin(), Grid{{"Code", "Country"}, {"PRC", "People's Republic of China"}});
  document.sheet_names.insert(document.sheet_names.begin(), "Legend");
  return result;
}

/// Eora26: figures alone, labels in files of their own; a last row and column ROW TOTAL of discrepancies.
struct Eora {
  World world{2, 3, 7, 7};
  Cells regions{"AFG", "ALB"}, countries{"Afghanistan", "Albania"};
  Cells sectors{"Agriculture", "Electricity, Gas and Water", "Re-export & Re-import"};
  Cells categories{"Household final consumption P.3h",  "Non-profit institutions serving households P.3n",
                   "Government final consumption P.3g", "Gross fixed capital formation P.51",
                   "Changes in inventories P.52",       "Acquisitions less disposals of valuables P.53"};
  Cells inputs{"Compensation of employees D.1", "Taxes on production D.29", "Subsidies on production D.39",
               "Net operating surplus B.2n",    "Net mixed income B.3n",    "Consumption of fixed capital K.1"};

  Miniature miniature() const {
    const int n = world.nodes();
    Grid transactions, final_demand, value_added, labels, final_labels, input_labels, satellites, household,
        satellite_labels;
    for (int i = 0; i < n; ++i) {
      const auto r = static_cast<std::size_t>(i / 3);
      labels.push_back({countries[r], regions[r], "Industries", sectors[static_cast<std::size_t>(i % 3)], ""});
      transactions.emplace_back();
      append(transactions.back(), world.Z.row(i));
      // Category 7 of the world is the discrepancy: half of what is sold to ROW as input, half as final demand. Sales
      // of one region to the discrepancy of another do not exist in this layout.
      const double sold = discrepancy(i);
      transactions.back().push_back(text(0.5 * sold));
      final_demand.push_back(final_uses(world.Y.row(i)));
      final_demand.back().push_back(text(0.5 * sold));
      for (int k = 1; k < 6; ++k) final_demand.back().emplace_back("0");
    }
    labels.push_back({"ROW", "ROW", "Industries", "TOTAL", ""});
    transactions.emplace_back();
    append(transactions.back(), world.value_added.row(6));
    transactions.back().emplace_back("99");
    final_demand.push_back(final_uses(world.value_added_use.row(6)));
    for (int k = 0; k < 6; ++k) final_demand.back().emplace_back("77");
    for (std::size_t r = 0; r < 3; ++r) {
      for (const std::string& use : categories)
        final_labels.push_back({r < 2 ? countries[r] : "ROW", r < 2 ? regions[r] : "ROW", "Final demand", use, ""});
    }
    for (int k = 0; k < 6; ++k) {
      input_labels.push_back({"Primary Inputs", inputs[static_cast<std::size_t>(k)], ""});
      value_added.emplace_back();
      append(value_added.back(), world.value_added.row(k));
      value_added.back().emplace_back("55");
    }
    for (int k = 0; k < 3; ++k) {
      satellites.emplace_back();
      household.emplace_back();
      for (int i = 0; i <= n; ++i) satellites.back().push_back(k == 1 ? "0" : text(10 * k + 0.5 * i));
      for (int j = 0; j < 18; ++j) household.back().push_back(k == 1 ? "0" : text(k + j));
    }
    satellite_labels = {
        {"I-GHG-CO2 emissions (Gg)", "Total", ""}, {"Energy Usage (TJ)", "Coal", ""}, {"Land area (ha)", "Crops"}};
    Miniature result{
        .format = "eora26", .documents = {}, .container = "Eora26_2011_bp.zip", .labels = 0, .labelled_rows = false};
    const std::vector<std::pair<std::string, Grid>> files{
        {"Eora26_2011_bp_T.txt", transactions}, {"Eora26_2011_bp_FD.txt", final_demand},
        {"Eora26_2011_bp_VA.txt", value_added}, {"Eora26_2011_bp_Q.txt", satellites},
        {"Eora26_2011_bp_QY.txt", household},   {"labels_T.txt", labels},
        {"labels_FD.txt", final_labels},        {"labels_VA.txt", input_labels},
        {"labels_Q.txt", satellite_labels}};
    for (const auto& [name, grid] : files) result.documents.push_back(text_document(name, grid, "\t"));
    return result;
  }

  double discrepancy(int node) const { return world.Y(node, node / 3 * 7 + 6); }

  /// What of the world this layout can say: a good's discrepancy belongs to its own region.
  World as_published() const {
    World result = world;
    for (int i = 0; i < world.nodes(); ++i) result.Y(i, (1 - i / 3) * 7 + 6) = 0;
    for (int row = 0; row < 7; ++row) {
      for (int r = 0; r < 2; ++r) result.value_added_use(row, r * 7 + 6) = 0;
    }
    result.value_added_use.topRows(6).setZero();
    for (int j = 0; j < 14; ++j) result.value_added_use(6, j) = j % 7 == 6 ? 0 : world.value_added_use(6, j);
    return result;
  }

 private:
  Cells final_uses(const Eigen::RowVectorXd& by_use) const {
    Cells cells;
    for (int r = 0; r < 2; ++r) append(cells, by_use.segment(r * 7, 6));
    return cells;
  }
};

/// GLORIA: supply and use without labels, industries before products in each region; labels in a workbook.
struct Gloria {
  World world{2, 2, 6, 2};  ///< industry by industry
  Cells regions{"AFG", "XAF"};
  Cells sectors{"Growing wheat", "Electric power generation"};
  Cells final_uses{"Household final consumption P.3h",  "Non-profit institutions serving households P.3n",
                   "Government final consumption P.3g", "Gross fixed capital formation P.51",
                   "Changes in inventories P.52",       "Acquisitions less disposals of valuables P.53"};

  /// With `joint`, the first industry of each region makes a quarter of the second product too.
  Miniature miniature(bool joint = false) const {
    const int n = world.nodes();
    Grid transactions(static_cast<std::size_t>(2 * n), Cells(static_cast<std::size_t>(2 * n), "0"));
    Grid final_demand(static_cast<std::size_t>(2 * n), Cells(12, "0")),
        value_added(4, Cells(static_cast<std::size_t>(2 * n), "0"));
    Grid satellites{Cells(static_cast<std::size_t>(2 * n), "0")}, household{Cells(12, "1.5")};
    for (int i = 0; i < n; ++i) {
      const std::size_t industry = place(i), product = industry + 2;
      for (int j = 0; j < n; ++j) transactions[product][place(j)] = text(world.Z(i, j));
      transactions[industry][product] = text(joint && i % 2 == 1 ? 0.75 * world.x[i] : world.x[i]);
      if (joint && i % 2 == 1) transactions[industry - 1][product] = text(0.25 * world.x[i]);
      for (int j = 0; j < 12; ++j) final_demand[product][static_cast<std::size_t>(j)] = text(world.Y(i, j));
      // A quarter of the first category is paid in the other region.
      value_added[0][industry] = text(0.25 * world.value_added(0, i));
      value_added[2][industry] = text(0.75 * world.value_added(0, i));
      value_added[static_cast<std::size_t>(i / 2 * 2 + 1)][industry] = text(world.value_added(1, i));
      satellites[0][industry] = text(2.5 * i);
    }
    Document readme;
    readme.path = "GLORIA_ReadMe_059.xlsx";
    readme.sheet_names = {"Regions", "Sectors", "Value added and final demand", "Satellites"};
    readme.sheets = {
        {{"Lfd_Nr", "Region_acronyms", "Region_names"}, {"1", "AFG", "Afghanistan"}, {"2", "XAF", "Rest of Africa"}},
        {{"Lfd_Nr", "Sector_names"}, {"1", sectors[0]}, {"2", sectors[1]}},
        {{"Lfd_Nr", "Value_added_names", "Final_demand_names"}},
        {{"Lfd_Nr", "Sat_head_indicator", "Sat_indicator", "Sat_unit"},
         {"1", "Emissions (EDGAR)", "'CO2_excl_short_cycle'", "kt"}}};
    const Cells inputs{"Compensation of employees D.1", "Net operating surplus B.2n"};
    for (std::size_t k = 0; k < 6; ++k)
      readme.sheets[2].push_back({std::to_string(k + 1), k < 2 ? inputs[k] : "", final_uses[k]});
    const auto file = [](const std::string& folder, const std::string& kind) {
      return folder + "/20240111_120secMother_AllCountries_002_" + kind + "-Results_2011_059_Markup001(full).csv";
    };
    const std::string tables = "GLORIA_MRIOs_59_2011", accounts = "GLORIA_SatelliteAccounts_059_2011";
    return {.format = "gloria",
            .documents = {text_document(file(tables, "T"), transactions, ","),
                          text_document(file(tables, "Y"), final_demand, ","),
                          text_document(file(tables, "V"), value_added, ","),
                          text_document(file(accounts, "TQ"), satellites, ","),
                          text_document(file(accounts, "YQ"), household, ","), readme},
            .container = "gloria",
            .labels = 0,
            .labelled_rows = false};
  }

 private:
  static std::size_t place(int node) { return static_cast<std::size_t>(node / 2 * 4 + node % 2); }
};

}  // namespace levee::testing
