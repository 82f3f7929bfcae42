// Header-array files that explain themselves: names that GEMPACK can hold, sets that are one, a text that lists it all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "data/har_book.hpp"

namespace levee {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsNull;
using testing::SizeIs;
using Strings = std::vector<std::string>;

TEST(HarNames, AreCutAndToldApart) {
  HarNames names(12);
  EXPECT_EQ(names.unique("EUR"), "EUR");
  EXPECT_EQ(names.unique("eur"), "eur2") << "GEMPACK does not tell cases apart";
  EXPECT_EQ(names.unique("cbam_direct_world"), "cbam_direct_");
  EXPECT_EQ(names.unique("cbam_direct_cap"), "cbam_direct2");
  EXPECT_EQ(names.unique("10T12"), "x10T12");
  EXPECT_EQ(names.unique("real GDP"), "real_GDP");
  EXPECT_EQ(names.unique("Côte d'Ivoire"), "C_te_d_Ivoir");
  EXPECT_EQ(names.unique(""), "x");
  HarNames few(2);
  for (int k = 0; k < 10; ++k) few.unique("AB");
  EXPECT_EQ(few.unique("AB"), "11") << "never longer";
}

HarBook book() {
  HarBook result;
  result.say("Figures of nowhere.");
  const int regions = result.set("REG", "Regions", {"A region of a long name", "B"});
  const int all = result.set("REG", "Regions and the world", {"A region of a long name", "B", "world"});
  result.text("REGN", "Names", {"B: somewhere"});
  result.add({"OUTP", "output_of_all_regions", "output by region", "million EUR", {regions}, {1, 2}});
  result.add(
      {"OUTP", "output_of_all_regions", std::string(80, 'x'), "million EUR", {all, regions}, {1, 2, 3, 4, 5, 6}});
  return result;
}

TEST(HarBook, SetsOfTheSameElementsAreOne) {
  HarBook sets;
  const int first = sets.set("REG", "", {"A", "B"});
  EXPECT_EQ(sets.set("REG", "", {"A", "B"}), first);
  EXPECT_NE(sets.set("REG", "", {"B", "A"}), first);
  EXPECT_EQ(sets.size(first), 2);
}

TEST(HarBook, ElementsAreCalledTheSameInEverySet) {
  const HarFile file = book().file("book.har");
  EXPECT_THAT(file.find("REG")->lines, ElementsAre("A_region_of_", "B"));
  EXPECT_THAT(file.find("REG2")->lines, ElementsAre("A_region_of_", "B", "world"));
  EXPECT_EQ(file.find("REG2")->description, "Set REG2  Regions and the world");
  EXPECT_THAT(file.find("LONG")->lines, ElementsAre("REG A_region_of_: A region of a long name"));
  const HarHeader& array = *file.find("OUT2");
  EXPECT_THAT(array.dimensions, ElementsAre(HarDimension{"REG2", {"A_region_of_", "B", "world"}, 3},
                                            HarDimension{"REG", {"A_region_of_", "B"}, 2}));
  EXPECT_EQ(array.coefficient, "output_of_a2");
  EXPECT_EQ(array.description, std::string(70, 'x'));
}

TEST(HarBook, SaysWhatItHolds) {
  const HarFile file = book().file("book.har");
  EXPECT_EQ(file.headers.front().name, "INFO");
  const Strings& info = file.headers.front().lines;
  EXPECT_THAT(info, Contains("Figures of nowhere."));
  EXPECT_THAT(info, Contains("OUTP output_of_al(REG): output by region. Unit: million EUR"));
  EXPECT_THAT(info, Contains("REGN: Names"));
  EXPECT_EQ(file.find("OUTP")->description, "output by region (million EUR)");
  EXPECT_THAT(HarBook().file("empty.har").find("LONG"), IsNull());
}

TEST(HarBook, LongParagraphsAreBroken) {
  HarBook words;
  std::string paragraph;
  for (int k = 0; k < 40; ++k) paragraph += "word" + std::to_string(k) + (k % 2 == 0 ? "\n" : "  ");
  words.say(paragraph);
  const Strings lines = words.file("words.har").headers.front().lines;
  ASSERT_THAT(lines, SizeIs(testing::Gt(3)));
  EXPECT_THAT(lines.front(), testing::StartsWith("word0 word1 word2 "));
  EXPECT_THAT(lines[1], testing::StartsWith("  word"));
  EXPECT_THAT(lines, Each(SizeIs(testing::Le(78))));
  EXPECT_THAT(lines.back(), testing::EndsWith(" word39"));
}

}  // namespace
}  // namespace levee
