#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "report/embedded_tables.hpp"
#include "report/packed_text.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee {
namespace {

using nlohmann::json;

/// The page's decoding rule (report/assets/scripts/data.js), here to check the encoding: all cells of a column.
class Decoder {
 public:
  explicit Decoder(const json& given) : table(given) {}

  std::vector<json> column(const std::string& name) const {
    const json& column = *std::find_if(table["columns"].begin(), table["columns"].end(),
                                       [&](const json& candidate) { return candidate["name"] == name; });
    if (column.contains("percent")) return percentages(column);
    if (column.contains("change")) return levels(column);
    std::vector<json> out;
    for (std::size_t row = 0; row < rows(); ++row) out.push_back(stored(column, row));
    return out;
  }

 private:
  std::size_t rows() const { return table["rows"].get<std::size_t>(); }

  static json stored(const json& column, std::size_t row) {
    if (column.contains("constant")) return column["constant"];
    if (column.contains("values")) return column["values"][row];
    const json& dictionary = column["dictionary"];
    if (column.contains("codes")) return dictionary[column["codes"][row].get<std::size_t>()];
    return dictionary[row / column["run"].get<std::size_t>() % dictionary.size()];
  }

  static double number(const json& cell) { return cell.is_null() ? std::nan("") : cell.get<double>(); }
  static json finite(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

  std::vector<json> percentages(const json& given) const {
    const auto change = column(given["percent"][0]), level = column(given["percent"][1]);
    std::vector<json> out;
    for (std::size_t row = 0; row < rows(); ++row)
      out.push_back(finite(100 * number(change[row]) / (number(level[row]) - number(change[row]))));
    return out;
  }

  std::vector<json> levels(const json& given) const {
    std::vector<std::vector<json>> keys;
    for (const json& other : table["columns"])
      if (other["name"] != "scenario" && other["name"] != "reference" &&
          (other.contains("dictionary") || (other.contains("constant") && other["constant"].is_string())))
        keys.push_back(column(other["name"]));
    const auto scenario = column("scenario"), reference = column("reference"), change = column(given["change"]);
    const auto name = [&](const std::vector<json>& first, std::size_t row) {
      json text = {first[row]};
      for (const auto& key : keys) text.push_back(key[row]);
      return text.dump();
    };
    std::map<std::string, std::size_t> index;
    for (std::size_t row = 0; row < rows(); ++row) index[name(scenario, row)] = row;
    std::vector<std::size_t> before;
    std::vector<json> out;
    std::size_t next = 0;
    for (std::size_t row = 0; row < rows(); ++row) {
      const auto found = index.find(name(reference, row));
      before.push_back(found == index.end() ? row : found->second);
      out.push_back(before[row] == row ? given["values"][next++] : json(nullptr));
    }
    for (std::size_t row = 0; row < rows(); ++row)
      if (before[row] != row) out[row] = finite(number(out[before[row]]) + number(change[row]));
    return out;
  }

  const json& table;
};

void expect_same(const Table& table, const json& encoded) {
  ASSERT_EQ(encoded["rows"], table.rows.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    EXPECT_EQ(encoded["columns"][c]["name"], table.columns[c]);
    const std::vector<json> column = Decoder(encoded).column(table.columns[c]);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const json& cell = column[r];
      if (const auto* text = std::get_if<std::string>(&table.rows[r][c])) {
        ASSERT_EQ(cell, *text);
      } else if (const double value = std::get<double>(table.rows[r][c]); std::isfinite(value)) {
        ASSERT_NEAR(cell.get<double>(), value, 6e-8 * std::abs(value));
      } else {
        ASSERT_TRUE(cell.is_null());
      }
    }
  }
}

TEST(EmbeddedTables, EveryTableOfARunReadsBack) {
  test::MockRun mock;
  mock.unsolved = "cbam_law";
  for (const Table& table : mock.document().tables) expect_same(table, json::parse(embedded_table(table, 9)));
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
  EXPECT_EQ(json::parse(embedded_table(table, 9))["columns"][0]["values"], (json{1.0, nullptr, nullptr, "text"}));
  EXPECT_EQ(json::parse(embedded_table({"none", {"x"}, {}}, 8))["rows"], 0);
}

TEST(EmbeddedTables, WhatFollowsFromOtherColumnsIsNotStored) {
  const std::string r = "reference", s = "shock", a = "a", b = "b", none = "none";
  const Table table{"t",
                    {"scenario", "key", "value", "change", "change_percent", "reference"},
                    {{r, a, 3.0, 0.0, 0.0, r},
                     {r, b, 7.0, 0.0, 0.0, r},
                     {s, a, 3.3, 0.3, 10.0, r},
                     {s, b, 6.3, -0.7, -10.0, r},
                     {s, "c", 5.0, 1.0, 25.0, none}}};
  const json encoded = json::parse(embedded_table(table, 9));
  EXPECT_EQ(encoded["columns"][2]["change"], "change");
  EXPECT_EQ(encoded["columns"][2]["values"], (json{3.0, 7.0, 5.0}));  // the row without a reference is given
  EXPECT_EQ(encoded["columns"][4]["percent"], (json{"change", "value"}));
  expect_same(table, encoded);
}

TEST(EmbeddedTables, WhatDoesNotFollowIsStored) {
  const std::string r = "reference", s = "shock";
  const Table table{"t",
                    {"scenario", "value", "change", "change_percent", "reference"},
                    {{r, 3.0, 0.0, 0.0, r}, {s, 3.3000005, 0.3, 10.00001, r}}};
  const json encoded = json::parse(embedded_table(table, 9));
  EXPECT_TRUE(encoded["columns"][1].contains("values"));
  EXPECT_TRUE(encoded["columns"][3].contains("values"));
  expect_same(table, encoded);
}

TEST(EmbeddedTables, ALevelCloseToNothingIsNotLostInItsReference) {
  const std::string r = "reference", s = "shock";
  const Table table{"t",
                    {"scenario", "value", "change", "reference"},
                    {{r, 1234567.8912345, 0.0, r}, {s, 1.2345678e-7, -1234567.8912343765, r}}};
  const json encoded = json::parse(embedded_table(table, 9));
  EXPECT_FALSE(encoded["columns"][1].contains("change"));
  expect_same(table, encoded);
}

TEST(EmbeddedTables, KeepsToTheBudgetByLeavingOutTheLargest) {
  const auto tables = test::MockRun().document().tables;
  const std::string encoded = embedded_tables(tables, {}, 300'000);
  EXPECT_LE(gzip(encoded).size(), 300'000U);
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
