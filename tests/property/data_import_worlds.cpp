// Published tables of random worlds, written with random quirks, are read as they are: rows in any order, either line
// end, a byte order mark, quotes, blanks, separators, compressed archives or plain files.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/data_import_layouts.hpp"

namespace levee::testing {
namespace {

using Random = std::mt19937_64;

int between(Random& random, int low, int high) {
  return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
}

Cells names(const std::string& stem, int count) {
  Cells result;
  for (int k = 0; k < count; ++k) result.push_back(stem + std::to_string(k));
  return result;
}

/// Cells as some spreadsheet or script would have written them.
void dress(Document& document, Random& random) {
  const bool quotes = random() % 2 == 0, blanks = random() % 2 == 0;
  if (random() % 2 == 0) document.before = "\xEF\xBB\xBF";
  if (random() % 2 == 0) document.line_end = "\r\n";
  for (Cells& row : document.cells()) {
    for (std::string& cell : row) {
      if (quotes && !is_figure(cell)) cell = '"' + cell + '"';
      if (blanks && random() % 8 == 0) cell = ' ' + cell + ' ';
    }
  }
}

/// Puts the rows below the header in another order.
void shuffle_rows(Document& document, std::size_t first, Random& random) {
  std::shuffle(document.cells().begin() + static_cast<std::ptrdiff_t>(first), document.cells().end(), random);
}

class ImportedWorlds : public ImportTest, public ::testing::WithParamInterface<int> {
 protected:
  ImportedWorlds() : random_(static_cast<Random::result_type>(GetParam())) {
    RecordProperty("seed", GetParam());
    regions_ = between(random_, 1, 7);
    sectors_ = between(random_, 1, 9);
  }

  Random random_;
  int regions_ = 0, sectors_ = 0;
};

TEST_P(ImportedWorlds, Figaro) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  Figaro published;
  published.world = World(regions_, sectors_, 5, 6);
  published.regions = names("R", regions_);
  published.sectors = names("S_", sectors_);
  Miniature matrix = published.miniature();
  dress(matrix.documents[0], random_);
  shuffle_rows(matrix.documents[0], 1, random_);
  // Regions and sectors are in the order of the header.
  expect_world(read(matrix), published.world);
  Miniature flat = published.flat();
  dress(flat.documents[0], random_);
  expect_world(read(flat), published.world);
}

TEST_P(ImportedWorlds, Exiobase) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  Exiobase published;
  published.world = World(regions_, sectors_, 7, 3);
  published.regions = names("R", regions_);
  published.sectors = names("Sector, number ", sectors_);
  Miniature miniature = published.miniature();
  if (random_() % 2 == 0) miniature.container = "IOT_2011_ixi";
  for (std::size_t k = 0; k < 3; ++k) shuffle_rows(miniature.documents[k], k == 2 ? 1 : 3, random_);
  shuffle_rows(miniature.documents[4], 3, random_);
  shuffle_rows(miniature.documents[5], 3, random_);
  for (Document& document : miniature.documents) dress(document, random_);
  const ImportedTable table = read(miniature);
  expect_world(table, published.world);
  for (int n = 0; n < published.world.nodes(); ++n) EXPECT_EQ(table.stressors[3].industry[n], published.emission(5, n));
}

TEST_P(ImportedWorlds, SheetsOfWiod) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  WorldSheet published = wiod2016();
  published.world = World(regions_, 2, 5, 6);
  published.regions = names("R", regions_);
  Miniature miniature = sheet_miniature(published, "wiod2016", "WIOT2011_Nov16_ROW.xlsx", "2011");
  shuffle_rows(miniature.documents[0], miniature.first_row, random_);
  expect_world(read(miniature), published.world);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ImportedWorlds, ::testing::Range(1, 41));

}  // namespace
}  // namespace levee::testing
