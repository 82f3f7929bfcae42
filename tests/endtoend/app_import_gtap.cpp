// `levee import gtap-har`: a GTAP database becomes a dataset that a model is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_program.hpp"
#include "tests/unit/data_har_samples.hpp"
#include "tests/unit/data_import_gtap.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string study_of(const std::string& zone, const std::string& good, const std::string& household) {
  return fmt::format(R"(study: gtap
dataset: gtap/dataset.yaml
model: {{technology: gtap, household: {}}}
zones: {{Z: {{regions: [{}], sectors: [all]}}}}
reference: none
scenarios:
  none: {{}}
  price: {{carbon_price: {{Z: 20}}}}
  border: {{extends: price, cbam: {{Z: {{goods: [{}], scope: whole-chain}}}}}}
  no_tariffs: {{extends: price, parameters: {{set: {{tariffs: 0}}}}}}
)",
                     household, zone, good);
}

nlohmann::json scenario(const Workspace& folder, const std::string& name) {
  const nlohmann::json summary = nlohmann::json::parse(folder.read("results/summary.json"));
  for (const nlohmann::json& entry : summary["scenarios"]) {
    if (entry["name"] == name) return entry;
  }
  ADD_FAILURE() << "no scenario " << name;
  return {};
}

/// Imports, checks and solves, and looks at what must come of it.
void expect_solved(const Workspace& folder, const std::string& zone, const std::string& origin,
                   const std::string& good) {
  const Ran made = folder.levee({"import", "gtap-har", "published", "--out", "gtap"});
  ASSERT_EQ(made.status, 0) << made.err;
  const Ran checked = folder.levee({"check", "gtap/dataset.yaml"});
  ASSERT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("what calibration does"));
  folder.write("study.yaml", study_of(zone, good, "ces"));
  const Ran run = folder.levee({"run", "study.yaml", "--out", "results", "--no-decompose"});
  ASSERT_EQ(run.status, 0) << run.err;
  const double before = scenario(folder, "none")["emissions_mt"][zone];
  for (const char* name : {"none", "price", "border", "no_tariffs"}) {
    const nlohmann::json solved = scenario(folder, name);
    EXPECT_EQ(solved["status"], "solved") << name;
    EXPECT_LT(std::abs(solved["walras"].get<double>()), 1e-8) << name;
    if (name == std::string("none")) continue;
    EXPECT_LT(solved["emissions_mt"][zone].get<double>(), before) << name;
    EXPECT_GT(solved["leakage_rate"]["Z"].get<double>(), 0) << name;
  }
  EXPECT_GT(scenario(folder, "border")["cbam_revenue"]["Z"].get<double>(), 0);
  const auto sold = [&](const char* name) {
    return scenario(folder, name)["exports_to_zone_percent"]["Z"][origin][good].get<double>();
  };
  EXPECT_LT(sold("border"), sold("price"));
  EXPECT_NE(scenario(folder, "no_tariffs")["leakage_rate"]["Z"], scenario(folder, "price")["leakage_rate"]["Z"]);
}

TEST(ImportGtap, AMiniatureOfEitherVersionSolves) {
  for (const int version : {7, 6}) {
    SCOPED_TRACE(version);
    const Workspace folder;
    write_gtap(GtapMiniature(version), folder.path("published"));
    expect_solved(folder, "north", "south", "c_two");
  }
}

TEST(ImportGtap, WithoutEmissionsThereIsNothingToPrice) {
  const Workspace folder;
  write_gtap(GtapMiniature(), folder.path("published"));
  std::filesystem::remove(folder.path("published/gsdfemiss.har"));
  const Ran made = folder.levee({"import", "gtap-har", "published", "--out", "gtap"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("emissions of industry and households: none, a carbon price has nothing to price"));
  folder.write("study.yaml", study_of("north", "c_two", "cobb-douglas"));
  const Ran refused = folder.levee({"run", "study.yaml", "--out", "results"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("study.yaml:8:"), HasSubstr("zone 'Z' prices CO2, of which the dataset has "
                                                                       "no emissions")));
  folder.edit("study.yaml", "carbon_price: {Z: 20}", "");
  folder.edit("study.yaml", "  border: {extends: price, cbam: {Z: {goods: [c_two], scope: whole-chain}}}\n", "");
  const Ran run = folder.levee({"run", "study.yaml", "--out", "results"});
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(scenario(folder, "price")["status"], "solved");
  EXPECT_TRUE(scenario(folder, "price")["leakage_rate"]["Z"].is_null());
}

TEST(ImportGtap, DamageLeavesNothingBehind) {
  const Workspace folder;
  write_gtap(GtapMiniature(), folder.path("published"));
  const std::string whole = folder.read("published/basedata.har");
  folder.write("published/basedata.har", whole.substr(0, whole.size() / 2));
  const Ran broken = folder.levee({"import", "gtap-har", "published", "--out", "gtap"});
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.err, HasSubstr("published/basedata.har"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("gtap")));
}

/// Emissions of the sample's fuels, which the sample lacks: so many Mt per million USD bought.
HarFile made_up_emissions(const HarFile& flows, const std::string& fuel) {
  HarFile file;
  for (const auto& [emissions, purchases] :
       {std::pair("MDF", "VDFB"), std::pair("MIF", "VMFB"), std::pair("MDP", "VDPB"), std::pair("MIP", "VMPB")}) {
    HarHeader array = *flows.find(purchases);
    array.name = array.coefficient = emissions;
    array.description = "made up, Mt";
    const std::vector<std::string>& goods = array.dimensions[0].labels;
    for (std::size_t cell = 0; cell < array.reals.size(); ++cell)
      array.reals[cell] *= goods[cell % goods.size()] == fuel ? 0.005 : 0;
    file.headers.push_back(array);
  }
  return file;
}

TEST(ImportGtap, TheSampleOfTenRegionsSolves) {
  const std::filesystem::path sample = har_samples() / "9x10";
  if (!std::filesystem::is_directory(sample))
    GTEST_SKIP() << "no sample data in " << sample << ": LEVEE_SHARED_DATA names the folder above";
  const Workspace folder;
  std::filesystem::create_directory(folder.path("published"));
  for (const char* file : {"basedata.har", "sets.har", "default.prm"})
    std::filesystem::create_symlink(std::filesystem::absolute(sample / file), folder.path("published") / file);
  write_har(made_up_emissions(read_har(sample / "basedata.har"), "c_Extraction"), folder.path("published/co2.har"));
  expect_solved(folder, "EU_28", "EastAsia", "c_HeavyMnfc");
}

}  // namespace
}  // namespace levee::testing
