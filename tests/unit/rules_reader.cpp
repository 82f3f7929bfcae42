// Rule books as written: what is accepted, what is refused and where, and how one book changes another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_lookup.hpp"
#include "tests/unit/rules_files.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RuleReader, ReadsEveryTable) {
  const RuleFiles files;
  const RuleBook book = files.read();
  EXPECT_EQ(book.name, "tiny");
  EXPECT_EQ(book.currency, "EUR");
  EXPECT_EQ(book.path, files.path());
  ASSERT_EQ(book.sources.size(), 2U);
  EXPECT_EQ(book.sources[0].address, "http://law");
  EXPECT_EQ(book.sources[1].title, "A guess");
  EXPECT_EQ(book.scope.size(), 5U);
  EXPECT_TRUE(book.scope[1].excluded);
  EXPECT_FALSE(book.scope[4].excluded);
  EXPECT_EQ(book.benchmarks.size(), 14U);
  EXPECT_EQ(book.benchmarks[4].last_year, 2027);
  EXPECT_EQ(book.benchmarks[0].last_year, no_last_year);
  EXPECT_EQ(book.grid_factors[0].source, "guess");
  EXPECT_EQ(book.grid_factors[0].confidence, "indicative");
  EXPECT_EQ(book.default_values[1].where, (Location{files.path("default_values.csv"), 3, 1}));
}

TEST(RuleReader, ColumnsComeInAnyOrderAndBlanksInCodesAreDropped) {
  RuleFiles files;
  files.files["scope.csv"] =
      "confidence,charged,gases,cn,source,sector\nprimary,direct,CO2 PFC,7601 10 00,law,aluminium\n"
      "primary,direct,CO2,72,law,steel\nuser,direct,,25,law,cement\n";
  const RuleBook book = files.read();
  EXPECT_EQ(book.scope[0].cn, "76011000");
  EXPECT_THAT(book.scope[0].gases, ElementsAre("CO2", "PFC"));
  EXPECT_TRUE(book.scope[2].gases.empty());
  EXPECT_FALSE(book.scope[0].excluded) << "an optional column that is absent";
}

struct Fault {
  std::string file, from, to, message;
};

TEST(RuleReader, EveryFaultOfATableIsLocated) {
  const std::vector<Fault> faults{
      {"scope.csv", "cn,excluded", "code,excluded", "scope.csv:1:1: unknown column 'code'"},
      {"scope.csv", "sector,gases", "sectr,gases", "unknown column 'sectr', did you mean 'sector'?"},
      {"scope.csv", "sector,gases", "sectr,gases", "no column 'sector' in the header, did you mean 'sectr'?"},
      {"scope.csv", "excluded,sector", "sector,sector", "scope.csv:1:11: the column 'sector' is there twice"},
      {"scope.csv", "7601,no", "76x1,no", "scope.csv:6:1: found '76x1', expected a CN code of 2 to 10 digits"},
      {"scope.csv", "7601,no", "7601,maybe", "scope.csv:6:6: unknown excluded 'maybe'; expected one of no, yes"},
      {"scope.csv", "PFC,direct", "PFC,diret", "scope.csv:6:27: unknown charged 'diret', did you mean 'direct'?"},
      {"scope.csv", "aluminium", "", "scope.csv:6:9: found an empty cell, expected the sector of the row"},
      {"scope.csv", "7601,no", "7204,no", "scope.csv:6:1: CN 7204 is given already, in line 3"},
      {"scope.csv", "PFC,direct,law", "PFC,direct,lw", "scope.csv:6:34: unknown source 'lw', did you mean 'law'?"},
      {"scope.csv", "PFC,direct,law,primary", "PFC,direct,law,primry", "unknown confidence 'primry', did you mean"},
      {"phase_in.csv", "0.025,0.975", "0.975,0.975", "phase_in.csv:2:12: charged 0.975 and remaining 0.975 add up to"},
      {"phase_in.csv", "0.025,0.975", "1.5,-0.5", "phase_in.csv:2:6: found 1.5, expected a share from 0 to 1"},
      {"phase_in.csv", "2028", "2027", "phase_in.csv:4:1: year 2027 is given already, in line 3"},
      {"phase_in.csv", "2028", "28", "phase_in.csv:4:1: found '28', expected a year from 1900 to 2200"},
      {"phase_in.csv", "0.9,law", "-0.9,law", "phase_in.csv:3:16: found -0.9, expected a figure of at least 0"},
      {"benchmarks.csv", "0.188", "-0.188", "benchmarks.csv:2:21: found -0.188, expected a figure of at least 0"},
      {"benchmarks.csv", "0.188", "0,188", "benchmarks.csv:2"},
      {"benchmarks.csv", "C,actual", "C,A", "benchmarks.csv:2:8: unknown column 'A'; expected one of actual, default_"},
      {"benchmarks.csv", "2028,2030", "2027,2030",
       "CN 72071111 in the column default_value is given already, in line 6"},
      {"benchmarks.csv", "2028,2030", "2028,2027", "found 2027, expected no year before the first, 2028"},
      {"default_values.csv", "3.5,,3.5", "3.5,,", "default_values.csv:4:24: found an empty cell, expected a number"},
      {"default_values.csv", "3.5,,3.5", "3.5,,much", "default_values.csv:4:24: found 'much', expected a number"},
      {"default_values.csv", "2.73,0.04", "2.73,-0.04", "default_values.csv:2:24: found -0.04, expected a figure of"},
      {"default_values.csv", "Zambia,25231000,B", "Zambia,25231000,A",
       "CN 25231000 by route A of Zambia is given already, in line 5"},
      {"goods.csv", "Grey clinker", "", "goods.csv:3:12: found an empty cell"},
      {"mark_ups.csv", "2027,,0.2", "2026,,0.2", "mark_ups.csv:3:1: cement is given already, in line 2"},
      {"mark_ups.csv", "steel,", "steeel,", "mark_ups.csv:4:1: unknown sector 'steeel': not one of scope's, did you"},
      {"carbon_prices.csv", "2026-Q2", "2026-Q5",
       "carbon_prices.csv:3:6: found '2026-Q5', expected a year, as in 2026"},
      {"carbon_prices.csv", "2026-Q2", "2026-Q1", "2026-Q1 in the market cbam is given already, in line 2"},
      {"exempt_origins.csv", "Norway,law,primary\n", "", "exempt_origins.csv:1:1: the table has no rows"},
      {"de_minimis.csv", "cement steel", "cement stel",
       "de_minimis.csv:3:1: unknown sector 'stel': not one of scope's"},
      {"emission_factors.csv", "56.1", "", "emission_factors.csv:2:21: found an empty cell, expected a number"},
      {"grid_factors.csv", "Serbia,0.65,guess,indicative\n",
       "Serbia,0.65,guess,indicative\nSerbia,0.6,guess,indicative\n", "Serbia is given already, in line 2"},
      {"allowance_benchmarks.csv", "hot metal,,2026,", "hot metal,,2025,",
       "hot metal in the market eu is given already, in line 2"},
  };
  for (const Fault& fault : faults) {
    SCOPED_TRACE(fault.file + ": " + fault.to);
    RuleFiles files;
    files.change(fault.file, fault.from, fault.to);
    EXPECT_THAT(files.faults(), HasSubstr(fault.message));
  }
}

TEST(RuleReader, EveryFaultOfTheBookIsLocated) {
  const std::vector<Fault> faults{
      {"", "rules: tiny\n", "", "rules.yaml:1:1: "},
      {"", "currency: EUR\n", "", "currency"},
      {"", "currency", "currencies", "rules.yaml:2:1: unknown key 'currencies'"},
      {"", "  scope: scope.csv", "  scop: scope.csv", "rules.yaml:7:3: unknown key 'scop', did you mean 'scope'?"},
      {"", "scope.csv", "scop.csv", "rules.yaml:7:10: cannot read 'scop.csv': no such file, did you mean 'scope.csv'?"},
      {"", "title: A guess", "titel: A guess", "unknown key 'titel', did you mean 'title'?"},
      {"", "country: Others", "country: Other",
       "no default value of the fallback country 'Other', did you mean 'Others'"},
      {"", "tables:", "tables: {}\nignored:", "unknown key 'ignored'"},
      {"", "sources:", "sources: {}\nlaws:", "unknown key 'laws'"},
  };
  for (const Fault& fault : faults) {
    SCOPED_TRACE(fault.to + " for " + fault.from);
    RuleFiles files;
    files.change("rules.yaml", fault.from, fault.to);
    EXPECT_THAT(files.faults(), HasSubstr(fault.message));
  }
}

TEST(RuleReader, FaultsOfAllTablesAreToldAtOnce) {
  RuleFiles files;
  files.change("scope.csv", "aluminium", "");
  files.change("mark_ups.csv", "0.1", "x");
  files.change("grid_factors.csv", "0.65", "-1");
  EXPECT_THAT(files.faults(),
              AllOf(HasSubstr("scope.csv:6"), HasSubstr("mark_ups.csv:2"), HasSubstr("grid_factors.csv:2")));
}

TEST(RuleReader, AShiftedTableDoesNotFillTheScreen) {
  RuleFiles files;
  std::string& table = files.files["goods.csv"];
  table = "cn,description,source,confidence\n";
  for (int row = 0; row < 500; ++row) table += "Aluminium,7601,law,primary\n";
  EXPECT_THAT(files.faults(), AllOf(HasSubstr("goods.csv:21:1"), Not(HasSubstr("goods.csv:22:1")),
                                    HasSubstr("... and 480 more faults of this file")));
}

TEST(RuleReader, SwappedSeriesOfThePhaseInAreSeen) {
  RuleFiles files;
  files.change("phase_in.csv", "charged,remaining", "remaining,charged");
  EXPECT_THAT(files.faults(), HasSubstr("phase_in.csv:3:1: the share charged falls from 0.975 in 2026 to 0.95 in 2027; "
                                        "are 'charged' and 'remaining' swapped?"));
}

TEST(RuleReader, RowsWithoutSourcesInTheBook) {
  RuleFiles files;
  files.files["rules.yaml"] = "rules: own\ncurrency: EUR\ntables: {grid_factors: grid_factors.csv}\n";
  EXPECT_THAT(files.faults(), HasSubstr("grid_factors.csv:2:13: the rule book has no sources"));
}

TEST(RuleReader, ABookMayHaveAFewTablesOnly) {
  RuleFiles files;
  files.files["rules.yaml"] =
      "rules: own\ncurrency: CNY\nsources: {law: {title: L}}\ntables: {allowance_benchmarks: "
      "allowance_benchmarks.csv}\n";
  const RuleBook book = files.read();
  EXPECT_EQ(book.allowance_benchmarks.size(), 5U);
  EXPECT_TRUE(book.scope.empty());
}

/// A user's book beside the small one, which changes its mark-ups.
RuleFiles& with_own_book(RuleFiles& files) {
  files.files["own/rules.yaml"] =
      "rules: own\nextends: ../rules.yaml\nsources: {mine: {title: Ours}}\ntables: {mark_ups: ours.csv}\n";
  files.files["own/ours.csv"] =
      "sector,first_year,share,source,confidence\ncement,2026,0.05,mine,user\nsteel,2026,0,law,user\n";
  return files;
}

TEST(RuleReader, ABookThatExtendsReplacesATableWholeAndKeepsTheRest) {
  RuleFiles files;
  const RuleBook book = with_own_book(files).read("own/rules.yaml"), base = files.read();
  EXPECT_EQ(book.name, "own");
  EXPECT_EQ(book.currency, "EUR");
  EXPECT_EQ(book.path, files.path("own/rules.yaml"));
  EXPECT_EQ(book.mark_ups.size(), 2U) << "nothing of the base's is left";
  EXPECT_EQ(mark_up(book, "cement", 2026, {}).share, 0.05);
  EXPECT_EQ(mark_up(book, "cement", 2026, {}).confidence, "user");
  EXPECT_EQ(book.sources.size(), 3U);
  EXPECT_EQ(book.default_values.size(), base.default_values.size());
  EXPECT_EQ(book.fallback_country, "Others");
  EXPECT_EQ(scope_of(book, "7601", {}).where.file, files.path("scope.csv"));
}

TEST(RuleReader, NamesOfGoodsAreThoseOfTheBookThatIsRead) {
  RuleFiles files;
  with_own_book(files);
  files.files["own/rules.yaml"] = "rules: own\nextends: ../rules.yaml\ntables: {goods: goods.csv}\n";
  files.files["own/goods.csv"] = "cn,description,source,confidence\n7601,Aluminium,law,user\n";
  const RuleBook book = files.read("own/rules.yaml");
  EXPECT_EQ(default_value(book, "Zambia", "7601", "", {}).description, "Aluminium");
  EXPECT_EQ(default_value(book, "Zambia", "25231000", "A", {}).description, "");
}

TEST(RuleReader, FaultsOfABookThatExtends) {
  const std::vector<Fault> faults{
      {"own/rules.yaml", "../rules.yaml", "../rule.yaml",
       "own/rules.yaml:2:10: cannot read '../rule.yaml': no such file"},
      {"own/rules.yaml", "../rules.yaml", "rules.yaml", "own/rules.yaml:2:10: 'rules.yaml' extends this file again"},
      {"own/rules.yaml", "mine: ", "law: ", "the source 'law' is already one of the base's, 'The law'"},
      {"own/ours.csv", "mine", "min", "own/ours.csv:2:18: unknown source 'min', did you mean 'mine'?"},
      {"own/ours.csv", "cement", "cemnt", "own/ours.csv:2:1: unknown sector 'cemnt'"},
      {"rules.yaml", "currency: EUR", "currency: EUR\nextends: own/rules.yaml", "extends this file again"},
      {"rules.yaml", "currency: EUR", "curency: EUR", "rules.yaml:2:1: unknown key 'curency'"},
  };
  for (const Fault& fault : faults) {
    SCOPED_TRACE(fault.file + ": " + fault.to);
    RuleFiles files;
    with_own_book(files).change(fault.file, fault.from, fault.to);
    EXPECT_THAT(files.faults("own/rules.yaml"), HasSubstr(fault.message));
  }
}

}  // namespace
}  // namespace levee::testing
