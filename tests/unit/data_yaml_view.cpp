#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/yaml_view.hpp"

namespace levee {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// "line:column: message" of every diagnostic that `work` throws.
template <class Work>
std::vector<std::string> faults(Work&& work) {
  std::vector<std::string> result;
  try {
    work();
  } catch (const InputError& error) {
    for (const Diagnostic& d : error.diagnostics()) {
      result.push_back(std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " + d.message);
    }
  }
  return result;
}

YamlView parse(const std::string& text) { return YamlView::parse(text, "test.yaml"); }

TEST(YamlView, CodesAreTextWhateverTheyLookLike) {
  const YamlView view = parse("[NO, Y, N, 1e3, 010, off, NULL, Null, true, 'null']");
  EXPECT_THAT(view.texts(), ElementsAre("NO", "Y", "N", "1e3", "010", "off", "NULL", "Null", "true", "null"));
  EXPECT_EQ(parse("NO: 1\nNULL: 2\n").entries()[1].first, "NULL");
}

TEST(YamlView, NullIsNothingTildeOrNullUnquoted) {
  const YamlView view = parse("{a: null, b: ~, c: , d: 'null'}");
  EXPECT_TRUE(view.at("a").is_null());
  EXPECT_TRUE(view.at("b").is_null());
  EXPECT_TRUE(view.at("c").is_null());
  EXPECT_FALSE(view.at("d").is_null());
  EXPECT_TRUE(parse("").is_null());
}

TEST(YamlView, NumbersAndWordsAreCheckedWhenAskedFor) {
  const YamlView view = parse("a: 1e3\nb: +2.5\nc: 1.5x\nd: .inf\ne: 2.5\nf: yes\ng: [1]\nh: nan\n");
  EXPECT_EQ(view.at("a").number(), 1000);
  EXPECT_EQ(view.at("a").integer(), 1000);
  EXPECT_EQ(view.at("b").number(), 2.5);
  EXPECT_THAT(faults([&] { view.at("c").number(); }), ElementsAre("3:4: found '1.5x', expected a number"));
  EXPECT_THAT(faults([&] { view.at("d").number(); }), ElementsAre("4:4: found '.inf', expected a number"));
  EXPECT_THAT(faults([&] { view.at("e").integer(); }), ElementsAre("5:4: found '2.5', expected a whole number"));
  EXPECT_THAT(faults([&] { view.at("f").boolean(); }), ElementsAre("6:4: found 'yes', expected true or false"));
  EXPECT_THAT(faults([&] { view.at("g").text(); }), ElementsAre("7:4: found a list, expected a text or a number"));
  EXPECT_THAT(faults([&] { view.at("h").number(); }), ElementsAre("8:4: found 'nan', expected a finite number"));
}

TEST(YamlView, LocationsCountFromOne) {
  const YamlView view = parse("top:\n  list: [a,\n    b]\n  map:\n    key: value\n");
  const YamlView list = view.at("top").at("list");
  EXPECT_EQ(list.where().line, 2);
  EXPECT_EQ(list.where().column, 9);
  EXPECT_EQ(list.items()[1].where().line, 3);
  EXPECT_EQ(list.items()[1].where().column, 5);
  EXPECT_EQ(list.items()[1].excerpt(), "    b]");
  EXPECT_EQ(view.at("top").at("map").at("key").where().column, 10);
  EXPECT_EQ(view.at("top").key_where("map").column, 3);
  EXPECT_EQ(view.at("top").where().file, "test.yaml");
}

TEST(YamlView, MissingKeyPointsAtItsMap) {
  const YamlView view = parse("zones:\n  EU: {regions: [EUR]}\n");
  EXPECT_THAT(faults([&] { view.at("zones").at("EU").at("sectors"); }), ElementsAre("2:7: missing key 'sectors'"));
}

TEST(YamlView, DuplicateKeysAreAllReported) {
  EXPECT_THAT(
      faults([] { parse("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n"); }),
      ElementsAre("3:1: duplicate key 'a', first given in line 1", "4:11: duplicate key 'd', first given in line 4"));
}

TEST(YamlView, UnknownKeysNameTheNearest) {
  const YamlView view = parse("technolgy: x\narmington: y\nqqqqqq: z\n");
  EXPECT_THAT(faults([&] {
                view.only_keys({"technology", "armington"});
              }),
              ElementsAre("1:1: unknown key 'technolgy', did you mean 'technology'?",
                          "3:1: unknown key 'qqqqqq'; expected one of technology, armington"));
}

TEST(YamlView, SyntaxErrorsAreLocated) {
  const auto found = faults([] { parse("a: [1, 2\nb: 3\n"); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], HasSubstr("not valid YAML"));
  EXPECT_EQ(found[0].substr(0, 2), "2:");
  EXPECT_THAT(faults([] { parse("a: 1\n---\nb: 2\n"); }),
              ElementsAre("3:1: found a second document, expected one a file"));
  EXPECT_THAT(faults([] { parse("a: &x [*x]\n"); }), ElementsAre("1:8: this alias stands inside its own anchor"));
}

TEST(YamlView, MissingFileIsAnInputError) {
  EXPECT_THAT(faults([] { YamlView::load("/nowhere/x.yaml"); }), ElementsAre("0:0: cannot read this file"));
}

TEST(YamlView, MergeKeysGiveWayToOwnKeys) {
  const YamlView view =
      parse("base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nx:\n  <<: [*base, *more]\n  a: 9\ny: {'<<': 1}\n");
  const YamlView x = view.at("x");
  EXPECT_EQ(x.at("a").text(), "9");
  EXPECT_EQ(x.at("b").text(), "2");
  EXPECT_EQ(x.at("c").text(), "4");
  EXPECT_EQ(x.entries().size(), 3U);
  EXPECT_EQ(x.at("c").where().line, 2);
  EXPECT_EQ(view.at("y").at("<<").text(), "1");
  EXPECT_THAT(faults([] { parse("<<: 3\n"); }), ElementsAre("1:5: the value of '<<' must be a map or a list of maps"));
}

TEST(YamlView, MergeIsDeepListsReplaceAndNullDeletes) {
  const YamlView base = YamlView::parse("a: {x: 1, y: {z: 2, w: 3}}\nl: [1, 2]\ngone: 1\n", "base.yaml");
  const YamlView over =
      YamlView::parse("a: {y: {z: 5}, new: {k: null, m: 1}}\nl: [3]\ngone: null\nnever: null\n", "over.yaml");
  const YamlView both = YamlView::merge(base, over);
  EXPECT_EQ(both.at("a").at("x").text(), "1");
  EXPECT_EQ(both.at("a").at("y").at("z").text(), "5");
  EXPECT_EQ(both.at("a").at("y").at("w").text(), "3");
  EXPECT_EQ(both.at("a").at("new").entries().size(), 1U);
  EXPECT_THAT(both.at("l").texts(), ElementsAre("3"));
  EXPECT_FALSE(both.has("gone"));
  EXPECT_FALSE(both.has("never"));
  EXPECT_EQ(both.at("a").at("x").where().file, "base.yaml");
  EXPECT_EQ(both.at("a").at("y").at("z").where().file, "over.yaml");
  EXPECT_EQ(both.at("a").at("y").at("z").excerpt(), "a: {y: {z: 5}, new: {k: null, m: 1}}");
  EXPECT_EQ(base.at("l").items().size(), 2U) << "the base must not change";
  EXPECT_EQ(YamlView::merge(base, parse("")).entries().size(), 3U);
}

TEST(YamlView, WithSetsAValueAtAPath) {
  const YamlView base = parse("carbon_price: {EU: 50, UK: 20}\nlist: [1]\n");
  const Location where{"sweep.yaml", 7, 3};
  const YamlView changed = base.with({"carbon_price", "EU"}, "75", where);
  EXPECT_EQ(changed.at("carbon_price").at("EU").number(), 75);
  EXPECT_EQ(changed.at("carbon_price").at("EU").where().file, "sweep.yaml");
  EXPECT_EQ(changed.at("carbon_price").at("UK").number(), 20);
  EXPECT_EQ(base.at("carbon_price").at("EU").number(), 50) << "the base must not change";
  EXPECT_EQ(base.with({"cap", "EU", "value"}, "3", where).at("cap").at("EU").at("value").text(), "3");
  EXPECT_THAT(faults([&] {
                base.with({"list", "EU"}, "3", where);
              }),
              ElementsAre("7:3: cannot set 'EU' here: its parent is a list, expected a map"));
}

}  // namespace
}  // namespace levee
