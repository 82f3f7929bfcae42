#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

TEST(Diagnostics, CaretStandsBelowTheColumn) {
  const InputError error({"a.yaml", 3, 5}, "found 'x', expected a number", "\tab cx");
  EXPECT_STREQ(error.what(), "a.yaml:3:5: found 'x', expected a number\n  \tab cx\n  \t   ^");
}

TEST(Diagnostics, CaretCountsCharactersNotBytes) {
  const InputError error({"a.yaml", 1, 5}, "m", "\xC3\xA9\xC3\xA9=1");
  EXPECT_STREQ(error.what(), "a.yaml:1:5: m\n  \xC3\xA9\xC3\xA9=1\n    ^");
}

TEST(Diagnostics, LongLinesAreCutAroundTheCaret) {
  const std::string line(5000, '1');
  const InputError error({"Z.csv", 2, 3000}, "m", line);
  const std::string text = error.what();
  EXPECT_LT(text.size(), 300U);
  const std::size_t caret_line = text.rfind('\n');
  EXPECT_EQ(text.size() - caret_line - 1, 2 + 3 + 60 + 1U);
}

TEST(Diagnostics, ALongLineThatIsNoTextIsCutLikeAnyOther) {
  const std::string line = "from" + std::string(160, '\xB1') + "to";
  for (int column = 1; column <= 170; ++column) {
    const std::string text = InputError({"a.yaml", 1, column}, "m", line).what();
    EXPECT_EQ(text.back(), '^');
    EXPECT_LE(text.size(), 320U) << "column " << column;
  }
}

TEST(Diagnostics, UnknownPlacesAreLeftOut) {
  EXPECT_STREQ(InputError({"a.csv", 0, 0}, "cannot read this file").what(), "a.csv: cannot read this file");
  EXPECT_STREQ(InputError({"", 0, 0}, "m").what(), "m");
}

TEST(Diagnostics, CollectsEverythingAndThrowsOnce) {
  Diagnostics faults;
  EXPECT_NO_THROW(faults.throw_if_any());
  EXPECT_FALSE(faults.guard([] { throw InputError({"a", 1, 1}, "one"); }));
  EXPECT_TRUE(faults.guard([] {}));
  faults.add({"a", 2, 1}, "two");
  try {
    faults.throw_if_any();
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "a:1:1: one\na:2:1: two");
    EXPECT_EQ(error.diagnostics().size(), 2U);
  }
}

TEST(Diagnostics, ManyAreCounted) {
  Diagnostics faults;
  for (int k = 0; k < 60; ++k) faults.add({"a", k + 1, 1}, "m");
  EXPECT_THAT(format_diagnostics(faults.list()), testing::EndsWith("\n... and 10 more"));
}

TEST(Diagnostics, NearestNames) {
  const std::vector<std::string> names{"EUR", "GBR", "STEEL", "armington_origins", "A", "B"};
  EXPECT_EQ(nearest_name("EU", names), "EUR");
  EXPECT_EQ(nearest_name("eur", names), "EUR");
  EXPECT_EQ(nearest_name("STELE", names), "STEEL");
  EXPECT_EQ(nearest_name("armington_orgins", names), "armington_origins");
  EXPECT_EQ(nearest_name("CHEMISTRY", names), "");
  EXPECT_EQ(nearest_name("C", names), "");
  EXPECT_EQ(nearest_name("", names), "");
}

TEST(Diagnostics, Suggestions) {
  EXPECT_EQ(suggestion("EU", std::vector<std::string>{"EUR"}), ", did you mean 'EUR'?");
  EXPECT_EQ(suggestion("zzzz", std::vector<std::string>{"EUR", "GBR"}), "; expected one of EUR, GBR");
  EXPECT_EQ(suggestion("zzzz", std::vector<std::string>{"EUR"}), "; expected EUR");
  EXPECT_EQ(suggestion("zzzz", std::vector<std::string>{}), "");
  EXPECT_EQ(suggestion("zzzz", std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7", "8", "9"}),
            "; expected one of 1, 2, 3, 4, 5, 6, 7, 8, ...");
}

}  // namespace
}  // namespace levee
