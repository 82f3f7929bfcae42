// `levee aggregate` and `levee schema`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string three_by_five = R"(aggregation: cbam-3x5
dataset: data/dataset.yaml
regions:
  EU: {name: Europe, of: [EUR, GBR]}
  CHN: CHN
  REST: [TUR, RUS, IND, USA, JKT, CAM, BRA, AUI, ROW]
sectors:
  FUEL: {groups: [energy, fuel, extraction], of: fuel}
  ELEC: {groups: [energy, cbam], of: ELEC}
  METAL: {groups: [cbam], of: [STEEL, ALU]}
  GOOD: [AGR, MIN, ONFM, CEM, ONMM, FERT, CHM, PAP, OMF, MAC, CNS]
  SERV: [TRN, SER]
)";

TEST(Aggregate, TheResultChecksCleanlyAndRunsAStudy) {
  const Workspace folder;
  folder.write("map.yaml", three_by_five);
  const Ran checked = folder.levee({"check", "map.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_EQ(checked.out, "aggregation map 'cbam-3x5' of 'cbam-2011'\n12 regions become 3\n20 sectors become 5\n");
  const Ran made = folder.levee({"aggregate", "data/dataset.yaml", "--map", "map.yaml", "--out", "small"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("to   'cbam-3x5': 3 regions x 5 sectors"), HasSubstr("agree to "),
                              HasSubstr("note: Adding up: tariffs of "), HasSubstr("small/dataset.yaml\n")));
  const Ran small = folder.levee({"check", "small/dataset.yaml"});
  EXPECT_EQ(small.status, 0) << small.err;
  EXPECT_THAT(small.out, AllOf(StartsWith("dataset 'cbam-3x5', 2011: 3 regions x 5 sectors"),
                               HasSubstr("CO2 35013.4 Mt"), HasSubstr("nodes without output, dropped: 0 nodes")));
  folder.write("small.yaml",
               "study: small\ndataset: small/dataset.yaml\nmodel: {technology: gtap-e, household: ces}\n"
               "zones: {EU: {regions: [EU], sectors: [cbam]}}\nreference: none\n"
               "scenarios: {none: {}, price: {carbon_price: {EU: 50}}}\n");
  const Ran run = folder.levee({"run", "small.yaml", "--solver", "newton", "--no-decompose", "--out", "results"});
  EXPECT_EQ(run.status, 0) << run.err;
}

TEST(Aggregate, AWrongMapWritesNothing) {
  const Workspace folder;
  std::string map = three_by_five;
  map.replace(map.find("BRA, AUI"), 8, "BAR, CHN");
  folder.write("map.yaml", map);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"aggregate", "data/dataset.yaml", "--map", "map.yaml", "--out", "small"},
        std::vector<std::string>{"check", "map.yaml"}}) {
    SCOPED_TRACE(words.front());
    const Ran ran = folder.levee(words);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("map.yaml:6:40: unknown region 'BAR', did you mean 'BRA'?"),
                               HasSubstr("region 'CHN' is mapped twice, first to 'CHN' in line 5"),
                               HasSubstr("1 of the dataset's regions is mapped nowhere: AUI")));
    EXPECT_THAT(ran.out, IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(folder.path("small")));
  }
}

TEST(Aggregate, ReplacesNothingButADataset) {
  const Workspace folder;
  folder.write("map.yaml", three_by_five);
  const std::vector<std::string> words{"aggregate", "data/dataset.yaml", "--map", "map.yaml", "--out", "small",
                                       "--quiet"};
  const Ran made = folder.levee(words);
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out + made.err, IsEmpty());
  EXPECT_THAT(folder.levee(words).err, HasSubstr("--force"));
  std::vector<std::string> forced = words;
  forced.emplace_back("--force");
  EXPECT_EQ(folder.levee(forced).status, 0);
  folder.write("small/mine.txt", "work");
  EXPECT_EQ(folder.levee(forced).status, 1);
  EXPECT_EQ(folder.read("small/mine.txt"), "work");
}

TEST(SchemaVerb, PrintsTheSchemaOfAKind) {
  const Workspace folder;
  const Ran kinds = folder.levee({"schema"});
  EXPECT_EQ(kinds.status, 0);
  EXPECT_THAT(kinds.out, AllOf(HasSubstr("aggregation\n"), HasSubstr("dataset\n"), HasSubstr("study\n")));
  const Ran shown = folder.levee({"schema", "dataset"});
  EXPECT_EQ(nlohmann::json::parse(shown.out).at("$id"), "urn:levee:dataset");
  const Ran kept = folder.levee({"schema", "study", "--out", "study.json"});
  EXPECT_EQ(kept.status, 0) << kept.err;
  EXPECT_EQ(nlohmann::json::parse(folder.read("study.json")).at("title"), "study");
  EXPECT_EQ(folder.levee({"schema", "study", "--out", "study.json"}).status, 1);
  const Ran unknown = folder.levee({"schema", "datset"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("there is no kind of file 'datset', did you mean 'dataset'?"));
}

}  // namespace
}  // namespace levee::testing
