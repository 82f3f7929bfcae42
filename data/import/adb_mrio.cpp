// ADB Multiregional Input-Output Tables (ADB-MRIO-2024-August 2025.xlsx). Layout as MARIO's test of its reader lays it
// out (build_adb_iot_from_frame) and the scripts of ksreyes/mrio-processing and BallavBabu/adb-mrio-current-panel read
// it: sheet "ADB MRIO YYYY" (older: the first),
//   rows 1 to 4      title with the year, economies, "In millions of US$", nothing; the Latin American edition has one
//   row of
//                    codes (0001, ...) more
//   rows 5 to 7      name, region, running code (c1 to c35, F1 to F5) of each column from E on; a last column TOTAL,
//   region ToT columns B to D   name, region, running code of each row; below the nodes, with region TOT: r60 (total),
//   r99 (taxes), r61
//                    (cif/fob), r62, r63 (purchases abroad, by non-residents), r64 (value added), trs or r65 (transport
//                    margins), r69 (total)
//   sheet Legend     code and name of each economy. Codes are ADB's own (GER, PRC, RoW).
#include "data/import/adb_mrio.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "data/import/world_sheet.hpp"

namespace levee {
namespace {

const WorldSheetLayout& layout() {
  static const WorldSheetLayout result{
      .sector_code = WorldSheetLayout::SectorCode::running,
      .categories = {{"F1", "final consumption expenditure by households", household},
                     {"F2", "final consumption expenditure by non-profit organisations serving households", npish},
                     {"F3", "final consumption expenditure by government", government},
                     {"F4", "gross fixed capital formation", investment},
                     {"F5", "changes in inventories and valuables", inventories}},
      .category_row = 0,
      .rows = running_code_rows(),
      .passed_over = {"r60", "r69"},
      .needed_row = "r64",
      .row_code = 3,
      .row_names = {{"trs", "r65"}}};
  return result;
}

/// Names of economies, from the sheet Legend where there is one.
void read_legend(const OpenedSheet& sheet, ImportedTable& table) {
  if (sheet.workbook == nullptr || !sheet.workbook->has_sheet("Legend")) return;
  std::map<std::string, std::string> names;
  const std::unique_ptr<TextRows> rows = sheet.workbook->rows("Legend");
  TextRow row;
  while (rows->next(row)) names.emplace(row.cell(0), row.cell(1));
  for (Region& region : table.regions) {
    const auto found = names.find(region.name);
    if (found != names.end() && !found->second.empty()) region.name = found->second;
  }
}

}  // namespace

ImportedTable read_adb_mrio(const std::filesystem::path& source, const ImportOptions& options) {
  const ImportSource files(source);
  const OpenedSheet sheet = open_world_sheet(files, "a workbook of ADB MRIO", options.year, false, "ADB MRIO");
  ImportedTable table;
  const std::string corner = read_world_sheet(*sheet.rows, layout(), table);
  read_legend(sheet, table);
  table.year = options.year;
  if (table.year == 0) table.year = year_in(corner);
  if (table.year == 0) table.year = year_in(sheet.file);
  table.name = fmt::format("ADB MRIO{}", table.year != 0 ? fmt::format(", {}", table.year) : "");
  if (corner.find("constant") != std::string::npos)
    table.artefacts.emplace_back("the table is at constant prices: its money is that of the base year it names");
  table.sources.push_back({"ADB Multiregional Input-Output Tables", "terms of use of the Asian Development Bank",
                           "Asian Development Bank, Multiregional Input-Output Tables, https://kidb.adb.org/mrio"});
  return table;
}

}  // namespace levee
