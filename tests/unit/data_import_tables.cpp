// Published tables: a miniature in each publisher's layout is read back cell by cell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "tests/unit/data_import_layouts.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ImportExiobase3 : public ImportTest {};

TEST_F(ImportExiobase3, IsReadFromTheZipAsDistributed) {
  const Exiobase published;
  const ImportedTable table = read(published.miniature());
  expect_world(table, published.world);
  EXPECT_EQ(table.name, "EXIOBASE 3, 2011, industry by industry");
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.currency, "EUR");
  EXPECT_EQ(table.money_unit, 1e6);
  EXPECT_EQ(table.regions[2].code, "WA");
  EXPECT_EQ(table.sectors[2].code, "Re-processing_of_steel_scrap");
  EXPECT_EQ(table.sectors[2].name, "Re-processing of steel, scrap");
  EXPECT_THAT(table.final_demand_kind,
              ElementsAre(household, npish, government, investment, inventories, inventories, inventories));
  EXPECT_TRUE(table.value_added[2].product_tax);
  EXPECT_FALSE(table.value_added[0].product_tax);
}

TEST_F(ImportExiobase3, HasSatellitesWithTheirUnitsAndASumOfFossilCarbonDioxide) {
  const Exiobase published;
  const ImportedTable table = read(published.miniature());
  ASSERT_EQ(table.stressors.size(), 5U);
  const Stressor& sum = table.stressors[0];
  EXPECT_EQ(sum.name, "CO2");
  EXPECT_EQ(sum.mt_per_unit, 1e-9);
  EXPECT_EQ(table.stressors[2].name, "CO2_non_combustion_Cement_production_air");
  EXPECT_EQ(table.stressors[4].unit, "M.hr");
  for (int n = 0; n < published.world.nodes(); ++n) {
    EXPECT_EQ(sum.industry[n], published.emission(3, n) + published.emission(4, n));
    EXPECT_EQ(sum.process[n], published.emission(4, n));
    EXPECT_EQ(table.stressors[4].industry[n], published.emission(6, n));
  }
  EXPECT_EQ(sum.household[1], published.emission(3, 7) + published.emission(4, 7));
}

TEST_F(ImportExiobase3, OlderFoldersHaveNoIndexNamesAndCallHouseholdsFhh) {
  const Exiobase published;
  Miniature older = published.miniature();
  older.container = "IOT_2011_ixi";
  for (Document& document : older.documents) {
    document.path = document.path.substr(document.path.find('/') + 1);
    if (document.path == "satellite/F_Y.txt") document.path = "satellite/F_hh.txt";
    if (document.cells().front().front() == "region" && document.cells()[1].size() > 3)
      document.cells().erase(document.cells().begin() + 2);
    document.line_end = "\r\n";
  }
  expect_world(read(older), published.world);
}

TEST_F(ImportExiobase3, FromVersion39OnSatellitesAreSeveralFoldersAtTheTopOfTheZip) {
  const Exiobase published;
  Miniature newer = published.miniature();
  const auto keep = [](const Grid& grid, std::size_t header, std::size_t first, std::size_t last) {
    Grid result(grid.begin(), grid.begin() + static_cast<std::ptrdiff_t>(header));
    result.insert(result.end(), grid.begin() + static_cast<std::ptrdiff_t>(header + first),
                  grid.begin() + static_cast<std::ptrdiff_t>(header + last));
    return result;
  };
  std::vector<Document> documents;
  for (Document& document : newer.documents) {
    document.path = document.path.substr(document.path.find('/') + 1);
    if (!document.path.starts_with("satellite/")) {
      documents.push_back(document);
      continue;
    }
    const std::string file = document.path.substr(document.path.find('/') + 1);
    const bool units = file == "unit.txt";
    for (const auto& [folder, first, last] : {std::tuple{"factor_inputs/", 0, 3}, std::tuple{"air_emissions/", 3, 7}}) {
      Document part = document;
      part.path = folder + file;
      part.cells() =
          keep(document.cells(), units ? 1 : 3, static_cast<std::size_t>(first), static_cast<std::size_t>(last));
      if (units) part.cells()[0] = {"", "unit"};
      documents.push_back(part);
    }
  }
  newer.documents = documents;
  const ImportedTable table = read(newer);
  expect_world(table, published.world);
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.stressors.size(), 5U);
}

TEST_F(ImportExiobase3, CoefficientsTimesOutputAreDeliveries) {
  Exiobase published;
  Miniature coefficients = published.miniature();
  Document& matrix = coefficients.documents[0];
  matrix.path = "IOT_2011_ixi/A.txt";
  for (int i = 0; i < published.world.nodes(); ++i) {
    for (int j = 0; j < published.world.nodes(); ++j) {
      const double x = published.world.x[j];
      const double a = x == 0 ? 0 : published.world.Z(i, j) / x;
      matrix.cells()[static_cast<std::size_t>(i) + 3][static_cast<std::size_t>(j) + 2] = fmt::format("{:.17g}", a);
    }
  }
  const ImportedTable table = read(coefficients);
  EXPECT_TRUE(table.Z.isApprox(published.world.Z, 1e-15));
  EXPECT_THAT(table.assumptions, Contains(HasSubstr("coefficients A times output")));
}

class ImportIcio : public ImportTest {};

TEST_F(ImportIcio, AddsThePartsOfMexicoUp) {
  const Icio published;
  const ImportedTable table = read(published.miniature());
  expect_world(table, published.world);
  EXPECT_EQ(table.year, 2011);
  EXPECT_THAT(table.final_demand_kind, ElementsAre(household, npish, government, investment, household, inventories));
  EXPECT_EQ(table.value_added[1].code, "TLS");
  EXPECT_TRUE(table.value_added[1].product_tax);
  EXPECT_THAT(table.assumptions, Contains(HasSubstr("MX1, MX2 are added")));
}

TEST_F(ImportIcio, ReleaseOf2018HasTaxesByCountryAndAByteOrderMark) {
  const Icio published;
  Miniature older = published.miniature();
  Document& document = older.documents[0];
  document.path = "ICIO2018_2011.CSV";
  document.before = "\xEF\xBB\xBF";
  document.line_end = "\r\n";
  Grid& cells = document.cells();
  cells[0].back() = "TOTAL";
  for (std::size_t column = 1; column < cells[0].size(); ++column) {
    std::string& label = cells[0][column];
    if (label.ends_with("DPABR")) label.replace(label.find("DPABR"), 5, "P33");
  }
  const std::size_t tax = cells.size() - 3;
  Cells half = cells[tax];
  for (std::size_t column = 1; column < half.size(); ++column) half[column] = text(0.5 * std::stod(half[column]));
  half[0] = "AUS_TAXSUB";
  cells[tax] = half;
  half[0] = "ROW_TAXSUB";
  cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(tax), half);
  cells[cells.size() - 2][0] = "VALU";
  cells.back()[0] = "OUTPUT";
  expect_world(read(older), published.world);
}

TEST_F(ImportIcio, ReleaseOf2016HasItsLabelsTheOtherWayRoundAndADiscrepancy) {
  const Icio published;
  Miniature older = published.miniature();
  Document& document = older.documents[0];
  document.path = "ICIO2016_2011.csv";
  Grid& cells = document.cells();
  for (const std::string& region : published.regions) {
    for (const std::string& category : published.categories)
      std::ranges::replace(cells[0], region + "_" + category, category + "_" + region);
  }
  for (std::size_t row = 0; row < cells.size(); ++row)
    cells[row].push_back(row == 0 ? "DISC" : text(row == 5 ? -7 : 0));
  cells[cells.size() - 2][0] = "VA+TAXSUB";
  cells.erase(cells.end() - 3);
  const ImportedTable table = read(older);
  EXPECT_EQ(table.Z, published.world.Z);
  ASSERT_EQ(table.final_demand.back(), "DISC");
  EXPECT_EQ(table.final_demand_kind.back(), inventories);
  // Row 5 is the first good of the rest of the world, whose own the seventh category of its own region is.
  EXPECT_EQ(table.Y(4, 2 * 7 + 6), -7);
  EXPECT_EQ(table.Y.col(2 * 7 + 6).cwiseAbs().sum(), 7);
  EXPECT_EQ(table.Y(0, 7), published.world.Y(0, 6));
  EXPECT_EQ(table.value_added[0].by_node, published.world.value_added.row(0).transpose());
  EXPECT_TRUE(table.value_added[1].by_node.isZero(0));
}

TEST_F(ImportIcio, TheYearChoosesAmongSeveralFiles) {
  Miniature several = Icio().miniature();
  several.documents.push_back(several.documents[0]);
  several.documents[1].path = "ICIO2021_2012.csv";
  EXPECT_THROW(read(several), InputError);
  several.year = 2012;
  EXPECT_EQ(read(several).year, 2012);
}

TEST_F(ImportIcio, AnotherBrokenArchiveInTheFolderIsNoFaultUnlessSomethingIsMissing) {
  const Icio published;
  const std::filesystem::path source = write_miniature(published.miniature(), folder());
  write_bytes(source / "half.zip", "PK");
  expect_world(read_with("oecd-icio", source), published.world);
  std::filesystem::remove(source / "ICIO2021_2011.csv");
  try {
    read_with("oecd-icio", source);
    ADD_FAILURE() << "read";
  } catch (const InputError& error) {
    ASSERT_EQ(error.diagnostics().size(), 2U);
    EXPECT_THAT(error.diagnostics()[0].message, HasSubstr("found nothing to read"));
    EXPECT_THAT(error.diagnostics()[1].where.file, HasSubstr("half.zip"));
  }
}

TEST_F(ImportIcio, SemicolonsAndDecimalCommasAsSpreadsheetsSaveThem) {
  const Icio published;
  Miniature saved = published.miniature();
  saved.documents[0].separator = ";";
  for (Cells& row : saved.documents[0].cells()) {
    for (std::string& cell : row) std::ranges::replace(cell, '.', ',');
  }
  expect_world(read(saved), published.world);
}

class ImportFigaro : public ImportTest {};

TEST_F(ImportFigaro, MatrixAndFlatFileAreOneTable) {
  const Figaro published;
  const ImportedTable matrix = read(published.miniature());
  expect_world(matrix, published.world);
  EXPECT_EQ(matrix.year, 2011);
  EXPECT_EQ(matrix.currency, "EUR");
  EXPECT_EQ(matrix.regions[1].code, "FIGW1");
  EXPECT_EQ(matrix.sectors[1].code, "C31_32");
  EXPECT_TRUE(matrix.value_added[0].product_tax);
  EXPECT_THAT(matrix.final_demand_kind, ElementsAre(government, household, npish, investment, inventories));
  const ImportedTable flat = read(published.flat());
  expect_world(flat, published.world);
  EXPECT_EQ(flat.name, matrix.name);
}

TEST_F(ImportFigaro, ProductsLoseThePrefixOfTheirClassification) {
  const Figaro published;
  Miniature products = published.miniature();
  Document& document = products.documents[0];
  document.path = "matrix_eu-ic-io_prod-by-prod_24ed_2011.csv";
  for (Cells& row : document.cells()) {
    for (std::string& cell : row) {
      for (const char* sector : {"_A01", "_C31_32"}) {
        if (cell.ends_with(sector)) cell.insert(cell.find('_') + 1, "CPA_");
      }
    }
  }
  const ImportedTable table = read(products);
  expect_world(table, published.world);
  EXPECT_EQ(table.sectors[0].code, "A01");
  EXPECT_EQ(table.name, "FIGARO, 2011, product by product");
}

TEST_F(ImportFigaro, AFlatCellGivenTwiceIsRefused) {
  Miniature flat = Figaro().flat();
  Grid& cells = flat.documents[0].cells();
  cells.push_back(cells[5]);
  try {
    read(flat);
    ADD_FAILURE() << "read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics()[0].where.line, static_cast<int>(cells.size()));
    EXPECT_THAT(error.what(), HasSubstr("duplicate"));
  }
}

class ImportWorldSheets : public ImportTest {};

TEST_F(ImportWorldSheets, Wiod2016AsPublishedInXlsx) {
  const ImportedTable table = read(wiod2016_miniature());
  expect_world(table, wiod2016().world);
  EXPECT_EQ(table.name, "WIOD 2016, 2011");
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.sectors[1].code, "C10-C12");
  EXPECT_EQ(table.sectors[0].name, "Agriculture, hunting & forestry");
  EXPECT_EQ(table.value_added[4].code, "VA");
  EXPECT_TRUE(table.value_added[0].product_tax);
  EXPECT_THAT(table.final_demand_kind, ElementsAre(household, npish, government, investment, inventories));
}

TEST_F(ImportWorldSheets, Wiod2013InXlsxAndAsCsv) {
  const Miniature published = wiod2013_miniature();
  const ImportedTable table = read(published);
  expect_world(table, wiod2013().world);
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.regions[1].code, "ROU");
  EXPECT_EQ(table.regions[2].code, "RoW");
  EXPECT_EQ(table.sectors[1].code, "15t16");
  Miniature csv = published;
  csv.container = "csv";
  csv.documents[0].path = "wiot11_row_sep12.csv";
  for (Cells& row : csv.documents[0].cells()) {
    for (std::string& cell : row) {
      if (cell.find(',') != std::string::npos) cell = '"' + cell + '"';
    }
  }
  expect_world(read(csv), wiod2013().world);
}

TEST_F(ImportWorldSheets, AdbFindsItsSheetAndTheNamesOfEconomies) {
  const ImportedTable table = read(adb_miniature());
  expect_world(table, adb().world);
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.regions[0].name, "People's Republic of China");
  EXPECT_EQ(table.regions[1].name, "GER");
  EXPECT_EQ(table.sectors[0].code, "c1");
  EXPECT_EQ(table.sectors[1].name, "Electricity");
}

TEST_F(ImportWorldSheets, EmptyCellsAreZeroAndCounted) {
  Miniature sheet = wiod2016_miniature();
  for (Cells& row : sheet.documents[0].cells()) {
    for (std::string& cell : row) {
      if (cell == "0") cell.clear();
    }
  }
  const ImportedTable table = read(sheet);
  expect_world(table, wiod2016().world);
  EXPECT_THAT(table.artefacts, Contains(HasSubstr("empty cells")));
}

TEST_F(ImportWorldSheets, RowsOfAdjustmentsMayBeMissingValueAddedMayNot) {
  for (const std::string code : {"PURR", "VA"}) {
    Miniature sheet = wiod2016_miniature();
    std::erase_if(sheet.documents[0].cells(), [&](const Cells& row) { return row[0] == code; });
    if (code == "VA") {
      EXPECT_THROW(read(sheet), InputError);
    } else {
      const ImportedTable table = read(sheet);
      EXPECT_TRUE(table.value_added[2].by_node.isZero(0));
      EXPECT_THAT(table.artefacts, Contains(HasSubstr("no row PURR")));
    }
  }
}

class ImportEora26 : public ImportTest {};

TEST_F(ImportEora26, RestOfWorldIsADiscrepancyAndNoRegion) {
  const Eora published;
  const ImportedTable table = read(published.miniature());
  expect_world(table, published.as_published());
  EXPECT_EQ(table.money_unit, 1e3);
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.regions[0].code, "AFG");
  EXPECT_EQ(table.regions[0].name, "Afghanistan");
  EXPECT_EQ(table.sectors[2].code, "Re-export_Re-import");
  EXPECT_EQ(table.value_added[6].code, "DISC");
  EXPECT_THAT(table.final_demand_kind,
              ElementsAre(household, npish, government, investment, inventories, inventories, inventories));
  ASSERT_EQ(table.stressors.size(), 2U);
  EXPECT_EQ(table.stressors[0].name, "I-GHG-CO2_emissions_Total");
  EXPECT_EQ(table.stressors[0].mt_per_unit, 1e-3);
  EXPECT_EQ(table.stressors[0].industry[5], 2.5);
  EXPECT_EQ(table.stressors[1].unit, "ha");
  EXPECT_EQ(table.stressors[1].household[1], 6 * 2 + 6 + 7 + 8 + 9 + 10 + 11);
  EXPECT_THAT(table.artefacts, Contains(HasSubstr("1 satellite accounts without any figure")));
}

class ImportGloria : public ImportTest {};

TEST_F(ImportGloria, SupplyOfOnesOwnProductsAloneGivesTheUseTable) {
  const Gloria published;
  const ImportedTable table = read(published.miniature());
  World expected = published.world;
  expected.value_added_use.setZero();
  expect_world(table, expected);
  EXPECT_EQ(table.money_unit, 1e3);
  EXPECT_EQ(table.year, 2011);
  EXPECT_EQ(table.regions[1].code, "XAF");
  EXPECT_EQ(table.regions[1].name, "Rest of Africa");
  EXPECT_EQ(table.sectors[0].name, "Growing wheat");
  ASSERT_EQ(table.stressors.size(), 1U);
  EXPECT_EQ(table.stressors[0].name, "Emissions_EDGAR_CO2_excl_short_cycle");
  EXPECT_EQ(table.stressors[0].industry[3], 7.5);
  EXPECT_EQ(table.stressors[0].household[0], 9);
  EXPECT_THAT(table.assumptions, Contains(HasSubstr("fixed product sales structure")));
}

TEST_F(ImportGloria, ASecondMakerHasItsShareOfEverySale) {
  const Gloria published;
  const World& world = published.world;
  const ImportedTable table = read(published.miniature(true));
  for (int j = 0; j < world.nodes(); ++j) {
    EXPECT_EQ(table.Z(0, j), world.Z(0, j) + 0.25 * world.Z(1, j));
    EXPECT_EQ(table.Z(1, j), 0.75 * world.Z(1, j));
  }
  EXPECT_EQ(table.Y(0, 3), world.Y(0, 3) + 0.25 * world.Y(1, 3));
  EXPECT_EQ(table.x[0], world.x[0] + 0.25 * world.x[1]);
  const Eigen::VectorXd sales = table.Z.rowwise().sum() + table.Y.rowwise().sum();
  EXPECT_TRUE(sales.isApprox(table.x, 1e-14));
}

TEST_F(ImportGloria, SupplyOfAnotherRegionsProductIsRefused) {
  Miniature foreign = Gloria().miniature();
  foreign.documents[0].cells()[0][6] = "1";
  try {
    read(foreign);
    ADD_FAILURE() << "read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics()[0].where.line, 1);
    EXPECT_THAT(error.what(), HasSubstr("'Growing wheat' of 'AFG' supplies 1"));
  }
}

}  // namespace
}  // namespace levee::testing
