// Tables of the user's own: however they are laid out, the figures read back are those that were written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/data_import_own.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportOwnTable : public ImportTest {
 protected:
  /// Reads files with a map beside them, as a user has them.
  ImportedTable read_files(const std::string& yaml, const std::vector<Document>& documents) const {
    for (const Document& document : documents) {
      if (document.workbook()) {
        write_zip(folder() / document.path, workbook_parts(document));
      } else {
        write_bytes(folder() / document.path, as_text(document));
      }
    }
    write_bytes(folder() / "map.yaml", yaml);
    return read_with("csv", folder() / "map.yaml");
  }

  std::string said(const std::string& yaml, const std::vector<Document>& documents) const {
    try {
      read_files(yaml, documents);
    } catch (const InputError& error) {
      return error.what();
    }
    ADD_FAILURE() << "read without a word";
    return "";
  }
};

/// Columns of a matrix, its labels first.
Grid columns(const Grid& grid, std::size_t from, std::size_t to) {
  Grid result;
  for (const Cells& row : grid) {
    Cells cells{row.front()};
    for (std::size_t k = from; k < to; ++k) cells.push_back(row[k]);
    result.push_back(cells);
  }
  return result;
}

/// A figure as 1.234,5.
std::string grouped(const std::string& figure) {
  const bool negative = figure.starts_with('-');
  std::string whole = figure.substr(negative ? 1 : 0, figure.find('.') - (negative ? 1 : 0));
  for (int at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3) whole.insert(static_cast<std::size_t>(at), ".");
  const std::size_t point = figure.find('.');
  return (negative ? "-" : "") + whole + (point == std::string::npos ? "" : "," + figure.substr(point + 1));
}

TEST_F(ImportOwnTable, AMatrixWithJoinedLabels) {
  const OwnTable own;
  const ImportedTable table = read(own.wide());
  expect_world(table, own.world);
  EXPECT_EQ(table.x, own.world.x);
  EXPECT_EQ(table.name, "own");
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.currency, "EUR");
  EXPECT_EQ(table.money_unit, 1e3);
  EXPECT_EQ(table.regions[1].code, "CN");
  EXPECT_EQ(table.sectors[1].code, "C10_12");
  EXPECT_THAT(table.final_demand_kind, ElementsAre(household, government, inventories));
  EXPECT_TRUE(table.value_added[0].product_tax);
  EXPECT_FALSE(table.value_added[2].product_tax);
  EXPECT_EQ(table.value_added[1].name, "Wages");
}

TEST_F(ImportOwnTable, AListOfFlowsIsTheSameTable) {
  const OwnTable own;
  const ImportedTable table = read(own.long_form());
  expect_world(table, own.world);
  EXPECT_EQ(table.x.size(), 0);
  EXPECT_EQ(table.regions[1].code, "CN");
}

TEST_F(ImportOwnTable, WithoutListsRegionsAndSectorsAreThoseMet) {
  const OwnTable own;
  const ImportedTable table =
      read_files(OwnTable::head() + OwnTable::flows_block(), {text_document("flows.csv", own.flows(), "\t")});
  expect_world(table, own.world);
}

TEST_F(ImportOwnTable, ListsGiveOrderAndNames) {
  const OwnTable own;
  const ImportedTable table = read_files(
      OwnTable::head() + "regions: {WA: Elsewhere, AT: Austria, CN: China}\nsectors: {C10_12: Food, A01: Crops}\n" +
          "wide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n",
      {text_document("table.csv", own.matrix(), ",")});
  EXPECT_EQ(table.regions[0].code, "WA");
  EXPECT_EQ(table.regions[0].name, "Elsewhere");
  EXPECT_EQ(table.sectors[0].code, "C10_12");
  EXPECT_EQ(table.sectors[0].name, "Food");
  EXPECT_EQ(table.Z(2, 5), own.world.Z(1, 2));  // AT.C10_12 sells to CN.A01
  EXPECT_EQ(table.Y(3, 0), own.world.Y(0, 6));  // AT.A01 sells to households of WA
}

/// As a statistical office's spreadsheet is saved: titles, regions merged over their columns, a line of names, blank
/// lines, sums, a note, Latin-1, decimal commas, points between thousands, quotes, CRLF.
TEST_F(ImportOwnTable, WhatSpreadsheetsMakeOfIt) {
  OwnTable own;
  own.world.Z *= 1024;
  own.world.Y *= 1024;
  own.world.value_added *= 1024;
  own.world.value_added_use *= 1024;
  own.world.x *= 1024;
  const Grid plain = own.matrix();
  Grid grid{{"Tabelle; mit Titel", ""}, {"", ""}, {"Region", ""}, {"Code", ""}, {"Name", ""}};
  grid[0] = {"\"Tabelle; mit Titel\""};
  const auto parts = [](const std::string& label) {
    const std::size_t at = label.find('_');
    return std::pair(at == std::string::npos ? std::string() : label.substr(0, at),
                     at == std::string::npos ? label : label.substr(at + 1));
  };
  std::string last;
  for (std::size_t k = 1; k < plain[0].size(); ++k) {
    const auto [region, code] = parts(plain[0][k]);
    grid[2].push_back(region == last ? "" : region);
    grid[3].push_back(code);
    grid[4].push_back(
        "\"S\xFC"
        "d; " +
        code + "\"");
    last = region;
  }
  last.clear();
  for (std::size_t r = 1; r < plain.size(); ++r) {
    const auto [region, code] = parts(plain[r][0]);
    grid.push_back({region == last ? "" : region, code});
    for (std::size_t k = 1; k < plain[r].size(); ++k) grid.back().push_back(grouped(plain[r][k]));
    last = region;
    if (r == 6) grid.push_back({"", "Summe", "12", "keine Zahl"});
    if (r == 6) grid.push_back({});
  }
  grid.push_back({"", "Quelle: \xC4mter"});
  Document document = text_document("blatt.csv", grid, ";");
  document.line_end = "\r\n";
  const ImportedTable table =
      read_files(OwnTable::head() + "ignore: [Summe, 'Quelle: Ämter']\n" +
                     "encoding: ISO-8859-1\nseparator: semicolon\ndecimal: comma\nthousands: point\n"
                     "wide:\n  file: blatt.csv\n  skip: 2\n  header_lines: 3\n  fill: true\n"
                     "  from: {region: 1, sector: 2}\n  to: {region: 1, sector: 2}\n",
                 {document});
  expect_world(table, own.world);
  EXPECT_EQ(table.x, own.world.x);
}

TEST_F(ImportOwnTable, EveryPartInAFileOfItsOwn) {
  const OwnTable own;
  const Grid all = own.matrix();
  const auto rows = [](const Grid& grid, std::size_t from, std::size_t to) {
    Grid result{grid[0]};
    result.insert(result.end(), grid.begin() + static_cast<std::ptrdiff_t>(from),
                  grid.begin() + static_cast<std::ptrdiff_t>(to));
    return result;
  };
  const Grid upper = rows(all, 1, 7), lower = rows(all, 7, 10);
  Grid transposed{{"node", "region", "OUT"}};
  for (int n = 0; n < own.world.nodes(); ++n) {
    transposed.push_back({own.sectors[static_cast<std::size_t>(n % 2)], own.regions[static_cast<std::size_t>(n / 2)],
                          text(own.world.x[n])});
  }
  const std::string labels = ", from: {label: 1}, to: {label: 1}}\n";
  const ImportedTable table = read_files(
      OwnTable::head() + "wide:\n  - {file: Z.csv" + labels + "  - {file: Y.csv" + labels + "  - {file: V.csv" +
          labels + "long: {file: x.csv, from: {region: region, sector: node}, value: {OUT: OUT}}\n",
      {text_document("Z.csv", columns(upper, 1, 7), ","), text_document("Y.csv", columns(upper, 7, 16), ";"),
       text_document("V.csv", columns(lower, 1, 16), "\t"), text_document("x.csv", transposed, ",")});
  expect_world(table, own.world);
  EXPECT_EQ(table.x, own.world.x);
}

TEST_F(ImportOwnTable, AWorkbooksSheet) {
  const OwnTable own;
  Document book = text_document("table.xlsx", own.matrix(), "");
  book.sheets.insert(book.sheets.begin(), Grid{{"About"}});
  book.sheet_names = {"About", "Table 1"};
  const std::string block = "wide: {file: table.xlsx, sheet: Table 1, from: {label: 1}, to: {label: 1}}\n";
  expect_world(read_files(OwnTable::head() + block, {book}), own.world);
  EXPECT_THAT(
      said(OwnTable::head() + "wide: {file: table.xlsx, sheet: Tabel 1, from: {label: 1}, to: {label: 1}}\n", {book}),
      HasSubstr("did you mean 'Table 1'?"));
}

TEST_F(ImportOwnTable, OtherEncodings) {
  const OwnTable own;
  for (const std::string encoding : {"UTF-16", "UTF-16BE"}) {
    const std::string plain = as_text(text_document("", own.matrix(), ","));
    Document document = text_document("table.csv", {}, "");
    if (encoding == "UTF-16") document.before = "\xFF\xFE";
    for (const char c : plain) document.before += encoding == "UTF-16" ? std::string{c, '\0'} : std::string{'\0', c};
    expect_world(read_files(OwnTable::head() + "encoding: " + encoding +
                                "\nwide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n",
                            {document}),
                 own.world);
  }
  Document odd = text_document("table.csv", own.matrix(), ",");
  odd.cells()[3][0] += "\x81";
  const std::string block = "\nwide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n";
  EXPECT_THAT(said(OwnTable::head() + "encoding: WINDOWS-1252" + block, {odd}),
              HasSubstr("table.csv:4: found bytes that are no text in WINDOWS-1252"));
  EXPECT_THAT(said(OwnTable::head() + "encoding: LATEIN" + block, {odd}), HasSubstr("there is no encoding 'LATEIN'"));
}

TEST_F(ImportOwnTable, ANationalTableAndWhoBuysItsExports) {
  const Grid grid{{"", "A", "B", "HH", "EXP", "TOTAL"}, {"A", "1", "2", "3", "4", "10"},
                  {"B", "5", "6", "7", "8", "26"},      {"IMP", "1", "2", "9", "", ""},
                  {"VA", "3", "16", "", "", ""},        {"TOTAL", "10", "26", "", "", ""}};
  const ImportedTable table = read_files(
      "import: nation\ncurrency: EUR\nmoney_unit: million\nregion: DEU\nvalue_added: [IMP, VA]\n"
      "final_demand: {HH: household, EXP: {kind: household, region: ROW}}\noutput: TOTAL\n"
      "wide: {file: t.csv, from: {sector: 1}, to: {sector: 1}}\n",
      {text_document("t.csv", grid, ",")});
  ASSERT_EQ(table.regions.size(), 2U);
  EXPECT_EQ(table.regions[1].code, "ROW");
  EXPECT_EQ(table.Z(1, 0), 5);
  EXPECT_TRUE(table.Z.rightCols(2).isZero(0));
  EXPECT_EQ(table.Y(0, 0), 3);
  EXPECT_EQ(table.Y(1, 3), 8);
  EXPECT_EQ(table.Y.sum(), 22);
  EXPECT_EQ(table.x, Eigen::Vector4d(10, 26, 0, 0));
  EXPECT_EQ(table.value_added[0].by_final_demand[0], 9);
  EXPECT_THAT(table.artefacts, Contains("region ROW has final demand and no production"));
  EXPECT_THAT(table.artefacts, Not(Contains(HasSubstr("output of"))));
}

TEST_F(ImportOwnTable, OutputOfRowAndColumnIsComparedAndValueAddedMayBeWhatIsLeft) {
  const Grid grid{
      {"", "A", "B", "HH", "TOTAL"}, {"A", "1", "2", "3", "6"}, {"B", "5", "6", "7", "18"}, {"X", "6", "20"}};
  Grid padded = grid;
  padded[3].insert(padded[3].end(), {"", ""});
  const ImportedTable table = read_files(
      "import: nation\ncurrency: EUR\nmoney_unit: 1\nregion: DEU\nfinal_demand: {HH: household}\n"
      "output: {row: X, column: TOTAL}\nwide: {file: t.csv, from: {sector: 1}, to: {sector: 1}}\n",
      {text_document("t.csv", padded, ",")});
  EXPECT_EQ(table.x, Eigen::Vector2d(6, 18));
  EXPECT_THAT(table.artefacts, Contains(HasSubstr("output of DEU.B is 18 in its column and 20 in its row")));
  ASSERT_EQ(table.value_added.size(), 1U);
  EXPECT_EQ(table.value_added[0].by_node, Eigen::Vector2d(0, 10));
  EXPECT_THAT(table.assumptions, Contains(HasSubstr("what output leaves over inputs")));
}

TEST_F(ImportOwnTable, StressorsByRowColumnAndFileOfTheirOwn) {
  const OwnTable own;
  Grid matrix = own.matrix();
  matrix.push_back({"CO2"});
  for (int k = 0; k < 16; ++k) matrix.back().push_back(std::to_string(k + 1));
  Grid wide{{"name", "unit"}}, flows{{"gas", "unit", "where", "who", "v"}};
  wide[0].insert(wide[0].end(), {"AT_A01", "WA_C10_12", "CN_HH"});
  wide.push_back({"Water use", "Mm3", "1", "2", "4"});
  flows.push_back({"CH4", "t", "CN", "A01", "8"});
  flows.push_back({"CH4", "t", "AT", "GOV", "16"});
  const Grid columns_of{{"region", "sector", "hours", "energy"}, {"AT", "A01", "32", "64"}, {"CN", "HH", "0", "128"}};
  const ImportedTable table = read_files(
      OwnTable::head() + "stressors: {CO2: kt, H: {unit: h, name: Hours worked}, E: TJ, NONE: t}\n" +
          "wide:\n  - {file: table.csv, from: {label: 1}, to: {label: 1}}\n"
          "  - {file: wide.csv, from: {stressor: 1, unit: 2}, to: {label: 1}}\n"
          "long:\n  - {file: gas.csv, from: {stressor: gas, unit: unit}, to: {region: where, sector: who}, value: v}\n"
          "  - {file: columns.csv, to: {region: region, sector: sector}, value: {H: hours, E: energy}}\n",
      {text_document("table.csv", matrix, ","), text_document("wide.csv", wide, ","),
       text_document("gas.csv", flows, ","), text_document("columns.csv", columns_of, ",")});
  expect_world(table, own.world);
  const auto stressor = [&](const std::string& name) {
    const auto found = std::ranges::find(table.stressors, name, &Stressor::name);
    return found == table.stressors.end() ? Stressor{} : *found;
  };
  EXPECT_EQ(stressor("CO2").unit, "kt");
  EXPECT_EQ(stressor("CO2").mt_per_unit, 1e-3);
  EXPECT_EQ(stressor("CO2").industry[5], 6);
  EXPECT_EQ(stressor("CO2").household, Eigen::Vector3d(7 + 8 + 9, 10 + 11 + 12, 13 + 14 + 15));
  EXPECT_EQ(stressor("Water_use").industry.sum(), 3);
  EXPECT_EQ(stressor("Water_use").household, Eigen::Vector3d(0, 4, 0));
  EXPECT_EQ(stressor("CH4").industry[2], 8);
  EXPECT_EQ(stressor("CH4").household[0], 16);
  EXPECT_EQ(stressor("Hours_worked").industry[0], 32);
  EXPECT_EQ(stressor("Hours_worked").mt_per_unit, 0);
  EXPECT_EQ(stressor("E").household[1], 128);
  EXPECT_EQ(table.stressors.size(), 5U);
  EXPECT_THAT(table.artefacts, AllOf(Contains("stressor NONE has no figures and is left out"),
                                     Contains("the map lists 'NONE', which no file has")));
}

TEST_F(ImportOwnTable, FlowsGivenTwiceAreAddedWhereTheMapSaysSo) {
  const OwnTable own;
  Grid flows = own.flows();
  for (std::size_t k = 1; k < flows.size(); ++k) flows[k].insert(flows[k].end(), {"0.5", "1"});
  flows[0].insert(flows[0].end(), {"more", "even more"});
  flows.push_back({"AT", "A01", "CN", "A01", "100", "10", "1"});
  std::string block = OwnTable::flows_block();
  block.replace(block.find("value: flow"), 11, "value: [flow, even more]");
  EXPECT_THAT(said(OwnTable::head() + block, {text_document("flows.csv", flows, ",")}),
              HasSubstr("duplicate: the flow from AT.A01 to CN.A01 was given before"));
  block.insert(block.find("value:"), "sum: true, ");
  const ImportedTable table = read_files(OwnTable::head() + block, {text_document("flows.csv", flows, ",")});
  EXPECT_EQ(table.Z(0, 2), own.world.Z(0, 2) + 1 + 101);
  EXPECT_EQ(table.Z(0, 3), own.world.Z(0, 3) + 1);
}

TEST_F(ImportOwnTable, WhatHasNoPlaceIsNamed) {
  const OwnTable own;
  const std::string one = "wide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n";
  const auto changed = [&](std::size_t row, std::size_t column, const std::string& cell) {
    Grid grid = own.matrix();
    grid[row][column] = cell;
    return std::vector<Document>{text_document("table.csv", grid, ",")};
  };
  EXPECT_THAT(said(OwnTable::head() + one, changed(2, 0, "AT_C10_21")),
              HasSubstr("table.csv:3:1: unknown sector 'C10_21', did you mean 'C10_12'?"));
  EXPECT_THAT(said(OwnTable::head() + one, changed(7, 0, "TAX")), HasSubstr("'TAX' names no region"));
  EXPECT_THAT(said(OwnTable::head() + one, changed(0, 7, "AT_HFCE")),
              HasSubstr("region 'CN' has no sector 'HFCE', which other regions have"));
  EXPECT_THAT(said(OwnTable::head() + "sectors: [A01, C10_12]\n" + one, changed(0, 7, "AT_HFCE")),
              HasSubstr("table.csv:1:53: unknown sector 'HFCE'"));
  EXPECT_THAT(said(OwnTable::head() + "regions: [AT, CN, WA]\n" + one, changed(0, 8, "AU_GOV")),
              HasSubstr("unknown region 'AU', did you mean 'AT'?"));
  Grid fewer = own.matrix();
  fewer.erase(fewer.begin() + 5);
  EXPECT_THAT(said(OwnTable::head() + one, {text_document("table.csv", fewer, ",")}),
              HasSubstr("no file has the cell of row WA.A01 and column AT.A01"));
  EXPECT_THAT(said(OwnTable::head() + "wide:\n  - {file: table.csv, from: {label: 1}, to: {label: 1}}\n"
                                      "  - {file: table.csv, from: {label: 1}, to: {label: 1}}\n",
                   {text_document("table.csv", own.matrix(), ",")}),
              AllOf(HasSubstr("map.yaml:13:"), HasSubstr("duplicate: the cell of row AT.A01 and column AT.A01")));
  Grid flows = own.flows();
  flows.push_back({"AT", "A01", "CN", "HFCE", "1"});
  flows.push_back({"", "RENT", "CN", "A01", "1"});
  EXPECT_THAT(said(OwnTable::head() + OwnTable::flows_block(), {text_document("flows.csv", flows, ",")}),
              HasSubstr("'RENT' names no region"));
  flows.back()[0] = "CN";
  EXPECT_THAT(said(OwnTable::head() + OwnTable::flows_block(), {text_document("flows.csv", flows, ",")}),
              AllOf(HasSubstr("'HFCE' buys and never sells: list it under `final_demand`"),
                    HasSubstr("'RENT' sells and never buys: list it under `value_added`")));
}

struct WrongMap {
  std::string instead_of, text, said;
};

void PrintTo(const WrongMap& map, std::ostream* stream) { *stream << map.text; }

class ImportOwnTableMap : public ImportOwnTable, public ::testing::WithParamInterface<WrongMap> {};

TEST_P(ImportOwnTableMap, IsRefusedAtItsPlace) {
  std::string yaml = OwnTable::head() + OwnTable::flows_block();
  const std::size_t at = yaml.find(GetParam().instead_of);
  ASSERT_NE(at, std::string::npos);
  yaml.replace(at, GetParam().instead_of.size(), GetParam().text);
  EXPECT_THAT(said(yaml, {text_document("flows.csv", OwnTable().flows(), ",")}), HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    Maps, ImportOwnTableMap,
    ::testing::Values(
        WrongMap{"currency", "curency", "map.yaml:3:1: unknown key 'curency', did you mean 'currency'?"},
        WrongMap{"thousand", "dozen", "map.yaml:4:13: unknown unit 'dozen'"},
        WrongMap{"HH: household", "HH: housold",
                 "map.yaml:5:20: unknown final demand 'housold', did you mean 'household'?"},
        WrongMap{"flows.csv", "flow.csv",
                 "map.yaml:11:14: cannot read 'flow.csv': no such file, did you mean 'flows.csv'?"},
        WrongMap{"value: flow", "value: flaw", "map.yaml:11:100: no column 'flaw' in "},
        WrongMap{"value: flow", "value: 6", "there is no column 6 in "},
        WrongMap{"value: flow", "value: {CO2: flow}", "with labels in `value` expected either `from` or `to`"},
        WrongMap{"to: {region: to, sector: user}, ", "", "expected both `from` and `to`"},
        WrongMap{"sector: good", "label: good", "the region is part of `label`"},
        WrongMap{"sector: user", "stressor: user", "unknown key 'stressor'"},
        WrongMap{"sector: good", "sector: good, as: x", "`as` says how `label` is made"},
        WrongMap{"{region: from, sector: good}", "{label: good, as: region.sector}", "expected a text with {region}"},
        WrongMap{"{region: from, sector: good}", "{stressor: good}", "missing key 'unit'"},
        WrongMap{"value: flow", "value: flow, thousands: point", "expected `decimal: comma` with them"},
        WrongMap{"value: flow", "value: flow, decimal: dot", "unknown 'dot'"},
        WrongMap{"value: flow", "value: flow, skip: -1", "found -1, expected a whole number of at least 0"},
        WrongMap{"value: flow", "value: flow, sheet: S", "only workbooks (.xlsx) have sheets"},
        WrongMap{"long: {file: flows.csv, from: {region: from", "wide: {file: flows.csv, from: {region: from",
                 "unknown key 'value'"},
        WrongMap{"year: 2011", "regions: [AT, AT]", "map.yaml:2:15: duplicate 'AT'"},
        WrongMap{"year: 2011", "regions: [AT, CN, WA]\nregion: DE", "map.yaml:3:9: unknown region 'DE'"}),
    [](const auto& about) { return fmt::format("Map{}", about.index); });

}  // namespace
}  // namespace levee::testing
