#include <gtest/gtest.h>

#include <atomic>

#include "scenarios/run_head.hpp"
#include "tests/unit/scenarios_small_run.hpp"

namespace levee::testing {
namespace {

using Json = nlohmann::ordered_json;

class Summary : public ::testing::Test {
 protected:
  static const SmallRun& small() {
    static const SmallRun run;
    return run;
  }
  static const Json& scenario(const std::string& name) {
    static const std::vector<ScenarioRecord> records = records_of(small().run);
    for (const ScenarioRecord& record : records) {
      if (record.name == name) return record.summary;
    }
    throw std::logic_error("no scenario " + name);
  }
  static const Outcome& now() { return *small().run.find(2)->outcome; }
};

TEST_F(Summary, SaysWhatItIsAbout) {
  const Json summary = make_run_head(*small().run.study, {}, {0, 1, 2}, {0, 1, 2}, std::nullopt).summary;
  EXPECT_EQ(summary.at("schema"), 1);
  EXPECT_EQ(summary.at("study"), "small");
  EXPECT_EQ(summary.at("dataset"), "made");
  EXPECT_EQ(summary.at("reference"), "reference");
  EXPECT_EQ(summary.at("units"), (Json{{"money", "million USD"}, {"price_year", 2011}, {"mass", "Mt"}}));
}

TEST_F(Summary, HasEveryFigureOfAScenario) {
  const Json& entry = scenario("everything");
  EXPECT_EQ(entry.at("status"), "solved");
  EXPECT_EQ(entry.at("solver").at("backend"), "ipopt");
  EXPECT_LE(entry.at("solver").at("residual").get<double>(), 1e-10);
  EXPECT_LE(entry.at("walras").get<double>(), 1e-8);
  EXPECT_EQ(entry.at("carbon_price"), (Json{{"ZA", 50.0}, {"ZB", 30.0}}));
  double world = 0;
  for (int r = 0; r < 3; ++r) {
    const std::string& code = small().data->regions[r].code;
    const double mt = now().region_emissions(0, r, *small().data);
    EXPECT_NEAR(entry.at("emissions_mt").at(code).get<double>(), mt, 1e-12);
    EXPECT_NEAR(entry.at("welfare_ev_percent").at(code).get<double>(), 100 * (now().utility[r] - 1), 1e-9);
    EXPECT_TRUE(entry.at("real_gdp_percent").at(code).is_number());
    world += mt;
  }
  EXPECT_NEAR(entry.at("emissions_mt").at("world").get<double>(), world, 1e-12);
  EXPECT_TRUE(entry.at("leakage_rate").at("ZA").is_number());
  EXPECT_EQ(entry.at("held"), (Json{{"ZA", "price"}, {"ZB", "price"}}));
  double channels = 0;
  for (const auto& [name, value] : entry.at("leakage_channels").at("ZA").items()) channels += value.get<double>();
  EXPECT_EQ(entry.at("leakage_channels").at("ZA").size(), 3U);
  EXPECT_NEAR(channels, entry.at("leakage_rate").at("ZA").get<double>(), 1e-9);
  const double exported =
      now().trade(ThreeRegions::node(1, 1), 0) / small().run.find(0)->outcome->trade(ThreeRegions::node(1, 1), 0);
  EXPECT_NEAR(entry.at("exports_to_zone_percent").at("ZA").at("B").at("STEEL").get<double>(), 100 * (exported - 1),
              1e-9);
  EXPECT_FALSE(entry.at("exports_to_zone_percent").at("ZA").contains("A"));
  EXPECT_NEAR(entry.at("cbam_revenue").at("ZA").get<double>(), now().budget[0].border_charge, 1e-12);
  EXPECT_EQ(entry.at("cbam_revenue").at("ZB"), 0.0);
}

TEST_F(Summary, AgreesWithTheTables) {
  const std::vector<Table> tables = tables_of(small().run);
  const Json& entry = scenario("everything");
  const double rate =
      Rows(tables, "leakage").value({{"scenario", "everything"}, {"zone", "ZA"}, {"channel", "total"}}, "value");
  EXPECT_EQ(entry.at("leakage_rate").at("ZA").get<double>(), rate);
  const double gdp =
      Rows(tables, "macro")
          .value({{"scenario", "everything"}, {"region", "B"}, {"component", "real GDP"}}, "change_percent");
  EXPECT_EQ(entry.at("real_gdp_percent").at("B").get<double>(), gdp);
  const double welfare =
      Rows(tables, "welfare")
          .value({{"scenario", "everything"}, {"region", "world"}, {"component", "equivalent variation percent"}},
                 "value");
  EXPECT_NEAR(entry.at("welfare_ev_percent").at("world").get<double>(), welfare, 1e-12);
}

TEST_F(Summary, ARateThatDoesNotExistIsNull) {
  for (const char* name : {"reference", "nothing"}) {
    EXPECT_TRUE(scenario(name).at("leakage_rate").at("ZA").is_null()) << name;
    EXPECT_NEAR(scenario(name).at("welfare_ev_percent").at("world").get<double>(), 0, 1e-9) << name;
  }
}

TEST(SummaryOfAnInterruptedRun, HasTheStatusAndNulls) {
  const std::atomic<bool> interrupted = true;
  RunOptions options;
  options.interrupted = &interrupted;
  const SmallRun run(options);
  const std::vector<ScenarioRecord> records = records_of(run.run);
  ASSERT_EQ(records.size(), 3u);
  for (const ScenarioRecord& record : records) {
    EXPECT_EQ(record.summary.at("status"), "interrupted");
    for (const char* key : {"walras", "carbon_price", "emissions_mt", "leakage_rate", "leakage_channels",
                            "welfare_ev_percent", "exports_to_zone_percent", "cbam_revenue", "real_gdp_percent"}) {
      EXPECT_TRUE(record.summary.at(key).is_null()) << key;
    }
    EXPECT_EQ(record.run.at("unknowns"), 0);
    for (const std::string& rows : record.rows) EXPECT_EQ(rows, "");
  }
}

TEST_F(Summary, RecordsTreatmentsAndNumbers) {
  const RunIdentity identity{"1.0", {{"jobs", 2}}, Json::array()};
  const SolvedPolicy richest{2, {std::nullopt, std::nullopt}};
  const RunHead head = make_run_head(*small().run.study, identity, {0, 1, 2}, {0, 2}, richest);
  EXPECT_EQ(head.run.at("version"), "1.0");
  EXPECT_EQ(head.run.at("options").at("jobs"), 2);
  EXPECT_FALSE(head.about.at("treatments").empty());
  EXPECT_FALSE(head.about.at("equations").empty());
  EXPECT_EQ(head.about.at("scenarios").size(), 2u);
  EXPECT_FALSE(head.whole_tables.at(0).rows.empty());
  const ScenarioRecord recorded = records_of(small().run).at(2);
  EXPECT_GT(recorded.run.at("unknowns").get<int>(), 50);
  EXPECT_GT(recorded.run.at("nonzeros").get<int>(), recorded.run.at("unknowns").get<int>());
  EXPECT_LE(recorded.run.at("replication").get<double>(), 1e-9);
  EXPECT_EQ(recorded.rows.size(), head.tables.size());
}

}  // namespace
}  // namespace levee::testing
