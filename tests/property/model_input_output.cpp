// Identities of input-output accounts, on random worlds, in full and in factors, and on the shipped datasets.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "calibration/benchmark.hpp"
#include "calibration/price_model.hpp"
#include "data/dataset_reader.hpp"
#include "data/generated_world.hpp"
#include "data/random_stream.hpp"
#include "model/emission_accounts.hpp"
#include "model/scope_intensity.hpp"
#include "model/structural_decomposition.hpp"
#include "tests/unit/calibration_worlds.hpp"

namespace levee::testing {
namespace {

using Side = LeontiefSystem::Side;
constexpr double exact = 1e-9;

struct Sides {
  explicit Sides(const InputOutputTable& table)
      : prices(table.Z, table.x, Side::prices), quantities(table.Z, table.x, Side::quantities) {}
  LeontiefSystem prices, quantities;
};

Dataset generated(unsigned seed) {
  return generate_world({.regions = 2 + static_cast<int>(seed % 5),
                         .sectors = 4 + static_cast<int>(seed * 3 % 19),
                         .seed = seed,
                         .armington = {},
                         .substitution = {}})
      .dataset;
}

double relative(double a, double b) { return std::abs(a - b) / std::max(std::abs(a), 1e-300); }

/// Everything that must hold of any table.
void expect_identities(const InputOutputTable& table) {
  const Sides sides(table);
  // Final demand draws exactly the output there is, and every unit of it is value added somewhere.
  const Eigen::MatrixXd output = sides.quantities.solve(table.Y);
  EXPECT_LE((output.rowwise().sum() - table.x).cwiseAbs().maxCoeff(), exact * table.x.maxCoeff());
  const Eigen::VectorXd value_added = sides.prices.solve(per_output(table, table.v));
  for (int n = 0; n < table.nodes(); ++n) {
    if (table.x[n] == 0) continue;
    EXPECT_NEAR(value_added[n], 1, exact) << n;
  }
  std::vector<Extension> extensions = table.stressors;
  extensions.push_back({"value added", "money", table.v, Eigen::VectorXd::Zero(table.regions()), 0});
  for (const Extension& extension : extensions) {
    SCOPED_TRACE(extension.name);
    const EmissionAccounts accounts = emission_accounts(table, sides.prices, sides.quantities, output, extension.F);
    EXPECT_LE(accounts.imbalance(), exact);
    EXPECT_LE(relative(extension.F.sum(), accounts.consumption.sum()), exact);
    EXPECT_LE(relative(accounts.exports.sum(), accounts.imports.sum()), exact);
    EXPECT_LE(accounts.error, 1e-11);
    // Both ways to the bilateral account agree: by maker and by product.
    const Eigen::MatrixXd made = embodied_by_maker(accounts.S, output);
    for (int q = 0; q < table.regions(); ++q) {
      for (int r = 0; r < table.regions(); ++r) {
        const double by_maker = made.col(r).segment(q * table.sectors(), table.sectors()).sum();
        const double by_product = accounts.embodied.row(q).segment(r * table.sectors(), table.sectors()).sum();
        EXPECT_NEAR(by_maker, by_product, exact * std::abs(extension.F.sum())) << q << ' ' << r;
      }
    }
    // The short way to consumption, by M alone.
    const Eigen::VectorXd M = sides.prices.solve(accounts.S);
    EXPECT_LE((consumption_account(table, M) - accounts.consumption).cwiseAbs().maxCoeff(),
              exact * accounts.consumption.cwiseAbs().maxCoeff());
  }
}

TEST(InputOutputAccounts, AddUpOnRandomWorlds) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(fmt::format("random world {}", seed));
    expect_identities(input_output_table(RandomWorld(seed).make()));
  }
}

TEST(InputOutputAccounts, AddUpOnGeneratedWorlds) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(fmt::format("generated world {}", seed));
    const InputOutputTable factored = input_output_table(generated(seed));
    ASSERT_TRUE(factored.Z.factored());
    expect_identities(factored);
    InputOutputTable full = factored;
    full.Z = IntermediateTable(factored.Z.expanded(), factored.sectors());
    const Eigen::VectorXd s = per_output(factored, factored.stressors[0].F);
    const Eigen::VectorXd difference = Sides(factored).prices.solve(s) - Eigen::VectorXd(Sides(full).prices.solve(s));
    EXPECT_LE(difference.cwiseAbs().maxCoeff(), 1e-12 * s.maxCoeff());
  }
}

TEST(InputOutputAccounts, AddUpOnShippedDatasets) {
  for (const char* name : {"cbam-2011", "wiod-2011"}) {
    SCOPED_TRACE(name);
    const InputOutputTable table =
        input_output_table(read_dataset(fmt::format("{}/data/{}/dataset.yaml", LEVEE_SOURCE_DIR, name)));
    expect_identities(table);
  }
}

/// A node that sells nothing leaves with what it buys, and with it what only it buys from.
TEST(InputOutputAccounts, EmptyNodesAreTakenOutAndReported) {
  Dataset data = blank_world({"A"}, {"STEEL", "SER", "ORE"});
  data.table.Z.dense()(2, 0) = 3;  // ORE for a STEEL that nobody buys
  final_demand(data, 1, 0, household) = 10;
  data.stressors[0].industry << 5, 1, 2;
  const InputOutputTable table = input_output_table(data);
  EXPECT_EQ(table.dropped, 2);
  EXPECT_EQ(table.x, Eigen::Vector3d(0, 10, 0));
  EXPECT_EQ(table.stressors[0].dropped, 7);
  EXPECT_EQ(table.stressors[0].F, Eigen::Vector3d(0, 1, 0));
  EXPECT_EQ(table.dropped_money, 3);
  expect_identities(table);
}

/// Two regions that are each other's image trade nothing on balance.
TEST(InputOutputAccounts, SymmetricRegionsHaveSymmetricAccounts) {
  Dataset data = blank_world({"A", "B"}, {"ELEC", "STEEL"});
  data.table.Z.dense() << 10, 20, 0, 4,  //
      8, 5, 0, 3,                        //
      0, 4, 10, 20,                      //
      0, 3, 8, 5;
  for (int r = 0; r < 2; ++r) {
    final_demand(data, 2 * r, r, household) = 60;
    final_demand(data, 2 * r + 1, r, household) = 30;
    final_demand(data, 2 * r + 1, 1 - r, household) = 7;
  }
  balance(data);
  data.stressors[0].industry << 180, 25, 180, 25;
  const InputOutputTable table = input_output_table(data);
  const Sides sides(table);
  const EmissionAccounts accounts =
      emission_accounts(table, sides.prices, sides.quantities, sides.quantities.solve(table.Y), table.stressors[0].F);
  EXPECT_NEAR(accounts.consumption.head(2).sum(), 205, 1e-10);
  for (int i = 0; i < 2; ++i) {
    EXPECT_NEAR(accounts.imports[i], accounts.imports[2 + i], 1e-12);
    EXPECT_NEAR(accounts.exports[i], accounts.exports[2 + i], 1e-12);
    EXPECT_GT(accounts.imports[1], 0);
  }
}

/// The scopes nest: each adds to the one before, and whole chains times final demand are all emissions.
TEST(InputOutputAccounts, ScopesGrow) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(fmt::format("random world {}", seed));
    const Dataset data = RandomWorld(seed).make();
    const InputOutputTable table = input_output_table(data);
    const EmittingTable emitting{table.Z, table.x, table.stressors[0].F, data.electricity};
    const std::vector<char> all(data.sectors.size(), 1);
    const Eigen::VectorXd direct = scope_intensity(emitting, IntensityScope::direct, all);
    const Eigen::VectorXd electricity = scope_intensity(emitting, IntensityScope::direct_electricity, all);
    const Eigen::VectorXd precursors = scope_intensity(emitting, IntensityScope::direct_precursors, all);
    const Eigen::VectorXd chain = scope_intensity(emitting, IntensityScope::whole_chain, all);
    EXPECT_GE((electricity - direct).minCoeff(), -1e-15);
    EXPECT_GE((precursors - electricity).minCoeff(), -1e-12 * electricity.maxCoeff());
    EXPECT_LE(relative(table.stressors[0].F.sum(), chain.dot(table.Y.rowwise().sum())), exact);
  }
}

/// The table's own price model is the regional model's where the two say the same: no tariffs, and one mix of origins
/// for all users in a region, as in a table in factors whose final users have that mix too.
TEST(InputOutputAccounts, PricesAreThoseOfTheRegionalPriceModel) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(fmt::format("generated world {}", seed));
    Dataset data = generated(seed);
    data.tariff.setZero();
    const Benchmark benchmark = make_benchmark(std::make_shared<const Dataset>(data));
    const InputOutputTable table = input_output_table(data);
    AddedCosts costs(data);
    RandomStream random(seed, "costs");
    for (double& value : costs.production) value = random.uniform(0, 0.1);
    const Eigen::VectorXd makers = Sides(table).prices.solve(costs.production);
    const Eigen::VectorXd composites = PriceModel(benchmark).composite_change(costs);
    for (int r = 0; r < data.region_count(); ++r) {
      for (int i = 0; i < data.sector_count(); ++i) {
        double bought = 0, change = 0;
        for (int s = 0; s < data.region_count(); ++s) {
          bought += benchmark.flow(data.node(s, i), r);
          change += benchmark.flow(data.node(s, i), r) * makers[data.node(s, i)];
        }
        if (bought > 0) {
          EXPECT_NEAR(composites[data.node(r, i)], change / bought, 1e-9) << data.node_label(data.node(r, i));
        }
      }
    }
  }
}

/// Parts add up node by node; a table against itself has none; each factor alone is found as itself.
class Decomposition : public ::testing::TestWithParam<unsigned> {
 protected:
  Decomposition() : before(input_output_table(RandomWorld(GetParam(), 3).make())) {}
  StructuralDecomposition to(const InputOutputTable& after) const {
    return structural_decomposition(before, after, 0, 0);
  }
  static double size(const Eigen::VectorXd& part) { return part.cwiseAbs().maxCoeff(); }
  InputOutputTable before;
};

TEST_P(Decomposition, PartsAddUp) {
  SCOPED_TRACE(fmt::format("random world {}", GetParam()));
  InputOutputTable after = before;
  RandomStream random(GetParam(), "later table");
  Eigen::MatrixXd Z = before.Z.expanded();
  for (double& value : Z.reshaped()) value *= random.uniform(0.8, 1.1);
  after.Z = IntermediateTable(Z, before.sectors());
  for (double& value : after.Y.reshaped()) value = std::max(0.0, value) * random.uniform(0.7, 1.6);
  for (int n = 0; n < before.nodes(); ++n) {
    after.stressors[0].F[n] *= random.uniform(0.5, 1.2);
    if (before.x[n] > 0) after.Y(n, 0) += 0.01 * before.x[n];
  }
  after.x = after.Z.row_sums() + after.Y.rowwise().sum();
  const StructuralDecomposition parts = to(after);
  const Eigen::VectorXd sum = parts.intensity + parts.technology + parts.mix + parts.level;
  EXPECT_LE(size(sum - (parts.after - parts.before)), exact * size(parts.after));
  EXPECT_LE(relative(before.stressors[0].F.sum(), parts.before.sum()), exact);
  EXPECT_LE(relative(after.stressors[0].F.sum(), parts.after.sum()), exact);
  for (const Eigen::VectorXd& part : {parts.intensity, parts.technology, parts.mix, parts.level})
    EXPECT_GT(size(part), 1e-6 * size(parts.before)) << "every factor moved";
}

TEST_P(Decomposition, FindsTheFactorThatMoved) {
  SCOPED_TRACE(fmt::format("random world {}", GetParam()));
  const StructuralDecomposition none = to(before);
  const double scale = size(none.before);
  for (const Eigen::VectorXd& part : {none.intensity, none.technology, none.mix, none.level})
    EXPECT_LE(size(part), 1e-12 * scale);
  InputOutputTable cleaner = before;
  cleaner.stressors[0].F *= 0.9;
  const StructuralDecomposition clean = to(cleaner);
  EXPECT_LE(size(clean.intensity + 0.1 * clean.before), 1e-10 * scale);
  EXPECT_LE(size(clean.technology) + size(clean.mix) + size(clean.level), 1e-10 * scale);
  InputOutputTable larger = before;  // everything by 1.2: level alone
  larger.Z = IntermediateTable(1.2 * before.Z.expanded(), before.sectors());
  larger.Y *= 1.2;
  larger.x *= 1.2;
  larger.stressors[0].F *= 1.2;
  const StructuralDecomposition large = to(larger);
  EXPECT_LE(size(large.level - 0.2 * large.before), 1e-10 * scale);
  EXPECT_LE(size(large.technology) + size(large.mix) + size(large.intensity), 1e-10 * scale);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Decomposition, ::testing::Range(1U, 7U),
                         [](const auto& parameter) { return fmt::format("seed_{}", parameter.param); });

}  // namespace
}  // namespace levee::testing
