// The shipped table of 41 regions and 35 sectors, as published, against the two tables that were split out of it: cell
// by cell at 35 sectors with wiod-2011, at the finest common sectors with cbam-2011.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "data/aggregation.hpp"
#include "data/csv.hpp"
#include "data/dataset_reader.hpp"

namespace levee {
namespace {

const std::string data = std::string(LEVEE_SOURCE_DIR) + "/data/";

Dataset added_up(const Dataset& from, const std::string& map) {
  return aggregate(from, read_aggregation(YamlView::load(data + "maps/" + map), from));
}

const Dataset& published() {
  static const Dataset result = read_dataset(data + "wiod13-2011/dataset.yaml");
  return result;
}

/// wiod-2011 with its parts of a sector put together again.
const Dataset& rejoined() {
  static const Dataset result =
      added_up(read_dataset(data + "wiod-2011/dataset.yaml"), "wiod-2011-to-wiod13-2011.yaml");
  return result;
}

/// Both in 12 regions and 10 sectors.
struct Common {
  Dataset published, split;
};
const Common& common() {
  static const Common result{added_up(read_dataset(data + "wiod13-2011/dataset.yaml"), "wiod13-2011-to-common.yaml"),
                             added_up(read_dataset(data + "cbam-2011/dataset.yaml"), "cbam-2011-to-common.yaml")};
  return result;
}

double largest(const Eigen::MatrixXd& difference) { return difference.cwiseAbs().maxCoeff(); }

/// Columns of Y of one kind, and investment with inventories.
Eigen::MatrixXd demand(const Dataset& world, FinalDemand kind) {
  return world.table.Y(Eigen::all, Eigen::seqN(static_cast<int>(kind), world.region_count(), int{final_demand_count}));
}
Eigen::MatrixXd capital_formation(const Dataset& world) {
  return demand(world, investment) + demand(world, inventories);
}

void expect_same_sets(const Dataset& a, const Dataset& b) {
  ASSERT_EQ(a.region_count(), b.region_count());
  ASSERT_EQ(a.sector_count(), b.sector_count());
  for (int r = 0; r < a.region_count(); ++r)
    EXPECT_EQ(a.regions[static_cast<std::size_t>(r)].code, b.regions[static_cast<std::size_t>(r)].code);
  for (int i = 0; i < a.sector_count(); ++i)
    EXPECT_EQ(a.sectors[static_cast<std::size_t>(i)].code, b.sectors[static_cast<std::size_t>(i)].code);
}

// The source is in whole millions, and so stays exact.
TEST(Wiod13, LoadsBalancedToTheLastDigit) {
  ASSERT_EQ(published().region_count(), 41);
  ASSERT_EQ(published().sector_count(), 35);
  const MrioTable& t = published().table;
  const Eigen::MatrixXd sales = t.Z.dense();
  EXPECT_EQ(largest(sales.rowwise().sum() + t.Y.rowwise().sum() - t.x), 0);
  EXPECT_EQ(largest(sales.colwise().sum().transpose() + t.value_added - t.x), 0);
  EXPECT_EQ((sales.array() - sales.array().round()).abs().maxCoeff(), 0);
  EXPECT_GT((sales.array() > 0).count(), 300000);
}

TEST(Wiod13, SaysWhatItTreats) {
  int without_output = 0;
  std::string all;
  for (const Diagnostic& warning : published().warnings) {
    without_output += warning.message.find("left out of models") != std::string::npos ? 1 : 0;
    all += warning.message + "\n";
  }
  EXPECT_EQ(without_output, 22);
  EXPECT_THAT(all, testing::HasSubstr("346 inventory cells are negative"));
  EXPECT_THAT(all, testing::HasSubstr("6 investment cells are negative"));
}

// cbam-2011 is split from this table with every cell kept, at fifteen digits: the two agree to a dollar. Its
// electricity that is relabelled as services stays within the sector that holds both.
TEST(Wiod13, AgreesWithCbam2011AtTheCommonSectors) {
  const Dataset &a = common().published, &b = common().split;
  ASSERT_EQ(a.node_count(), 120);
  expect_same_sets(a, b);
  constexpr double dollar = 1e-6;
  EXPECT_LE(largest(a.table.Z.dense() - b.table.Z.dense()), dollar);
  EXPECT_LE(largest(a.table.x - b.table.x), dollar);
  EXPECT_LE(largest(a.table.value_added - b.table.value_added), dollar);
  for (const FinalDemand kind : {household, npish, government})
    EXPECT_LE(largest(demand(a, kind) - demand(b, kind)), dollar);
  EXPECT_LE(largest(capital_formation(a) - capital_formation(b)), dollar);
}

// The six negative cells, 492 in all, are booked as inventories by country here and have cancelled within EUR there.
TEST(Wiod13, NegativeInvestmentIsTheOnlyShiftWithinFinalDemand) {
  const Eigen::MatrixXd shift = demand(common().published, investment) - demand(common().split, investment);
  EXPECT_GE(shift.minCoeff(), -1e-6);
  EXPECT_NEAR(shift.sum(), 492, 1e-6);
  EXPECT_NEAR(shift.col(common().split.region_index("EUR")).sum(), 492, 1e-6);
}

// CO2 of cbam-2011 has eight digits; 0.05 kt below zero of LUX.c5, 0 here, have cancelled there. ROW cement and
// minerals have theirs out of chemicals there.
TEST(Wiod13, EmissionsAgreeWithCbam2011ButForMineralsOfRow) {
  const Dataset& a = common().published;
  const Stressor &here = a.stressors.at(0), &there = common().split.stressors.at(0);
  const int row = a.region_index("ROW"), minerals = a.node(row, a.sector_index("MINERAL")),
            chemicals = a.node(row, a.sector_index("CHEM"));
  constexpr double leather = 0.05;
  for (int node = 0; node < a.node_count(); ++node) {
    if (node == minerals || node == chemicals) continue;
    EXPECT_NEAR(here.industry[node], there.industry[node], 1e-7 * there.industry[node] + leather) << a.node_label(node);
  }
  EXPECT_NEAR(here.industry[minerals] + here.industry[chemicals], there.industry[minerals] + there.industry[chemicals],
              1e-7 * there.industry[minerals]);
  EXPECT_NEAR(there.industry[minerals] - here.industry[minerals], 366813, 1);
  EXPECT_GT(there.process[minerals], here.industry[minerals]) << "the source has less than the process CO2 alone";
  for (int r = 0; r < a.region_count(); ++r)
    EXPECT_NEAR(here.household[r], there.household[r], 1e-7 * there.household[r]);
}

/// All that is sold, Z and Y side by side.
Eigen::MatrixXd deliveries(const Dataset& world) {
  Eigen::MatrixXd result(world.node_count(), world.node_count() + world.table.Y.cols());
  result << world.table.Z.dense(), world.table.Y;
  return result;
}

// Figures of wiod-2011 have seven digits, and up to 25 of them make a cell of this table.
TEST(Wiod13, AgreesWithWiod2011ButForRelabelledElectricity) {
  const Dataset &a = published(), &b = rejoined();
  expect_same_sets(a, b);
  Eigen::MatrixXd here = deliveries(a), there = deliveries(b);
  Eigen::VectorXd output[] = {a.table.x, b.table.x}, value_added[] = {a.table.value_added, b.table.value_added};
  // Electricity and services together: as sellers, as buyers.
  for (int r = 0; r < a.region_count(); ++r) {
    const int from = a.node(r, a.sector_index("c17")), to = a.node(r, a.sector_index("c30"));
    for (Eigen::MatrixXd* table : {&here, &there}) {
      table->row(to) += table->row(from);
      table->row(from).setZero();
      table->col(to) += table->col(from);
      table->col(from).setZero();
    }
    for (Eigen::VectorXd* nodes_of : {&output[0], &output[1], &value_added[0], &value_added[1]}) {
      (*nodes_of)[to] += (*nodes_of)[from];
      (*nodes_of)[from] = 0;
    }
  }
  EXPECT_LE(((here - there).array().abs() / (here.array().abs() + 1)).maxCoeff(), 1e-6);
  EXPECT_LE(largest(output[0] - output[1]), 1e-3);
  EXPECT_LE(largest(value_added[0] - value_added[1]), 1e-3);
}

// Inputs move with what is relabelled, so columns of electricity and services differ; what a whole region buys does
// not.
TEST(Wiod13, ElectricityOfWiod2011IsRelabelledBetweenGridsOnly) {
  const Dataset &a = published(), &b = rejoined();
  const CsvFile regions = CsvFile::load(data + "wiod-2011/concordance_regions.csv");
  const auto group = [&](int region) { return regions.cell(region + 1, regions.column_named("cbam_2011")); };
  const Eigen::MatrixXd moved = deliveries(b) - deliveries(a);
  const auto bought_by = [&](int region, int seller) {
    return moved.row(seller).segment(a.node(region, 0), a.sector_count()).sum() +
           moved.row(seller).segment(a.node_count() + region * final_demand_count, final_demand_count).sum();
  };
  double sum = 0;
  for (int r = 0; r < a.region_count(); ++r) {
    const int electricity = a.node(r, a.sector_index("c17")), services = a.node(r, a.sector_index("c30"));
    const double rounding = 1e-6 * a.table.x[electricity] + 1e-3;
    for (int buyer = 0; buyer < a.region_count(); ++buyer) {
      const double relabelled = bought_by(buyer, services);
      sum += relabelled;
      EXPECT_GE(relabelled, -rounding) << a.node_label(services);
      EXPECT_NEAR(relabelled, -bought_by(buyer, electricity), rounding) << a.node_label(services);
      if (group(r) == group(buyer)) {
        EXPECT_NEAR(relabelled, 0, rounding) << a.node_label(services);
      }
    }
  }
  EXPECT_NEAR(sum, 13756, 1);  // "13.8 billion USD"
}

// What wiod-2011 and cbam-2011 give cement and minerals of ROW is what their README says, and comes out of rubber and
// plastics.
TEST(Wiod13, EmissionsAgreeWithWiod2011ButForMineralsOfRow) {
  const Dataset& a = published();
  const Stressor &here = a.stressors.at(0), &there = rejoined().stressors.at(0);
  const int row = a.region_index("ROW"), minerals = a.node(row, a.sector_index("c11")),
            rubber = a.node(row, a.sector_index("c10"));
  for (int node = 0; node < a.node_count(); ++node) {
    if (node == minerals || node == rubber) continue;
    EXPECT_NEAR(here.industry[node], there.industry[node], 1e-7 * there.industry[node] + 1e-3) << a.node_label(node);
  }
  EXPECT_NEAR(here.industry[rubber], 421672, 1);
  EXPECT_NEAR(here.industry[rubber] - there.industry[rubber], there.industry[minerals] - here.industry[minerals], 0.1);
  EXPECT_EQ(here.household, there.household);

  const Dataset split = read_dataset(data + "cbam-2011/dataset.yaml");
  const Stressor& co2 = split.stressors.at(0);
  const int cement = split.sector_index("CEM"), other = split.sector_index("ONMM"), last = split.region_index("ROW");
  const int row_cement = split.node(last, cement), row_other = split.node(last, other);
  EXPECT_NEAR(co2.industry[row_cement], 1.6 * co2.process[row_cement], 1);  // process CO2 and 0.6 of it
  double emitted = 0, made = 0;
  for (int r = 0; r < split.region_count(); ++r) {
    if (r == last) continue;
    emitted += co2.industry[split.node(r, other)];
    made += split.table.x[split.node(r, other)];
  }
  EXPECT_NEAR(co2.industry[row_other], 0.7 * emitted / made * split.table.x[row_other], 1);
  EXPECT_NEAR(co2.industry[row_cement] + co2.industry[row_other], there.industry[minerals], 1);
}

TEST(Wiod13, ParametersAreTheMeansOfWiod2011) {
  const Parameters &here = published().parameters, &means = rejoined().parameters;
  constexpr double digits = 1e-5;  // six of them are written
  const auto agree = [&](const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    ASSERT_EQ(a.size(), b.size());
    for (Eigen::Index k = 0; k < a.size(); ++k) {
      EXPECT_EQ(std::isnan(a[k]), std::isnan(b[k])) << k;
      if (std::isnan(a[k])) continue;
      EXPECT_NEAR(a[k], b[k], digits * std::abs(b[k])) << k;
    }
  };
  ASSERT_EQ(here.elasticities.by_node.size(), 7U);
  for (const auto& [name, values] : means.elasticities.by_node) agree(here.elasticities.by_node.at(name), values);
  agree(here.labour_share, means.labour_share);
  agree(here.resource_share, means.resource_share);
  agree(here.supply_elasticity, means.supply_elasticity);
  agree(here.fuel_weight, means.fuel_weight);
  ASSERT_EQ(here.fuel_use.size(), means.fuel_use.size());
  for (std::size_t k = 0; k < here.fuel_use.size(); ++k) {
    EXPECT_EQ(here.fuel_use[k].fuel, means.fuel_use[k].fuel);
    EXPECT_EQ(here.fuel_use[k].user, means.fuel_use[k].user);
    EXPECT_EQ(here.fuel_use[k].emits, means.fuel_use[k].emits);
    EXPECT_NEAR(here.fuel_use[k].share_outside_nest, means.fuel_use[k].share_outside_nest, digits);
  }
  for (int i = 0; i < published().sector_count(); ++i)
    EXPECT_EQ(published().sectors[static_cast<std::size_t>(i)].groups,
              rejoined().sectors[static_cast<std::size_t>(i)].groups);
}

}  // namespace
}  // namespace levee
