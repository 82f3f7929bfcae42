// A dataset that is written is the dataset that is read back, in every layout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "data/dataset_writer.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const std::string& what) {
  ASSERT_EQ(a.rows(), b.rows()) << what;
  ASSERT_EQ(a.cols(), b.cols()) << what;
  for (Eigen::Index k = 0; k < a.size(); ++k) {
    const double x = a.data()[k], y = b.data()[k];
    if (std::isnan(x) && std::isnan(y)) continue;
    EXPECT_NEAR(x, y, 1e-13 * std::abs(y)) << what << ' ' << k;
  }
}

void expect_same(const NestTemplate& a, const NestTemplate& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.elasticity_column, b.elasticity_column);
  EXPECT_EQ(a.elasticity, b.elasticity);
  EXPECT_EQ(a.factors, b.factors);
  EXPECT_EQ(a.goods, b.goods);
  ASSERT_EQ(a.nests.size(), b.nests.size());
  for (std::size_t k = 0; k < a.nests.size(); ++k) expect_same(a.nests[k], b.nests[k]);
}

void expect_same_parameters(const Parameters& a, const Parameters& b) {
  ASSERT_EQ(a.elasticities.by_node.size(), b.elasticities.by_node.size());
  for (const auto& [name, values] : a.elasticities.by_node) expect_near(values, b.elasticities.by_node.at(name), name);
  expect_near(a.labour_share, b.labour_share, "labour share");
  expect_near(a.resource_share, b.resource_share, "resource share");
  expect_near(a.supply_elasticity, b.supply_elasticity, "supply elasticity");
  expect_near(a.fuel_weight, b.fuel_weight, "fuel weight");
  ASSERT_EQ(a.fuel_use.size(), b.fuel_use.size());
  for (std::size_t k = 0; k < a.fuel_use.size(); ++k) {
    EXPECT_EQ(a.fuel_use[k].fuel, b.fuel_use[k].fuel);
    EXPECT_EQ(a.fuel_use[k].user, b.fuel_use[k].user);
    EXPECT_EQ(a.fuel_use[k].share_outside_nest, b.fuel_use[k].share_outside_nest);
    EXPECT_EQ(a.fuel_use[k].emits, b.fuel_use[k].emits);
  }
}

void expect_same(const Dataset& a, const Dataset& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.year, b.year);
  EXPECT_EQ(a.currency, b.currency);
  EXPECT_EQ(a.money_unit, b.money_unit);
  EXPECT_EQ(a.artefacts, b.artefacts);
  EXPECT_EQ(a.assumptions, b.assumptions);
  EXPECT_EQ(a.electricity, b.electricity);
  ASSERT_EQ(a.sources.size(), b.sources.size());
  for (std::size_t k = 0; k < a.sources.size(); ++k) {
    EXPECT_EQ(a.sources[k].title, b.sources[k].title);
    EXPECT_EQ(a.sources[k].citation, b.sources[k].citation);
  }
  for (int r = 0; r < a.region_count(); ++r) {
    const Region &p = a.regions[static_cast<std::size_t>(r)], &q = b.regions[static_cast<std::size_t>(r)];
    EXPECT_EQ(p.code + p.name + p.income_group, q.code + q.name + q.income_group);
  }
  for (int i = 0; i < a.sector_count(); ++i) {
    const Sector &p = a.sectors[static_cast<std::size_t>(i)], &q = b.sectors[static_cast<std::size_t>(i)];
    EXPECT_EQ(p.code + p.name, q.code + q.name);
    EXPECT_EQ(p.groups, q.groups);
  }
  expect_near(a.table.Z.expanded(), b.table.Z.expanded(), "Z");
  expect_near(a.table.Y, b.table.Y, "Y");
  expect_near(a.table.x, b.table.x, "x");
  expect_near(a.table.value_added, b.table.value_added, "value added");
  expect_near(a.tariff, b.tariff, "tariff");
  ASSERT_EQ(a.stressors.size(), b.stressors.size());
  for (std::size_t k = 0; k < a.stressors.size(); ++k) {
    EXPECT_EQ(a.stressors[k].name, b.stressors[k].name);
    EXPECT_EQ(a.stressors[k].mt_per_unit, b.stressors[k].mt_per_unit);
    EXPECT_EQ(a.stressors[k].part_of, b.stressors[k].part_of);
    EXPECT_EQ(a.stressors[k].year, b.stressors[k].year);
    EXPECT_EQ(a.stressors[k].quality, b.stressors[k].quality);
    EXPECT_EQ(a.stressors[k].source, b.stressors[k].source);
    expect_near(a.stressors[k].industry, b.stressors[k].industry, "industry");
    expect_near(a.stressors[k].process, b.stressors[k].process, "process");
    expect_near(a.stressors[k].household, b.stressors[k].household, "households");
  }
  expect_same_parameters(a.parameters, b.parameters);
  for (const auto& [name, technology] : a.technologies) {
    EXPECT_EQ(technology.resource_on_top, b.technologies.at(name).resource_on_top);
    expect_same(technology.output, b.technologies.at(name).output);
  }
  for (const auto& [name, tree] : a.households) expect_same(tree.utility, b.households.at(name).utility);
}

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
