// The transaction table as use and trade: read, and refused where it does not fit together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/data_dataset_files.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Two regions and three sectors; region NO buys a quarter of its FOOD in B, B all of its COAL in NO.
DatasetFiles use_and_trade() {
  DatasetFiles files;
  files.edit("dataset.yaml",
             "  Z: {file: Z.csv, layout: wide}\n  Y: Y.csv\n  final_demand: {HH: household, INV: inventories}\n",
             "  use: use.csv\n  final_use: final_use.csv\n  trade: trade.csv\n  final_demand: {HH: household, G: "
             "government}\n");
  files.remove("Z.csv").remove("Y.csv");
  files.set("use.csv",
            ",NO.FOOD,NO.COAL,NO.ELEC,B.FOOD,B.COAL,B.ELEC\nFOOD,4,0,2,3,0,1\nCOAL,1,2,5,0,0,4\nELEC,2,2,1,3,0,2\n");
  files.set("final_use.csv", ",NO.HH,NO.G,B.HH,B.G\nFOOD,8,2,20,0\nCOAL,2,0,0,0\nELEC,4,1,5,0\n");
  files.set("trade.csv", ",NO,B\nNO.FOOD,12,0\nNO.COAL,10,4\nNO.ELEC,10,0\nB.FOOD,4,24\nB.COAL,0,0\nB.ELEC,0,10\n");
  files.set("x_va.csv", ",x,VA\nNO.FOOD,12,5\nNO.COAL,14,10\nNO.ELEC,10,2\nB.FOOD,28,22\nB.COAL,0,0\nB.ELEC,10,3\n");
  files.set("co2.csv", ",kt\nNO.FOOD,1\nNO.COAL,2\nNO.ELEC,30\nB.FOOD,4\nB.COAL,0\nB.ELEC,60\n");
  return files;
}

TEST(UseAndTrade, GivesOneMixOfOriginsToAllUsers) {
  const Dataset d = use_and_trade().read();
  ASSERT_TRUE(d.table.Z.factored());
  EXPECT_EQ(d.table.Z(d.node(1, 0), d.node(0, 2)), 0.25 * 2);
  EXPECT_EQ(d.table.Z(d.node(0, 0), d.node(0, 0)), 0.75 * 4);
  EXPECT_EQ(d.table.Z(d.node(0, 1), d.node(1, 2)), 4);
  EXPECT_EQ(d.table.Y(d.node(1, 0), 0 * final_demand_count + household), 0.25 * 8);
  EXPECT_EQ(d.table.Y(d.node(0, 0), 0 * final_demand_count + government), 0.75 * 2);
  EXPECT_EQ(d.table.Y(d.node(1, 0), 1 * final_demand_count + household), 20);
  EXPECT_LE(d.balance.rows, 1e-15);
  EXPECT_LE(d.balance.columns, 1e-15);
}

TEST(UseAndTrade, IsReadInLongFormToo) {
  DatasetFiles files = use_and_trade();
  files.edit("dataset.yaml", "use: use.csv", "use: {file: use.csv, layout: long, row: good, column: user}");
  files.edit("dataset.yaml", "trade: trade.csv", "trade: {file: trade.csv, layout: long, value: musd}");
  files.set("use.csv",
            "good,user,value\nFOOD,NO.FOOD,4\nFOOD,NO.ELEC,2\nFOOD,B.FOOD,3\nFOOD,B.ELEC,1\nCOAL,NO.FOOD,1\n"
            "COAL,NO.COAL,2\nCOAL,NO.ELEC,5\nCOAL,B.ELEC,4\nELEC,NO.FOOD,2\nELEC,NO.COAL,2\nELEC,NO.ELEC,1\n"
            "ELEC,B.FOOD,3\nELEC,B.ELEC,2\n");
  files.set("trade.csv",
            "row,column,musd\nNO.FOOD,NO,12\nNO.COAL,NO,10\nNO.COAL,B,4\nNO.ELEC,NO,10\nB.FOOD,NO,4\nB.FOOD,B,24\n"
            "B.ELEC,B,10\n");
  const Dataset d = files.read(), wide = use_and_trade().read();
  EXPECT_EQ(d.table.Z.expanded(), wide.table.Z.expanded());
  EXPECT_EQ(d.table.Y, wide.table.Y);
}

TEST(UseAndTrade, InventoriesAreByOrigin) {
  DatasetFiles files = use_and_trade();
  files.edit("dataset.yaml", "  trade: trade.csv\n", "  trade: trade.csv\n  inventories: stocks.csv\n");
  files.set("stocks.csv", ",NO,B\nNO.FOOD,1,0\nNO.COAL,0,0\nNO.ELEC,0,0\nB.FOOD,-2,0\nB.COAL,0,0\nB.ELEC,0,0\n");
  files.edit("x_va.csv", "NO.FOOD,12,5", "NO.FOOD,13,6").edit("x_va.csv", "B.FOOD,28,22", "B.FOOD,26,20");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Y(d.node(0, 0), 0 * final_demand_count + inventories), 1);
  EXPECT_EQ(d.table.Y(d.node(1, 0), 0 * final_demand_count + inventories), -2);
  EXPECT_EQ(d.table.Z(d.node(1, 0), d.node(0, 2)), 0.25 * 2) << "the mix of origins is that of trade alone";
  EXPECT_EQ(d.warnings[0].message, "1 inventory cells are negative, -2 in all: kept as fixed quantities");
}

TEST(UseAndTrade, TradeMustBringWhatIsUsed) {
  DatasetFiles files = use_and_trade();
  files.edit("trade.csv", "B.FOOD,4,24", "B.FOOD,5,24");
  EXPECT_THAT(
      files.faults(),
      ElementsAre("dataset.yaml:11:10: use and trade differ: 1 of 6 goods by region are off by more than 1e-06 "
                  "of what is used; the worst follow",
                  "trade.csv:2:9: 16 of FOOD is used in NO, but 17 comes from all origins (+1, 0.0625 relative)"));
  files = use_and_trade();
  files.edit("use.csv", "COAL,1,2,5,0,0,4", "COAL,1,2,5,0,0,5");
  EXPECT_THAT(files.faults(), Contains("trade.csv:6:10: 5 of COAL is used in B, but 4 comes from all origins (-1, 0.2 "
                                       "relative)"));
}

TEST(UseAndTrade, WhatIsUsedHasAnOrigin) {
  DatasetFiles files = use_and_trade();
  files.edit("use.csv", "COAL,1,2,5,0,0,4", "COAL,1,2,5,0,0,1e-9").edit("trade.csv", "NO.COAL,10,4", "NO.COAL,10,0");
  EXPECT_THAT(files.faults(), Contains(HasSubstr("1e-09 of COAL is used in B, but 0 comes from all origins")));
}

TEST(UseAndTrade, RefusesAMixtureOfLayouts) {
  DatasetFiles files = use_and_trade();
  files.edit("dataset.yaml", "  use: use.csv\n", "  use: use.csv\n  Z: Z.csv\n");
  EXPECT_THAT(files.faults(), ElementsAre(HasSubstr("found 'Z' beside 'use': expected either Z and Y, or use, "
                                                    "final_use and trade")));
  files = use_and_trade();
  files.edit("dataset.yaml", "  trade: trade.csv\n", "");
  EXPECT_THAT(files.faults(), ElementsAre(HasSubstr("'trade'")));
  files = use_and_trade();
  files.edit("dataset.yaml", "G: government", "G: inventories");
  EXPECT_THAT(files.faults(), ElementsAre("dataset.yaml:12:36: found inventories among the purchases of mixed origin; "
                                          "expected them by origin, in the block 'inventories'"));
}

TEST(UseAndTrade, RefusesNegativeFiguresAndUnknownLabels) {
  DatasetFiles files = use_and_trade();
  files.edit("use.csv", "FOOD,4,", "FOOD,-4,").edit("trade.csv", "B.FOOD,4,24", "B.FOUD,4,24");
  files.edit("final_use.csv", "COAL,2,0,0,0", "COAL,2,0,0,-1");
  EXPECT_THAT(files.faults(), ElementsAre("use.csv:2:6: found -4, expected a purchase >= 0",
                                          "final_use.csv:3:12: found -1, expected a purchase >= 0",
                                          "trade.csv:5:1: unknown node 'B.FOUD', did you mean 'B.FOOD'?"));
  files = use_and_trade();
  files.edit("use.csv", "FOOD,4,0,2,", "FOOD,4,-1e-12,2,");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Z.use()(0, 1), 0);
  EXPECT_EQ(d.warnings[0].message, "1 figures are negative by rounding: set to 0");
}

}  // namespace
}  // namespace levee::testing
