// Splitting: what is split comes back when it is added up, and each part has what it was given.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
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
