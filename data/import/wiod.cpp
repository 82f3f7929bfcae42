// World Input-Output Database. Layout of release 2013 (WIOT11_ROW_Sep12.xlsx) as pymrio's parse_wiod reads it
// (pymrio/tools/ioparser.py), of release 2016 (WIOT2011_Nov16_ROW.xlsx) as MARIO's test of its reader lays it out and
// its own sheets begin. Both: first sheet, title and units in the upper left corner, then
//   rows 3 to 6      code, name, region, running code (c1, c2, ...) of each column, from column E on
//   columns A to D   code, name, region, running code of each row
// 2013: sectors AtB ... P with c1 to c35; final demand c37 c38 c39 c41 c42, a last column of totals; below the nodes
// r60 (intermediate, total), r99 (taxes), r61 (cif/fob), r62, r63 (purchases abroad, by non-residents), r64 (value
// added), r65 (transport margins), r69 (output), with region TOT. Early years call Romania ROM. 2016: sectors A01 ... U
// with c1 to c56; final demand CONS_h CONS_np CONS_g GFCF INVEN in the row of codes, GO; rows II_fob TXSP EXP_adj PURR
// PURNR VA IntTTM GO in column A. Million USD.
#include "data/import/wiod.hpp"

#include <fmt/format.h>

#include <utility>

#include "data/import/world_sheet.hpp"

namespace levee {
namespace {

const char* const licence = "free to use with citation (2016: CC BY 4.0)";
const char* const citation =
    "Timmer, M. P., Dietzenbacher, E., Los, B., Stehrer, R., de Vries, G. J. (2015). An illustrated user guide to the "
    "World "
    "Input-Output Database: the case of global automotive production. Review of International Economics 23, 575-605.";

const WorldSheetLayout& layout_2013() {
  static const WorldSheetLayout layout{
      .sector_code = WorldSheetLayout::SectorCode::classification,
      .categories = {{"c37", "final consumption expenditure by households", household},
                     {"c38", "final consumption expenditure by non-profit organisations serving households", npish},
                     {"c39", "final consumption expenditure by government", government},
                     {"c41", "gross fixed capital formation", investment},
                     {"c42", "changes in inventories and valuables", inventories}},
      .category_row = 0,
      .rows = running_code_rows(),
      .passed_over = {"r60", "r69"},
      .needed_row = "r64",
      .row_code = 3,
      .row_names = {}};
  return layout;
}

const WorldSheetLayout& layout_2016() {
  static const WorldSheetLayout layout{
      .sector_code = WorldSheetLayout::SectorCode::classification,
      .categories = {{"CONS_h", "final consumption expenditure by households", household},
                     {"CONS_np", "final consumption expenditure by non-profit organisations serving households", npish},
                     {"CONS_g", "final consumption expenditure by government", government},
                     {"GFCF", "gross fixed capital formation", investment},
                     {"INVEN", "changes in inventories and valuables", inventories}},
      .category_row = 3,
      .rows = {{"TXSP", "taxes less subsidies on products", true},
               {"EXP_adj", "cif/fob adjustments on exports", false},
               {"PURR", "direct purchases abroad by residents", false},
               {"PURNR", "purchases on the domestic territory by non-residents", false},
               {"VA", "value added at basic prices", false},
               {"IntTTM", "international transport margins", false}},
      .passed_over = {"II_fob", "GO"},
      .needed_row = "VA",
      .row_code = 0,
      .row_names = {}};
  return layout;
}

/// 2011 of WIOT11_ROW_Sep12.xlsx; 0 without such a name.
int short_year(const std::string& file) {
  if (file.size() < 6) return 0;
  const std::string digits = file.substr(4, 2);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return 0;
  const int year = std::stoi(digits);
  return year + (year > 50 ? 1900 : 2000);
}

ImportedTable read_release(const std::filesystem::path& path, const ImportOptions& options, const std::string& release,
                           const WorldSheetLayout& layout) {
  const ImportSource source(path);
  const OpenedSheet sheet =
      open_world_sheet(source, fmt::format("a workbook or CSV file of WIOD {}", release), options.year, true, "");
  ImportedTable table;
  const std::string corner = read_world_sheet(*sheet.rows, layout, table);
  table.year = options.year;
  if (table.year == 0) table.year = year_in(sheet.file);
  if (table.year == 0) table.year = year_in(corner, true);
  if (table.year == 0) table.year = short_year(sheet.file);
  table.name = fmt::format("WIOD {}{}", release, table.year != 0 ? fmt::format(", {}", table.year) : "");
  table.sources.push_back({"World Input-Output Database, release " + release, licence, citation});
  for (Region& region : table.regions) {
    if (region.code != "ROM") continue;
    region.code = "ROU";
    table.artefacts.emplace_back("Romania is called ROM in this file: its code here is ROU");
  }
  return table;
}

}  // namespace

ImportedTable read_wiod2013(const std::filesystem::path& source, const ImportOptions& options) {
  return read_release(source, options, "2013", layout_2013());
}

ImportedTable read_wiod2016(const std::filesystem::path& source, const ImportOptions& options) {
  return read_release(source, options, "2016", layout_2016());
}

}  // namespace levee
