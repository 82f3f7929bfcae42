// A dataset that is written is the dataset that is read back, in every layout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "data/dataset_writer.hpp"
#include "tests/unit/data_same_dataset.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

TEST(DatasetWriter, GeneratedWorldsComeBackInEveryLayout) {
  for (const int sectors : {3, 11, 24}) {
    const GeneratedWorld world =
        generate_world({.regions = 4, .sectors = sectors, .seed = 9, .armington = {}, .substitution = {}});
    for (const TableLayout layout : {TableLayout::wide, TableLayout::long_form, TableLayout::use_trade}) {
      SCOPED_TRACE(layout_name(layout));
      const Dataset read = WorldFolder(world, layout).read();
      EXPECT_EQ(read.table.Z.factored(), layout == TableLayout::use_trade);
      EXPECT_TRUE(read.warnings.empty());
      EXPECT_LE(read.balance.rows, 1e-12);
      EXPECT_LE(read.balance.columns, 1e-12);
      expect_same(read, world.dataset);
    }
  }
}

TEST(DatasetWriter, TheDefaultDatasetComesBack) {
  const Dataset data = read_dataset(std::string(LEVEE_SOURCE_DIR) + "/data/cbam-2011/dataset.yaml");
  for (const TableLayout layout : {TableLayout::wide, TableLayout::long_form}) {
    SCOPED_TRACE(layout_name(layout));
    expect_same(WorldFolder(data, layout).read(), data);
  }
}

TEST(DatasetWriter, FactorsCannotHoldEveryTable) {
  const auto nowhere = [](const std::string&, const std::string&) {};
  Dataset data = generate_world({.regions = 2, .sectors = 3, .seed = 1, .armington = {}, .substitution = {}}).dataset;
  EXPECT_NO_THROW(write_dataset(data, TableLayout::use_trade, nowhere));
  data.table.Y(0, household) *= 1.1;  // a household with a mix of origins of its own
  EXPECT_THROW(write_dataset(data, TableLayout::use_trade, nowhere), std::logic_error);
  data.table.Z = IntermediateTable(data.table.Z.expanded(), data.sector_count());
  EXPECT_THROW(write_dataset(data, TableLayout::use_trade, nowhere), std::logic_error);
  EXPECT_NO_THROW(write_dataset(data, TableLayout::wide, nowhere));
}

TEST(DatasetWriter, ChoosesALayoutBySize) {
  const auto chosen = [](int regions, int sectors) {
    return automatic_layout(
        generate_world({.regions = regions, .sectors = sectors, .seed = 1, .armington = {}, .substitution = {}})
            .dataset);
  };
  EXPECT_EQ(chosen(100, 10), TableLayout::wide);
  EXPECT_EQ(chosen(101, 10), TableLayout::use_trade);
}

TEST(DatasetWriter, KeepsInventoriesByOrigin) {
  Dataset data = generate_world({.regions = 3, .sectors = 5, .seed = 1, .armington = {}, .substitution = {}}).dataset;
  data.table.Y(7, inventories) = -0.5;
  data.table.x[7] -= 0.5;
  data.table.value_added[7] -= 0.5;
  const Dataset read = WorldFolder(data, TableLayout::use_trade).read();
  EXPECT_EQ(read.table.Y(7, inventories), -0.5);
  EXPECT_THAT(read.warnings.at(0).message, HasSubstr("1 inventory cells are negative"));
  expect_near(read.table.Z.expanded(), data.table.Z.expanded(), "Z");
}

}  // namespace
}  // namespace levee::testing
