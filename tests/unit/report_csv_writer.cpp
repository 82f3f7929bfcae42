#include <gtest/gtest.h>

#include <cmath>

#include "report/csv_writer.hpp"
#include "scenarios/table_text.hpp"

namespace levee {
namespace {

std::string csv_cell(const CellView& cell) {
  std::string text;
  append_csv_cell(text, cell);
  return text;
}

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_cell("STEEL"), "STEEL");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("Cement, lime"), "\"Cement, lime\"");
  EXPECT_EQ(csv_cell("the \"zone\""), "\"the \"\"zone\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell("a\rb"), "\"a\rb\"");
}

TEST(CsvWriter, NumbersReadBackExactlyAndMissingIsEmpty) {
  EXPECT_EQ(csv_cell(0.1), "0.1");
  EXPECT_EQ(csv_cell(-0.0), "0");
  EXPECT_EQ(csv_cell(std::numeric_limits<double>::quiet_NaN()), "");
  for (const double value : {1.0 / 3, 1e300, -2.5e-17, 123456789.125, 100.0})
    EXPECT_EQ(std::stod(csv_cell(value)), value) << csv_cell(value);
}

TEST(CsvWriter, HeaderAndRowsEndInNewline) {
  const Table table{"t", {"region", "value"}, {{std::string("EUR"), 1.5}, {std::string("NO"), std::nan("")}}};
  EXPECT_EQ(to_csv(table), "region,value\nEUR,1.5\nNO,\n");
  EXPECT_EQ(to_csv({"empty", {"a", "b"}, {}}), "a,b\n");
}

TEST(CsvWriter, RefusesRaggedRows) { EXPECT_THROW(to_csv({"t", {"a", "b"}, {{1.0}}}), std::logic_error); }

}  // namespace
}  // namespace levee
