// A published table as a dataset: sums stay whatever is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "data/import/imported_dataset.hpp"
#include "tests/unit/data_import_miniature.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

/// Two regions, two sectors, households and inventories; value added by labour and a product tax.
ImportedTable table_of(const World& world) {
  ImportedTable table;
  table.name = "small";
  table.regions = {{"AT", "Austria", ""}, {"ROW", "rest", ""}};
  table.sectors = {{"A", "crops", {}}, {"B", "ore", {}}};
  table.final_demand = {"HH", "INV"};
  table.final_demand_kind = {household, inventories};
  table.Z = world.Z;
  table.Y = world.Y;
  table.value_added = {{"D1", "labour", false, world.value_added.row(0), world.value_added_use.row(0)},
                       {"D21", "", true, world.value_added.row(1), {}}};
  return table;
}

TEST(ImportedDataset, KeepsTheTable) {
  const World world(2, 2, 2, 2);
  const Dataset data = make_dataset(table_of(world));
  EXPECT_EQ(data.table.Z.expanded(), world.Z);
  EXPECT_EQ(data.table.x, world.x) << "without output as published, what is sold";
  EXPECT_EQ(data.table.Y.col(household), world.Y.col(0));
  EXPECT_EQ(data.table.Y.col(final_demand_count + inventories), world.Y.col(3));
  EXPECT_EQ(data.table.value_added, world.value_added.colwise().sum().transpose());
  EXPECT_FALSE(data.has_parameters());
  EXPECT_NEAR(data.balance.rows, 0, 1e-12);
  EXPECT_NEAR(data.balance.columns, 0, 1e-12);
  EXPECT_THAT(data.assumptions, Contains(HasSubstr("includes taxes less subsidies on products")));
}

TEST(ImportedDataset, ComponentsOfValueAddedAreSatellitesInMoney) {
  const World world(2, 2, 2, 2);
  const Dataset data = make_dataset(table_of(world));
  ASSERT_EQ(data.stressors.size(), 2U);
  EXPECT_EQ(data.stressors[0].name, "value added: labour");
  EXPECT_EQ(data.stressors[1].name, "value added: D21");
  EXPECT_EQ(data.stressors[0].unit, "million USD");
  EXPECT_EQ(data.stressors[0].mt_per_unit, 0);
  EXPECT_EQ(data.stressors[0].industry, world.value_added.row(0).transpose());
}

TEST(ImportedDataset, NegativeFlowsComeOutOfInventoriesAndSumsStay) {
  const World world(2, 2, 2, 2);
  ImportedTable table = table_of(world);
  table.Z(0, 2) = -5;
  table.Y(1, 0) = -2;
  const Eigen::VectorXd sold = table.Z.rowwise().sum() + table.Y.rowwise().sum();
  const Eigen::VectorXd paid = table.Z.colwise().sum().transpose() + world.value_added.colwise().sum().transpose();
  const Dataset data = make_dataset(std::move(table));
  EXPECT_EQ(data.table.Z.expanded()(0, 2), 0);
  EXPECT_EQ(data.table.Y(1, household), 0);
  EXPECT_EQ(data.table.Y(1, inventories), world.Y(1, 1) - 2);
  EXPECT_EQ(data.table.Y(0, final_demand_count + inventories), world.Y(0, 3) - 5);
  EXPECT_EQ(data.table.Z.row_sums() + data.table.Y.rowwise().sum(), sold);
  EXPECT_EQ(data.table.Z.column_sums() + data.table.value_added, paid);
  EXPECT_THAT(data.assumptions, Contains(HasSubstr("negative deliveries are taken for sales out of the buying region's "
                                                   "inventories, the buyer's value added falls by them (5 million")));
  EXPECT_THAT(data.assumptions, Contains(HasSubstr("negative final demand")));
}

TEST(ImportedDataset, SatellitesHaveNamesOfTheirOwnAndSinksAreNoMass) {
  const World world(2, 2, 2, 2);
  ImportedTable table = table_of(world);
  const Eigen::VectorXd figures = Eigen::VectorXd::Ones(4);
  table.stressors = {{.name = "land", .unit = "kt", .industry = -figures, .process = {}, .household = {}},
                     {.name = "land", .unit = "kt", .industry = figures, .process = {}, .household = {}},
                     {.name = "CO2", .unit = "kt", .industry = figures, .process = {}, .household = {}}};
  const Dataset data = make_dataset(std::move(table));
  EXPECT_EQ(data.stressors.front().name, "CO2") << "in front, as in every dataset";
  EXPECT_EQ(data.stressors[3].name, "land");
  EXPECT_EQ(data.stressors[3].mt_per_unit, 0);
  EXPECT_EQ(data.stressors[4].name, "land (2)");
  EXPECT_EQ(data.stressors[4].mt_per_unit, 1e-3);
  EXPECT_EQ(data.stressors[4].household.size(), 2);
}

}  // namespace
}  // namespace levee::testing
