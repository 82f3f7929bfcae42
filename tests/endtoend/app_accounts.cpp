// `levee mrio` and `levee exposure` through the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double exact = 1e-9;

double sum(const CsvTable& table, const std::string& column, const CsvTable::Match& match) {
  double total = 0;
  for (const std::size_t row : table.find(match)) total += std::stod(table.rows[row][table.column(column)]);
  return total;
}

CsvTable table(const Workspace& folder, const std::string& name) { return CsvTable(folder.read(name)); }

std::map<std::string, std::string> content(const Workspace& folder, const std::string& name) {
  std::map<std::string, std::string> result;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path(name))) {
    if (entry.is_regular_file())
      result[entry.path().lexically_relative(folder.path(name)).string()] =
          folder.read(entry.path().lexically_relative(folder.folder()).string());
  }
  return result;
}

/// The tables add up, and to what the dataset's files say.
TEST(Mrio, AccountsOfTheDefaultDatasetAddUp) {
  const Workspace folder;
  const Ran ran = folder.levee({"mrio", "data/dataset.yaml", "--out", "out"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("CO2, kt"), HasSubstr("net imports %"), HasSubstr("value added")));
  const CsvTable accounts = table(folder, "out/tables/accounts.csv"), regions = table(folder, "out/tables/regions.csv");
  const CsvTable embodied = table(folder, "out/tables/embodied_trade.csv");
  const double industry = sum(table(folder, "data/co2_industry.csv"), "co2_kt", {});
  const double households = sum(table(folder, "data/co2_households.csv"), "co2_kt", {});
  const double total = industry + households;
  EXPECT_NEAR(sum(accounts, "production", {{"account", "CO2"}}), total, exact * total);
  EXPECT_NEAR(sum(accounts, "consumption", {{"account", "CO2"}}), total, exact * total);
  EXPECT_NEAR(sum(regions, "consumption", {{"account", "CO2"}}), total, exact * total);
  EXPECT_NEAR(sum(embodied, "value", {{"account", "CO2"}}), industry, exact * total);
  EXPECT_NEAR(sum(table(folder, "out/tables/bilateral.csv"), "value", {{"account", "CO2"}}), industry, exact * total);
  // China's consumption is what is emitted anywhere for it, and its households.
  const double china = sum(embodied, "value", {{"account", "CO2"}, {"destination", "CHN"}}) +
                       sum(regions, "households", {{"account", "CO2"}, {"region", "CHN"}});
  EXPECT_NEAR(sum(regions, "consumption", {{"account", "CO2"}, {"region", "CHN"}}), china, exact * china);
  const Json json = Json::parse(folder.read("out/mrio.json"));
  EXPECT_EQ(json["kind"], "mrio");
  for (const Json& account : json["accounts"]) {
    EXPECT_LE(account["imbalance"].get<double>(), exact);
    EXPECT_LE(account["error_bound"].get<double>(), 1e-11);
  }
  EXPECT_THAT(folder.read("out/report.html"), HasSubstr("Input-output accounts of cbam-2011"));
}

/// Net exporters of carbon are the ones that the literature names.
TEST(Mrio, ChinaAndRussiaExportCarbonEuropeImportsIt) {
  const Workspace folder;
  const Ran ran = folder.levee({"mrio", "data/dataset.yaml", "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json regions = Json::parse(ran.out)["accounts"][1]["regions"];
  const auto net_imports = [&](const char* code) {
    return regions[code]["consumption"].get<double>() - regions[code]["production"].get<double>();
  };
  EXPECT_LT(net_imports("CHN"), 0);
  EXPECT_LT(net_imports("RUS"), 0);
  EXPECT_GT(net_imports("EUR"), 0);
  EXPECT_GT(net_imports("USA"), 0);
}

TEST(Mrio, ThreadsChangeNoByte) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--out", "one", "--threads", "1", "--quiet"}).status, 0);
  ASSERT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--out", "two", "--threads", "2", "--quiet"}).status, 0);
  EXPECT_EQ(content(folder, "one"), content(folder, "two"));
}

/// The same world written in full and as use and trade.
TEST(Mrio, LayoutsOfATableGiveTheSameAccounts) {
  const Workspace folder;
  for (const char* layout : {"wide", "use-trade"}) {
    const std::string world = std::string("world-") + layout, out = std::string("out-") + layout;
    ASSERT_EQ(
        folder
            .levee({"generate", "--regions", "4", "--sectors", "9", "--seed", "5", "--layout", layout, "--out", world})
            .status,
        0);
    ASSERT_EQ(folder.levee({"mrio", world + "/dataset.yaml", "--out", out, "--quiet"}).status, 0);
  }
  const CsvTable full = table(folder, "out-wide/tables/accounts.csv");
  const CsvTable factored = table(folder, "out-use-trade/tables/accounts.csv");
  ASSERT_EQ(full.rows.size(), factored.rows.size());
  const std::size_t column = full.column("consumption");
  for (std::size_t row = 1; row < full.rows.size(); ++row) {
    const double value = std::stod(full.rows[row][column]);
    EXPECT_NEAR(std::stod(factored.rows[row][column]), value, 1e-9 * std::abs(value) + 1e-9) << row;
  }
}

TEST(Mrio, PricesPassACarbonPriceOn) {
  const Workspace folder;
  const auto prices = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"mrio", "data/dataset.yaml", "--out", "out", "--force", "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = folder.levee(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return table(folder, "out/tables/prices.csv");
  };
  const CsvTable zone = prices({"--carbon-price", "50", "--zone", "EUR"});
  const CsvTable intensities = table(folder, "out/tables/intensities.csv");
  const CsvTable::Match steel{{"region", "EUR"}, {"sector", "STEEL"}};
  // kt per million USD are t per thousand: times 50 USD per t, in percent of a USD.
  const auto intensity = [&](const char* scope) {
    return sum(intensities, "value", {{"region", "EUR"}, {"sector", "STEEL"}, {"stressor", "CO2"}, {"scope", scope}});
  };
  const double direct = intensity("direct");
  EXPECT_NEAR(sum(zone, "direct_percent", steel), 100 * 50 * direct / 1000, exact);
  EXPECT_GT(sum(zone, "total_percent", steel), sum(zone, "direct_percent", steel));
  EXPECT_EQ(sum(zone, "direct_percent", {{"region", "CHN"}}), 0);
  EXPECT_GT(sum(zone, "total_percent", {{"region", "CHN"}, {"sector", "STEEL"}}), 0);
  // Everybody pays: the price model is then the intensity of the whole chain.
  const CsvTable world = prices({"--carbon-price", "50"});
  const double chain = intensity("whole-chain");
  EXPECT_NEAR(sum(world, "total_percent", steel), 100 * 50 * chain / 1000, 1e-9);
  // A shock on one sector is at least itself.
  const CsvTable shock = prices({"--price-shock", "EUR.STEEL=10"});
  EXPECT_NEAR(sum(shock, "direct_percent", steel), 10, exact);
  EXPECT_GT(sum(shock, "total_percent", steel), 10);
}

/// Emissions of the later table are half of the earlier's, all else the same: all of the change is intensity.
TEST(Mrio, DecompositionFindsCleanerProduction) {
  const Workspace folder;
  ASSERT_EQ(
      folder
          .levee({"generate", "--regions", "3", "--sectors", "9", "--seed", "2", "--layout", "wide", "--out", "early"})
          .status,
      0);
  std::filesystem::copy(folder.path("early"), folder.path("late"));
  CsvTable emissions = table(folder, "late/emissions_CO2.csv");
  const std::size_t industry = emissions.column("industry");
  double cut = 0;
  for (std::size_t row = 1; row < emissions.rows.size(); ++row) {
    for (std::size_t column = industry; column < emissions.rows[row].size(); ++column) {
      if (column == industry) cut += 0.5 * std::stod(emissions.rows[row][column]);
      emissions.rows[row][column] = std::to_string(0.5 * std::stod(emissions.rows[row][column]));
    }
  }
  folder.write("late/emissions_CO2.csv", emissions.text());
  const Ran ran = folder.levee({"mrio", "early/dataset.yaml", "--against", "late/dataset.yaml", "--out", "out"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("by what changed"));
  const CsvTable parts = table(folder, "out/tables/decomposition.csv");
  const double change = sum(parts, "after", {}) - sum(parts, "before", {});
  EXPECT_NEAR(change, -cut, 1e-4 * cut);
  EXPECT_NEAR(sum(parts, "intensity", {}), change, 1e-9 * cut);
  for (const char* none : {"technology", "mix", "level"}) EXPECT_NEAR(sum(parts, none, {}), 0, 1e-9 * cut);
}

TEST(Mrio, SaysWhatIsWrong) {
  const Workspace folder;
  const auto fault = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"mrio", "data/dataset.yaml"});
    const Ran ran = folder.levee(more);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.out, IsEmpty());
    return ran.err;
  };
  EXPECT_THAT(fault({"--stressor", "CO"}), HasSubstr("there is no stressor 'CO', did you mean 'CO2'?"));
  EXPECT_THAT(fault({"--carbon-price", "5", "--zone", "EUX"}),
              HasSubstr("--zone: unknown region 'EUX', did you mean 'EUR'?"));
  EXPECT_THAT(fault({"--covered", "cban"}), HasSubstr("did you mean 'cbam'?"));
  EXPECT_THAT(fault({"--price-shock", "EUR.STEEL"}), HasSubstr("expected REGION.SECTOR=PERCENT"));
  EXPECT_THAT(fault({"--price-shock", "EUR.STEEL=x"}), HasSubstr("found no number after '='"));
  EXPECT_THAT(fault({"--price-shock", "EUR.STEAL=1"}), HasSubstr("did you mean 'STEEL'?"));
  ASSERT_EQ(folder.levee({"generate", "--regions", "3", "--sectors", "9", "--seed", "2", "--out", "other"}).status, 0);
  EXPECT_THAT(fault({"--against", "other/dataset.yaml"}), HasSubstr("must have the same regions and sectors"));
}

TEST(Mrio, ReplacesOnlyItsOwnFolder) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--out", "out", "--quiet"}).status, 0);
  EXPECT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--out", "out", "--quiet"}).status, 1);
  EXPECT_EQ(folder.levee({"exposure", "data/dataset.yaml", "--zone", "EUR", "--out", "out", "--force"}).status, 1)
      << "another kind of folder";
  EXPECT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--out", "out", "--quiet", "--force"}).status, 0);
}

TEST(Exposure, RanksAndAddsUp) {
  const Workspace folder;
  const Ran ran = folder.levee({"exposure", "data/dataset.yaml", "--zone", "EUR", "--out", "out"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("100 USD/t on ELEC STEEL ALU CEM FERT (direct+electricity), charged by EUR"));
  const CsvTable regions = table(folder, "out/tables/exposure.csv"),
                 goods = table(folder, "out/tables/exposure_goods.csv");
  ASSERT_EQ(regions.rows.size(), 12U) << "11 regions outside";
  EXPECT_THAT(goods.find({{"region", "EUR"}}), IsEmpty());
  double last = 1e9;
  for (std::size_t row = 1; row < regions.rows.size(); ++row) {
    const std::string& code = regions.rows[row][regions.column("region")];
    const auto of = [&](const char* column) { return std::stod(regions.rows[row][regions.column(column)]); };
    EXPECT_LE(of("aggregate_trade_relative"), last);
    last = of("aggregate_trade_relative");
    EXPECT_NEAR(of("payment"), sum(goods, "payment", {{"region", code}}), exact * of("payment"));
    EXPECT_NEAR(of("aggregate_trade"), of("exports_to_zone") / of("covered_exports") * of("payment_rate"), exact);
    EXPECT_NEAR(of("economic_relative") * of("gdp"), of("excess_payment"), exact * of("gdp"));
  }
  EXPECT_EQ(Json::parse(folder.read("out/exposure.json"))["regions"][0]["region"], "RUS");
}

/// The intensities are those that `levee mrio` prints, and the price is linear.
TEST(Exposure, CostIsPriceTimesIntensity) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"mrio", "data/dataset.yaml", "--stressor", "CO2", "--out", "mrio", "--quiet"}).status, 0);
  const CsvTable intensities = table(folder, "mrio/tables/intensities.csv");
  for (const char* scope : {"direct", "direct+electricity", "direct+precursors", "whole-chain"}) {
    SCOPED_TRACE(scope);
    ASSERT_EQ(folder
                  .levee({"exposure", "data/dataset.yaml", "--zone", "EUR", "--carbon-price", "80", "--scope", scope,
                          "--out", "out", "--force", "--quiet"})
                  .status,
              0);
    const CsvTable goods = table(folder, "out/tables/exposure_goods.csv");
    for (const char* region : {"CHN", "RUS"}) {
      const double kg_per_usd = sum(intensities, "value", {{"region", region}, {"sector", "STEEL"}, {"scope", scope}});
      EXPECT_NEAR(sum(goods, "cost", {{"region", region}, {"good", "STEEL"}}), 80 * kg_per_usd / 1000, 1e-12);
    }
  }
}

TEST(Exposure, OptionsChangeWhatTheySay) {
  const Workspace folder;
  const auto exposure = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"exposure", "data/dataset.yaml", "--json", "--zone"});
    const Ran ran = folder.levee(more);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return Json::parse(ran.out);
  };
  const Json covered = exposure({"EUR"}), total = exposure({"EUR", "--denominator", "total"});
  EXPECT_EQ(covered["denominator"], "covered");
  EXPECT_EQ(total["denominator"], "total");
  EXPECT_GT(covered["regions"][0]["aggregate_trade"].get<double>(),
            total["regions"][0]["aggregate_trade"].get<double>());
  EXPECT_EQ(exposure({"EUR", "GBR"})["regions"].size(), 10U);
  EXPECT_EQ(exposure({"EUR", "--goods", "STEEL", "ALU"})["goods"], Json({"STEEL", "ALU"}));
  const Json free = exposure({"EUR", "--carbon-price", "0"});
  for (const Json& one : free["regions"]) EXPECT_EQ(one["payment"], 0);
}

TEST(Exposure, SaysWhatIsWrong) {
  const Workspace folder;
  const auto fault = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"exposure", "data/dataset.yaml"});
    const Ran ran = folder.levee(more);
    EXPECT_EQ(ran.status, 1);
    return ran.err;
  };
  EXPECT_THAT(fault({}), HasSubstr("--zone"));
  EXPECT_THAT(fault({"--zone", "EURO"}), HasSubstr("did you mean 'EUR'?"));
  EXPECT_THAT(fault({"--zone", "all"}), HasSubstr("nobody is left to be charged"));
  EXPECT_THAT(fault({"--zone", "EUR", "--goods", "STEAL"}), HasSubstr("did you mean 'STEEL'?"));
  EXPECT_THAT(fault({"--zone", "EUR", "--stressor", "CH5"}), HasSubstr("there is no stressor 'CH5'"));
  EXPECT_THAT(fault({"--zone", "EUR", "--scope", "scope1"}), HasSubstr("--scope"));
}

}  // namespace
}  // namespace levee::testing
