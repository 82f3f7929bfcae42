#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/dataset_technology.hpp"
#include "tests/unit/data_dataset_files.hpp"

namespace levee {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "line:column: message" of the faults of a tree over the small dataset.
template <class Read>
std::vector<std::string> faults(Read read, const std::string& text) {
  static const Dataset dataset = testing::DatasetFiles().read();
  std::vector<std::string> result;
  try {
    read(dataset, "t", YamlView::parse(text, "t.yaml"));
  } catch (const InputError& error) {
    for (const Diagnostic& d : error.diagnostics()) {
      result.push_back(std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " + d.message);
    }
  }
  return result;
}

TEST(Technology, ReadsNestsToAnyDepth) {
  const Dataset dataset = testing::DatasetFiles().read();
  const Technology t = read_technology(
      dataset, "t",
      YamlView::parse("resource_on_top: extraction\noutput:\n  elasticity: 0\n  goods: [non-fuel]\n  of:\n    a:\n     "
                      " elasticity: top\n"
                      "      factors: [labour, capital, resource]\n      of: {b: {elasticity: 0.5, goods: fuel}}\n",
                      "t.yaml"));
  EXPECT_THAT(t.resource_on_top, ElementsAre("extraction"));
  EXPECT_THAT(t.output.goods, ElementsAre(0, 2));
  ASSERT_EQ(t.output.nests.size(), 1U);
  EXPECT_EQ(t.output.nests[0].name, "a");
  EXPECT_EQ(t.output.nests[0].elasticity_column, "top");
  EXPECT_EQ(t.output.nests[0].where.line, 7);
  EXPECT_THAT(t.output.nests[0].nests[0].goods, ElementsAre(1));
  EXPECT_EQ(t.output.nests[0].nests[0].elasticity, 0.5);
}

TEST(Technology, SectorsAndFactorsStandExactlyOnce) {
  EXPECT_THAT(
      faults(read_technology, "output: {elasticity: 0, factors: [labour, capital, resource], goods: [FOOD, COAL]}\n"),
      ElementsAre("1:9: technology 't' buys nowhere: ELEC; expected every sector once"));
  EXPECT_THAT(
      faults(read_technology, "output: {elasticity: 0, factors: [labour, capital, resource], goods: [all, fuel]}\n"),
      ElementsAre("1:76: sector 'COAL' appears twice in this tree, first in line 1"));
  EXPECT_THAT(
      faults(read_technology, "output: {elasticity: 0, factors: [labour, capital], goods: [all]}\n"),
      ElementsAre("1:9: technology 't' has no factor 'resource'; expected labour, capital and resource once each"));
  EXPECT_THAT(faults(read_technology, "output: {elasticity: 0, factors: [labour, labour], goods: [all]}\n"),
              ElementsAre("1:43: factor 'labour' appears twice in this tree, first in line 1"));
}

TEST(Technology, NamesAreChecked) {
  EXPECT_THAT(
      faults(read_technology, "output: {elasticity: 0, factors: [labor], goods: [al, non-fule, xxxxxxx], oof: 1}\n"),
      ElementsAre("1:75: unknown key 'oof', did you mean 'of'?"));
  EXPECT_THAT(faults(read_technology,
                     "resource_on_top: [extracton]\noutput: {elasticity: tp, factors: [labor], goods: [non-fule]}\n"),
              ElementsAre("1:19: unknown sector or group 'extracton', did you mean 'extraction'?",
                          "2:22: no column 'tp' among the elasticities, did you mean 'top'?",
                          "2:36: unknown factor 'labor', did you mean 'labour'?",
                          "2:52: unknown sector or group 'non-fule', did you mean 'non-fuel'?"));
  EXPECT_THAT(faults(read_technology, "output: {elasticity: -1, factors: [labour, capital, resource], goods: [all]}\n"),
              ElementsAre("1:22: found -1, expected an elasticity >= 0"));
  EXPECT_THAT(faults(read_technology, "output: {factors: [labour, capital, resource], goods: [all]}\n"),
              ElementsAre("1:9: missing key 'elasticity'"));
  EXPECT_THAT(
      faults(read_technology,
             "output: {elasticity: 0, factors: [labour, capital, resource], goods: [all], of: {a: {elasticity: 0}}}\n"),
      ElementsAre("1:85: nest 'a' is empty; expected goods, factors or nests (of)"));
}

TEST(Household, HasGoodsOnly) {
  EXPECT_THAT(faults(read_household, "{elasticity: 1, goods: [all]}"), IsEmpty());
  EXPECT_THAT(faults(read_household, "{elasticity: 1, goods: [FOOD], factors: [labour]}"),
              ElementsAre("1:32: unknown key 'factors'; expected one of elasticity, of, goods"));
  EXPECT_THAT(faults(read_household, "{elasticity: top, goods: [all]}"),
              ElementsAre("1:14: found 'top', expected a number >= 0"));
  EXPECT_THAT(faults(read_household, "{elasticity: 1, goods: [FOOD]}"),
              ElementsAre("1:1: household 't' buys nowhere: COAL, ELEC; expected every sector once"));
}

TEST(Selectors, CoverCodesGroupsAndComplements) {
  const Dataset dataset = testing::DatasetFiles().read();
  EXPECT_THAT(dataset.sectors_in("COAL"), ElementsAre(1));
  EXPECT_THAT(dataset.sectors_in("extraction"), ElementsAre(1));
  EXPECT_THAT(dataset.sectors_in("non-extraction"), ElementsAre(0, 2));
  EXPECT_THAT(dataset.sectors_in("all"), ElementsAre(0, 1, 2));
  EXPECT_THAT(dataset.sectors_in("non-extracton"), IsEmpty()) << "a misspelt group has no complement";
}

}  // namespace
}  // namespace levee
