// Splitting: what is split comes back when it is added up, and each part has what it was given.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "calibration/table_split.hpp"
#include "data/aggregation.hpp"
#include "data/dataset_reader.hpp"
#include "solver/separable_ipopt.hpp"

namespace levee::testing {
namespace {

const Dataset& world() {
  static const Dataset result = read_dataset(std::string(LEVEE_SOURCE_DIR) + "/data/cbam-2011/dataset.yaml");
  return result;
}

Split split_of(const std::string& text) {
  return read_split(YamlView::parse("split: parts\n" + text, "split.yaml"), world());
}

double distance(const Eigen::MatrixXd& one, const Eigen::MatrixXd& other) {
  return (one - other).cwiseAbs().maxCoeff() / other.cwiseAbs().maxCoeff();
}

void expect_comes_back(const Split& split, const Dataset& parts) {
  const Dataset back =
      aggregate(parts, read_aggregation(YamlView::parse(map_back(world(), split), "back.yaml"), parts));
  const auto cells = [](const Dataset& data) { return data.table.Z.dense(); };
  EXPECT_LE(((cells(back) - cells(world())).array().abs() / (cells(world()).array().abs() + 1e-9)).maxCoeff(), 1e-12);
  EXPECT_LE(((back.table.Y - world().table.Y).array().abs() / (world().table.Y.array().abs() + 1e-9)).maxCoeff(),
            1e-12);
  EXPECT_LE(distance(back.table.x, world().table.x), 1e-14);
  EXPECT_LE(distance(back.table.value_added, world().table.value_added), 1e-12);
  EXPECT_LE(distance(back.stressors[0].industry, world().stressors[0].industry), 1e-14);
  EXPECT_LE(distance(back.stressors[0].process, world().stressors[0].process), 1e-14);
  EXPECT_LE(distance(back.stressors[0].household, world().stressors[0].household), 1e-14);
  EXPECT_LE(distance(back.tariff, world().tariff), 1e-12);
  EXPECT_EQ(back.electricity, world().electricity);
  for (const auto& [name, values] : world().parameters.elasticities.by_node)
    EXPECT_EQ(back.parameters.elasticities.by_node.at(name), values) << name;
  EXPECT_EQ(back.parameters.labour_share, world().parameters.labour_share);
  EXPECT_EQ(back.parameters.fuel_weight, world().parameters.fuel_weight);
  for (const auto& [name, technology] : world().technologies)
    EXPECT_EQ(back.technologies.at(name).output.nests.at(0).goods, technology.output.nests.at(0).goods);
}

class SectorSplit : public ::testing::TestWithParam<unsigned> {};

/// Random shares of output, inputs, use and emissions, near enough to each other that a balance exists.
TEST_P(SectorSplit, ComesBackAndPartsHaveTheirOutput) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> near(0.25, 0.45);
  const std::vector<std::string> sectors{"MAC", "CHM", "SER", "GAS", "STEEL"};
  const std::string sector = sectors[GetParam() % sectors.size()];
  const double output = near(random), china = near(random), steel = near(random), built = near(random),
               carbon = near(random);
  const Split split = split_of("sector: " + sector + "\ninto:\n  ONE: {output: " + std::to_string(output) +
                               ", output_of: {CHN: " + std::to_string(china) +
                               "}, inputs: {ALU: " + std::to_string(steel) + "}, use: {CNS: " + std::to_string(built) +
                               "}, emissions: {CO2: " + std::to_string(carbon) + "}}\n  TWO: {}\n");
  const SplitTable table = split_table(world(), split, solve_separable_with_ipopt);
  ASSERT_TRUE(table.result.solved) << "seed " << GetParam() << ": " << table.result.message << " " << table.result.miss;
  const Dataset& parts = table.dataset;
  ASSERT_EQ(parts.sector_count(), 21);
  EXPECT_LE(std::max(parts.balance.rows, parts.balance.columns), 1e-9);
  const int one = parts.sector_index("ONE"), parent = world().sector_index(sector);
  for (int r = 0; r < 12; ++r) {
    const double share = world().regions[static_cast<std::size_t>(r)].code == "CHN" ? china : output;
    EXPECT_NEAR(parts.table.x[parts.node(r, one)], share * world().table.x[world().node(r, parent)],
                1e-5 * world().table.x[world().node(r, parent)]);
    EXPECT_NEAR(parts.stressors[0].industry[parts.node(r, one)],
                carbon * world().stressors[0].industry[world().node(r, parent)],
                1e-5 * world().stressors[0].industry[world().node(r, parent)] + 1e-12);
  }
  EXPECT_GE(parts.table.Z.dense().minCoeff(), 0);
  expect_comes_back(split, parts);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SectorSplit, ::testing::Range(1U, 6U));

TEST(Splitting, ARegionComesBack) {
  const Split split = split_of(
      "region: CHN\ninto:\n  COAST: {output: 0.4, output_of: {COAL: 0.2, MAC: 0.5}, final_demand: 0.45, use: {USA: "
      "0.6}, "
      "inputs: {JKT: 0.55}}\n  INLAND: {name: Inland China}\n");
  const SplitTable table = split_table(world(), split, solve_separable_with_ipopt);
  ASSERT_TRUE(table.result.solved) << table.result.message << " " << table.result.miss;
  ASSERT_EQ(table.dataset.region_count(), 13);
  EXPECT_LE(std::max(table.dataset.balance.rows, table.dataset.balance.columns), 1e-9);
  const Dataset& parts = table.dataset;
  EXPECT_NEAR(parts.table.x[parts.node(parts.region_index("COAST"), parts.sector_index("COAL"))],
              0.2 * world().table.x[world().node(world().region_index("CHN"), world().sector_index("COAL"))], 1e-6);
  expect_comes_back(split, parts);
}

/// Without shares of its own a part is the parent, smaller.
TEST(Splitting, SharesOfOutputAloneSplitInProportion) {
  const Split split = split_of("sector: STEEL\ninto: {A: {output: 0.25}, B: {}}\n");
  const SplitTable table = split_table(world(), split, solve_separable_with_ipopt);
  ASSERT_TRUE(table.result.solved);
  const Dataset& parts = table.dataset;
  const int a = parts.sector_index("A"), b = parts.sector_index("B");
  for (int user = 0; user < parts.node_count(); ++user)
    EXPECT_NEAR(3 * parts.table.Z(a, user), parts.table.Z(b, user), 1e-9 * (1 + parts.table.Z(b, user)));
}

TEST(Splitting, SharesThatContradictAreNamed) {
  // A sells nothing to anybody but has half of the output.
  const Split split = split_of("sector: CEM\ninto: {A: {output: 0.5, use: {all: 0}, final_use: 0}, B: {}}\n");
  const SplitTable table = split_table(world(), split, solve_separable_with_ipopt);
  EXPECT_FALSE(table.result.solved);
  ASSERT_FALSE(table.result.conflicts.empty());
}

/// A file of shares beside a split, gone with the test.
class SplitCells : public ::testing::Test {
 public:
  SplitCells() : folder_(std::filesystem::path(::testing::TempDir()) / fmt::format("levee-split-{}", ::getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~SplitCells() override { std::filesystem::remove_all(folder_); }
  SplitCells(const SplitCells&) = delete;
  SplitCells& operator=(const SplitCells&) = delete;

 protected:
  Split read(const std::string& split, const std::string& cells, const Dataset& dataset) const {
    std::ofstream(folder_ / "cells.csv") << cells;
    return read_split(YamlView::parse(split, (folder_ / "split.yaml").string()), dataset);
  }
  std::string fault(const std::string& split, const std::string& cells) const {
    try {
      read(split, cells, world());
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  }

 private:
  std::filesystem::path folder_;
};

/// Steel and aluminium added up and divided again by what each had of every cell are what they were.
TEST_F(SplitCells, SharesOfEveryCellBringBackWhatWasAddedUp) {
  std::string map = "aggregation: metals\nsectors:\n";
  for (const Sector& sector : world().sectors) {
    if (sector.code == "STEEL") map += "  METAL: [STEEL, ALU]\n";
    if (sector.code != "STEEL" && sector.code != "ALU") map += fmt::format("  {0}: [{0}]\n", sector.code);
  }
  const Dataset metals = aggregate(world(), read_aggregation(YamlView::parse(map, "map.yaml"), world()));
  const int nodes = world().node_count(), users = nodes + static_cast<int>(world().table.Y.cols());
  Eigen::MatrixXd all = Eigen::MatrixXd::Zero(nodes + 1, users);
  all.topLeftCorner(nodes, nodes) = world().table.Z.dense();
  all.topRightCorner(nodes, users - nodes) = world().table.Y;
  all.row(nodes).head(nodes) = world().table.value_added.transpose();
  // The cell of the added-up table that a row and a column belong to.
  const int steel = world().sector_index("STEEL"), aluminium = world().sector_index("ALU");
  const auto is_metal = [&](int node) {
    return node < nodes && (node % world().sector_count() == steel || node % world().sector_count() == aluminium);
  };
  const auto key = [&](int node) {
    return is_metal(node) ? node / world().sector_count() * world().sector_count() + steel : node;
  };
  std::map<std::pair<int, int>, double> parent;
  for (int row = 0; row <= nodes; ++row) {
    for (int column = 0; column < users; ++column) parent[{key(row), key(column)}] += all(row, column);
  }
  const std::vector<std::string> uses{"household", "npish", "government", "investment", "inventories"};
  std::string cells = "from,to,share\n";
  for (int row = 0; row <= nodes; ++row) {
    for (int column = 0; column < users; ++column) {
      const double whole = parent[{key(row), key(column)}];
      if ((!is_metal(row) && !is_metal(column)) || whole == 0) continue;
      const double share = all(row, column) / whole;
      if (share < 0 || share > 1) continue;  // stocks of one fall where those of the other rise
      const int use = column - nodes;
      cells += fmt::format("{},{},{:.17g}\n", row == nodes ? "value_added" : world().node_label(row),
                           column < nodes ? world().node_label(column)
                                          : world().regions[static_cast<std::size_t>(use / final_demand_count)].code +
                                                "." + uses[static_cast<std::size_t>(use % final_demand_count)],
                           share);
    }
  }
  std::string output;
  for (int r = 0; r < world().region_count(); ++r) {
    const double x = world().table.x[world().node(r, steel)], y = world().table.x[world().node(r, aluminium)];
    output += fmt::format("{}{}: {:.17g}", r == 0 ? "" : ", ", world().regions[static_cast<std::size_t>(r)].code,
                          x / (x + y));
  }
  const std::string split = "split: back\nsector: METAL\ninto: {STEEL: {output_of: {" + output + "}}, ALU: {}}\n";
  const auto furthest = [&](const std::string& text, bool with_cells) {
    const Split read_back = read(text, with_cells ? cells : "from,to,share\n", metals);
    const SplitTable table = split_table(metals, read_back, solve_separable_with_ipopt);
    EXPECT_TRUE(table.result.solved) << table.result.message;
    double result = 0;
    for (int seller = 0; seller < nodes; ++seller) {
      for (int buyer = 0; buyer < nodes; ++buyer) {
        const auto there = [&](int node) {
          return table.dataset.node(node / world().sector_count(),
                                    table.dataset.sector_index(
                                        world().sectors[static_cast<std::size_t>(node % world().sector_count())].code));
        };
        const double found = table.dataset.table.Z(there(seller), there(buyer));
        result = std::max(result, std::abs(found - all(seller, buyer)) / world().table.x[buyer]);
      }
    }
    return result;
  };
  EXPECT_LE(furthest(split + "cells: cells.csv\n", true), 1e-6);
  EXPECT_GE(furthest(split, false), 1e-2) << "the shares of cells make the difference";
}

TEST_F(SplitCells, WhatIsNotGivenFollowsTheOtherShares) {
  const std::string split =
      "split: s\nsector: MAC\ncells: cells.csv\ninto: {A: {output: 0.25}, B: {output: 0.25}, C: {}}\n";
  const Split read_split =
      read(split, "share,from,to\n0.4,EUR.A,CHN.TRN\n1,EUR.STEEL,CHN.C\n0.5,EUR.A,EUR.household\n", world());
  ASSERT_EQ(read_split.cells.size(), 3U);
  const auto& mac = read_split.cells[0];
  EXPECT_EQ(mac.row, world().node(world().region_index("EUR"), world().sector_index("MAC")));
  EXPECT_EQ(mac.row_part, 0);
  EXPECT_EQ(mac.column_part, -1);
  EXPECT_EQ(read_split.cells[1].column_part, 2);
  EXPECT_EQ(read_split.cells[2].column,
            world().node_count() + world().region_index("EUR") * final_demand_count + household);
  const SplitTable table = split_table(world(), read_split, solve_separable_with_ipopt);
  ASSERT_TRUE(table.result.solved) << table.result.message;
  expect_comes_back(read_split, table.dataset);
  const Dataset& parts = table.dataset;
  const int buyer = parts.node(parts.region_index("CHN"), parts.sector_index("TRN"));
  const auto sold = [&](const char* part) {
    return parts.table.Z(parts.node(parts.region_index("EUR"), parts.sector_index(part)), buyer);
  };
  // Rows are scaled afterwards, all of a part alike but for what cells bind: A has about twice what it had, C half of
  // the rest.
  EXPECT_GT(sold("A"), 1.5 * sold("B"));
  EXPECT_GT(sold("C"), 1.5 * sold("B"));
  const int steel = parts.node(parts.region_index("EUR"), parts.sector_index("STEEL"));
  EXPECT_EQ(parts.table.Z(steel, parts.node(parts.region_index("CHN"), parts.sector_index("A"))), 0);
}

TEST_F(SplitCells, WrongFilesAreLocated) {
  using ::testing::AllOf;
  using ::testing::HasSubstr;
  const std::string split = "split: s\nsector: MAC\ncells: cells.csv\ninto: {A: {}, B: {}}\n";
  EXPECT_THAT(fault(split, "from,to,part\n"), HasSubstr("cells.csv:1:1: no column 'share'"));
  EXPECT_THAT(
      fault(split, "from,to,share\nEUR.MAC,CHN.TRN,0.5\nEUR.A,CHN.TRM,0.5\nEUR.TRN,CHN.TRN,0.5\nEUR.A,CHN.TRN,1.5\n"),
      AllOf(HasSubstr("cells.csv:2:1: unknown 'EUR.MAC' of the result"),
            HasSubstr("cells.csv:3:7: unknown 'CHN.TRM' of the result, did you mean 'CHN.TRN'?"),
            HasSubstr("cells.csv:4:1: neither seller nor buyer is a part"),
            HasSubstr("cells.csv:5:15: found 1.5, expected a share between 0 and 1")));
  EXPECT_THAT(fault(split, "from,to,share\nEUR.A,CHN.TRN,0.5\nEUR.B,CHN.TRN,0.6\nEUR.A,CHN.TRN,0.1\n"),
              AllOf(HasSubstr("cells.csv:3:15: shares of the parent's cell add up to 1.1 here"),
                    HasSubstr("cells.csv:4:1: duplicate")));
  EXPECT_THAT(fault("split: s\nsector: MAC\ncells: cell.csv\ninto: {A: {}, B: {}}\n", "from,to,share\n"),
              HasSubstr("split.yaml:3:8: cannot read 'cell.csv': no such file, did you mean 'cells.csv'?"));
  const Split short_of_one = read(split, "from,to,share\nEUR.A,CHN.TRN,0.5\nEUR.B,CHN.TRN,0.2\n", world());
  try {
    split_table(world(), short_of_one, solve_separable_with_ipopt);
    ADD_FAILURE() << "split without a word";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("shares of the cell EUR.MAC to CHN.TRN add up to 0.7, expected 1"));
  }
}

TEST(Splitting, WrongSharesAreLocated) {
  const auto message = [](const std::string& text) {
    try {
      split_of(text);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(message("sector: MACC\ninto: {A: {}, B: {}}\n"), HasSubstr("unknown sector 'MACC', did you mean 'MAC'?"));
  EXPECT_THAT(message("sector: MAC\ninto: {A: {output: 0.6}, B: {output: 0.5}}\n"),
              HasSubstr("shares of output (EUR) add up to 1.1, expected 1"));
  EXPECT_THAT(message("sector: MAC\ninto: {A: {output: 1.6}, B: {}}\n"), HasSubstr("expected a share between 0 and 1"));
  EXPECT_THAT(message("sector: MAC\ninto: {A: {inputs: {STEL: 0.6}}, B: {}}\n"), HasSubstr("did you mean 'STEEL'?"));
  EXPECT_THAT(message("sector: MAC\ninto: {SER: {}, B: {}}\n"), HasSubstr("the dataset has 'SER' already"));
  EXPECT_THAT(message("sector: MAC\nregion: CHN\ninto: {A: {}, B: {}}\n"), HasSubstr("either 'sector' or 'region'"));
  EXPECT_THAT(message("sector: ELEC\ninto: {A: {}, B: {}}\n"), HasSubstr("missing key 'electricity'"));
  EXPECT_THAT(message("sector: MAC\ninto: {A: {}}\n"), HasSubstr("at least two parts"));
}

}  // namespace
}  // namespace levee::testing
