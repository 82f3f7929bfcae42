// Rows of text and of sheets: what publishers' files and spreadsheets make of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data/import/byte_stream.hpp"
#include "data/import/delimited_rows.hpp"
#include "data/import/label_codes.hpp"
#include "data/import/xlsx_file.hpp"
#include "data/mass_unit.hpp"
#include "tests/unit/data_import_miniature.hpp"

namespace levee::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A text, handed out a few bytes at a time.
class Trickle : public ByteStream {
 public:
  explicit Trickle(std::string text, std::size_t most = 7) : text_(std::move(text)), most_(most) {}
  std::size_t read(char* to, std::size_t most) override {
    const std::size_t count = std::min({most, most_, text_.size() - at_});
    std::memcpy(to, text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t most_, at_ = 0;
};

DelimitedRows rows_of(const std::string& text, char separator = 0) {
  return DelimitedRows(std::make_unique<Trickle>(text), "table.csv", separator);
}

/// Figures of a text with one label a row.
struct Figures {
  std::vector<std::string> labels;
  std::vector<double> values;
  long empty = 0;
};

Figures figures_of(TextRows& rows, int labels, int columns) {
  Figures result;
  result.empty = rows.figures({.labels = labels,
                               .columns = columns,
                               .place =
                                   [&](const TextRow& row) {
                                     if (row.cell(0) == "skip") return -1;
                                     result.labels.emplace_back(row.cell(0));
                                     return static_cast<int>(result.labels.size()) - 1;
                                   },
                               .take =
                                   [&](std::span<const int> places, std::span<const double> figures) {
                                     EXPECT_EQ(places.size() * static_cast<std::size_t>(columns), figures.size());
                                     result.values.insert(result.values.end(), figures.begin(), figures.end());
                                   }});
  return result;
}

std::string fault_of(const std::string& text, int labels, int columns) {
  try {
    DelimitedRows rows = rows_of(text);
    figures_of(rows, labels, columns);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(DelimitedRows, CellsLoseBlanksQuotesAndLineEnds) {
  DelimitedRows rows = rows_of("\xEF\xBB\xBF a , \"b, c\",\"say \"\"no\"\"\" ,\r\n\r\n,,\r\nlast");
  TextRow row = rows.need("a row");
  EXPECT_THAT(row.cells, ElementsAre("a", "b, c", "say \"no\"", ""));
  EXPECT_EQ(row.line, 1);
  EXPECT_EQ(rows.where(row, 1).column, 5);
  row = rows.need("a row");
  EXPECT_THAT(row.cells, ElementsAre("last"));
  EXPECT_EQ(row.line, 4);
  EXPECT_FALSE(rows.next(row));
}

TEST(DelimitedRows, TheSeparatorIsWhatTheFirstLineHasMostOf) {
  EXPECT_EQ(rows_of("a\tb,c\td\n").need("").cells.size(), 3U);
  EXPECT_EQ(rows_of("a;b,c;d\n").need("").cells.size(), 3U);
  EXPECT_EQ(rows_of("a;b,c,d\n").need("").cells.size(), 3U);
  EXPECT_EQ(rows_of("a,b\tc,d\n", '\t').need("").cells.size(), 2U);
}

TEST(DelimitedRows, FiguresInEveryWayTheyAreWritten) {
  DelimitedRows rows = rows_of("a,1,-2.5, 3e-2 ,+4,\"5.5\"\nskip,x\nb,0,,1E3,.5,6.,\n");
  const Figures figures = figures_of(rows, 1, 5);
  EXPECT_THAT(figures.labels, ElementsAre("a", "b"));
  EXPECT_THAT(figures.values, ElementsAre(1, -2.5, 0.03, 4, 5.5, 0, 0, 1000, 0.5, 6));
  EXPECT_EQ(figures.empty, 1);
}

TEST(DelimitedRows, DecimalCommasWhereTheSeparatorIsNone) {
  DelimitedRows rows = rows_of("a;1,5;-2\nb;0;1,25e2\n");
  EXPECT_THAT(figures_of(rows, 1, 2).values, ElementsAre(1.5, -2, 0, 125));
  EXPECT_THAT(fault_of("a;1,5\nb;1.5\n", 1, 1), HasSubstr("table.csv:2:1: found both decimal commas (line 1)"));
  EXPECT_THAT(fault_of("a;1,500,5;2\n", 1, 2), HasSubstr("found '1,500,5', expected a number"));
}

TEST(DelimitedRows, FaultsAreThoseOfTheFirstBadRow) {
  EXPECT_THAT(fault_of("a,1,2\nb,1\nc,x,1\n", 1, 2), HasSubstr("table.csv:2:1: this row has 2 cells, expected 3"));
  EXPECT_THAT(fault_of("a,1,2\nb,1,2,3\n", 1, 2), HasSubstr("table.csv:2:1: this row has 4 cells, expected 3"));
  EXPECT_THAT(fault_of("a,1,2\nb,1,2 3\n", 1, 2), HasSubstr("table.csv:2:5: found '2 3', expected a number"));
  EXPECT_THAT(fault_of("a,1,1e999\n", 1, 2), HasSubstr("table.csv:1:5: found '1e999', expected a finite number"));
  EXPECT_THAT(fault_of("\"a,1,1\n", 1, 2), HasSubstr("table.csv:1:1: a quoted cell that starts here does not end"));
  EXPECT_THAT(fault_of("a\xE9,1,1\n", 1, 2), HasSubstr("table.csv:1:1: found text that is not UTF-8"));
  EXPECT_EQ(fault_of("a\xC3\xA9,1,1\n", 1, 2), "");
  EXPECT_THAT(fault_of(std::string("a,\0,1\n", 6), 1, 2), HasSubstr("UTF-16 or other binary text"));
}

TEST(DelimitedRows, SeveralBlocksOfRowsComeInOrder) {
  // Some 40 MiB: more than two blocks.
  constexpr int count = 60000, columns = 100;
  std::string text;
  for (int k = 0; k < count; ++k) {
    text += std::to_string(k);
    for (int j = 0; j < columns; ++j) text += "," + std::to_string((k + j) % 1000) + ".25";
    text += '\n';
  }
  DelimitedRows rows(std::make_unique<Trickle>(std::move(text), 1 << 20), "large.csv");
  int next = 0;
  bool as_written = true;
  rows.figures({.labels = 1,
                .columns = columns,
                .place = [&](const TextRow& row) { return std::stoi(std::string(row.cell(0))); },
                .take =
                    [&](std::span<const int> places, std::span<const double> figures) {
                      for (std::size_t k = 0; k < places.size(); ++k) {
                        as_written = as_written && places[k] == next;
                        for (int j = 0; j < columns; ++j) {
                          const double figure = figures[k * columns + static_cast<std::size_t>(j)];
                          as_written = as_written && figure == (next + j) % 1000 + 0.25;
                        }
                        ++next;
                      }
                    }});
  EXPECT_EQ(next, count);
  EXPECT_TRUE(as_written);
}

class Workbook : public ImportTest {
 protected:
  using Parts = std::vector<std::pair<std::string, std::string>>;

  /// A workbook whose only sheet has this content.
  std::unique_ptr<TextRows> sheet(const std::string& data, const std::string& strings = "") {
    Document document;
    document.path = "book.xlsx";
    Parts parts = workbook_parts(document);
    for (auto& [name, bytes] : parts) {
      if (name == "xl/worksheets/sheet1.xml") bytes = data;
      if (name == "xl/sharedStrings.xml" && !strings.empty()) bytes = strings;
    }
    write_zip(folder() / "book.xlsx", parts);
    book_ = std::make_unique<XlsxFile>(ZipArchive::open((folder() / "book.xlsx").string()));
    return book_->rows("Sheet1");
  }

  std::string fault(const std::string& data, const std::string& strings = "") {
    try {
      const std::unique_ptr<TextRows> rows = sheet(data, strings);
      TextRow row;
      while (rows->next(row)) {
      }
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

 private:
  std::unique_ptr<XlsxFile> book_;
};

TEST_F(Workbook, CellsOfEveryKindWithPrefixesAndGaps) {
  const std::string strings =
      R"(<sst><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>read aloud</t></rPh></si><si><t> plain </t></si></sst>)";
  const auto rows =
      sheet(R"(<x:worksheet xmlns:x="m"><x:sheetData>)"
            R"(<x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="C2"><x:f>1+1</x:f><x:v>2</x:v></x:c>)"
            R"(<x:c r="AA2" t="inlineStr"><x:is><x:t>in line</x:t></x:is></x:c></x:row>)"
            R"(<x:row><x:c t="s"><x:v>1</x:v></x:c><x:c t="str"><x:v>text &amp; more</x:v></x:c></x:row>)"
            R"(<x:row r="9"/></x:sheetData></x:worksheet>)",
            strings);
  TextRow row = rows->need("row 2");
  EXPECT_EQ(row.line, 2);
  ASSERT_EQ(row.cells.size(), 27U);
  EXPECT_EQ(row.cell(0), "rich text");
  EXPECT_EQ(row.cell(1), "");
  EXPECT_EQ(row.cell(2), "2");
  EXPECT_EQ(row.cell(26), "in line");
  row = rows->need("row 3");
  EXPECT_EQ(row.line, 3);
  EXPECT_THAT(row.cells, ElementsAre("plain", "text & more"));
  EXPECT_FALSE(rows->next(row));
}

TEST_F(Workbook, FaultsNameTheCell) {
  const auto data = [](const std::string& rows) {
    return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
  };
  EXPECT_THAT(fault(data(R"(<row r="3"><c r="B3" t="e"><v>#REF!</v></c></row>)")),
              HasSubstr("found the error #REF! in cell B3"));
  EXPECT_THAT(fault(data(R"(<row r="3"><c r="B3" t="s"><v>7</v></c></row>)")),
              HasSubstr("found string number '7' of 0 in cell B3"));
  EXPECT_THAT(fault(data(R"(<row r="3"><c r="B3"/><c r="A3"/></row>)")), HasSubstr("found cell 'A3' after column 2"));
  EXPECT_THAT(fault(data(R"(<row r="3"/><row r="2"/>)")), HasSubstr("found row '2' after row 3"));
  EXPECT_THAT(fault(data(R"(<row r="1000000000000"/>)")), HasSubstr("found row '1000000000000'"));
  EXPECT_THAT(fault(data(R"(<row r="3"><c r="ZZZZZZZZ3"/></row>)")), HasSubstr("found cell 'ZZZZZZZZ3'"));
  EXPECT_THAT(fault("<worksheet><sheetData>"), HasSubstr("is no whole XML document"));
}

TEST_F(Workbook, EntitiesThatExpandAreRefused) {
  const std::string lol =
      R"(<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>)";
  EXPECT_THAT(fault("<worksheet/>", lol), HasSubstr("entity declared in the document"));
}

TEST_F(Workbook, BinaryWorkbooksAndOtherArchivesAreNamed) {
  write_zip(folder() / "a.xlsx", {{"xl/workbook.bin", "x"}});
  EXPECT_THROW(
      {
        try {
          XlsxFile(ZipArchive::open((folder() / "a.xlsx").string()));
        } catch (const InputError& error) {
          EXPECT_THAT(error.what(), HasSubstr("binary workbook (.xlsb)"));
          throw;
        }
      },
      InputError);
  const auto rows = sheet("<worksheet/>");
  TextRow row;
  EXPECT_FALSE(rows->next(row));
}

TEST(CellReference, LettersAndNumber) {
  EXPECT_EQ(cell_reference(12, 1), "A12");
  EXPECT_EQ(cell_reference(1, 26), "Z1");
  EXPECT_EQ(cell_reference(1, 27), "AA1");
  EXPECT_EQ(cell_reference(1048576, 16384), "XFD1048576");
}

TEST(LabelCodes, AreValidAndUnique) {
  EXPECT_THAT(
      make_codes({"A01", "C10-C12", "Sale, maintenance & repair", "CO2 - combustion - air", "A.01", "A_01", "  ", "-"}),
      ElementsAre("A01", "C10-C12", "Sale_maintenance_repair", "CO2_combustion_air", "A_01", "A_01_2", "X", "X_2"));
  EXPECT_EQ(make_codes({std::string(100, 'a')}).front().size(), 40U);
}

TEST(MassUnits, AreInMillionTonnes) {
  EXPECT_EQ(mt_per_mass_unit("kg"), 1e-9);
  EXPECT_EQ(mt_per_mass_unit("Gg"), mt_per_mass_unit("kt"));
  EXPECT_EQ(mt_per_mass_unit("TJ"), 0);
}

struct Written {
  std::string cell;
  NumberForm style;
  double value;
  bool right = true;
};

TEST(Figures, AreReadInTheStyleThatIsSaid) {
  using Decimal = NumberForm::Decimal;
  const NumberForm german{Decimal::comma, "."}, english{Decimal::point, ","}, french{Decimal::comma, " "},
      swiss{Decimal::point, "'"}, comma{Decimal::comma, ""};
  for (const Written& written : std::vector<Written>{{"1.234,5", german, 1234.5},
                                                     {"-1.234.567", german, -1234567},
                                                     {"1234,5", german, 1234.5},
                                                     {"0,001", german, 0.001},
                                                     {"1.234", german, 1234},
                                                     {"\"1,234.5\"", english, 1234.5},
                                                     {"1,234e3", english, 1234e3},
                                                     {"1 234,5", french, 1234.5},
                                                     {"1\xC2\xA0"
                                                      "234,5",
                                                      french, 1234.5},
                                                     {"1\xE2\x80\xAF"
                                                      "234",
                                                      french, 1234},
                                                     {"12'345.25", swiss, 12345.25},
                                                     {"2,5", comma, 2.5},
                                                     {"12.34", german, 0, false},
                                                     {"1.2345", german, 0, false},
                                                     {"1234.567", german, 0, false},
                                                     {".123", german, 0, false},
                                                     {"1.", german, 0, false},
                                                     {"1,234,5", english, 0, false},
                                                     {"1,2,3", german, 0, false},
                                                     {"2.5", comma, 0, false},
                                                     {"2,5", swiss, 0, false}}) {
    const Figure figure = read_figure(written.cell, written.style);
    EXPECT_EQ(figure.fault == nullptr, written.right) << written.cell;
    if (written.right) {
      EXPECT_EQ(figure.value, written.value) << written.cell;
    }
  }
}

TEST(DelimitedRows, FiguresInAStyleThatIsSaidAreNeverReadInAnother) {
  DelimitedRows rows(std::make_unique<Trickle>("title, with 1 comma\nname;a;b\nx;1.234;2,5\ny;1.000.000;3\n"),
                     "table.csv", 0, NumberForm{NumberForm::Decimal::comma, "."});
  rows.skip(1);
  rows.need("a header");
  EXPECT_EQ(rows.separator(), ';');
  EXPECT_THAT(figures_of(rows, 1, 2).values, ElementsAre(1234, 2.5, 1e6, 3));
  DelimitedRows point(std::make_unique<Trickle>("x;1.5\n"), "table.csv", ';',
                      NumberForm{NumberForm::Decimal::comma, ""});
  EXPECT_THROW(figures_of(point, 1, 1), InputError);
}

}  // namespace
}  // namespace levee::testing
