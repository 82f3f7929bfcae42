// Generated worlds: their accounts, what they have in common with the default dataset, and that a seed says it all.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "data/dataset_reader.hpp"
#include "data/generated_sectors.hpp"
#include "data/generated_world.hpp"
#include "data/random_stream.hpp"

namespace levee::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

GeneratedWorld world(int regions, int sectors, std::uint64_t seed) {
  return generate_world({.regions = regions, .sectors = sectors, .seed = seed, .armington = {}, .substitution = {}});
}

TEST(RandomStream, IsTheSameEverywhere) {
  RandomStream random(7, "test");
  EXPECT_EQ(random.uniform(), 0x1.99d0a3cca8ea6p-2);
  EXPECT_NEAR(random.normal(), 0.20774657349998341, 1e-14);
  EXPECT_NE(RandomStream(7, "other").uniform(), RandomStream(7, "test").uniform());
  EXPECT_NE(RandomStream(8, "test").uniform(), RandomStream(7, "test").uniform());
  double sum = 0, squares = 0;
  for (int k = 0; k < 10000; ++k) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    EXPECT_LE(std::abs(value), 3);
  }
  EXPECT_NEAR(sum / 10000, 0, 0.04);
  EXPECT_NEAR(squares / 10000, 0.973, 0.04);  // the variance of a normal cut at 3
}

TEST(GeneratedSectors, KeepTheTotalsOfTheDefaultDataset) {
  const GeneratedSectors base = generated_sectors(20);
  for (const int count : {3, 4, 5, 7, 9, 12, 16, 19, 20, 21, 41, 65, 120}) {
    SCOPED_TRACE(count);
    const GeneratedSectors s = generated_sectors(count);
    ASSERT_EQ(s.count(), count);
    EXPECT_NEAR(s.use.sum(), base.use.sum(), 1e-9 * base.use.sum());
    EXPECT_NEAR(s.output.sum(), base.output.sum(), 1e-9 * base.output.sum());
    EXPECT_NEAR(s.combustion.sum(), base.combustion.sum(), 1e-9 * base.combustion.sum());
    std::set<std::string> codes;
    int power = 0, fuels = 0, border = 0;
    for (int i = 0; i < count; ++i) {
      codes.insert(s.sectors[static_cast<std::size_t>(i)].code);
      power += s.sectors[static_cast<std::size_t>(i)].code == "ELEC";
      fuels += s.in_group(i, "fuel");
      border += s.in_group(i, "cbam");
      // what a sector buys, its value added: columns balance but for the source's rounding
      EXPECT_NEAR(s.use.col(i).sum() + s.value_added[i], s.output[i], 2e-5 * s.output[i]);
    }
    EXPECT_THAT(codes, SizeIs(static_cast<std::size_t>(count)));
    EXPECT_EQ(power, 1);
    EXPECT_GE(fuels, 1);
    EXPECT_GE(border, 2);
  }
}

TEST(GeneratedSectors, AreNamedAfterTheDefaultDataset) {
  const auto codes = [](int count) {
    std::vector<std::string> result;
    for (const Sector& sector : generated_sectors(count).sectors) result.push_back(sector.code);
    return result;
  };
  EXPECT_THAT(codes(3), ElementsAre("OIL", "ELEC", "STEEL"));
  EXPECT_THAT(codes(6), ElementsAre("COAL", "OIL", "ELEC", "STEEL", "OMF", "SER"));
  std::vector<std::string> base;
  for (const Sector& sector : read_dataset(std::string(LEVEE_SOURCE_DIR) + "/data/cbam-2011/dataset.yaml").sectors)
    base.push_back(sector.code);
  EXPECT_EQ(codes(20), base);
  EXPECT_THAT(codes(41), ::testing::IsSupersetOf({"COAL", "ELEC", "OMF_01", "OMF_03", "SER_01"}));
}

/// The embedded table is made by scripts/world-structure; here by the program's own reader.
TEST(GeneratedSectors, AreTheDefaultDatasetAddedUp) {
  const Dataset data = read_dataset(std::string(LEVEE_SOURCE_DIR) + "/data/cbam-2011/dataset.yaml");
  const GeneratedSectors s = generated_sectors(20);
  Eigen::MatrixXd use = Eigen::MatrixXd::Zero(20, 20);
  Eigen::VectorXd traded = Eigen::VectorXd::Zero(20), combustion = traded, output = traded;
  for (int p = 0; p < data.node_count(); ++p) {
    output[p % 20] += data.table.x[p];
    combustion[p % 20] += data.stressors[0].industry[p] - data.stressors[0].process[p];
    for (int q = 0; q < data.node_count(); ++q) {
      use(p % 20, q % 20) += data.table.Z(p, q);
      if (p / 20 != q / 20) traded[p % 20] += data.table.Z(p, q);
    }
    for (int column = 0; column < data.table.Y.cols(); ++column) {
      if (p / 20 != column / final_demand_count) traded[p % 20] += data.table.Y(p, column);
    }
  }
  const auto expect_near = [](const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    EXPECT_LE((a - b).cwiseAbs().cwiseQuotient((b.array().abs() + 1e-300).matrix()).maxCoeff(), 1e-5);
  };
  expect_near(s.use, use);
  expect_near(s.traded, traded);
  expect_near(s.combustion, combustion);
  expect_near(s.output, output);
}

struct Size {
  int regions, sectors;
};

class GeneratedWorlds : public ::testing::TestWithParam<Size> {};

TEST_P(GeneratedWorlds, BalanceExactly) {
  const auto [regions, sectors] = GetParam();
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const GeneratedWorld made = world(regions, sectors, seed);
    const Dataset& d = made.dataset;
    ASSERT_EQ(d.node_count(), regions * sectors);
    const MrioTable& t = d.table;
    ASSERT_TRUE(t.Z.factored());
    const Eigen::VectorXd sold = t.Z.row_sums() + t.Y.rowwise().sum();
    const Eigen::VectorXd spent = t.Z.column_sums() + t.value_added;
    EXPECT_LE(((sold - t.x).array() / t.x.array()).abs().maxCoeff(), 1e-12);
    EXPECT_LE(((spent - t.x).array() / t.x.array()).abs().maxCoeff(), 1e-12);
    EXPECT_GT(t.x.minCoeff(), 0);
    EXPECT_GE((t.value_added.array() / t.x.array()).minCoeff(), 0.05);
    EXPECT_GE(t.Z.share().minCoeff(), 0);
    EXPECT_GE(t.Z.use().minCoeff(), 0);
    EXPECT_GE(t.Y.minCoeff(), 0);
  }
}

TEST_P(GeneratedWorlds, LookLikeAWorld) {
  const auto [regions, sectors] = GetParam();
  SCOPED_TRACE(fmt::format("{} x {}, seed 5", regions, sectors));
  const GeneratedWorld made = world(regions, sectors, 5);
  const Dataset& d = made.dataset;
  const Stressor& co2 = d.stressors.front();
  // the world burns what the default dataset's does, and makes cement as it does
  EXPECT_NEAR((co2.industry - co2.process).sum() + co2.household.sum(), 33.635e6, 0.005e6);
  EXPECT_GT(co2.process.sum(), 0.3e6);
  EXPECT_GE((co2.industry - co2.process).minCoeff(), 0);
  EXPECT_GE(d.tariff.minCoeff(), 0);
  EXPECT_LE(d.tariff.maxCoeff(), 0.35);
  EXPECT_GT(d.tariff.maxCoeff(), 0);
  const Eigen::MatrixXd flow = d.table.Z.deliveries();
  double home = 0, power_abroad = 0, power = 0;
  for (int n = 0; n < d.node_count(); ++n) {
    home += flow(n, n / sectors);
    EXPECT_EQ(d.tariff(n, n / sectors), 0);
    if (n % sectors != d.electricity) continue;
    power += flow.row(n).sum();
    power_abroad += flow.row(n).sum() - flow(n, n / sectors);
  }
  EXPECT_GT(home / flow.sum(), 0.5);
  EXPECT_LT(home / flow.sum(), 0.99);
  EXPECT_LT(power_abroad / power, 0.03);
  double zone = 0;
  for (const int r : made.zone_regions) zone += d.table.x.segment(r * sectors, sectors).sum();
  EXPECT_GT(zone / d.table.x.sum(), 0.05);  // of two regions neither may be of the size that is aimed at
  EXPECT_LT(zone / d.table.x.sum(), regions == 2 ? 0.5 : 0.25);
}

INSTANTIATE_TEST_SUITE_P(Sizes, GeneratedWorlds,
                         ::testing::Values(Size{2, 3}, Size{2, 20}, Size{3, 4}, Size{5, 7}, Size{12, 20}, Size{7, 33},
                                           Size{40, 12}),
                         [](const auto& size) { return fmt::format("{}x{}", size.param.regions, size.param.sectors); });

TEST(GeneratedWorld, ZoneIsATenthToAFifthOfALargeWorld) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const GeneratedWorld made = world(60, 6, seed);
    double output = 0;
    for (const int r : made.zone_regions) {
      EXPECT_EQ(made.dataset.regions[static_cast<std::size_t>(r)].income_group, "high");
      output += made.dataset.table.x.segment(6 * r, 6).sum();
    }
    EXPECT_GE(output / made.dataset.table.x.sum(), 0.10);
    EXPECT_LE(output / made.dataset.table.x.sum(), 0.20);
  }
}

TEST(GeneratedWorld, SmallPairsDoNotTrade) {
  const GeneratedWorld made = world(60, 20, 1);
  const auto flows = (made.dataset.table.Z.share().array() > 0).count();
  const double density = static_cast<double>(flows) / static_cast<double>(made.dataset.table.Z.share().size());
  EXPECT_GT(density, 0.3);
  EXPECT_LT(density, 0.8);
}

TEST(GeneratedWorld, ASeedSaysItAll) {
  const GeneratedWorld one = world(6, 9, 42), again = world(6, 9, 42), other = world(6, 9, 43);
  EXPECT_EQ(one.dataset.table.x, again.dataset.table.x);
  EXPECT_EQ(one.dataset.table.Z.use(), again.dataset.table.Z.use());
  EXPECT_EQ(one.dataset.tariff, again.dataset.tariff);
  EXPECT_EQ(one.study, again.study);
  EXPECT_NE(one.dataset.table.x, other.dataset.table.x);
  // recorded: another compiler or processor must find the same figures
  EXPECT_DOUBLE_EQ(one.dataset.table.x[0], 318684.2);
  EXPECT_DOUBLE_EQ(one.dataset.table.value_added[53], 487662);
  EXPECT_DOUBLE_EQ(one.dataset.stressors[0].industry[8], 300147.319129);
}

TEST(GeneratedWorld, RegionsDoNotDependOnSectors) {
  const Dataset a = world(9, 5, 3).dataset, b = world(9, 24, 3).dataset;
  for (std::size_t r = 0; r < a.regions.size(); ++r) EXPECT_EQ(a.regions[r].income_group, b.regions[r].income_group);
}

TEST(GeneratedWorld, DrawsElasticitiesFromARange) {
  int low = 0, high = 0, drawn = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Dataset d = generate_world({.regions = 2,
                                      .sectors = 8,
                                      .seed = seed,
                                      .armington = DrawnRange{0, 12},
                                      .substitution = DrawnRange{0, 2}})
                          .dataset;
    for (const auto& [name, values] : d.parameters.elasticities.by_node) {
      const double most = name == "armington_domestic_import" ? 12 : name == "armington_origins" ? 24 : 2;
      EXPECT_GE(values.minCoeff(), 0);
      EXPECT_LE(values.maxCoeff(), most);
      low += static_cast<int>((values.array() == 0).count());
      high += static_cast<int>((values.array() == most).count());
      drawn += static_cast<int>(values.size());
    }
  }
  EXPECT_NEAR(static_cast<double>(low) / drawn, 0.125, 0.05);
  EXPECT_NEAR(static_cast<double>(high) / drawn, 0.125, 0.05);
}

TEST(GeneratedWorld, StudyNamesWhatThereIs) {
  const std::string small = world(3, 3, 1).study, large = world(4, 24, 1).study;
  EXPECT_THAT(small, HasSubstr("scope: {ELEC: direct, STEEL: direct}"));
  EXPECT_THAT(small, Not(HasSubstr("CEM")));
  EXPECT_THAT(large, HasSubstr("CEM: direct+electricity"));
  for (const char* scenario : {"reference:", "ets_only:", "free_allocation:", "cbam_direct:", "cbam_indirect:",
                               "cbam_full:", "cbam_law:", "cbam_indirect_cap:"}) {
    EXPECT_THAT(small, HasSubstr(scenario));
    EXPECT_THAT(large, HasSubstr(scenario));
  }
}

TEST(GeneratedWorld, HasALeastSize) {
  EXPECT_THROW(world(1, 20, 1), std::logic_error);
  EXPECT_THROW(world(2, 2, 1), std::logic_error);
}

}  // namespace
}  // namespace levee::testing
