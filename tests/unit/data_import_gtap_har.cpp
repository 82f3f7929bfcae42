// The GTAP database in header-array files: a miniature in the layouts of versions 7 and 6, worked out by hand, and the
// sample data where it is at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

#include "data/import/imported_dataset.hpp"
#include "tests/unit/data_har_samples.hpp"
#include "tests/unit/data_import_gtap.hpp"
#include "tests/unit/data_import_miniature.hpp"
#include "tests/unit/data_same_dataset.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int goods = 3, regions = 2, users = 6, categories = 3;

class GtapHar : public ImportTest {
 protected:
  ImportedTable read(const GtapMiniature& miniature) const {
    write_gtap(miniature, folder());
    return read_with("gtap-har", folder());
  }
  /// The flows with a change made to them.
  std::string said(const GtapMiniature& miniature, const std::function<void(HarFile&)>& change) const {
    write_gtap(miniature, folder());
    HarFile flows = miniature.flows();
    change(flows);
    write_har(flows, folder() / "basedata.har");
    return fault();
  }
  std::string fault() const {
    try {
      read_with("gtap-har", folder());
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }
};

class GtapVersions : public GtapHar, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Layouts, GtapVersions, ::testing::Values(7, 6));

void expect_values(const std::vector<Eigen::MatrixXd>& read, const std::vector<Eigen::MatrixXd>& expected) {
  ASSERT_EQ(read.size(), expected.size());
  for (std::size_t k = 0; k < read.size(); ++k) EXPECT_EQ(read[k], expected[k]) << k;
}

TEST_P(GtapVersions, EveryArrayIsReadCellByCell) {
  const GtapMiniature miniature(GetParam());
  const HarFile sets = miniature.sets();
  for (const HarFile* file : {&sets, static_cast<const HarFile*>(nullptr)}) {
    const GtapDatabase read = read_gtap_database(miniature.flows(), file);
    const GtapDatabase& data = miniature.data;
    EXPECT_EQ(read.version, GetParam());
    EXPECT_EQ(read.release, "R0_2014_Test");
    EXPECT_EQ(read.sets.commodities, data.sets.commodities);
    EXPECT_EQ(read.sets.activities, data.sets.activities);
    EXPECT_EQ(read.margins, data.margins);
    expect_values(read.domestic.basic, data.domestic.basic);
    expect_values(read.domestic.purchaser, data.domestic.purchaser);
    expect_values(read.imported.basic, data.imported.basic);
    expect_values(read.imported.purchaser, data.imported.purchaser);
    expect_values(read.factors.basic, data.factors.basic);
    expect_values(read.factors.purchaser, data.factors.purchaser);
    expect_values(read.make_basic, data.make_basic);
    expect_values(read.make_supply, data.make_supply);
    expect_values(read.export_basic, data.export_basic);
    expect_values(read.fob, data.fob);
    expect_values(read.cif, data.cif);
    expect_values(read.import_basic, data.import_basic);
    expect_values(read.margin_use[0], data.margin_use[0]);
    EXPECT_EQ(read.margin_supply, data.margin_supply);
  }
}

/// Share of a user's costs that belongs to a good: in version 7 `a_one` makes `c_one` and a quarter of `c_two`.
double part_of(const GtapDatabase& data, int region, int activity, int good) {
  const Eigen::MatrixXd& made = data.make_supply[static_cast<std::size_t>(region)];
  return made(good, activity) / made.col(activity).sum();
}

/// What user `column` (goods, then final demand) has of a row by user.
double of_column(const GtapDatabase& data, int region, const Eigen::RowVectorXd& by_user, int column) {
  if (column >= goods) return by_user[column];
  double sum = 0;
  for (int a = 0; a < goods; ++a) sum += by_user[a] * part_of(data, region, a, column);
  return sum;
}

/// Delivery of node (origin, good) to a column of a region, from the definition.
double delivery(const GtapDatabase& data, int origin, int good, int region, int column) {
  const auto user_share = [&](int of_good) {
    const Eigen::RowVectorXd used = data.imported.basic[static_cast<std::size_t>(region)].row(of_good);
    return of_column(data, region, used, column) / used.sum();
  };
  double sum = data.export_basic[static_cast<std::size_t>(good)](origin, region) * user_share(good);
  if (origin == region)
    sum += of_column(data, region, data.domestic.basic[static_cast<std::size_t>(region)].row(good), column);
  for (int carried = 0; good == 2 && carried < goods; ++carried) {
    sum += data.margin_use[0][static_cast<std::size_t>(carried)].col(region).sum() * user_share(carried) *
           data.margin_supply(0, origin) / data.margin_supply.sum();
  }
  return sum;
}

TEST_P(GtapVersions, DeliveriesAreAtTheOriginsBasicPrices) {
  const GtapMiniature miniature(GetParam());
  const ImportedTable table = read(miniature);
  ASSERT_EQ(table.Z.rows(), regions * goods);
  ASSERT_EQ(table.final_demand, (std::vector<std::string>{"HH", "GOV", "GFCF"}));
  for (int origin = 0; origin < regions; ++origin) {
    for (int good = 0; good < goods; ++good) {
      for (int region = 0; region < regions; ++region) {
        for (int column = 0; column < users; ++column) {
          const int row = origin * goods + good;
          const double found = column < goods ? table.Z(row, region * goods + column)
                                              : table.Y(row, region * categories + column - goods);
          EXPECT_NEAR(found, delivery(miniature.data, origin, good, region, column), 1e-12)
              << origin << good << region << column;
        }
      }
    }
  }
}

TEST_F(GtapHar, SomeCellsWorkedOutByHand) {
  const ImportedTable six = read(GtapMiniature(6));
  // south's one to north's two: 48 at basic prices, of which two uses 2/16
  EXPECT_DOUBLE_EQ(six.Z(3, 1), 48.0 * 2 / 16);
  // north's one to north's household: 200 at home, and 5/16 of the 16 that its countries trade with each other
  EXPECT_DOUBLE_EQ(six.Y(0, 0), 200 + 5.0);
  // carried to the north: 1 + 4 with one, 1 + 4 with two; north supplies 3/4 of it, government has 3/16 of either;
  // itself it buys 24 at home and 3/16 of 24
  EXPECT_DOUBLE_EQ(six.Y(2, 1), 24 + 24.0 * 3 / 16 + 10 * 0.75 * 3 / 16);
  // south's duty on north's one: 8 on 40 at basic prices
  EXPECT_DOUBLE_EQ(six.tariff(0, 1), 8.0 / 32);
  // transport of north to south: duty 8 on 48 of trade and 3/4 of the 4 that carrying one and two to the south takes
  EXPECT_DOUBLE_EQ(six.tariff(2, 1), 8 / (48 + 0.75 * 4));
}

TEST_P(GtapVersions, ComponentsOfValueAddedCloseTheAccounts) {
  const GtapMiniature miniature(GetParam());
  const GtapDatabase& data = miniature.data;
  const ImportedTable table = read(miniature);
  Eigen::VectorXd value_added = Eigen::VectorXd::Zero(regions * goods);
  std::map<std::string, const ImportedTable::ValueAddedRow*> rows;
  for (const ImportedTable::ValueAddedRow& row : table.value_added) {
    value_added += row.by_node;
    rows[row.code] = &row;
  }
  EXPECT_FALSE(rows.contains("ROUND")) << "every figure is exact";
  const Eigen::VectorXd sold = table.Z.rowwise().sum() + table.Y.rowwise().sum();
  const Eigen::VectorXd costs = table.Z.colwise().sum().transpose() + value_added;
  for (int r = 0; r < regions; ++r) {
    for (int i = 0; i < goods; ++i) {
      EXPECT_NEAR(sold[r * goods + i], miniature.sold(r, i), 1e-12);
      EXPECT_NEAR(costs[r * goods + i], miniature.sold(r, i), 1e-12);
      EXPECT_NEAR(rows.at("TAXO")->by_node[r * goods + i], miniature.sold(r, i) / 16, 1e-12);
    }
    const auto region = static_cast<std::size_t>(r);
    EXPECT_NEAR(rows.at("SkLab")->by_node.segment(r * goods, goods).sum(), data.factors.basic[region].row(1).sum(),
                1e-12);
    EXPECT_NEAR(rows.at("TAXF")->by_node.segment(r * goods, goods).sum(),
                (data.factors.purchaser[region] - data.factors.basic[region]).sum(), 1e-12);
    const Eigen::MatrixXd tax = data.domestic.purchaser[region] - data.domestic.basic[region] +
                                data.imported.purchaser[region] - data.imported.basic[region];
    EXPECT_NEAR(rows.at("TAXU")->by_node.segment(r * goods, goods).sum(), tax.leftCols(3).sum(), 1e-12);
    EXPECT_NEAR(rows.at("TAXU")->by_final_demand[r * categories + 2], tax.col(5).sum(), 1e-12);
  }
  // north to itself: 2 a good, of which activities have 7/16
  EXPECT_NEAR(rows.at("TARO")->by_node.sum(), 6 * 7.0 / 16, 1e-12);
  // fob over basic prices: 1 - 1 north, 2 south a good
  EXPECT_NEAR(rows.at("TAXX")->by_node.tail(goods).sum(), 6 * 7.0 / 16, 1e-12);
  EXPECT_NEAR(rows.at("TAXX")->by_node.sum() + rows.at("TAXX")->by_final_demand.sum(), 6, 1e-12);
  EXPECT_TRUE(rows.at("TARF")->by_final_demand.isZero(0)) << "tariffs on final demand are the dataset's";
}

TEST_P(GtapVersions, TariffsBringInWhatIsPaid) {
  const GtapMiniature miniature(GetParam());
  const GtapDatabase& data = miniature.data;
  const ImportedTable table = read(miniature);
  ASSERT_EQ(table.tariff.rows(), regions * goods);
  for (int i = 0; i < goods; ++i) {
    const Eigen::MatrixXd duty = data.import_basic[static_cast<std::size_t>(i)] - data.cif[static_cast<std::size_t>(i)];
    for (int r = 0; r < regions; ++r) {
      for (int s = 0; s < regions; ++s) {
        const double base = table.Z.row(r * goods + i).segment(s * goods, goods).sum() +
                            table.Y.row(r * goods + i).segment(s * categories, categories).sum();
        EXPECT_NEAR(table.tariff(r * goods + i, s) * base, r == s ? 0 : duty(r, s), 1e-12) << r << i << s;
      }
    }
  }
}

TEST_P(GtapVersions, TheDatasetComesBackFromItsFiles) {
  const Dataset made = make_dataset(read(GtapMiniature(GetParam())));
  EXPECT_TRUE(made.has_parameters());
  EXPECT_LT(made.balance.columns, 1e-13);
  const Dataset back = WorldFolder(made, TableLayout::wide).read();
  expect_same(back, made);
  EXPECT_TRUE(back.has_parameters());
  EXPECT_EQ(back.technologies.size(), 1U);
  EXPECT_EQ(back.households.size(), 2U);
  EXPECT_TRUE(back.warnings.empty());
}

TEST_P(GtapVersions, ElasticitiesBelongToTheirNodes) {
  const ImportedTable table = read(GtapMiniature(GetParam()));
  ASSERT_TRUE(table.model.has_value());
  const auto& columns = table.model->parameters.elasticities.by_node;
  const double in_south = GetParam() == 7 ? 0.25 : 0;  // version 6 has one for all regions
  for (int r = 0; r < regions; ++r) {
    for (int i = 0; i < goods; ++i) {
      EXPECT_DOUBLE_EQ(columns.at("armington_domestic_import")[r * goods + i], 2 + 0.5 * i + r * in_south);
      EXPECT_DOUBLE_EQ(columns.at("armington_origins")[r * goods + i], 4 + 0.5 * i + r * in_south);
    }
  }
  EXPECT_DOUBLE_EQ(columns.at("value_added")[0], 0.5);
  // in version 7 a quarter of two is made by the first activity, the rest by the second
  EXPECT_DOUBLE_EQ(columns.at("value_added")[1], GetParam() == 7 ? 0.25 * 0.5 + 0.75 * 1.0 : 1.0);
  const Parameters& parameters = table.model->parameters;
  EXPECT_TRUE(parameters.labour_share.isApproxToConstant(0.5));
  EXPECT_TRUE(parameters.resource_share.isApproxToConstant(0.25));
  EXPECT_NEAR(table.model->households.at("ces").utility.elasticity, 0.75, 1e-12) << "1 - SUBP, the same for all goods";
  EXPECT_EQ(table.model->households.at("cobb-douglas").utility.elasticity, 1);
}

TEST_P(GtapVersions, EmissionsBelongToWhoBurns) {
  const GtapMiniature miniature(GetParam());
  const ImportedTable table = read(miniature);
  ASSERT_EQ(table.stressors.size(), 1U);
  const Stressor& co2 = table.stressors.front();
  EXPECT_EQ(co2.name, "CO2");
  EXPECT_EQ(co2.unit, "Mt");
  EXPECT_DOUBLE_EQ(co2.household[0], 4 + 1 + 3);
  EXPECT_DOUBLE_EQ(co2.household[1], 2 * (4 + 1) + 3);
  EXPECT_DOUBLE_EQ(co2.industry[2], 2 + 1);
  EXPECT_DOUBLE_EQ(co2.industry.tail(goods).sum(), 2 * (6 + 2) + 3);
  EXPECT_DOUBLE_EQ(co2.industry[3], (2 * 6 + 2) * part_of(miniature.data, 1, 0, 0));
  const Parameters& parameters = table.model->parameters;
  EXPECT_GT(parameters.fuel_weight[0], 0);
  EXPECT_EQ(parameters.fuel_weight[1], 0);
  EXPECT_EQ(table.sectors[0].groups, Labels{"fuel"});
  if (GetParam() == 7) {
    EXPECT_TRUE(parameters.fuel_use.empty()) << "the first activity makes a part of two, and burns for it";
    return;
  }
  ASSERT_EQ(parameters.fuel_use.size(), 1U);
  EXPECT_EQ(parameters.fuel_use[0].user, 1);
  EXPECT_EQ(parameters.fuel_use[0].share_outside_nest, 1);
  EXPECT_FALSE(parameters.fuel_use[0].emits);
  double burnt = 0;  // what two buys of the fuel is a feedstock
  for (std::size_t r = 0; r < regions; ++r) {
    const Eigen::RowVectorXd bought = miniature.data.domestic.basic[r].row(0) + miniature.data.imported.basic[r].row(0);
    burnt += bought.sum() - bought[1];
  }
  EXPECT_NEAR(parameters.fuel_weight[0], (co2.industry.sum() + co2.household.sum()) / burnt, 1e-12);
}

TEST_F(GtapHar, UnitsOfEmissionsAreThoseOfTheirDescription) {
  const GtapMiniature miniature;
  write_gtap(miniature, folder());
  write_har(miniature.emission_file("Gg of CO2"), folder() / "gsdfemiss.har");
  const ImportedTable table = read_with("gtap-har", folder());
  EXPECT_EQ(table.stressors.front().unit, "Gg");
  EXPECT_DOUBLE_EQ(table.stressors.front().mt_per_unit, 1e-3);
  write_har(miniature.emission_file("million tonnes"), folder() / "gsdfemiss.har");
  const ImportedTable unsaid = read_with("gtap-har", folder());
  EXPECT_EQ(unsaid.stressors.front().unit, "Mt");
  EXPECT_THAT(unsaid.assumptions, Contains(HasSubstr("names no unit")));
}

TEST_F(GtapHar, WhatWasDoneIsSaid) {
  const ImportedTable table = read(GtapMiniature());
  EXPECT_THAT(table.name, HasSubstr("R0_2014_Test"));
  EXPECT_EQ(table.year, 2014);
  EXPECT_THAT(table.assumptions,
              AllOf(Contains(HasSubstr("activity a_one makes c_one, c_two")),
                    Contains(HasSubstr("c_two is made by a_one, a_two")),
                    Contains(HasSubstr("labour is SkLab, UnSkLab; capital Capital; natural resources, each of its "
                                       "sector, Land")),
                    Contains(HasSubstr("tariffs on it are taxes, not tariffs of the dataset (6 million USD)")),
                    Contains(HasSubstr("no commodity is electricity"))));
  EXPECT_THAT(table.artefacts, Not(Contains(HasSubstr("but for rounding"))));
}

TEST_F(GtapHar, ElasticitiesAboveFactorsMakeNests) {
  GtapMiniature miniature;
  write_gtap(miniature, folder());
  HarFile parameters = miniature.parameters();
  const auto add = [&](const std::string& name, double value) {
    parameters.headers.push_back(GtapMiniature::array(name, {miniature.producers(), miniature.regions()},
                                                      [value](const std::vector<int>&) { return value; }));
    write_har(parameters, folder() / "default.prm");
    return read_with("gtap-har", folder()).model->technologies.at("gtap").output;
  };
  const NestTemplate fixed = add("ESBC", 0);
  EXPECT_EQ(fixed.elasticity_column, "");
  EXPECT_EQ(fixed.elasticity, 0);
  EXPECT_EQ(fixed.goods, (std::vector<int>{0, 1, 2}));
  const NestTemplate flexible = add("ESBT", 0.25);
  EXPECT_EQ(flexible.elasticity_column, "inputs_and_value_added");
  EXPECT_TRUE(flexible.goods.empty());
  ASSERT_EQ(flexible.nests.size(), 2U);
  EXPECT_EQ(flexible.nests[0].elasticity, 0) << "inputs among each other";
  EXPECT_EQ(flexible.nests[0].goods, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(flexible.nests[1].factors, (std::vector<std::string>{"labour", "capital", "resource"}));
}

TEST_F(GtapHar, OtherNamesAndAZipAreTheSame) {
  const GtapMiniature miniature;
  const ImportedTable expected = read(miniature);
  const std::filesystem::path aggregated = folder() / "aggregated";
  std::filesystem::create_directories(aggregated);
  std::vector<std::pair<std::string, std::string>> packed;
  for (const auto& [from, to] :
       {std::pair("basedata.har", "gsdfdat.har"), std::pair("sets.har", "gsdfset.har"),
        std::pair("default.prm", "gsdfpar.har"), std::pair("gsdfemiss.har", "GSDFEMISS.HAR")}) {
    std::filesystem::copy_file(folder() / from, aggregated / to);
    std::ifstream stream(folder() / from, std::ios::binary);
    packed.emplace_back(std::string("gtap/") + to, std::string(std::istreambuf_iterator<char>(stream), {}));
  }
  write_zip(folder() / "packed" / "gtap.zip", packed);
  for (const std::filesystem::path& source : {aggregated, folder() / "packed" / "gtap.zip"}) {
    const ImportedTable table = read_with("gtap-har", source);
    EXPECT_EQ(table.Z, expected.Z);
    EXPECT_EQ(table.model->parameters.labour_share, expected.model->parameters.labour_share);
    EXPECT_EQ(table.stressors.size(), 1U);
  }
}

TEST_F(GtapHar, OtherFilesOfTheFolderAreLeftAlone) {
  const GtapMiniature miniature;
  const ImportedTable expected = read(miniature);
  HarFile stiff = miniature.parameters();
  for (HarHeader& array : stiff.headers) std::ranges::fill(array.reals, 0.125);
  write_har(stiff, folder() / "allstiff.prm");
  for (const char* file : {"baserate.har", "gsdfnco2.har", "gsdfvole.har"})
    write_har(miniature.sets(), folder() / file);
  const ImportedTable table = read_with("gtap-har", folder());
  EXPECT_EQ(table.model->parameters.elasticities.by_node.at("value_added"),
            expected.model->parameters.elasticities.by_node.at("value_added"));
  std::filesystem::remove(folder() / "default.prm");
  EXPECT_TRUE(read_with("gtap-har", folder())
                  .model->parameters.elasticities.by_node.at("value_added")
                  .isApproxToConstant(0.125));
}

TEST_F(GtapHar, FlowsAloneServeAccounts) {
  write_gtap(GtapMiniature(), folder());
  for (const char* file : {"sets.har", "default.prm", "gsdfemiss.har"}) std::filesystem::remove(folder() / file);
  const Dataset data = make_dataset(read_with("gtap-har", folder()));
  EXPECT_FALSE(data.has_parameters());
  EXPECT_EQ(data.tariff.rows(), regions * goods);
  EXPECT_THAT(data.artefacts, Contains(HasSubstr("the dataset serves accounts only")));
  EXPECT_THAT(data.artefacts, Contains(HasSubstr("the dataset has no CO2")));
}

// ---------------------------------------------------------------- what is refused

TEST_F(GtapHar, MissingArraysAreNamed) {
  const std::string words = said(GtapMiniature(), [](HarFile& flows) {
    header(flows, "VMSB").name = "VMSC";
    std::erase_if(flows.headers, [](const HarHeader& array) { return array.name == "VST"; });
  });
  EXPECT_THAT(words, AllOf(HasSubstr("basedata.har: no header 'VMSB' (imports at basic prices), did you mean 'VMSC'?"),
                           HasSubstr("no header 'VST'")));
  EXPECT_THAT(said(GtapMiniature(), [](HarFile& flows) { flows.headers.resize(1); }),
              HasSubstr("found neither VDFB (version 7) nor VDFM (version 6)"));
}

TEST_F(GtapHar, MissingFilesAreNamed) {
  write_gtap(GtapMiniature(), folder());
  std::filesystem::copy_file(folder() / "basedata.har", folder() / "gsdfdat.har");
  EXPECT_THAT(fault(), HasSubstr("several files that could be the flows"));
  std::filesystem::remove(folder() / "gsdfdat.har");
  std::filesystem::remove(folder() / "basedata.har");
  EXPECT_THAT(fault(), HasSubstr("expected the flows of a GTAP database (basedata.har, gsdfdat.har)"));
}

TEST_P(GtapVersions, AccountsThatDoNotHoldAreRefusedWithTheWorstPlace) {
  const bool seven = GetParam() == 7;
  const std::string words = said(GtapMiniature(GetParam()), [&](HarFile& flows) {
    header(flows, seven ? "VCIF" : "VIWS").reals[1] += 1;  // c_two, north to north
    header(flows, "VST").reals[0] += 0.5;
    header(flows, seven ? "VMPB" : "VIPM").reals[5] += 2;  // c_tra in the south
  });
  EXPECT_THAT(
      words, AllOf(HasSubstr("exports fob and the margins on them are imports cif; furthest from it: c_two, "
                             "north, north: 22 and 23"),
                   HasSubstr("margins used by trade are margins supplied; furthest from it: c_tra, world: 14 and 14.5"),
                   HasSubstr("what is used of imports is what arrives from all origins; furthest from it: "
                             "c_tra, south")));
}

TEST_F(GtapHar, ActivitiesThatDoNotCoverTheirCostsAreRefused) {
  EXPECT_THAT(
      said(GtapMiniature(), [](HarFile& flows) { header(flows, "EVFP").reals[5] += 1; }),
      HasSubstr("[MAKS]: what an activity pays for goods and factors is what it makes before tax; furthest from "
                "it: a_two, north"));
  EXPECT_THAT(said(GtapMiniature(), [](HarFile& flows) { header(flows, "VDPB").reals[0] += 1; }),
              HasSubstr("[MAKB]: what is sold of a commodity at home, abroad and as margin is what is made of it; "
                        "furthest from it: c_one, north"));
}

TEST_F(GtapHar, RoundingIsBalancedAwayAndSaid) {
  write_gtap(GtapMiniature(), folder());
  HarFile flows = GtapMiniature().flows();
  header(flows, "VDPB").reals[0] += 0.0078125;  // of some 300
  write_har(flows, folder() / "basedata.har");
  const ImportedTable table = read_with("gtap-har", folder());
  EXPECT_THAT(table.artefacts, Contains(AllOf(HasSubstr("what is sold of a commodity"), HasSubstr("but for rounding"),
                                              HasSubstr("c_one, north"))));
  EXPECT_EQ(table.value_added.back().code, "ROUND");
  EXPECT_NEAR(table.value_added.back().by_node[0], 0.0078125, 1e-12);
  const Dataset data = make_dataset(table);
  EXPECT_LT(data.balance.columns, 1e-14);
}

TEST_F(GtapHar, ArraysThatDoNotFitTheSetsAreRefused) {
  const auto wrong = [&](const std::function<void(HarHeader&)>& change) {
    return said(GtapMiniature(), [&](HarFile& flows) { change(header(flows, "VDPB")); });
  };
  EXPECT_THAT(wrong([](HarHeader& array) { array.dimensions[0].labels[1] = "c_too"; }),
              HasSubstr("[VDPB]: unknown commodity 'c_too', did you mean 'c_two'?"));
  EXPECT_THAT(wrong([](HarHeader& array) { array.dimensions[0].labels[1] = "C_ONE"; }),
              HasSubstr("[VDPB]: commodity 'C_ONE' is given twice"));
  EXPECT_THAT(wrong([](HarHeader& array) {
                array.dimensions.resize(1);
                array.reals.resize(3);
              }),
              HasSubstr("[VDPB]: found 3, expected 2 dimensions"));
  EXPECT_THAT(wrong([](HarHeader& array) { array = GtapMiniature::text("VDPB", {"words"}); }),
              HasSubstr("[VDPB]: found no reals"));
  EXPECT_THAT(wrong([](HarHeader& array) {
                for (HarDimension& dimension : array.dimensions) dimension = {"", {}, dimension.size};
              }),
              "")
      << "without labels they are in the order of the sets";
  EXPECT_THAT(said(GtapMiniature(6), [](HarFile& flows) { header(flows, "EVFA").reals[12] = 1; }),
              HasSubstr("in the making of capital goods, expected none"));
}

TEST_F(GtapHar, ParametersThatDoNotFitAreRefused) {
  const GtapMiniature miniature;
  write_gtap(miniature, folder());
  const auto wrong = [&](const std::function<void(HarFile&)>& change) {
    HarFile file = miniature.parameters();
    change(file);
    write_har(file, folder() / "default.prm");
    return fault();
  };
  EXPECT_THAT(
      wrong([](HarFile& file) { header(file, "ESBD").name = "ESUD"; }),
      HasSubstr("default.prm: no header 'ESBD' (elasticity between domestic and imported), did you mean 'ESUD'?"));
  EXPECT_THAT(wrong([](HarFile& file) { header(file, "ESBM").reals[2] = -1; }),
              HasSubstr("[ESBM]: found -1, expected elasticities >= 0"));
}

// ---------------------------------------------------------------- sample data

/// Sums of an array of a file by the place in one of its dimensions, the last but `from_last`.
Eigen::VectorXd sums(const HarFile& file, const std::string& name, std::size_t from_last = 0) {
  const HarHeader& array = *file.find(name);
  const std::size_t dimension = array.dimensions.size() - 1 - from_last;
  std::size_t step = 1;
  for (std::size_t k = 0; k < dimension; ++k) step *= static_cast<std::size_t>(array.dimensions[k].size);
  const auto size = static_cast<std::size_t>(array.dimensions[dimension].size);
  Eigen::VectorXd result = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(size));
  for (std::size_t cell = 0; cell < array.reals.size(); ++cell)
    result[static_cast<Eigen::Index>(cell / step % size)] += array.reals[cell];
  return result;
}

/// The cells of trade within each region.
Eigen::VectorXd within(const HarFile& file, const std::string& name) {
  const HarHeader& array = *file.find(name);
  const int commodities = array.dimensions[0].size, count = array.dimensions[1].size;
  Eigen::VectorXd result = Eigen::VectorXd::Zero(count);
  for (int r = 0; r < count; ++r) {
    for (int i = 0; i < commodities; ++i)
      result[r] += array.reals[static_cast<std::size_t>(i + commodities * (r + count * r))];
  }
  return result;
}

class GtapSamples : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(folder()))
      GTEST_SKIP() << "no sample data in " << folder() << ": LEVEE_SHARED_DATA names the folder above";
  }
  static std::filesystem::path folder() { return har_samples() / GetParam(); }
};
INSTANTIATE_TEST_SUITE_P(Databases, GtapSamples, ::testing::Values("9x10", "nus333"));

void expect_sums(const Eigen::VectorXd& found, const Eigen::VectorXd& expected, const std::string& what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  const double least = 1e-6 * expected.cwiseAbs().maxCoeff();
  for (Eigen::Index r = 0; r < found.size(); ++r)
    EXPECT_NEAR(found[r], expected[r], std::max(1e-6 * std::abs(expected[r]), 1e-3 * least)) << what << ' ' << r;
}

TEST_P(GtapSamples, TotalsByRegionAreThoseOfTheFiles) {
  const ImportedTable table = read_with("gtap-har", folder());
  const HarFile flows = read_har(folder() / "basedata.har");
  const auto count = static_cast<Eigen::Index>(table.regions.size());
  const auto commodities = static_cast<Eigen::Index>(table.sectors.size());
  const auto by_region = [&](const Eigen::VectorXd& figures) -> Eigen::VectorXd {
    return figures.reshaped(figures.size() / count, count).colwise().sum().transpose();
  };
  std::map<std::string, Eigen::VectorXd> paid, by_nodes;
  Eigen::VectorXd value_added = Eigen::VectorXd::Zero(count), factors = value_added;
  for (const ImportedTable::ValueAddedRow& row : table.value_added) {
    by_nodes[row.code] = by_region(row.by_node);
    paid[row.code] = by_nodes[row.code] + by_region(row.by_final_demand);
    value_added += by_nodes[row.code];
    if (!row.code.starts_with("TA") && row.code != "ROUND") factors += by_nodes[row.code];
  }
  const auto of = [&](const std::string& name) { return sums(flows, name); };
  expect_sums(factors, of("EVFB"), "factors");
  expect_sums(factors + paid["TAXF"], of("EVFP"), "factors with tax");
  expect_sums(paid["TAXO"] + of("MAKS"), of("MAKB"), "tax on output");
  Eigen::VectorXd tax = Eigen::VectorXd::Zero(count);
  for (const char* name : {"VDF", "VMF", "VDP", "VMP", "VDG", "VMG", "VDI", "VMI"})
    tax += of(name + std::string("P")) - of(name + std::string("B"));
  expect_sums(paid["TAXU"], tax, "tax on purchases");
  expect_sums(paid["TAXX"], of("VFOB") - of("VXSB"), "tax on exports");
  expect_sums(paid["TARO"], within(flows, "VMSB") - within(flows, "VCIF"), "tariffs within a region");
  Eigen::MatrixXd delivered(table.Z.rows(), count);
  for (Eigen::Index s = 0; s < count; ++s) {
    delivered.col(s) = table.Z.middleCols(s * commodities, commodities).rowwise().sum() +
                       table.Y.middleCols(s * categories, categories).rowwise().sum();
  }
  expect_sums(delivered.cwiseProduct(table.tariff).colwise().sum().transpose(),
              of("VMSB") - of("VCIF") - within(flows, "VMSB") + within(flows, "VCIF"), "tariffs between regions");
  expect_sums(by_region(delivered.rowwise().sum()), of("MAKB"), "output");
  expect_sums(by_region(table.Z.colwise().sum().transpose()) + value_added, of("MAKB"), "costs");
  // Trade between regions: exports at basic prices, and the margins that others supply.
  Eigen::VectorXd home(count);
  for (Eigen::Index r = 0; r < count; ++r) home[r] = delivered.col(r).segment(r * commodities, commodities).sum();
  Eigen::VectorXd domestic = Eigen::VectorXd::Zero(count);
  for (const char* name : {"VDFB", "VDPB", "VDGB", "VDIB"}) domestic += of(name);
  const Eigen::VectorXd own_margins = of("VTWR").cwiseProduct(of("VST")) / of("VST").sum();
  expect_sums(home, domestic + within(flows, "VXSB") + own_margins, "deliveries at home");
  expect_sums(by_region(delivered.rowwise().sum()) - home,
              sums(flows, "VXSB", 1) - within(flows, "VXSB") + of("VST") - own_margins, "exports");
}

TEST_P(GtapSamples, TheDatasetIsWholeAndBalances) {
  const Dataset made = make_dataset(read_with("gtap-har", folder()));
  EXPECT_LT(made.balance.columns, 1e-12);
  const Dataset back = WorldFolder(made, TableLayout::wide).read();
  expect_same(back, made);
  EXPECT_TRUE(back.warnings.empty());
  EXPECT_LE((back.parameters.labour_share + back.parameters.resource_share).maxCoeff(), 1);
  EXPECT_GT(back.parameters.labour_share.minCoeff(), 0);
}

}  // namespace
}  // namespace levee::testing
