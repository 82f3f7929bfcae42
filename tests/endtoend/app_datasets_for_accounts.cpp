// Datasets without parameters, as imports make them: every verb that needs no model takes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_program.hpp"
#include "tests/unit/data_import_own.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// An imported dataset in own/: 3 regions, 2 sectors, value added by component, a stressor.
class AccountsOnly : public ::testing::Test {
 protected:
  AccountsOnly() {
    Miniature own = OwnTable().wide();
    Cells carbon{"CO2"};
    for (int k = 0; k < 16; ++k) carbon.push_back(std::to_string(k + 1));
    own.documents[0].cells().push_back(carbon);
    own.documents[1].cells().push_back({"stressors: {CO2: kt}"});
    write_miniature(own, folder_.path("published"));
    const Ran made = folder_.levee({"import", "csv", "published/own/map.yaml", "--out", "own"});
    EXPECT_EQ(made.status, 0) << made.err;
  }

  nlohmann::json checked(const std::string& dataset) const {
    const Ran ran = folder_.levee({"check", dataset + "/dataset.yaml", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return nlohmann::json::parse(ran.out)["dataset"];
  }

  /// The same sums and stressors as what was imported.
  void expect_same_sums(const std::string& dataset) const {
    const nlohmann::json before = checked("own")["sums"].flatten(), after = checked(dataset)["sums"].flatten();
    for (const auto& [name, sum] : before.items())
      EXPECT_NEAR(after[name].get<double>(), sum.get<double>(), 1e-9 * (1 + std::abs(sum.get<double>()))) << name;
  }

  Workspace folder_;
};

TEST_F(AccountsOnly, CheckSaysThatTheyAreForAccounts) {
  const Ran ran = folder_.levee({"check", "own/dataset.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("3 regions x 2 sectors, 4 stressors"), HasSubstr("no parameters")));
}

TEST_F(AccountsOnly, AreAddedUp) {
  folder_.write("map.yaml", "aggregation: two\nregions: {AT: [AT], REST: [CN, WA]}\nsectors: {ALL: [A01, C10_12]}\n");
  const Ran ran = folder_.levee({"aggregate", "own/dataset.yaml", "--map", "map.yaml", "--out", "two"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  expect_same_sums("two");
  EXPECT_EQ(folder_.levee({"mrio", "two/dataset.yaml", "--out", "accounts"}).status, 0);
}

TEST_F(AccountsOnly, AreSplitBySectorAndByRegion) {
  folder_.write("sector.yaml", "split: food\nsector: C10_12\ninto: {MEAT: {output: 0.3}, OTHER: {}}\n");
  folder_.write("region.yaml",
                "split: provinces\nregion: CN\ncells: cells.csv\ninto: {EAST: {output: 0.6}, WEST: {}}\n");
  folder_.write("cells.csv", "from,to,share\nEAST.A01,AT.household,0.7\nvalue_added,WEST.A01,0.35\n");
  for (const std::string name : {"sector", "region"}) {
    const Ran ran = folder_.levee({"split", "own/dataset.yaml", "--by", name + ".yaml", "--out", name});
    ASSERT_EQ(ran.status, 0) << ran.err;
    expect_same_sums(name);
    const Ran back = folder_.levee(
        {"aggregate", name + "/dataset.yaml", "--map", name + "/back.yaml", "--out", name + "-back", "--quiet"});
    EXPECT_EQ(back.status, 0) << back.err;
    expect_same_sums(name + "-back");
  }
}

TEST_F(AccountsOnly, AreBalanced) {
  // Their own balance is exact: one cell is put out of it.
  std::string text = folder_.read("own/Z.csv");
  const std::size_t at = text.find("AT.A01,", text.find('\n'));
  ASSERT_NE(at, std::string::npos);
  text.insert(at + 7, "1");
  folder_.write("own/Z.csv", text);
  EXPECT_EQ(folder_.levee({"check", "own/dataset.yaml"}).status, 1);
  const Ran ran = folder_.levee({"balance", "own/dataset.yaml", "--method", "gras", "--out", "balanced"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const nlohmann::json said = checked("balanced");
  EXPECT_NEAR(said["sums"]["output"].get<double>(), OwnTable().world.x.sum(), 1e-9);
  EXPECT_EQ(folder_.levee({"mrio", "balanced/dataset.yaml", "--out", "accounts"}).status, 0);
}

}  // namespace
}  // namespace levee::testing
