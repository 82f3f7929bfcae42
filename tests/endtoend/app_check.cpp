// `levee check` on every kind of file and on nonsense, and the help that each verb gives.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Check, DescribesAStudy) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", "study.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("study 'eu-cbam', reference 'reference'"), HasSubstr("zone EU"),
                             HasSubstr("cbam_law"), HasSubstr("12 regions x 20 sectors")));
  EXPECT_THAT(ran.err, IsEmpty());
  const Ran quiet = folder.levee({"check", "study.yaml", "--quiet"});
  EXPECT_EQ(quiet.status, 0);
  EXPECT_THAT(quiet.out + quiet.err, IsEmpty());
}

TEST(Check, DescribesADataset) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", "data/dataset.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(StartsWith("dataset 'cbam-2011', 2011: 12 regions x 20 sectors"), HasSubstr("CO2 35013.4 Mt"),
                    HasSubstr("balance: rows off by"), HasSubstr("note: data/dataset.yaml:"),
                    HasSubstr("54 inventory cells are negative"), HasSubstr("million USD"), Not(HasSubstr("1e+06"))));
}

TEST(Check, AnswersProgramsInJson) {
  const Workspace folder;
  // Steel of Brazil becomes a hundred times as dirty, one account is off within the tolerance.
  folder.edit("data/co2_industry.csv", "\nBRA.STEEL,", "\nBRA.STEEL,9");
  const Ran ran = folder.levee({"check", "data/dataset.yaml", "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto answer = nlohmann::json::parse(ran.out);
  EXPECT_EQ(answer.at("kind"), "dataset");
  EXPECT_EQ(answer.at("valid"), true);
  const auto& data = answer.at("dataset");
  EXPECT_EQ(data.at("regions"), 12);
  EXPECT_NEAR(data.at("sums").at("output").get<double>(), 1.41708693e8, 1e2);
  EXPECT_NEAR(data.at("sums").at("intermediate").get<double>() + data.at("sums").at("value_added").get<double>(),
              data.at("sums").at("output").get<double>(), 1e-3);
  EXPECT_EQ(data.at("oddities").at("negative_inventories").at("cells"), 54);
  EXPECT_LT(data.at("balance").at("rows").at("largest").get<double>(), 1e-9);
  EXPECT_FALSE(data.at("treatments").empty());
  EXPECT_EQ(data.at("sources").size(), 14U);
  const auto& odd = data.at("oddities").at("intensities");
  EXPECT_TRUE(std::any_of(odd.begin(), odd.end(), [](const auto& entry) {
    return entry.at("stressor") == "CO2" && entry.at("node") == "BRA.STEEL";
  }));

  const Ran study = folder.levee({"check", "study.yaml", "--json"});
  EXPECT_EQ(nlohmann::json::parse(study.out).at("study").at("dataset").at("name"), "cbam-2011");

  folder.edit("data/dataset.yaml", "year: 2011", "year: then");
  const Ran wrong = folder.levee({"check", "data/dataset.yaml", "--json"});
  EXPECT_EQ(wrong.status, 1);
  const auto refused = nlohmann::json::parse(wrong.out);
  EXPECT_EQ(refused.at("valid"), false);
  EXPECT_EQ(refused.at("faults").at(0).at("line"), 4);
  EXPECT_THAT(wrong.err, StartsWith("data/dataset.yaml:4:"));
}

TEST(Check, NamesWhatIsOddInADataset) {
  const Workspace folder;
  folder.edit("data/co2_industry.csv", "\nBRA.STEEL,", "\nBRA.STEEL,9");
  const Ran ran = folder.levee({"check", "data/dataset.yaml"});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("sums: intermediate "), HasSubstr("odd: BRA.STEEL emits ")));
}

TEST(Check, DescribesAnEconomy) {
  const Workspace folder;
  const Ran ran = folder.levee({"check", std::string(LEVEE_SOURCE_DIR) + "/tests/published/hosoe_stdcge/economy.yaml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(StartsWith("economy"), HasSubstr("commodities"), HasSubstr("benchmark replicates")));
}

TEST(Check, SaysWhatARunWouldSay) {
  struct Mistake {
    std::string file, from, to;
  };
  for (const Mistake& mistake :
       {Mistake{"study.yaml", "STEEL, ALU, ONFM", "STEAL, ALU, ONFM"},
        Mistake{"data/dataset.yaml", "year: 2011", "year: then"}, Mistake{"data/Z.csv", "\nEUR.AGR,", "\nEUR.ARG,"},
        Mistake{"data/x_va.csv", "\nEUR.AGR,609686,", "\nEUR.AGR,619686,"}}) {
    SCOPED_TRACE(mistake.to);
    const Workspace folder;
    folder.edit(mistake.file, mistake.from, mistake.to);
    const Ran check = folder.levee({"check", "study.yaml"}), run = folder.levee({"run", "study.yaml", "--out", "out"});
    EXPECT_EQ(check.status, 1);
    EXPECT_THAT(check.out, IsEmpty());
    EXPECT_THAT(check.err, StartsWith(mistake.file == "data/x_va.csv" ? "data/dataset.yaml:" : mistake.file + ":"));
    EXPECT_EQ(check.err, run.err);
    if (mistake.file == "study.yaml") continue;
    EXPECT_EQ(folder.levee({"check", "data/dataset.yaml"}).err, check.err);
  }
}

TEST(Check, Nonsense) {
  const Workspace folder;
  folder.write("empty.yaml", "");
  folder.write("other.yaml", "apples: 3\n");
  folder.write("list.yaml", "- a\n");
  folder.write("prose.txt", "Dear reader: this is a letter: not a file.\n");
  folder.write("binary", std::string("\x7f\x45\x4c\x46\x02\x00\x01\xff\xfe{[", 11));
  folder.write("deep.yaml", std::string(100000, '[') + std::string(100000, ']'));
  struct File {
    std::string name, says;
  };
  for (const File& file :
       {File{"empty.yaml", "empty.yaml:1:1: the kind of this file is not known; expected one of the keys"},
        File{"other.yaml", "other.yaml:1:1: the kind of this file is not known; expected one of the keys"},
        File{"list.yaml", "list.yaml:1:1: the kind of this file is not known; expected one of the keys"},
        File{"prose.txt", "prose.txt:1:"}, File{"binary", "binary:1:"}, File{"deep.yaml", "deep.yaml:"},
        File{"data/Z.csv", "data/Z.csv:1:"}, File{"data", "data: is a folder, expected a file"},
        File{"studdy.yaml", "studdy.yaml: cannot read this file, did you mean 'study.yaml'?"}}) {
    SCOPED_TRACE(file.name);
    const Ran ran = folder.levee({"check", file.name});
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_THAT(ran.out, IsEmpty());
    EXPECT_THAT(ran.err, StartsWith(file.says));
    EXPECT_EQ(messages(ran.err).size(), 1u) << ran.err;
  }
}

TEST(Help, EveryVerbHasAnExample) {
  const Workspace folder;
  const Ran help = folder.levee({"--help"});
  EXPECT_EQ(help.status, 0);
  std::istringstream lines(help.out.substr(help.out.find("Subcommands:")));
  std::vector<std::string> verbs;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  ")) {
    std::istringstream words(line);
    words >> verbs.emplace_back();
  }
  EXPECT_THAT(verbs, ::testing::IsSupersetOf({"run", "check", "solve", "compare"}));
  for (const std::string& verb : verbs) {
    SCOPED_TRACE(verb);
    const Ran ran = folder.levee({verb, "--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, AllOf(ContainsRegex("Examples?:\n  levee " + verb + " "), HasSubstr("--quiet"),
                               HasSubstr("--progress"), HasSubstr("{auto,plain,off}")));
  }
}

TEST(Help, Verbs) {
  const Workspace folder;
  const Ran near = folder.levee({"chek", "study.yaml"});
  EXPECT_EQ(near.status, 1);
  EXPECT_THAT(near.err, HasSubstr("there is no verb 'chek', did you mean 'check'?"));
  const Ran far = folder.levee({"frobnicate"});
  EXPECT_EQ(far.status, 1);
  EXPECT_THAT(far.err, HasSubstr("there is no verb 'frobnicate'; expected one of run, check"));
  const Ran none = folder.levee({});
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.err, HasSubstr("--help"));
  const Ran version = folder.levee({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out, fmt::format("levee {}\n", LEVEE_VERSION));
}

}  // namespace
}  // namespace levee::testing
