#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/csv.hpp"

namespace levee {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <class Work>
std::vector<std::string> faults(Work&& work) {
  std::vector<std::string> result;
  try {
    work();
  } catch (const InputError& error) {
    for (const Diagnostic& d : error.diagnostics()) {
      result.push_back(std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " + d.message);
    }
  }
  return result;
}

CsvFile parse(const std::string& text) { return CsvFile::parse(text, "test.csv"); }

TEST(Csv, ReadsQuotedFieldsAndSkipsBlankLines) {
  const CsvFile file = parse(
      "\xEF\xBB\xBF"
      "code,name\r\n\r\nAGR,\"Agriculture, \"\"forestry\"\"\"\r\n  NO , 1e3\r\n");
  EXPECT_EQ(file.rows(), 3);
  EXPECT_EQ(file.columns(), 2);
  EXPECT_EQ(file.cell(0, 0), "code");
  EXPECT_EQ(file.cell(1, 1), "Agriculture, \"forestry\"");
  EXPECT_EQ(file.cell(2, 0), "NO");
  EXPECT_EQ(file.number(2, 1), 1000);
  EXPECT_EQ(file.where(2, 0).line, 4);
  EXPECT_EQ(file.where(2, 0).column, 3);
}

TEST(Csv, LastLineNeedsNoEnd) {
  const CsvFile file = parse("a,b\n1,2");
  EXPECT_EQ(file.rows(), 2);
  EXPECT_EQ(file.number(1, 1), 2);
}

TEST(Csv, EmptyTrailingFieldsCount) {
  const CsvFile file = parse("a,b\n,\n1,");
  EXPECT_EQ(file.rows(), 3);
  EXPECT_EQ(file.cell(1, 1), "");
  EXPECT_EQ(file.cell(2, 1), "");
}

TEST(Csv, PositionsHoldAfterFieldsWithLineEnds) {
  const CsvFile file = parse("a,b,c\n\"two\nlines\",x,7\nq,\"r\",oops\n");
  EXPECT_EQ(file.where(1, 0).line, 2);
  EXPECT_EQ(file.where(1, 1).line, 3);
  EXPECT_EQ(file.where(1, 1).column, 8);
  EXPECT_THAT(faults([&] { file.number(2, 2); }), ElementsAre("4:7: found 'oops', expected a number"));
  EXPECT_EQ(file.error(1, 2, "m").diagnostics()[0].excerpt, "lines\",x,7");
}

TEST(Csv, NumbersAreWholeAndFinite) {
  const CsvFile file = parse("a,b,c,d,e\n1 2,,nan,inf,1e999\n");
  EXPECT_THAT(faults([&] { file.number(1, 0); }), ElementsAre("2:1: found '1 2', expected a number"));
  EXPECT_THAT(faults([&] { file.number(1, 1); }), ElementsAre("2:5: found an empty cell, expected a number"));
  EXPECT_THAT(faults([&] { file.number(1, 2); }), ElementsAre("2:6: found 'nan', expected a finite number"));
  EXPECT_THAT(faults([&] { file.number(1, 3); }), ElementsAre("2:10: found 'inf', expected a finite number"));
  EXPECT_THAT(faults([&] { file.number(1, 4); }), ElementsAre("2:14: found '1e999', expected a finite number"));
}

TEST(Csv, RaggedRowsAreAllReported) {
  EXPECT_THAT(faults([] { parse("a,b\n1\n2,3\n4,5,6\n"); }),
              ElementsAre("2:1: this row has 1 fields, expected 2 as in the header",
                          "4:1: this row has 3 fields, expected 2 as in the header"));
}

TEST(Csv, BrokenQuotesAreLocated) {
  EXPECT_THAT(faults([] { parse("a,b\n1,x\"y\n"); }),
              ElementsAre("2:4: a quote stands inside a field; quote the whole field and double the quotes in it"));
  EXPECT_THAT(faults([] { parse("a,b\n1,\"y\n2,3\n"); }),
              ElementsAre("2:1: a quoted field that starts in this row never ends"));
  EXPECT_THAT(faults([] { parse(""); }), ElementsAre("1:1: the file is empty; expected a header row"));
}

TEST(Csv, HeadersNameTheNearest) {
  const CsvFile file = parse("sector,value_added\nA,1\n");
  EXPECT_EQ(file.column_named("value_added"), 1);
  EXPECT_TRUE(file.has_column("sector"));
  EXPECT_FALSE(file.has_column("region"));
  EXPECT_THAT(faults([&] { file.column_named("value_aded"); }),
              ElementsAre("1:1: no column 'value_aded' in the header, did you mean 'value_added'?"));
}

TEST(Csv, MissingFileIsAnInputError) {
  EXPECT_THAT(faults([] { CsvFile::load("/nowhere/x.csv"); }), ElementsAre("0:0: cannot read this file"));
  EXPECT_THAT(faults([] { CsvFile::load("/tmp"); }), ElementsAre("0:0: is a folder, expected a file"));
}

}  // namespace
}  // namespace levee
