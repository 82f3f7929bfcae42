#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <ostream>

#include "data/dataset_reader.hpp"
#include "tests/unit/data_dataset_files.hpp"

namespace levee {
namespace {

using testing::DatasetFiles;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(DatasetReader, ReadsWhatTheFilesSay) {
  const Dataset d = DatasetFiles().read();
  EXPECT_EQ(d.name, "tiny");
  EXPECT_EQ(d.money_unit, 1e6);
  ASSERT_EQ(d.node_count(), 6);
  EXPECT_EQ(d.regions[0].code, "NO") << "a code is a text, never a boolean";
  EXPECT_EQ(d.regions[1].name, "Bee");
  EXPECT_EQ(d.regions[1].income_group, "high");
  EXPECT_EQ(d.electricity, 2);
  EXPECT_EQ(d.table.Z.dense()(d.node(0, 0), d.node(1, 0)), 3);
  EXPECT_EQ(d.table.Y(d.node(1, 0), 1 * final_demand_count + household), 29);
  EXPECT_EQ(d.table.Y(d.node(0, 0), inventories), -1);
  EXPECT_EQ(d.table.x[5], 20);
  EXPECT_EQ(d.table.value_added[4], 6);
  EXPECT_EQ(d.stressors.at(0).process[3], 3);
  EXPECT_EQ(d.stressors.at(0).process[0], 0) << "a node without a row has no process emissions";
  EXPECT_EQ(d.stressors.at(0).household[1], 8);
  EXPECT_EQ(d.tariff(d.node(0, 0), 1), 0.1);
  EXPECT_EQ(d.tariff(d.node(1, 0), 0), -0.2);
  EXPECT_EQ(d.tariff(d.node(1, 1), 0), 0) << "an absent pair has no tariff";
  EXPECT_EQ(d.files.size(), 15U);
}

TEST(DatasetReader, ParametersLieInLayers) {
  const Dataset d = DatasetFiles().read();
  const Parameters& p = d.parameters;
  EXPECT_EQ(p.labour_share[d.node(0, 0)], 0.7) << "a region's row lies over the blank one";
  EXPECT_EQ(p.labour_share[d.node(1, 0)], 0.6);
  EXPECT_EQ(p.supply_elasticity[d.node(1, 1)], 4) << "a blank cell of a region's row leaves what is there";
  EXPECT_EQ(p.resource_share[d.node(0, 1)], 0.5) << "a blank share means the share of resource_share";
  EXPECT_EQ(p.resource_share[d.node(1, 1)], 0.2);
  EXPECT_TRUE(std::isnan(p.supply_elasticity[d.node(0, 0)]));
  EXPECT_EQ(p.elasticities.by_node.at("top")[d.node(1, 2)], 1);
  EXPECT_EQ(p.fuel_weight[1], 27);
  EXPECT_EQ(p.fuel_weight[0], 0);
  ASSERT_EQ(p.fuel_use.size(), 1U);
  EXPECT_FALSE(p.fuel_use[0].emits);
}

TEST(DatasetReader, OverridesWinAndDefaultsFillGaps) {
  DatasetFiles files;
  files.edit("dataset.yaml", "parameters:\n",
             "parameters:\n  defaults: {armington_origins: 9}\n  overrides:\n    - {region: NO, sector: COAL, "
             "parameter: top, value: 0.25}\n    - {region: B, parameter: labour_share, value: 0.5}\n");
  files.edit("elasticities.csv", "COAL,3,6,0", "COAL,3,,0");
  Dataset d = files.read();
  EXPECT_EQ(d.parameters.elasticities.by_node.at("armington_origins")[1], 9);
  EXPECT_EQ(d.parameters.elasticities.by_node.at("top")[1], 0.25);
  EXPECT_EQ(d.parameters.elasticities.by_node.at("top")[4], 0);
  EXPECT_EQ(d.parameters.labour_share[3], 0.5);
  EXPECT_EQ(d.parameters.labour_share[0], 0.7);
  files = DatasetFiles();
  files.edit("dataset.yaml", "parameters:\n", "parameters:\n  overrides: over.csv\n");
  files.set("over.csv", "region,sector,parameter,value\nB,COAL,resource_share,0.3\n");
  EXPECT_EQ(files.read().parameters.resource_share[4], 0.3);
}

TEST(DatasetReader, LabelOrderIsIrrelevant) {
  const Dataset plain = DatasetFiles().read();
  DatasetFiles files;
  files.set(
      "Z.csv",
      ",B.ELEC,NO.FOOD,NO.COAL,NO.ELEC,B.FOOD,B.COAL\nB.ELEC,2,0,0,0,6,2\nB.FOOD,3,2,0,0,20,1\nNO.FOOD,1,10,1,2,3,0\n"
      "NO.ELEC,0,5,2,1,0,0\nNO.COAL,4,0,2,8,1,0\nB.COAL,5,0,0,2,0,1\n");
  files.set("x_va.csv",
            "node,VA,x\nB.ELEC,5,20\nNO.FOOD,23,40\nNO.COAL,15,20\nNO.ELEC,5,18\nB.FOOD,30,60\nB.COAL,6,10\n");
  files.set("hh.csv", ",kt\nB,8\nNO,7\n");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Z.dense(), plain.table.Z.dense());
  EXPECT_EQ(d.table.x, plain.table.x);
  EXPECT_EQ(d.table.value_added, plain.table.value_added);
  EXPECT_EQ(d.stressors[0].household, plain.stressors[0].household);
}

TEST(DatasetReader, LongEqualsWide) {
  const Dataset wide = DatasetFiles().read();
  DatasetFiles files;
  std::string z = "row,column,value\n", y = "seller,buyer,musd\n";
  const std::vector<std::string> buyers{"NO.HH", "NO.INV", "B.HH", "B.INV"};
  const std::vector<int> columns{household, inventories, final_demand_count + household,
                                 final_demand_count + inventories};
  for (int p = wide.node_count() - 1; p >= 0; --p) {
    for (int q = 0; q < wide.node_count(); ++q) {
      if (wide.table.Z.dense()(p, q) != 0)
        z += wide.node_label(p) + "," + wide.node_label(q) + "," + std::to_string(wide.table.Z.dense()(p, q)) + "\n";
    }
    for (std::size_t k = 0; k < 4; ++k) {
      if (wide.table.Y(p, columns[k]) != 0)
        y += wide.node_label(p) + "," + buyers[k] + "," + std::to_string(wide.table.Y(p, columns[k])) + "\n";
    }
  }
  files.set("Z.csv", z).set("Y.csv", y);
  files.edit("dataset.yaml", "layout: wide", "layout: long");
  files.edit("dataset.yaml", "Y: Y.csv", "Y: {file: Y.csv, layout: long, row: seller, column: buyer, value: musd}");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Z.dense(), wide.table.Z.dense());
  EXPECT_EQ(d.table.Y, wide.table.Y);
  files.edit("Z.csv", "B.ELEC,B.ELEC", "B.ELEK,B.ELEC").edit("Z.csv", "NO.FOOD,NO.COAL", "NO.FOOD,NO.FOOD");
  EXPECT_THAT(files.faults(), ElementsAre("Z.csv:4:1: unknown node 'B.ELEK', did you mean 'B.ELEC'?",
                                          HasSubstr(": duplicate cell (NO.FOOD, NO.FOOD)")));
}

TEST(DatasetReader, CategoriesAndColumnsMayBeSummed) {
  DatasetFiles files;
  files.edit("dataset.yaml", "{HH: household, INV: inventories}", "{HH: household, TOUR: household, INV: inventories}");
  files.set("Y.csv",
            ",NO.HH,NO.TOUR,NO.INV,B.HH,B.TOUR,B.INV\nNO.FOOD,15,5,-1,4,0,0\nNO.COAL,3,0,1,1,0,0\nNO.ELEC,9,0,0,1,0,0\n"
            "B.FOOD,5,0,0,28,1,0\nB.COAL,0,0,0,2,0,0\nB.ELEC,0,0,0,10,0,0\n");
  files.edit("dataset.yaml", "value_added: {file: x_va.csv, column: VA}",
             "value_added: {file: va.csv, column: [wages, profits]}");
  files.set(
      "va.csv",
      "region,sector,wages,profits\nNO,FOOD,20,3\nNO,COAL,10,5\nNO,ELEC,3,2\nB,FOOD,15,15\nB,COAL,4,2\nB,ELEC,4,1\n");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Y(0, household), 20);
  EXPECT_EQ(d.table.value_added[0], 23);
}

TEST(DatasetReader, OdditiesAreWarnings) {
  DatasetFiles files;
  EXPECT_EQ(files.read().warnings.size(), 1U);  // one negative inventory cell
  EXPECT_THAT(files.read().warnings[0].message, HasSubstr("1 inventory cells are negative, -1 in all"));
  files.edit("dataset.yaml", "{HH: household, INV: inventories}", "{HH: household, INV: investment}");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Y(0, inventories), -1) << "negative investment is booked as inventories";
  EXPECT_EQ(d.table.Y(0, investment), 0);
  EXPECT_THAT(d.warnings[0].message, HasSubstr("booked as inventories"));
}

TEST(DatasetReader, NodesWithoutOutputAreWarnedOf) {
  DatasetFiles files;
  files.edit("Z.csv", "B.COAL,0,0,2,0,1,5", "B.COAL,0,0,0,0,0,0").edit("Y.csv", "B.COAL,0,0,2,0", "B.COAL,0,0,0,0");
  files.edit("Z.csv", "B.FOOD,2,0,0,20,1,3", "B.FOOD,2,0,0,20,0,3").edit("Y.csv", "B.FOOD,5,0,29", "B.FOOD,5,0,30");
  files.edit("Z.csv", "B.ELEC,0,0,0,6,2,2", "B.ELEC,0,0,0,6,0,2").edit("Y.csv", "B.ELEC,0,0,10", "B.ELEC,0,0,12");
  files.edit("x_va.csv", "B.COAL,10,6", "B.COAL,0,0")
      .edit("x_va.csv", "NO.ELEC,18,5", "NO.ELEC,18,7")
      .edit("x_va.csv", "B.ELEC,20,5", "B.ELEC,20,10");
  const Dataset d = files.read();
  ASSERT_EQ(d.warnings.size(), 2U);
  EXPECT_THAT(d.warnings[1].message, HasSubstr("B.COAL has output 0"));
  EXPECT_EQ(d.warnings[1].where.line, 6);
}

// ---- faults, each at its exact place ----

struct Fault {
  std::string name;
  std::vector<std::array<std::string, 3>> edits;  // file, from, to
  std::vector<std::string> expected;
};

void PrintTo(const Fault& fault, std::ostream* stream) { *stream << fault.name; }

class DatasetFault : public ::testing::TestWithParam<Fault> {};

TEST_P(DatasetFault, IsLocated) {
  DatasetFiles files;
  for (const auto& [file, from, to] : GetParam().edits) files.edit(file, from, to);
  EXPECT_THAT(files.faults(), ::testing::ElementsAreArray(GetParam().expected));
}

std::string fault_name(const ::testing::TestParamInfo<Fault>& fault) { return fault.param.name; }

const std::string yaml = "dataset.yaml";

INSTANTIATE_TEST_SUITE_P(
    Document, DatasetFault,
    ::testing::Values(
        Fault{"UnknownKey",
              {{yaml, "tariffs:", "tarifs:"}},
              {"dataset.yaml:16:1: unknown key 'tarifs', did you mean 'tariffs'?"}},
        Fault{"MissingKey", {{yaml, "year: 2011\n", ""}}, {"dataset.yaml:1:1: missing key 'year'"}},
        Fault{"DuplicateKey",
              {{yaml, "year: 2011", "year: 2011\nyear: 2012"}},
              {"dataset.yaml:3:1: duplicate key 'year', first given in line 2"}},
        Fault{
            "Year", {{yaml, "year: 2011", "year: then"}}, {"dataset.yaml:2:7: found 'then', expected a whole number"}},
        Fault{"MoneyUnit",
              {{yaml, "money_unit: million", "money_unit: milion"}},
              {"dataset.yaml:4:13: unknown unit 'milion', expected a number, did you mean 'million'?"}},
        Fault{"MissingFile",
              {{yaml, "Y: Y.csv", "Y: Yy.csv"}},
              {"dataset.yaml:10:6: cannot read 'Yy.csv': no such file in 'DIR', did you mean 'Y.csv'?"}},
        Fault{"Layout",
              {{yaml, "layout: wide", "layout: wid"}},
              {"dataset.yaml:9:28: unknown layout 'wid', did you mean 'wide'?"}},
        Fault{"FinalDemand",
              {{yaml, "household,", "houshold,"}},
              {"dataset.yaml:11:22: unknown final demand 'houshold', did you mean 'household'?"}},
        Fault{"StressorUnit",
              {{yaml, "unit: kt", "unit: kT"}},
              {"dataset.yaml:15:15: unknown unit 'kT', did you mean 'kt'? (of what is no mass say `mass: false`)"}},
        Fault{"Electricity",
              {{yaml, "ELEC", "ELCE"}},
              {"dataset.yaml:7:14: unknown sector 'ELCE', did you mean 'ELEC'?"}},
        Fault{"WhichColumn",
              {{yaml, "x: {file: x_va.csv, column: x}", "x: {file: hh2.csv}"}},
              {"dataset.yaml:12:13: cannot read 'hh2.csv': no such file in 'DIR', did you mean 'hh.csv'?"}},
        Fault{"Tolerance",
              {{yaml, "table:\n", "table:\n  tolerance: -1\n"}},
              {"dataset.yaml:9:14: found -1, expected a tolerance >= 0"}}),
    fault_name);

INSTANTIATE_TEST_SUITE_P(
    Labels, DatasetFault,
    ::testing::Values(
        Fault{"DuplicateRegion",
              {{yaml, "[NO,", "[NO, NO,"}},
              {"dataset.yaml:5:15: duplicate code 'NO', first given in line 5"}},
        Fault{"DuplicateSector",
              {{"sectors.csv", "COAL,Coal", "FOOD,Coal"}},
              {"sectors.csv:3:1: duplicate code 'FOOD', first given in line 2"}},
        Fault{"DottedCode",
              {{"sectors.csv", "FOOD", "FO.OD"}},
              {"sectors.csv:2:1: found the code 'FO.OD', expected one without dots, commas or blanks"}},
        Fault{"UnknownColumn",
              {{"sectors.csv", "groups", "group"}},
              {"sectors.csv:1:11: unknown column 'group', did you mean 'groups'?"}},
        Fault{
            "GroupNamedLikeASector",
            {{"sectors.csv", "fuel extraction", "ELEC"}},
            {"sectors.csv:3:1: 'ELEC' cannot name a group: sector codes, 'all' and 'non-...' select sectors already"}},
        Fault{"UnknownRow",
              {{"Z.csv", "\nB.ELEC,", "\nB.ELCE,"}},
              {"Z.csv:7:1: unknown node 'B.ELCE', did you mean 'B.ELEC'?"}},
        Fault{"UnknownColumnLabel",
              {{"Z.csv", ",B.COAL,", ",B.COLA,"}},
              {"Z.csv:1:33: unknown node 'B.COLA', did you mean 'B.COAL'?"}},
        Fault{"DuplicateRow",
              {{"x_va.csv", "NO.COAL,20,15\n", "NO.COAL,20,15\nNO.COAL,20,15\n"}},
              {"x_va.csv:4:1: duplicate node 'NO.COAL', first given in line 3"}},
        Fault{"MissingFinalDemand",
              {{"Y.csv", "B.INV", "C.INV"}},
              {"Y.csv:1:20: unknown final demand 'C.INV', did you mean 'B.INV'?"}},
        Fault{"MissingHousehold", {{"hh.csv", "B,8\n", ""}}, {"hh.csv:1:1: no row for region 'B'"}},
        Fault{"MissingEmissions", {{"co2.csv", "NO.ELEC,30\n", ""}}, {"co2.csv:1:1: no row for node 'NO.ELEC'"}},
        Fault{"UnknownTariffRegion",
              {{"tariffs.csv", "FOOD,B,NO", "FOOD,BB,NO"}},
              {"tariffs.csv:3:6: unknown region 'BB', did you mean 'B'?"}},
        Fault{"UnknownFuel",
              {{"weights.csv", "COAL", "KOAL"}},
              {"weights.csv:2:1: unknown sector 'KOAL', did you mean 'COAL'?"}},
        Fault{"UnknownOverride",
              {{yaml, "  fuel_use:", "  overrides: [{parameter: tops, value: 1}]\n  fuel_use:"}},
              {"dataset.yaml:23:27: unknown parameter 'tops', did you mean 'top'?"}}),
    fault_name);

INSTANTIATE_TEST_SUITE_P(
    Figures, DatasetFault,
    ::testing::Values(
        Fault{
            "NotANumber", {{"Z.csv", "NO.COAL,0,2,8", "NO.COAL,0,x,8"}}, {"Z.csv:3:11: found 'x', expected a number"}},
        Fault{"EmptyCell",
              {{"Z.csv", "NO.COAL,0,2,8", "NO.COAL,0,,8"}},
              {"Z.csv:3:11: found an empty cell, expected a number"}},
        Fault{"NotFinite",
              {{"Y.csv", "NO.FOOD,20", "NO.FOOD,nan"}},
              {"Y.csv:2:9: found 'nan', expected a finite number"}},
        Fault{"ShortRow",
              {{"Z.csv", "NO.COAL,0,2,8", "NO.COAL,2,8"}},
              {"Z.csv:3:1: this row has 6 fields, expected 7 as in the header"}},
        Fault{"NegativeDelivery",
              {{"Z.csv", "NO.COAL,0,2,8", "NO.COAL,0,-2,8"}},
              {"Z.csv:3:11: found -2, expected an intermediate delivery >= 0"}},
        Fault{"NegativeConsumption",
              {{"Y.csv", "NO.FOOD,20", "NO.FOOD,-20"}},
              {"Y.csv:2:9: found -20, expected a delivery >= 0: only inventories and investment may be negative"}},
        Fault{"NegativeEmissions",
              {{"co2.csv", "B.COAL,5", "B.COAL,-5"}},
              {"co2.csv:6:8: found -5 for node 'B.COAL', expected emissions >= 0"}},
        Fault{"ProcessAboveTotal",
              {{"process.csv", "B.FOOD,3", "B.FOOD,4.5"}},
              {"process.csv:2:8: found 4.5 of process CO2 for node 'B.FOOD', more than its total of 4"}},
        Fault{"Tariff",
              {{"tariffs.csv", "-0.2", "-1.2"}},
              {"tariffs.csv:3:11: found a tariff of -1.2, expected one >= -1"}},
        Fault{"OwnTariff",
              {{"tariffs.csv", "FOOD,B,NO", "FOOD,B,B"}},
              {"tariffs.csv:3:6: found a tariff on a region's trade with itself"}},
        Fault{"DuplicateTariff",
              {{"tariffs.csv", "FOOD,B,NO", "FOOD,NO,B"}},
              {"tariffs.csv:3:1: duplicate tariff, first given in line 2"}},
        Fault{"Share", {{"labour.csv", "0.4", "1.4"}}, {"labour.csv:3:7: found 1.4, expected a share between 0 and 1"}},
        Fault{"NegativeShare",
              {{"fossil.csv", "0.2", "-0.2"}},
              {"fossil.csv:3:9: found -0.2, expected a share between 0 and 1"}},
        Fault{"Elasticity",
              {{"elasticities.csv", "COAL,3", "COAL,-3"}},
              {"elasticities.csv:3:6: found -3, expected a number >= 0"}},
        Fault{"DuplicateParameterRow",
              {{"labour.csv", ",COAL,0.4", ",FOOD,0.4"}},
              {"labour.csv:3:2: duplicate row for sector 'FOOD', first given in line 2"}},
        Fault{"FuelWeight", {{"weights.csv", "27", "-27"}}, {"weights.csv:2:6: found -27, expected a weight >= 0"}},
        Fault{"FuelUse",
              {{"fuel_use.csv", "ELEC,1,0", "ELEC,2,0"}},
              {"fuel_use.csv:2:11: found 2, expected a share between 0 and 1"}},
        Fault{"FuelUseEmits",
              {{"fuel_use.csv", "ELEC,1,0", "ELEC,1,yes"}},
              {"fuel_use.csv:2:13: found 'yes', expected 0 or 1"}}),
    fault_name);

INSTANTIATE_TEST_SUITE_P(Gaps, DatasetFault,
                         ::testing::Values(Fault{"NoElasticity",
                                                 {{"elasticities.csv", "COAL,3,6,0\n", ""}},
                                                 {"dataset.yaml:18:17: no value of 'armington_domestic_import' for "
                                                  "sector COAL: add rows, or a default under parameters.defaults",
                                                  "dataset.yaml:18:17: no value of 'armington_origins' for sector "
                                                  "COAL: add rows, or a default under parameters.defaults",
                                                  "dataset.yaml:18:17: no value of 'top' for sector COAL: add rows, or "
                                                  "a default under parameters.defaults"}},
                                           Fault{"NoLabourShare",
                                                 {{"labour.csv", ",ELEC,0.3", "NO,ELEC,0.3"}},
                                                 {"dataset.yaml:19:17: no value of 'labour_share' for B.ELEC: add "
                                                  "rows, or a default under parameters.defaults"}},
                                           Fault{"RegionWithoutOutput",
                                                 {{"x_va.csv", "NO.FOOD,40", "NO.FOOD,0"},
                                                  {"x_va.csv", "NO.COAL,20", "NO.COAL,0"},
                                                  {"x_va.csv", "NO.ELEC,18", "NO.ELEC,0"},
                                                  {yaml, "table:\n", "table:\n  tolerance: 1e9\n"}},
                                                 {"x_va.csv:2:9: region 'NO' has no output in any sector"}}),
                         fault_name);

TEST(DatasetReader, ImbalanceNamesTheWorstWithFigures) {
  DatasetFiles files;
  files.edit("Z.csv", "NO.COAL,0,2,8", "NO.COAL,0,3,8");
  EXPECT_THAT(files.faults(), ElementsAre("dataset.yaml:9:3: the table does not balance: 1 rows and 1 columns of 6 are "
                                          "off by more than 1e-06 of output; the worst follow",
                                          "x_va.csv:3:9: NO.COAL sells 16 to sectors and 5 to final demand, 21 in all, "
                                          "but its output is 20 (+1, 0.05 relative)",
                                          "x_va.csv:3:9: NO.COAL buys 6 from sectors and 15 of value added, 21 in all, "
                                          "but its output is 20 (+1, 0.05 relative)"));
  files.edit("dataset.yaml", "table:\n", "table:\n  tolerance: 0.06\n");
  EXPECT_NEAR(files.read().balance.rows, 0.05, 1e-15);
}

TEST(DatasetReader, RoundingBelowZeroIsSetToZero) {
  DatasetFiles files;
  files.edit("Z.csv", "NO.COAL,0,2,8", "NO.COAL,-1e-9,2,8");
  const Dataset d = files.read();
  EXPECT_EQ(d.table.Z.dense()(1, 0), 0);
  EXPECT_THAT(d.warnings[0].message, HasSubstr("negative by rounding"));
}

TEST(DatasetReader, EmissionsBelowZeroByRoundingAreSetToZero) {
  DatasetFiles files;
  files.edit("co2.csv", "NO.FOOD,1", "NO.FOOD,-1e-8");
  const Dataset d = files.read();
  EXPECT_EQ(d.stressors[0].industry[0], 0);
  EXPECT_THAT(d.warnings[1].message, HasSubstr("NO.FOOD emits -1e-08 by rounding"));
}

TEST(DatasetReader, AllFaultsAreShownAtOnce) {
  DatasetFiles files;
  files.edit("dataset.yaml", "year: 2011", "year: x")
      .edit("hh.csv", "B,8", "B,y")
      .edit("fuel_use.csv", "ELEC,ELEC", "ELEC,FOD");
  files.remove("tariffs.csv");
  EXPECT_EQ(files.faults().size(), 4U);
}

TEST(DatasetReader, ManyFaultsOfAFileAreCounted) {
  DatasetFiles files;
  std::string z = files.text("Z.csv");
  for (std::size_t at = z.find('\n'); at < z.size(); ++at) {
    if (z[at] == '0' && z[at - 1] == ',') z[at] = 'q';
  }
  files.set("Z.csv", z);
  EXPECT_THAT(DatasetFiles(files).faults(), ::testing::SizeIs(::testing::Le(21U)));
}

TEST(DatasetReader, MissingDatasetIsAnInputError) { EXPECT_THROW(read_dataset("/nowhere/dataset.yaml"), InputError); }

}  // namespace
}  // namespace levee
