// Regions and sectors are data: the shipped dataset is cut finer or relabelled as text, and the program, untouched,
// finds the same world in it.
//
// Cut in proportion, a region or sector falls into scaled copies of itself: same technology, same prices, same shares
// in every nest, so that each CES composite of the copies is the composite of the whole. Exactly as before, to the
// solver's tolerance: every price, the copies' quantities in sum, everything elsewhere, equivalent variation in per
// cent, leakage, revenues. For regions this needs halves that do not trade with each other: each half's trade with
// itself stays at home, where the whole's was.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;

constexpr double tolerance = 1e-8;  // of figures from two solves of 1e-9 each

/// A region or sector `whole`, of which `share` becomes `part`.
struct Cut {
  enum class Axis { region, sector } axis;
  std::string whole, part;
  double share;

  bool concerns(const std::string& label) const {
    if (label == whole) return true;
    return axis == Axis::region ? label.starts_with(whole + ".") : label.ends_with("." + whole);
  }
  std::string renamed(const std::string& label) const {
    if (label == whole) return part;
    return axis == Axis::region ? part + label.substr(whole.size())
                                : label.substr(0, label.size() - whole.size()) + part;
  }
  double weight(bool is_part) const { return is_part ? share : 1 - share; }
  /// Of a delivery from one side of the cut to the other or the same.
  double weight(bool from_part, bool to_part) const {
    if (axis == Axis::sector) return weight(from_part) * weight(to_part);
    return from_part == to_part ? weight(from_part) : 0;
  }
};

std::string scaled(const std::string& figure, double factor) {
  return fmt::format("{:.17g}", std::strtod(figure.c_str(), nullptr) * factor);
}

class Extended : public Workspace {
 public:
  /// Cuts every file of the dataset. New rows and columns come last: order means nothing.
  void apply(const Cut& cut) const {
    for (const char* name : {"data/Z.csv", "data/Y.csv"}) cut_matrix(cut, name);
    for (const char* name :
         {"data/x_va.csv", "data/co2_industry.csv", "data/co2_process.csv", "data/co2_households.csv",
          "data/stressors.csv", "data/stressors_households.csv", "data/process_co2_edgar.csv", "data/population.csv"})
      cut_columns(cut, name);
    for (const char* name : {"data/elasticities.csv", "data/factor_shares.csv", "data/labour_shares.csv",
                             "data/fossil_supply.csv", "data/fuel_use.csv", "data/tariffs.csv",
                             cut.axis == Cut::Axis::region ? "data/regions.csv" : "data/sectors.csv"})
      copy_rows(cut, name);
  }

  Json run(const std::vector<std::string>& scenarios) const {
    std::vector<std::string> arguments{"run", "study.yaml", "--out", "out", "--quiet", "--no-decompose", "--scenario"};
    arguments.insert(arguments.end(), scenarios.begin(), scenarios.end());
    const Ran ran = levee(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.status == 0 ? Json::parse(read("out/summary.json")) : Json();
  }

  CsvTable table(const std::string& name) const { return CsvTable(read("out/tables/" + name + ".csv")); }

 private:
  void cut_matrix(const Cut& cut, const std::string& name) const {
    CsvTable table(read(name));
    const std::vector<std::string> header = table.rows[0];
    const std::size_t count = table.rows.size();
    std::vector<std::size_t> columns;
    for (std::size_t k = 1; k < header.size(); ++k) {
      if (cut.concerns(header[k])) columns.push_back(k);
    }
    for (const std::size_t k : columns) table.rows[0].push_back(cut.renamed(header[k]));
    for (std::size_t row = 1; row < count; ++row) {
      const std::vector<std::string> whole = table.rows[row];
      const bool split = cut.concerns(whole[0]);
      const auto cells = [&](bool from_part) {
        std::vector<std::string> cut_cells = whole;
        if (from_part) cut_cells[0] = cut.renamed(whole[0]);
        for (std::size_t k = 1; split && k < whole.size(); ++k) {
          cut_cells[k] =
              scaled(whole[k], cut.concerns(header[k]) ? cut.weight(from_part, false) : cut.weight(from_part));
        }
        for (const std::size_t k : columns) {
          if (!split) cut_cells[k] = scaled(whole[k], cut.weight(false));
          cut_cells.push_back(scaled(whole[k], split ? cut.weight(from_part, true) : cut.weight(true)));
        }
        return cut_cells;
      };
      table.rows[row] = cells(false);
      if (split) table.rows.push_back(cells(true));
    }
    write(name, table.text());
  }

  void cut_columns(const Cut& cut, const std::string& name) const {
    CsvTable table(read(name));
    for (std::size_t row = 1, count = table.rows.size(); row < count; ++row) {
      if (!cut.concerns(table.rows[row][0])) continue;
      std::vector<std::string> part = table.rows[row];
      part[0] = cut.renamed(part[0]);
      for (std::size_t k = 1; k < part.size(); ++k) {
        part[k] = scaled(table.rows[row][k], cut.weight(true));
        table.rows[row][k] = scaled(table.rows[row][k], cut.weight(false));
      }
      table.rows.push_back(std::move(part));
    }
    write(name, table.text());
  }

  /// Shares, rates and elasticities hold for the part as for the whole.
  void copy_rows(const Cut& cut, const std::string& name) const {
    CsvTable table(read(name));
    for (std::size_t k = 0; k < table.rows[0].size(); ++k) {
      for (std::size_t row = 1, count = table.rows.size(); row < count; ++row) {
        if (table.rows[row][k] != cut.whole) continue;
        table.rows.push_back(table.rows[row]);
        table.rows.back()[k] = cut.part;
      }
    }
    write(name, table.text());
  }
};

/// Sums of a column by the texts of others, where the part counts as the whole.
std::map<std::string, double> sums(const CsvTable& table, const std::string& value,
                                   const std::vector<std::string>& keys, const Cut& cut) {
  std::map<std::string, double> result;
  for (std::size_t row = 1; row < table.rows.size(); ++row) {
    std::string key;
    for (const std::string& name : keys) {
      const std::string& cell = table.rows[row][table.column(name)];
      key += (cell == cut.part ? cut.whole : cell) + " ";
    }
    result[key] += table.number(row, value);
  }
  return result;
}

void expect_same(const std::map<std::string, double>& before, const std::map<std::string, double>& after,
                 const std::string& what) {
  ASSERT_EQ(before.size(), after.size()) << what;
  double largest = 0;
  for (const auto& [key, value] : before) largest = std::max(largest, std::abs(value));
  for (const auto& [key, value] : before) {
    ASSERT_TRUE(after.contains(key)) << what << " " << key;
    // Small flows out of large ones carry the rounding of those.
    EXPECT_NEAR(value, after.at(key), tolerance * std::abs(value) + 1e-10 * largest) << what << " " << key;
  }
}

void expect_same(const Json& before, const Json& after, const std::string& what) {
  if (before.is_object()) {
    for (const auto& entry : before.items()) {
      ASSERT_TRUE(after.contains(entry.key())) << what << " " << entry.key();
      expect_same(entry.value(), after.at(entry.key()), what + " " + entry.key());
    }
  } else if (before.is_number()) {
    ASSERT_TRUE(after.is_number()) << what;
    EXPECT_NEAR(before.get<double>(), after.get<double>(), tolerance * std::max(1.0, std::abs(before.get<double>())))
        << what;
  } else {
    EXPECT_EQ(before, after) << what;
  }
}

/// Everything that a proportional cut leaves as it was, in the summary and in the tables.
void expect_same_world(const Extended& before, const Json& whole, const Extended& after, const Json& parts,
                       const Cut& cut) {
  ASSERT_EQ(whole.at("scenarios").size(), parts.at("scenarios").size());
  for (std::size_t k = 0; k < whole.at("scenarios").size(); ++k) {
    const Json& a = whole.at("scenarios").at(k);
    const Json& b = parts.at("scenarios").at(k);
    SCOPED_TRACE(a.at("name").get<std::string>());
    EXPECT_EQ(a.at("status"), b.at("status"));
    for (const char* key : {"carbon_price", "leakage_rate", "welfare_ev_percent", "real_gdp_percent",
                            "exports_to_zone_percent", "cbam_revenue"})
      expect_same(a.at(key), b.at(key), key);
    expect_same(a.at("emissions_mt").at("world"), b.at("emissions_mt").at("world"), "world");
    if (cut.axis == Cut::Axis::region)
      expect_same(a.at("welfare_ev_percent").at(cut.whole), b.at("welfare_ev_percent").at(cut.part), cut.part);
  }
  struct Sum {
    std::string table, value;
    std::vector<std::string> keys;
  };
  for (const Sum& sum : {Sum{"emissions", "value", {"scenario", "region", "sector", "stressor", "source"}},
                         Sum{"output", "volume", {"scenario", "region", "sector"}},
                         Sum{"output", "value", {"scenario", "region", "sector"}},
                         Sum{"trade", "volume", {"scenario", "good", "origin", "destination"}},
                         Sum{"trade", "value", {"scenario", "good", "origin", "destination"}},
                         Sum{"leakage_by_origin", "value", {"scenario", "zone", "region"}},
                         Sum{"leakage_by_good", "value", {"scenario", "zone", "sector"}},
                         Sum{"carbon_markets", "revenue", {"scenario", "zone"}},
                         Sum{"carbon_markets", "allowances", {"scenario", "zone"}},
                         Sum{"cbam", "certificates", {"scenario", "zone", "instrument", "good", "origin"}}}) {
    expect_same(sums(before.table(sum.table), sum.value, sum.keys, cut),
                sums(after.table(sum.table), sum.value, sum.keys, cut), sum.table + " " + sum.value);
  }
  // Prices do not add up: each of the part's is that of the whole.
  const CsvTable old_prices = before.table("prices"), new_prices = after.table("prices");
  std::map<std::string, double> of_whole, of_part;
  const std::string axis = cut.axis == Cut::Axis::region ? "region" : "sector";
  const std::string other = cut.axis == Cut::Axis::region ? "sector" : "region";
  const auto collect = [&](const CsvTable& prices, const std::string& code, std::map<std::string, double>& into) {
    for (const std::size_t row : prices.find({{axis, code}})) {
      const std::vector<std::string>& cells = prices.rows[row];
      into[cells[0] + " " + cells[prices.column(other)] + " " + cells[prices.column("kind")]] =
          prices.number(row, "value");
    }
  };
  collect(old_prices, cut.whole, of_whole);
  collect(new_prices, cut.part, of_part);
  EXPECT_FALSE(of_whole.empty());
  expect_same(of_whole, of_part, "prices");
}

TEST(Extend, NewRegionCarvedOutOfTheRestOfTheWorld) {
  const Cut cut{Cut::Axis::region, "ROW", "NEW", 0.3};
  const Extended before, after;
  after.apply(cut);
  const Json whole = before.run({"cbam_indirect"}), parts = after.run({"cbam_indirect"});
  ASSERT_FALSE(whole.is_null() || parts.is_null());
  expect_same_world(before, whole, after, parts, cut);
  EXPECT_THAT(after.levee({"check", "study.yaml"}).out, HasSubstr("13 regions x 20 sectors"));
}

/// The zone itself in two members: its price index, its charges and its rebates are those of the whole.
TEST(Extend, NewMemberOfTheZone) {
  const Cut cut{Cut::Axis::region, "EUR", "NEW", 0.25};
  const Extended before, after;
  after.apply(cut);
  after.edit("study.yaml", "[EUR]", "[EUR, NEW]");
  const Json whole = before.run({"cbam_full", "cbam_law"}), parts = after.run({"cbam_full", "cbam_law"});
  ASSERT_FALSE(whole.is_null() || parts.is_null());
  expect_same_world(before, whole, after, parts, cut);
}

TEST(Extend, NewSectorSplitOffSteel) {
  const Cut cut{Cut::Axis::sector, "STEEL", "STL2", 0.4};
  const Extended before, after;
  after.apply(cut);
  std::string study = after.read("study.yaml");
  study = std::regex_replace(study, std::regex("STEEL,"), "STEEL, STL2,");
  study = std::regex_replace(study, std::regex("STEEL: direct"), "STEEL: direct, STL2: direct");
  after.write("study.yaml", study);
  const std::vector<std::string> scenarios{"free_allocation", "cbam_indirect", "cbam_law"};
  const Json whole = before.run(scenarios), parts = after.run(scenarios);
  ASSERT_FALSE(whole.is_null() || parts.is_null());
  expect_same_world(before, whole, after, parts, cut);
  const Json& exports = parts.at("scenarios").at(2).at("exports_to_zone_percent").at("EU").at("CHN");
  expect_same(exports.at("STEEL"), exports.at("STL2"), "two halves of one good");
}

/// Replaces whole words.
std::string renamed(const std::string& text, const std::map<std::string, std::string>& names) {
  std::string result;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from;
    while (to < text.size() && (std::isalnum(static_cast<unsigned char>(text[to])) != 0 || text[to] == '_')) ++to;
    to = std::max(to, from + 1);
    const std::string word = text.substr(from, to - from);
    const auto found = names.find(word);
    result += found == names.end() ? word : found->second;
    from = to;
  }
  return result;
}

/// Codes that other programs take for truth values and numbers, plain in YAML and in CSV.
TEST(Extend, CodesThatLookLikeSomethingElse) {
  const std::map<std::string, std::string> names{{"EUR", "NO"},  {"GBR", "N"},   {"TUR", "Y"},
                                                 {"JKT", "1e3"}, {"CAM", "off"}, {"MIN", "yes"}};
  const Extended before, after;
  before.edit("study.yaml", "basis: exporter", "exempt: [GBR, TUR, JKT]");
  after.edit("study.yaml", "basis: exporter", "exempt: [N, Y, 1e3]");
  after.edit("study.yaml", "[EUR]", "[NO]");
  for (const auto& entry : std::filesystem::directory_iterator(after.path("data"))) {
    const std::string name = "data/" + entry.path().filename().string();
    if (entry.path().extension() == ".csv") after.write(name, renamed(after.read(name), names));
  }
  const CsvTable regions(after.read("data/regions.csv"));
  std::string list = "regions:\n";
  for (std::size_t row = 1; row < regions.rows.size(); ++row)
    list += fmt::format("  - {{code: {}, income_group: {}}}\n", regions.rows[row][0], regions.rows[row][2]);
  after.edit("data/dataset.yaml", "regions: regions.csv\n", list);
  const Json whole = before.run({"cbam_direct"}), other = after.run({"cbam_direct"});
  ASSERT_FALSE(whole.is_null() || other.is_null());
  EXPECT_TRUE(other.at("scenarios").at(1).at("emissions_mt").contains("NO"));
  for (const auto& entry : std::filesystem::directory_iterator(before.path("out/tables"))) {
    const std::string name = "out/tables/" + entry.path().filename().string();
    EXPECT_EQ(renamed(before.read(name), names), after.read(name)) << "names change no figure: " << name;
  }
}

}  // namespace
}  // namespace levee::testing
