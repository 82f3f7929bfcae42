// Aggregation: totals stay, everything follows, and a map that is wrong is refused with names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "data/aggregation.hpp"
#include "data/generated_world.hpp"
#include "tests/unit/data_dataset_files.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Dataset tiny() { return DatasetFiles().read(); }

Dataset aggregated(const Dataset& dataset, const std::string& map) {
  return aggregate(dataset, read_aggregation(YamlView::parse("aggregation: small\n" + map, "map.yaml"), dataset));
}

/// "line: message" of every fault.
std::vector<std::string> faults_of(const Dataset& dataset, const std::string& map) {
  std::vector<std::string> result;
  try {
    read_aggregation(YamlView::parse(map, "map.yaml"), dataset);
  } catch (const InputError& error) {
    for (const Diagnostic& fault : error.diagnostics())
      result.push_back(std::to_string(fault.where.line) + ": " + fault.message);
  }
  return result;
}

TEST(Aggregation, SectorsAreAddedUp) {
  const Dataset small = aggregated(tiny(), "sectors: {ALL: [FOOD], EN: [fuel, ELEC]}\n");
  ASSERT_EQ(small.sector_count(), 2);
  EXPECT_EQ(small.name, "small");
  EXPECT_EQ(small.node_label(1), "NO.EN");
  // NO: COAL and ELEC sell 2, 8, 2, 1 to each other; FOOD sells 1 and 2 to them
  EXPECT_EQ(small.table.Z(1, 1), 2 + 8 + 2 + 1);
  EXPECT_EQ(small.table.Z(0, 1), 1 + 2);
  EXPECT_EQ(small.table.Z(1, 0), 0 + 5);
  EXPECT_EQ(small.table.Z(3, 3), 1 + 5 + 2 + 2);
  EXPECT_EQ(small.table.x[1], 38);
  EXPECT_EQ(small.table.value_added[1], 20);
  EXPECT_EQ(small.table.Y(1, household), 12);
  EXPECT_EQ(small.stressors[0].industry[1], 32);
  EXPECT_EQ(small.stressors[0].process[2], 3);
  EXPECT_EQ(small.stressors[0].household[1], 8);
  EXPECT_EQ(small.electricity, 1);
}

TEST(Aggregation, RegionsAreAddedUpAndTheirTariffsEnd) {
  const Dataset one = aggregated(tiny(), "regions: {W: {name: World, of: [NO, B]}}\n");
  ASSERT_EQ(one.region_count(), 1);
  EXPECT_EQ(one.regions[0].name, "World");
  EXPECT_EQ(one.table.Z(0, 0), 10 + 3 + 2 + 20);
  EXPECT_EQ(one.table.Y(0, household), 20 + 4 + 5 + 29);
  EXPECT_EQ(one.table.Y(0, inventories), -1);
  EXPECT_EQ(one.stressors[0].household[0], 15);
  EXPECT_TRUE(one.tariff.isZero(0));
  // FOOD from NO to B: 3 + 1 + 4 at 10 %; from B to NO: 2 + 5 at -20 %
  EXPECT_THAT(one.assumptions, Contains(HasSubstr("tariffs of -0.6 million USD are on trade that is domestic now")));
}

TEST(Aggregation, TariffsAreWeightedByTradeSoThatRevenueStays) {
  DatasetFiles files;
  files.set("tariffs.csv", "sector,exporter,importer,ad_valorem_tariff\nFOOD,NO,B,0.1\nELEC,NO,B,0.4\n");
  const Dataset small = aggregated(files.read(), "sectors: {EN: [COAL], REST: [FOOD, ELEC]}\n");
  const double food = 3 + 0 + 1 + 4, power = 0 + 0 + 0 + 1;
  EXPECT_DOUBLE_EQ(small.tariff(1, 1), (0.1 * food + 0.4 * power) / (food + power));
  EXPECT_EQ(small.tariff(0, 1), 0);
}

TEST(Aggregation, ParametersAreMeansByWhatTheyWorkOn) {
  const Dataset from = tiny();
  const Dataset small = aggregated(from, "sectors: {F: [FOOD], EN: [COAL, ELEC]}\n");
  const Parameters& now = small.parameters;
  // value added of NO: COAL 15, ELEC 5
  EXPECT_DOUBLE_EQ(now.labour_share[1], (0.4 * 15 + 0.3 * 5) / 20);
  EXPECT_DOUBLE_EQ(now.resource_share[1], (0.5 * 15 + 0 * 5) / 20);
  EXPECT_DOUBLE_EQ(now.elasticities.by_node.at("top")[1], (0 * 15 + 1.0 * 5) / 20);
  // what B absorbs: coal 1 + 0 + 4 + 1 of NO, 0 + 1 + 5 + 2 of its own; power 1 of NO, 6 + 2 + 2 + 10 of its own
  const double coal = 6 + 8, power = 1 + 20;
  EXPECT_DOUBLE_EQ(now.elasticities.by_node.at("armington_domestic_import")[3],
                   (3 * coal + 1 * power) / (coal + power));
  EXPECT_DOUBLE_EQ(now.elasticities.by_node.at("armington_origins")[3], (6 * 6 + 2 * 1) / 7.0);
  // only coal has a supply elasticity; nobody's differs in FOOD
  EXPECT_EQ(now.supply_elasticity[1], 4);
  EXPECT_TRUE(std::isnan(now.supply_elasticity[0]));
  EXPECT_EQ(now.labour_share[0], 0.7);
  EXPECT_EQ(now.labour_share[2], 0.6);
  // the losses of power are part of what EN buys of EN
  ASSERT_EQ(now.fuel_use.size(), 1U);
  const double bought = 13 + 2 + 4 + 10;  // by NO of NO and B, by B of NO and B
  EXPECT_DOUBLE_EQ(now.fuel_use[0].share_outside_nest, (1 + 2) / bought);
  EXPECT_FALSE(now.fuel_use[0].emits);
}

TEST(Aggregation, WeightsDivideACode) {
  const Dataset from = tiny();
  const Dataset parts = aggregated(from, "sectors: {F: [{FOOD: 0.25}], G: [{FOOD: 0.75}, COAL, ELEC]}\n");
  EXPECT_DOUBLE_EQ(parts.table.x[0], 10);
  EXPECT_DOUBLE_EQ(parts.table.x[1], 30 + 38);
  EXPECT_DOUBLE_EQ(parts.table.Z(0, 0), 10 * 0.25 * 0.25);
  EXPECT_DOUBLE_EQ(parts.table.Z(0, 1), 10 * 0.25 * 0.75 + 3 * 0.25);
  EXPECT_NEAR(parts.table.Z.row_sums().sum(), from.table.Z.row_sums().sum(), 1e-13);
}

TEST(Aggregation, TreesFollowAndKeepEveryGoodOnce) {
  const Dataset from = tiny();
  const Dataset small = aggregated(from, "sectors: {F: [FOOD], EN: {groups: [fuel], of: [COAL, ELEC]}}\n");
  EXPECT_THAT(small.technologies.at("tree").output.goods, ElementsAre(0, 1));
  EXPECT_THAT(small.technologies.at("tree").resource_on_top, IsEmpty());  // most of EN is power, which had none
  const NestTemplate& home = small.households.at("ces").utility;
  EXPECT_THAT(home.goods, ElementsAre(0, 1));
  EXPECT_THAT(home.nests, IsEmpty());
  EXPECT_THAT(small.assumptions, Contains(HasSubstr("household 'ces': EN stands in the nest 'utility', where")));
  const Dataset kept = aggregated(from, "sectors: {X: [FOOD, ELEC], C: [COAL]}\n");
  EXPECT_THAT(kept.technologies.at("tree").resource_on_top, ElementsAre("fuel"));
  EXPECT_THAT(kept.households.at("ces").utility.nests.at(0).goods, ElementsAre(1));
  const WorldFolder written(small, TableLayout::wide);
  EXPECT_EQ(written.read().sector_count(), 2);
}

TEST(Aggregation, WrongMapsAreNamed) {
  const Dataset from = tiny();
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors:\n  A: [FODO]\n  B: [COAL, ELEC]\n"),
              ElementsAre("3: unknown sector 'FODO', did you mean 'FOOD'?"));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors:\n  A: [FOOD]\n"),
              ElementsAre("3: 2 of the dataset's sectors are mapped nowhere: COAL, ELEC"));
  EXPECT_THAT(
      faults_of(from, "aggregation: a\nregions:\n  A: [NO]\n  C: [B, NO]\n"),
      ElementsAre("4: region 'NO' is mapped twice, first to 'A' in line 3; to divide it give weights that add up "
                  "to 1, {NO: 0.5}"));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors:\n  A: [{FOOD: 0.5}]\n  C: [{FOOD: 0.4}, non-fuel, COAL]\n"),
              Contains(HasSubstr("sector 'FOOD' is mapped twice")));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors:\n  A: [{FOOD: 0.5}]\n  C: [{FOOD: 0.4}, ELEC, COAL]\n"),
              ElementsAre("3: the weights of sector 'FOOD' add up to 0.9, expected 1"));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors:\n  A: [{FOOD: -1}]\n"),
              Contains("3: found -1, expected a weight > 0"));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsector: {A: all}\n"),
              ElementsAre(HasSubstr("unknown key 'sector'"), HasSubstr("expected 'regions' or 'sectors'")));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors: {A.B: all}\n"), Contains(HasSubstr("without dots")));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors: {A: {groups: [A], of: all}}\n"),
              ElementsAre(HasSubstr("'A' cannot name a group")));
  EXPECT_THAT(faults_of(from, "aggregation: a\nsectors: {A: {groups: [g]}}\n"), Contains("2: missing key 'of'"));
}

TEST(Aggregation, AMapAloneIsCheckedForWhatItCanBe) {
  const MapSize size =
      check_aggregation_alone(YamlView::parse("aggregation: a\nsectors: {A: [x, y], B: [{z: 1}]}\n", "map.yaml"));
  EXPECT_EQ(size.sectors, 3);
  EXPECT_EQ(size.result_sectors, 2);
  EXPECT_EQ(size.regions, 0);
  EXPECT_THROW(check_aggregation_alone(YamlView::parse("aggregation: a\nregions: {A: [x], B: [x]}\n", "map.yaml")),
               InputError);
}

/// A table in factors is added up as the same table in full is.
TEST(Aggregation, FactoredTablesGiveWhatFullOnesGive) {
  WorldOptions options;
  options.regions = 4;
  options.sectors = 6;
  options.seed = 11;
  const GeneratedWorld world = generate_world(options);
  ASSERT_TRUE(world.dataset.table.Z.factored());
  Dataset full = world.dataset;
  full.table.Z = IntermediateTable(world.dataset.table.Z.expanded(), 6);
  const std::string map = "regions: {A: [" + full.regions[0].code + ", " + full.regions[2].code + "], B: [" +
                          full.regions[1].code + "], C: [" + full.regions[3].code +
                          "]}\nsectors: {E: [energy], N: [non-energy]}\n";
  const Dataset one = aggregated(world.dataset, map), other = aggregated(full, map);
  EXPECT_LE((one.table.Z.dense() - other.table.Z.dense()).cwiseAbs().maxCoeff(), 1e-12 * one.table.x.sum());
  EXPECT_EQ(one.table.Y, other.table.Y);
}

}  // namespace
}  // namespace levee::testing
