// The shipped dataset against figures read here without the dataset reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset_reader.hpp"

namespace levee {
namespace {

const std::string folder = std::string(LEVEE_SOURCE_DIR) + "/data/cbam-2011/";

const Dataset& dataset() {
  static const Dataset result = read_dataset(folder + "dataset.yaml");
  return result;
}

/// Sum of all figures of a wide file without quoted fields, and of those whose row label starts with `prefix`.
std::pair<double, double> sums(const std::string& file, const std::string& prefix) {
  std::ifstream stream(folder + file);
  std::string line, cell;
  std::getline(stream, line);
  double all = 0, some = 0;
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    std::getline(cells, cell, ',');
    const bool counts = cell.rfind(prefix, 0) == 0;
    while (std::getline(cells, cell, ',')) {
      all += std::stod(cell);
      if (counts) some += std::stod(cell);
    }
  }
  return {all, some};
}

TEST(Cbam2011, LoadsBalanced) {
  const Dataset& d = dataset();
  EXPECT_EQ(d.region_count(), 12);
  EXPECT_EQ(d.sector_count(), 20);
  EXPECT_LE(d.balance.rows, 1e-7);
  EXPECT_LE(d.balance.columns, 1e-7);
  const MrioTable& t = d.table;
  EXPECT_LE(((t.Z.dense().rowwise().sum() + t.Y.rowwise().sum() - t.x).array() / t.x.array()).abs().maxCoeff(), 1e-7);
  EXPECT_LE(((t.Z.dense().colwise().sum().transpose() + t.value_added - t.x).array() / t.x.array()).abs().maxCoeff(),
            1e-7);
  EXPECT_GT(t.x.minCoeff(), 0);
  EXPECT_GT(t.value_added.minCoeff(), 0);
}

TEST(Cbam2011, KeepsEveryFigure) {
  const Dataset& d = dataset();
  const auto [z_all, z_chn] = sums("Z.csv", "CHN.");
  EXPECT_NEAR(d.table.Z.dense().sum() / z_all, 1, 1e-12);
  EXPECT_NEAR(d.table.Z.dense().middleRows(d.node(d.region_index("CHN"), 0), 20).sum() / z_chn, 1, 1e-12);
  const auto [y_all, y_row] = sums("Y.csv", "ROW.");
  EXPECT_NEAR(d.table.Y.sum() / y_all, 1, 1e-12);
  EXPECT_NEAR(d.table.Y.middleRows(d.node(d.region_index("ROW"), 0), 20).sum() / y_row, 1, 1e-12);
  EXPECT_NEAR((d.table.x.sum() + d.table.value_added.sum()) / sums("x_va.csv", "").first, 1, 1e-12);
  const Stressor& co2 = d.stressors.at(0);
  EXPECT_NEAR(co2.industry.sum() / sums("co2_industry.csv", "").first, 1, 1e-12);
  EXPECT_NEAR(co2.process.sum() / sums("co2_process.csv", "").first, 1, 1e-12);
  EXPECT_NEAR(co2.household.sum() / sums("co2_households.csv", "").first, 1, 1e-12);
}

TEST(Cbam2011, HoldsCellsAsPublished) {
  const Dataset& d = dataset();
  const int eur = d.region_index("EUR"), gbr = d.region_index("GBR");
  const int agr = d.sector_index("AGR"), steel = d.sector_index("STEEL"), elec = d.sector_index("ELEC");
  EXPECT_EQ(d.table.Z.dense()(d.node(gbr, agr), d.node(eur, agr)), 303);
  EXPECT_EQ(d.table.Y(d.node(eur, agr), eur * final_demand_count + inventories), 10863);
  EXPECT_EQ(d.table.Y(d.node(eur, elec), gbr * final_demand_count + investment), 18.2);
  EXPECT_EQ(d.table.x[d.node(eur, steel)], 390506.52488008);
  EXPECT_EQ(d.stressors[0].industry[d.node(eur, steel)], 135971.28);
  EXPECT_EQ(d.stressors[0].mt_per_unit, 1e-3);
  EXPECT_EQ(d.tariff(d.node(d.region_index("AUI"), agr), d.region_index("BRA")), 0.0698268);
  EXPECT_EQ(d.electricity, elec);
}

const Stressor& stressor(const std::string& name) {
  const auto found = std::ranges::find(dataset().stressors, name, &Stressor::name);
  if (found == dataset().stressors.end()) throw std::logic_error("no stressor " + name);
  return *found;
}

TEST(Cbam2011, CarriesSatellitesWithTheirQuality) {
  const Dataset& d = dataset();
  const int eur = d.region_index("EUR"), rus = d.region_index("RUS");
  double all = 0;  // by the files, which have 11 columns of industry and 8 of households
  for (const Stressor& s : d.stressors) {
    if (s.name == "CO2" || !s.part_of.empty() || s.unit == "million persons") continue;
    all += s.industry.sum() + s.household.sum();
    EXPECT_FALSE(s.quality.empty()) << s.name;
    EXPECT_FALSE(s.source.empty()) << s.name;
    EXPECT_EQ(s.process.sum(), 0) << s.name;
    EXPECT_EQ(s.mt_per_unit, s.year == 2008 ? 1e-6 : 1e-3) << s.name;
    EXPECT_EQ(s.unit, s.year == 2008 ? "t" : "kt") << s.name;
  }
  // Added up from the source before it was divided into files.
  EXPECT_NEAR(all,
              347557.24 + 9028.91 + 109547.5 + 132458.73 + 57094.89 + 6395.16 + 14086.01 + 33772.74 + 11164.92 +
                  2432.4 + 6493.97,
              0.1);
  EXPECT_EQ(stressor("CH4").industry[d.node(eur, d.sector_index("AGR"))], 8836.77);
  EXPECT_EQ(stressor("CF4").industry[d.node(rus, d.sector_index("ALU"))], 3850);
  EXPECT_EQ(stressor("PM25").household[d.region_index("ROW")], 6915.88);
  EXPECT_EQ(stressor("SO2").quality, "good");
  EXPECT_THAT(stressor("PM25").quality, testing::HasSubstr("illustration"));
  EXPECT_EQ(stressor("population").household[rus], 142.958);
  EXPECT_EQ(stressor("population").year, 2010);
}

// Kilotonnes of the world, as in the source; models must not see what counts twice.
TEST(Cbam2011, ProcessCarbonOfEdgarIsPartOfCarbonDioxide) {
  const std::vector<std::pair<std::string, double>> world{
      {"1B2", 225751}, {"2A1", 1298236}, {"2A2", 240229}, {"2A3", 71393}, {"2A4", 30902},
      {"2A7", 9662},   {"2B", 666147},   {"2C", 335772},  {"2G", 24652},  {"4D4", 154701}};
  for (const auto& [category, kt] : world) {
    const Stressor& s = stressor("CO2_" + category);
    EXPECT_NEAR(s.industry.sum(), kt, 1) << category;
    EXPECT_EQ(s.part_of, "CO2") << category;
    EXPECT_EQ(s.mt_per_unit, 0) << category;
  }
  const Dataset& d = dataset();
  const int fert = d.node(0, d.sector_index("FERT")), chm = d.node(0, d.sector_index("CHM"));
  const Stressor &chemicals = stressor("CO2_2B"), &co2 = d.stressors.front();
  EXPECT_NEAR(chemicals.industry[fert] + chemicals.industry[chm], 74542.9, 0.1);
  EXPECT_NEAR(chemicals.industry[fert] * co2.industry[chm], chemicals.industry[chm] * co2.industry[fert],
              1e-5 * chemicals.industry[chm] * co2.industry[fert]);
}

TEST(Cbam2011, ParametersFollowTheirFiles) {
  const Dataset& d = dataset();
  const Parameters& p = d.parameters;
  const int gas = d.sector_index("GAS"), coal = d.sector_index("COAL");
  EXPECT_EQ(p.labour_share[d.node(d.region_index("GBR"), gas)], 0.3296);
  EXPECT_EQ(p.supply_elasticity[d.node(d.region_index("EUR"), gas)], 4);
  EXPECT_EQ(p.supply_elasticity[d.node(d.region_index("JKT"), gas)], 1);
  EXPECT_EQ(p.resource_share[d.node(d.region_index("EUR"), gas)], 0.45);
  EXPECT_EQ(p.resource_share[d.node(d.region_index("JKT"), gas)], 0);
  EXPECT_EQ(p.supply_elasticity[d.node(d.region_index("USA"), coal)], 4);
  EXPECT_TRUE(std::isnan(p.supply_elasticity[d.node(0, d.sector_index("SER"))]));
  EXPECT_EQ(p.fuel_weight[coal], 27);
  EXPECT_EQ(p.fuel_use.size(), 12U);
  EXPECT_EQ(p.elasticities.by_node.at("energy")[d.node(3, d.electricity)], 0);
  EXPECT_EQ(p.elasticities.by_node.at("non_electric")[d.node(3, d.electricity)], 0.5);
  EXPECT_EQ(p.elasticities.by_node.at("armington_origins")[d.node(3, d.electricity)], 2);
  EXPECT_EQ(p.elasticities.by_node.at("capital_energy")[d.node(3, gas)], 0);
}

TEST(Cbam2011, TreesAreTheDocumentedOnes) {
  const Dataset& d = dataset();
  const NestTemplate& output = d.technologies.at("gtap-e").output;
  ASSERT_EQ(output.nests.size(), 2U);
  EXPECT_EQ(output.nests[0].goods.size(), 15U);
  EXPECT_EQ(output.nests[1].nests[0].nests[0].nests[0].nests[0].name, "non_coal");
  EXPECT_EQ(output.nests[1].nests[0].nests[0].nests[0].nests[0].goods.size(), 3U);
  EXPECT_EQ(d.households.at("ces").utility.nests[0].goods.size(), 5U);
  EXPECT_EQ(d.sectors_in("cbam").size(), 5U);
}

TEST(Cbam2011, WarnsOfNegativeInventoriesOnly) {
  ASSERT_EQ(dataset().warnings.size(), 1U);
  EXPECT_THAT(dataset().warnings[0].message, testing::HasSubstr("54 inventory cells are negative"));
}

}  // namespace
}  // namespace levee
