#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

// The folder that `levee run` writes, read by other code than the program's own.
namespace levee::testing {

using Json = nlohmann::ordered_json;

inline Json json_of(const Workspace& folder, const std::string& name) { return Json::parse(folder.read(name)); }

inline CsvTable table_of(const Workspace& folder, const std::string& out, const std::string& name) {
  return CsvTable(folder.read(fmt::format("{}/tables/{}.csv", out, name)));
}

/// The content of every table by name.
inline std::map<std::string, std::string> tables_of(const Workspace& folder, const std::string& out) {
  std::map<std::string, std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path(out + "/tables"))) {
    const std::string name = entry.path().filename().string();
    result[name] = folder.read(out + "/tables/" + name);
  }
  return result;
}

inline std::vector<std::string> keys_of(const Json& json) {
  std::vector<std::string> result;
  for (const auto& entry : json.items()) result.push_back(entry.key());
  return result;
}

/// The scenarios of a summary or record, in its order.
inline std::vector<std::string> names_of(const Json& document) {
  std::vector<std::string> result;
  for (const Json& scenario : document.at("scenarios")) result.push_back(scenario.at("name"));
  return result;
}

inline const Json& scenario_of(const Json& document, const std::string& name) {
  for (const Json& scenario : document.at("scenarios")) {
    if (scenario.at("name") == name) return scenario;
  }
  throw std::runtime_error("no scenario " + name);
}

inline void expect_near(double a, double b, double relative, const std::string& what) {
  EXPECT_NEAR(a, b, relative * std::max({1.0, std::abs(a), std::abs(b)})) << what;
}

/// Of an interrupted run a journal may lie beside its folder, of any other nothing.
inline void expect_folder(const Workspace& folder, const std::string& out, bool interrupted = false) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path(out)))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("summary.json", "run.json", "report.html", "tables"));
  for (const std::string& name : folder.names()) {
    if (interrupted && name == fmt::format(".{}.journal", out)) continue;
    EXPECT_THAT(name, ::testing::Not(::testing::StartsWith("."))) << "a part was left behind";
  }
}

/// The channels of leakage of a scenario in a zone: in the summary and in the table the same, adding up to the rate.
inline void expect_channels(const Json& entry, const std::string& zone, const CsvTable& leakage,
                            const CsvTable& channel_runs) {
  const std::string name = entry.at("name");
  SCOPED_TRACE(name + " in " + zone);
  const Json& channels = entry.at("leakage_channels").at(zone);
  ASSERT_TRUE(channels.is_object()) << channels;
  EXPECT_THAT(keys_of(channels), ::testing::UnorderedElementsAre("energy", "competitiveness", "income"));
  const auto in_table = [&](const std::string& channel) {
    return leakage.value("value", {{"scenario", name}, {"zone", zone}, {"channel", channel}});
  };
  double in_summary = 0, in_tables = 0;
  for (const auto& channel : channels.items()) {
    in_summary += channel.value().get<double>();
    in_tables += in_table(channel.key());
    EXPECT_NEAR(in_table(channel.key()), channel.value().get<double>(), 1e-12) << channel.key();
  }
  expect_near(in_summary, entry.at("leakage_rate").at(zone), 1e-9, "parts in the summary");
  expect_near(in_tables, in_table("total"), 1e-9, "parts in the table");
  std::vector<std::string> runs;
  for (const std::size_t row : channel_runs.find({{"scenario", name}, {"zone", zone}})) {
    runs.push_back(channel_runs.rows[row][channel_runs.column("run")]);
    EXPECT_EQ(channel_runs.rows[row][channel_runs.column("status")], "solved") << runs.back();
    EXPECT_LE(channel_runs.number(row, "residual"), 1e-9) << runs.back();
  }
  EXPECT_THAT(runs, ::testing::ElementsAre("fuel prices held", "neutral border", "both"));
}

}  // namespace levee::testing
