#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "report/embedded_tables.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee {
namespace {

using nlohmann::json;

/// The page's decoding rule (report/assets/scripts/data.js), here to check the encoding.
json decoded(const json& column, std::size_t row) {
  if (column.contains("constant")) return column["constant"];
  if (column.contains("values")) return column["values"][row];
  const json& dictionary = column["dictionary"];
  if (column.contains("codes")) return dictionary[column["codes"][row].get<std::size_t>()];
  return dictionary[row / column["run"].get<std::size_t>() % dictionary.size()];
}

void expect_same(const Table& table, const json& encoded) {
  ASSERT_EQ(encoded["rows"], table.rows.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    EXPECT_EQ(encoded["columns"][c]["name"], table.columns[c]);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const json cell = decoded(encoded["columns"][c], r);
      if (const auto* text = std::get_if<std::string>(&table.rows[r][c])) {
        ASSERT_EQ(cell, *text);
      } else if (const double value = std::get<double>(table.rows[r][c]); std::isfinite(value)) {
        ASSERT_NEAR(cell.get<double>(), value, 1e-7 * std::abs(value));
      } else {
        ASSERT_TRUE(cell.is_null());
      }
    }
  }
}

TEST(EmbeddedTables, EveryTableOfARunReadsBack) {
  test::MockRun mock;
  mock.unsolved = "cbam_law";
  for (const Table& table : mock.document().tables) expect_same(table, json::parse(embedded_table(table, 8)));
}

TEST(EmbeddedTables, CrossProductsCostNothingAndIrregularColumnsAreCoded) {
  const std::string a = "a", b = "b";
  const json encoded = json::parse(embedded_table(
      {"t", {"outer", "inner", "odd", "same"}, {{a, a, a, a}, {a, b, b, a}, {b, a, b, a}, {b, b, a, a}}}, 8));
  EXPECT_EQ(encoded["columns"][0]["run"], 2);
  EXPECT_EQ(encoded["columns"][1]["run"], 1);
  EXPECT_EQ(encoded["columns"][2]["codes"], (json{0, 1, 1, 0}));
  EXPECT_EQ(encoded["columns"][3]["constant"], "a");
}

TEST(EmbeddedTables, NonFiniteIsNullAndMixturesStay) {
  const double inf = std::numeric_limits<double>::infinity();
  const Table table{"t", {"x"}, {{1.0}, {std::nan("")}, {inf}, {std::string("text")}}};
  EXPECT_EQ(json::parse(embedded_table(table, 8))["columns"][0]["values"], (json{1.0, nullptr, nullptr, "text"}));
  EXPECT_EQ(json::parse(embedded_table({"none", {"x"}, {}}, 8))["rows"], 0);
}

TEST(EmbeddedTables, KeepsToTheBudgetByLeavingOutTheLargest) {
  const auto tables = test::MockRun().document().tables;
  const std::string encoded = embedded_tables(tables, 400'000);
  EXPECT_LE(encoded.size(), 400'000U);
  for (const json& table : json::parse(encoded)) {
    if (table["name"] == "trade") {
      EXPECT_TRUE(table.value("omitted", false));
    }
    if (table["name"] == "welfare") {
      EXPECT_FALSE(table.contains("omitted"));
    }
  }
}

}  // namespace
}  // namespace levee
