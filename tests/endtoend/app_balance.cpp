// `levee balance`: a table that lost its balance gets it back, and impossible totals are named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Two regions, two sectors, with room to move; A.GOOD makes 120 though its row and column come to 110.
class BalanceVerb : public ::testing::Test {
 protected:
  BalanceVerb() {
    std::filesystem::copy(std::filesystem::path(LEVEE_SOURCE_DIR) / "docs/examples/tiny", folder_.path("tiny"));
    folder_.edit("tiny/x.csv", "A.GOOD,110,55,30", "A.GOOD,120,55,30");
  }
  Ran balance(const std::string& method, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"balance", "tiny/dataset.yaml", "--method", method, "--out", "out-" + method};
    words.insert(words.end(), more.begin(), more.end());
    return folder_.levee(words);
  }
  const Workspace folder_;
};

TEST_F(BalanceVerb, EveryMethodGivesADatasetThatChecks) {
  EXPECT_EQ(folder_.levee({"check", "tiny/dataset.yaml"}).status, 1);
  for (const std::string method : {"gras", "entropy", "least-squares"}) {
    SCOPED_TRACE(method);
    const Ran made = balance(method);
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.out, AllOf(HasSubstr("balance: rows off by 0.083"), HasSubstr("value added"), HasSubstr("moved")));
    const Ran checked = folder_.levee({"check", "out-" + method + "/dataset.yaml"});
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("output 265,"));
  }
}

TEST_F(BalanceVerb, WhatIsFixedStays) {
  folder_.write("fix.yaml",
                "balance: some\ndataset: tiny/dataset.yaml\n"
                "cells: [{from: A.GOOD, to: A.GOOD}, {from: A.FUEL, to: B.GOOD, value: 2.5}]\n"
                "totals: [{from: value_added, to: B, total: 76}]\n");
  const Ran checked = folder_.levee({"check", "fix.yaml"});
  EXPECT_EQ(checked.out, "balance 'some' of 'tiny': 2 fixed cells or groups of cells, 1 fixed totals, output fixed\n");
  for (const std::string method : {"gras", "entropy", "least-squares"}) {
    SCOPED_TRACE(method);
    const Ran made = balance(method, {"--fix", "fix.yaml", "--layout", "long"});
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(folder_.read("out-" + method + "/Z.csv"),
                AllOf(HasSubstr("A.GOOD,A.GOOD,40\n"), HasSubstr("A.FUEL,B.GOOD,2.5\n")));
    EXPECT_EQ(folder_.levee({"check", "out-" + method + "/dataset.yaml"}).status, 0);
  }
}

TEST_F(BalanceVerb, OutputMayFollow) {
  folder_.write("fix.yaml", "balance: free\noutput: free\nfixed: [Y]\n");
  folder_.edit("tiny/Z.csv", "A.FUEL,A.GOOD,10", "A.FUEL,A.GOOD,14");
  const Ran made = balance("gras", {"--fix", "fix.yaml"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(folder_.levee({"check", "out-gras/dataset.yaml"}).status, 0);
}

TEST_F(BalanceVerb, ContradictionsAreNamed) {
  folder_.write("fix.yaml", "balance: wrong\ntotals: [{from: A.FUEL, to: A, total: 30}]\n");
  for (const std::string method : {"gras", "entropy", "least-squares"}) {
    SCOPED_TRACE(method);
    const Ran refused = balance(method, {"--fix", "fix.yaml"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("totals cannot be met together"),
                                   HasSubstr("total of A.FUEL to A: expected 30, comes to "),
                                   HasSubstr("sales of A.FUEL: expected 15, comes to ")));
    EXPECT_THAT(refused.out, IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(folder_.path("out-" + method)));
  }
}

TEST_F(BalanceVerb, WrongFilesAreLocated) {
  folder_.write("fix.yaml",
                "balance: wrong\noutput: open\nfixed: [V]\ncells: [{from: A.GOD, to: B}]\n"
                "totals: [{from: A, to: B.home, total: 1}, {from: A, to: B}]\n");
  const Ran refused = balance("gras", {"--fix", "fix.yaml"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err,
              AllOf(HasSubstr("fix.yaml:2:9: unknown word 'open'"), HasSubstr("fix.yaml:3:8: unknown block 'V'"),
                    HasSubstr("unknown row 'A.GOD', did you mean 'A.GOOD'?"), HasSubstr("unknown column 'B.home'"),
                    HasSubstr("missing key 'total'")));
}

}  // namespace
}  // namespace levee::testing
