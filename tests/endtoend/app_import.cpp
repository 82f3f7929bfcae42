// `levee import`: published tables become datasets that every verb of accounts takes.
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

std::string write_figaro(const Workspace& folder) {
  const Document document = Figaro().miniature().documents.front();
  write_bytes(folder.path("published") / document.path, as_text(document));
  return "published";
}

TEST(Import, ThePublishedTableIsADatasetForAccounts) {
  const Workspace folder;
  const Ran made = folder.levee({"import", "figaro", write_figaro(folder), "--out", "figaro"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("3 regions x 2 sectors"), HasSubstr("no parameters: a dataset for "),
                              HasSubstr("taxes less subsidies on products"), HasSubstr("figaro/dataset.yaml\n")));
  const Ran checked = folder.levee({"check", "figaro/dataset.yaml", "--json"});
  ASSERT_EQ(checked.status, 0) << checked.err;
  const World& world = Figaro().world;
  const nlohmann::json told = nlohmann::json::parse(checked.out);
  const nlohmann::json& said = told.contains("dataset") ? told["dataset"] : told;
  EXPECT_DOUBLE_EQ(said["sums"]["output"].get<double>(), world.x.sum());
  EXPECT_DOUBLE_EQ(said["sums"]["intermediate"].get<double>(), world.Z.sum());
  EXPECT_NEAR(said["sums"]["value_added"].get<double>(), world.value_added.sum(), 1e-9);
  const Ran accounts = folder.levee({"mrio", "figaro/dataset.yaml", "--out", "accounts"});
  ASSERT_EQ(accounts.status, 0) << accounts.err;
  EXPECT_TRUE(std::filesystem::exists(folder.path("accounts/tables"))) << accounts.out;
}

TEST(Import, AModelNeedsParameters) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"import", "figaro", write_figaro(folder), "--out", "figaro"}).status, 0);
  folder.edit("study.yaml", "data/dataset.yaml", "figaro/dataset.yaml");
  const Ran run = folder.levee({"run", "study.yaml", "--out", "results"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr("study.yaml:"), HasSubstr("this dataset has no 'parameters'")));
  EXPECT_FALSE(std::filesystem::exists(folder.path("results")));
}

TEST(Import, WrongInputIsNamedAndLeavesNothing) {
  const Workspace folder;
  const Ran unknown = folder.levee({"import", "figero", write_figaro(folder), "--out", "out"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("unknown format 'figero', did you mean 'figaro'?"));
  Document document = Figaro().miniature().documents.front();
  document.cells()[2][3] = "NaN";
  write_bytes(folder.path("broken") / document.path, as_text(document));
  const Ran broken = folder.levee({"import", "figaro", "broken", "--out", "out"});
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.err, HasSubstr(document.path + ":3:"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
}

TEST(ImportOwn, AMapAndItsFilesAreADatasetInEitherLayout) {
  const Workspace folder;
  const World& world = OwnTable().world;
  for (const bool wide : {true, false}) {
    const std::string name = wide ? "wide" : "long";
    write_miniature(wide ? OwnTable().wide() : OwnTable().long_form(), folder.path(name));
    const std::string source = wide ? "wide/own/map.yaml" : "long/own.zip";
    const Ran made = folder.levee({"import", "csv", source, "--out", name + "-out"});
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("3 regions x 2 sectors"));
    const Ran checked = folder.levee({"check", name + "-out/dataset.yaml", "--json"});
    ASSERT_EQ(checked.status, 0) << checked.err;
    const nlohmann::json said = nlohmann::json::parse(checked.out)["dataset"];
    EXPECT_DOUBLE_EQ(said["sums"]["output"].get<double>(), world.x.sum());
    EXPECT_DOUBLE_EQ(said["sums"]["intermediate"].get<double>(), world.Z.sum());
    EXPECT_NEAR(said["sums"]["value_added"].get<double>(), world.value_added.sum(), 1e-9);
  }
  const Ran checked = folder.levee({"check", "wide/own/map.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("map of the table 'own'"));
}

TEST(ImportOwn, AWrongMapIsNamedAndLeavesNothing) {
  const Workspace folder;
  Miniature broken = OwnTable().wide();
  broken.documents[1].cells()[4] = {"final_demand: {HH: housold, GOV: government, INV: inventories}"};
  write_miniature(broken, folder.path("wide"));
  const Ran made = folder.levee({"import", "csv", "wide/own/map.yaml", "--out", "out"});
  EXPECT_EQ(made.status, 1);
  EXPECT_THAT(made.err, HasSubstr("map.yaml:5:20: unknown final demand 'housold', did you mean 'household'?"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out")));
  EXPECT_EQ(folder.levee({"check", "wide/own/map.yaml"}).status, 1);
}

}  // namespace
}  // namespace levee::testing
