// The shipped table of 41 regions and 46 sectors: added up by its concordances it is cbam-2011, so every figure is
// checked against a table that was made apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "data/aggregation.hpp"
#include "data/csv.hpp"
#include "data/dataset_reader.hpp"

namespace levee {
namespace {

const std::string data = std::string(LEVEE_SOURCE_DIR) + "/data/";

const Dataset& wiod() {
  static const Dataset result = read_dataset(data + "wiod-2011/dataset.yaml");
  return result;
}

const Dataset& cbam() {
  static const Dataset result = read_dataset(data + "cbam-2011/dataset.yaml");
  return result;
}

/// Codes of cbam-2011 by region or sector of wiod-2011, in its order.
std::vector<std::string> concordance(const std::string& file, const std::string& column) {
  const CsvFile csv = CsvFile::load(data + "wiod-2011/" + file);
  std::vector<std::string> result;
  for (int row = 1; row < csv.rows(); ++row) result.emplace_back(csv.cell(row, csv.column_named(column)));
  return result;
}

const std::vector<std::string>& regions() {
  static const auto result = concordance("concordance_regions.csv", "cbam_2011");
  return result;
}
const std::vector<std::string>& sectors() {
  static const auto result = concordance("concordance_sectors.csv", "cbam_2011");
  return result;
}

int region_of(int region) { return cbam().region_index(regions()[static_cast<std::size_t>(region)]); }

int node_of(int node) {
  const int count = wiod().sector_count();
  return cbam().node(region_of(node / count), cbam().sector_index(sectors()[static_cast<std::size_t>(node % count)]));
}

/// Sums by the nodes of cbam-2011.
Eigen::MatrixXd added_up(const Eigen::MatrixXd& rows) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(cbam().node_count(), rows.cols());
  for (int node = 0; node < wiod().node_count(); ++node) result.row(node_of(node)) += rows.row(node);
  return result;
}

TEST(Wiod2011, ConcordancesCoverBothTables) {
  const CsvFile file = CsvFile::load(data + "wiod-2011/concordance_sectors.csv");
  ASSERT_EQ(wiod().region_count(), 41);
  ASSERT_EQ(wiod().sector_count(), 46);
  ASSERT_EQ(regions().size(), 41U);
  ASSERT_EQ(sectors().size(), 46U);
  for (int i = 0; i < 46; ++i) {
    EXPECT_EQ(file.cell(i + 1, 0), wiod().sectors[static_cast<std::size_t>(i)].code);
    EXPECT_GE(cbam().sector_index(sectors()[static_cast<std::size_t>(i)]), 0);
  }
  for (int r = 0; r < 41; ++r) EXPECT_GE(region_of(r), 0);
}

TEST(Wiod2011, LoadsBalanced) {
  const MrioTable& t = wiod().table;
  const Eigen::ArrayXd floor = t.x.array().abs().max(1e-3 * t.x.cwiseAbs().mean());
  EXPECT_LE(((t.Z.dense().rowwise().sum() + t.Y.rowwise().sum() - t.x).array().abs() / floor).maxCoeff(), 1e-6);
  EXPECT_LE(((t.Z.dense().colwise().sum().transpose() + t.value_added - t.x).array().abs() / floor).maxCoeff(), 1e-6);
  EXPECT_GT((t.Z.dense().array() > 0).count(), 700000);
}

// Figures have seven digits, so sums agree to that; the relabelled electricity moves inputs from ELEC to services by
// country here and by region there, so the two columns agree only together.
TEST(Wiod2011, AddsUpToCbam2011) {
  const int count = cbam().sector_count(), services = cbam().sector_index("SER");
  Eigen::MatrixXd sales = Eigen::MatrixXd::Zero(cbam().node_count(), cbam().node_count());
  const Eigen::MatrixXd rows = added_up(wiod().table.Z.dense());
  for (int user = 0; user < wiod().node_count(); ++user) sales.col(node_of(user)) += rows.col(user);
  Eigen::MatrixXd expected = cbam().table.Z.dense();
  for (Eigen::MatrixXd* table : {&sales, &expected}) {
    for (int r = 0; r < cbam().region_count(); ++r) {
      table->col(r * count + services) += table->col(r * count + cbam().electricity);
      table->col(r * count + cbam().electricity).setZero();
    }
  }
  EXPECT_LE(((sales - expected).array().abs() / (expected.array() + 1)).maxCoeff(), 1e-5);

  Eigen::MatrixXd final_demand = Eigen::MatrixXd::Zero(cbam().node_count(), cbam().table.Y.cols());
  const Eigen::MatrixXd final_rows = added_up(wiod().table.Y);
  for (int r = 0; r < wiod().region_count(); ++r) {
    for (int k = 0; k < final_demand_count; ++k) {
      final_demand.col(region_of(r) * final_demand_count + k) += final_rows.col(r * final_demand_count + k);
    }
  }
  // Disposals, negative investment, are booked as inventories in both, but they may cancel within a region there.
  EXPECT_NEAR(final_demand.sum(), cbam().table.Y.sum(), 1);
  for (int r = 0; r < cbam().region_count(); ++r) {
    for (const FinalDemand k : {household, npish, government}) {
      const int column = r * final_demand_count + k;
      EXPECT_LE((final_demand.col(column) - cbam().table.Y.col(column)).cwiseAbs().maxCoeff(), 0.1);
    }
    const int stock = r * final_demand_count + inventories, equipment = r * final_demand_count + investment;
    EXPECT_LE((final_demand.col(stock) + final_demand.col(equipment) - cbam().table.Y.col(stock) -
               cbam().table.Y.col(equipment))
                  .cwiseAbs()
                  .maxCoeff(),
              1);
  }
  EXPECT_LE((added_up(wiod().table.x) - cbam().table.x).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(Wiod2011, EmissionsAddUpToCbam2011) {
  const Stressor &fine = wiod().stressors.at(0), &coarse = cbam().stressors.at(0);
  EXPECT_LE((added_up(fine.industry) - coarse.industry).cwiseAbs().maxCoeff(), 0.1);
  EXPECT_LE((added_up(fine.process) - coarse.process).cwiseAbs().maxCoeff(), 0.1);
  Eigen::VectorXd households = Eigen::VectorXd::Zero(cbam().region_count());
  for (int r = 0; r < wiod().region_count(); ++r) households[region_of(r)] += fine.household[r];
  EXPECT_LE((households - coarse.household).cwiseAbs().maxCoeff(), 0.1);
}

TEST(Wiod2011, ParametersAreThoseOfCbam2011ByConcordance) {
  const Parameters &fine = wiod().parameters, &coarse = cbam().parameters;
  const int gas = wiod().sector_index("GAS"), distribution = wiod().sector_index("GDT");
  const std::vector<std::string> labour = concordance("concordance_sectors.csv", "labour_share_of");
  for (int node = 0; node < wiod().node_count(); ++node) {
    const int sector = node % wiod().sector_count(), region = region_of(node / wiod().sector_count());
    const int share_of = cbam().node(region, cbam().sector_index(labour[static_cast<std::size_t>(sector)]));
    EXPECT_EQ(fine.labour_share[node], coarse.labour_share[share_of]) << wiod().node_label(node);
    if (sector == distribution) continue;
    for (const auto& [name, values] : coarse.elasticities.by_node)
      EXPECT_EQ(fine.elasticities.by_node.at(name)[node], values[node_of(node)]) << name << wiod().node_label(node);
    if (sector == gas) continue;  // there it holds distribution, so its supply differs by region
    EXPECT_EQ(fine.resource_share[node], coarse.resource_share[node_of(node)]) << wiod().node_label(node);
    EXPECT_EQ(std::isnan(fine.supply_elasticity[node]), std::isnan(coarse.supply_elasticity[node_of(node)]));
    if (!std::isnan(fine.supply_elasticity[node])) {
      EXPECT_EQ(fine.supply_elasticity[node], coarse.supply_elasticity[node_of(node)]);
    }
  }
  for (int i = 0; i < wiod().sector_count(); ++i) {
    EXPECT_EQ(fine.fuel_weight[i], coarse.fuel_weight[cbam().sector_index(sectors()[static_cast<std::size_t>(i)])]);
  }
}

/// The shipped map says what the concordances say, and what comes of it is cbam-2011 but for the relabelled
/// electricity.
TEST(Wiod2011, TheShippedMapGivesCbam2011) {
  const Aggregation map = read_aggregation(YamlView::load(data + "maps/wiod-2011-to-cbam-2011.yaml"), wiod());
  for (int r = 0; r < wiod().region_count(); ++r) EXPECT_EQ(map.region_weight(r, region_of(r)), 1);
  for (int i = 0; i < wiod().sector_count(); ++i)
    EXPECT_EQ(map.sector_weight(i, cbam().sector_index(sectors()[static_cast<std::size_t>(i)])), 1);
  const Dataset world = aggregate(wiod(), map);
  for (int i = 0; i < cbam().sector_count(); ++i) {
    const Sector &here = world.sectors[static_cast<std::size_t>(i)],
                 &there = cbam().sectors[static_cast<std::size_t>(i)];
    EXPECT_EQ(here.code, there.code);
    EXPECT_EQ(here.name, there.name);
    EXPECT_EQ(here.groups, there.groups);
  }
  for (int r = 0; r < cbam().region_count(); ++r) {
    EXPECT_EQ(world.regions[static_cast<std::size_t>(r)].code, cbam().regions[static_cast<std::size_t>(r)].code);
    EXPECT_EQ(world.regions[static_cast<std::size_t>(r)].income_group,
              cbam().regions[static_cast<std::size_t>(r)].income_group);
  }
  const int count = cbam().sector_count(), services = cbam().sector_index("SER");
  const Eigen::MatrixXd difference = (world.table.Z.dense() - cbam().table.Z.dense()).cwiseAbs();
  for (int user = 0; user < cbam().node_count(); ++user) {
    const bool relabelled = user % count == services || user % count == cbam().electricity;
    EXPECT_LE(difference.col(user).maxCoeff(), relabelled ? 150.0 : 0.5) << cbam().node_label(user);
  }
  EXPECT_LE((world.table.x - cbam().table.x).cwiseAbs().maxCoeff(), 1e-3);
  EXPECT_LE((world.stressors[0].industry - cbam().stressors[0].industry).cwiseAbs().maxCoeff(), 0.1);
  EXPECT_LE((world.stressors[0].household - cbam().stressors[0].household).cwiseAbs().maxCoeff(), 0.1);
  EXPECT_EQ(world.electricity, cbam().electricity);
  // What all members of a sector share comes back to the last digit.
  for (const int node : {cbam().node(0, cbam().sector_index("STEEL")), cbam().node(4, cbam().sector_index("MAC"))}) {
    for (const auto& [name, values] : cbam().parameters.elasticities.by_node)
      EXPECT_EQ(world.parameters.elasticities.by_node.at(name)[node], values[node]) << name;
    EXPECT_EQ(world.parameters.labour_share[node], cbam().parameters.labour_share[node]);
  }
  const NestTemplate& tree = world.technologies.at("gtap-e").output;
  EXPECT_EQ(tree.nests.at(0).goods, cbam().technologies.at("gtap-e").output.nests.at(0).goods);
  EXPECT_EQ(world.technologies.at("gtap-e").resource_on_top, std::vector<std::string>{"extraction"});
}

TEST(Wiod2011, SectorsOfCbam2011AreSectorsOrGroups) {
  for (const Sector& sector : cbam().sectors) {
    if (sector.code == "GAS") continue;  // extraction alone here
    std::vector<int> members;
    for (int i = 0; i < wiod().sector_count(); ++i) {
      if (sectors()[static_cast<std::size_t>(i)] == sector.code) members.push_back(i);
    }
    EXPECT_EQ(wiod().sectors_in(sector.code), members) << sector.code;
  }
}

TEST(Wiod2011, SaysWhatItTreats) {
  int without_output = 0;
  std::string all;
  for (const Diagnostic& warning : wiod().warnings) {
    without_output += warning.message.find("left out of models") != std::string::npos ? 1 : 0;
    all += warning.message + "\n";
  }
  EXPECT_EQ(without_output, 22);
  EXPECT_THAT(all, testing::HasSubstr("499 inventory cells are negative"));
  EXPECT_THAT(all, testing::HasSubstr("7 investment cells are negative"));
  EXPECT_THAT(all, testing::HasSubstr("LUX.c8 has value added -1"));
}

}  // namespace
}  // namespace levee
