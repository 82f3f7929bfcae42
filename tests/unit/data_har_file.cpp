// Header-array files: every type is read from bytes as GEMPACK lays them out, what is not so is refused where it is,
// and what is written is read again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/har_file.hpp"
#include "tests/unit/data_har_layout.hpp"
#include "tests/unit/data_har_samples.hpp"

namespace levee::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Strings = std::vector<std::string>;

class HarTypes : public ::testing::TestWithParam<bool> {
 protected:
  const HarHeader& header(const std::string& name) const {
    const HarHeader* found = file_.find(name);
    if (found == nullptr) throw std::runtime_error("no header " + name);
    return *found;
  }
  HarFile file_ = parse_har(every_type(GetParam()).bytes(), "mini.har");
};

TEST_P(HarTypes, TextsOverOneRecordSeveralAndNone) {
  EXPECT_EQ(header("xxcr").kind, HarKind::text);
  EXPECT_EQ(header("XXCR").description, "CREATION INFORMATION");
  EXPECT_THAT(header("XXCR").lines, ElementsAre("<a program>", "  <its version>"));
  EXPECT_THAT(header("MREG").lines, ElementsAre("north", "north", "south", "south", "west"));
  EXPECT_THAT(header("MREG").dimensions, ElementsAre(HarDimension{"", {}, 5}));
  EXPECT_THAT(header("ENDF").lines, IsEmpty());
  EXPECT_THAT(header("ENDF").dimensions, ElementsAre(HarDimension{"", {}, 0}));
}

TEST_P(HarTypes, IntegersAndRealsOfTheOldKind) {
  EXPECT_EQ(header("RDLT").kind, HarKind::integer);
  EXPECT_THAT(header("RDLT").integers, ElementsAre(7));
  EXPECT_THAT(header("RDLT").dimensions, IsEmpty());
  EXPECT_THAT(header("IMAT").integers, ElementsAre(11, 21, 12, 22, -13, 23));
  EXPECT_THAT(header("IMAT").dimensions, ElementsAre(HarDimension{"", {}, 2}, HarDimension{"", {}, 3}));
  EXPECT_EQ(header("OLD").kind, HarKind::real);
  EXPECT_THAT(header("OLD").reals, ElementsAre(1.5, 3.5, 2.5, 4.5)) << "each record was a row";
}

TEST_P(HarTypes, RealsWithSets) {
  EXPECT_THAT(header("DVER").reals, ElementsAre(6));
  EXPECT_THAT(header("DVER").dimensions, IsEmpty());
  const HarHeader& margins = header("VTWR");
  EXPECT_EQ(margins.coefficient, "VTWROT");
  const HarDimension regions{"REG", {"USA", "ROW"}, 2};
  EXPECT_THAT(margins.dimensions, ElementsAre(HarDimension{"MARG", {"SER"}, 1}, regions, regions));
  EXPECT_THAT(margins.reals, ElementsAre(1.25, -2, 0, 4));
  EXPECT_THAT(header("EFLG").reals, ElementsAre(0, 1));
  EXPECT_THAT(header("PART").dimensions,
              ElementsAre(HarDimension{"COMM", {"MFG"}, 1}, HarDimension{"COMM", {"AGR", "MFG"}, 2},
                          HarDimension{"STEP", {}, 2}));
  EXPECT_THAT(header("PART").reals, ElementsAre(1, 2, 3, 4));
}

TEST_P(HarTypes, SparseRealsAreFilledUp) {
  EXPECT_THAT(header("MAKS").reals, ElementsAre(0.5, 0, 0, 0, 2.5, -3.5));
  EXPECT_THAT(header("MAKS").dimensions,
              ElementsAre(HarDimension{"COMM", {"AGR", "MFG", "SER"}, 3}, HarDimension{"REG", {"USA", "ROW"}, 2}));
  EXPECT_THAT(header("ADRV").reals, ElementsAre(0, 0));
  EXPECT_THAT(header("NONE").reals, IsEmpty());
  EXPECT_THAT(header("NONE").dimensions,
              ElementsAre(HarDimension{"ENDWF", {}, 0}, HarDimension{"REG", {"USA", "ROW"}, 2}));
}

TEST_P(HarTypes, RealsWithoutSets) {
  EXPECT_THAT(header("RATE").reals, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(header("RATE").dimensions, ElementsAre(HarDimension{"", {}, 2}, HarDimension{"", {}, 2}));
  EXPECT_THAT(header("RATS").reals, ElementsAre(0, 0, 9, 0));
}

TEST_P(HarTypes, WhatIsWrittenIsReadAgain) {
  EXPECT_EQ(parse_har(har_bytes(file_), "again.har").headers, file_.headers);
}

INSTANTIATE_TEST_SUITE_P(ByteOrders, HarTypes, ::testing::Bool(),
                         [](const auto& order) { return order.param ? "big" : "little"; });

/// What is said of bytes that are no header-array file.
std::string fault(const std::string& bytes, std::uint64_t most = std::uint64_t{1} << 30U) {
  try {
    parse_har(bytes, "broken.har", most);
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().front().where.file, "broken.har");
    return error.what();
  }
  return "read without a word";
}

TEST(HarFaults, FileCutShortAnywhereButBetweenHeaders) {
  const HarLayout whole = every_type();
  const std::vector<std::size_t> begins = whole.header_begins();
  for (std::size_t size = 0; size < whole.bytes().size(); ++size) {
    const std::string cut = whole.bytes().substr(0, size);
    const auto begin = std::ranges::find(begins, size);
    if (size > 0 && begin != begins.end()) {
      EXPECT_EQ(parse_har(cut, "cut.har").headers.size(), static_cast<std::size_t>(begin - begins.begin()));
    } else {
      EXPECT_THROW(parse_har(cut, "cut.har"), InputError) << "cut at " << size;
    }
  }
}

TEST(HarFaults, BytesThatAreOthersEndInAnErrorOrInAnArray) {
  const std::string whole = every_type().bytes();
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\xff', '\x7f', static_cast<char>(whole[at] + 1)}) {
      std::string bytes = whole;
      bytes[at] = byte;
      try {
        parse_har(bytes, "other.har", 1 << 20);
      } catch (const InputError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size())) << "lengths, counts and kinds are most of these bytes";
}

TEST(HarFaults, NoHeaderArrayFile) {
  EXPECT_THAT(fault(""), HasSubstr("byte 0: the file is empty"));
  EXPECT_THAT(fault("no"), HasSubstr("byte 0: found 2 bytes; this is no header-array file"));
  EXPECT_THAT(fault("region,sector,value\n"), HasSubstr("found 'regi'; this is no header-array file"));
  EXPECT_THAT(fault("\xfd\x10XXCR"), HasSubstr("Lahey"));
  EXPECT_THAT(fault(HarLayout().record({padded("", 4)}).bytes()), HasSubstr("byte 4: found blanks, expected the name"));
}

TEST(HarFaults, RecordsThatDoNotEndAsTheyBegin) {
  std::string bytes = every_type().bytes();
  bytes[8] = 5;
  EXPECT_THAT(fault(bytes), HasSubstr("byte 8: found 5, expected 4, the length at the beginning"));
  bytes = every_type().bytes();
  bytes[15] = 0x7f;
  EXPECT_THAT(fault(bytes),
              AllOf(HasSubstr("header XXCR, byte 12: found a record of 2130706"), HasSubstr("the file has")));
}

/// A fault, the layout that has it and what must be said.
struct Broken {
  std::string name;
  std::function<HarLayout()> layout;
  Strings said;
};

HarLayout one(const std::string& type, const std::vector<std::int32_t>& sizes) {
  HarLayout file;
  file.header("ONE", type, "", sizes);
  return file;
}

/// An array over two regions whose figures are still to come.
HarLayout regional(const std::string& type, int distinct = 1) {
  HarLayout file = one(type, {2, 1, 1, 1, 1, 1, 1});
  file.sets(distinct, "ONE", {"REG"}).data({1, 2, 2, labels({"USA", "ROW"})});
  return file;
}

HarLayout regional_full(const std::vector<HarLayout::Field>& figures, int from = 1, int to = 2) {
  return regional("REFULL")
      .data({3, 7, 2, 1, 1, 1, 1, 1, 1})
      .data({2, from, to, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data(figures);
}

HarLayout sparse(int given, const std::vector<HarLayout::Field>& cells) {
  return regional("RESPSE").data({given, 4, 4, std::string(80, ' ')}).data(cells);
}

const std::vector<Broken>& broken_layouts() {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
  static const std::vector<Broken> list{
      {"unknown_type", [] { return one("DEFULL", {1}); }, {"header ONE", "'DEFULL'", "REFULL, RESPSE"}},
      {"rank",
       [] {
         return one("REFULL", {1, 1, 1, 1, 1, 1, 1, 1});
       },
       {"found 8 dimensions, expected at most 7"}},
      {"negative_size",
       [] {
         return one("REFULL", {-2, 1, 1, 1, 1, 1, 1});
       },
       {"found the size -2"}},
      {"matrix_of_three",
       [] {
         return one("2IFULL", {1, 1, 1});
       },
       {"found 3 dimensions, expected 2"}},
      {"text_of_one", [] { return one("1CFULL", {1}); }, {"found 1 dimensions"}},
      {"lines_of_nothing",
       [] {
         return one("1CFULL", {1000000, 0}).data({1, 1000000, 1000000});
       },
       {"found lines of length 0"}},
      {"no_blanks",
       [] {
         return one("1CFULL", {1, 2}).record({"abcd", 1, 1, 1, "xy"});
       },
       {"found 'abcd'", "four blanks"}},
      {"another_number_of_lines",
       [] {
         return one("1CFULL", {1, 2}).data({1, 2, 1, "xy"});
       },
       {"found 2, expected 1 (the number of lines of text)"}},
      {"too_many_lines",
       [] {
         return one("1CFULL", {1, 2}).data({1, 1, 2, "xyxy"});
       },
       {"found 2 items in this record, expected at most 1"}},
      {"too_few_lines",
       [] {
         return one("1CFULL", {2, 2}).data({1, 2, 1, "xy"});
       },
       {"ends with number 1, expected 2 lines"}},
      {"line_too_short",
       [] {
         return one("1CFULL", {1, 3}).data({1, 1, 1, "xy"});
       },
       {"found 2 bytes, expected 3"}},
      {"records_left",
       [] {
         return one("1CFULL", {2, 2}).data({2, 2, 1, "xy"}).data({2, 2, 1, "xy"});
       },
       {"found 2, expected 1 (the number of records left)"}},
      {"records_left_none",
       [] {
         return one("1CFULL", {1, 2}).data({0, 1, 1, "xy"});
       },
       {"found 0 records left"}},
      {"too_many_sets",
       [] {
         return one("REFULL", {2, 1}).sets(3, "ONE", {"A", "B", "C"});
       },
       {"found 3 sets, expected at most 2"}},
      {"sets_with_labels", [] { return regional("REFULL", 2); }, {"found 2 sets with labels, expected 1"}},
      {"set_of_two_sizes",
       [] {
         return one("REFULL", {2, 3, 1, 1, 1, 1, 1})
             .sets(1, "ONE", {"REG", "REG"})
             .data({1, 2, 2, labels({"USA", "ROW"})});
       },
       {"found sizes 2 and 3 of set REG"}},
      {"kind",
       [] {
         return one("REFULL", {1}).data({1, 1, 1, padded("ONE", 12), 1, padded("REG", 12), "z", 0, 0});
       },
       {"found the kind 'z' of set REG"}},
      {"two_elements",
       [] {
         return one("REFULL", {2})
             .data({0, 1, 1, padded("ONE", 12), 1, padded("REG", 12), "e", 0, 1, padded("USA", 12)});
       },
       {"found 2 elements of set REG, expected 1"}},
      {"labels_claimed",
       [] {
         return one("REFULL", {1000000000}).sets(1, "ONE", {"REG"}).data({1, 1000000000, 1000000000});
       },
       {"found 0 bytes, expected 12000000000"}},
      {"cells_claimed",
       [] {
         return one("RLFULL", {1000000, 1000000, 1, 1, 1, 1, 1}).data({3, 7, 1000000, 1000000, 1, 1, 1, 1, 1});
       },
       {"found an array of 1000000000000 cells"}},
      {"cells_claimed_sparse",
       [] {
         return one("RLSPSE", {1000000, 1000000, 1, 1, 1, 1, 1}).data({0, 4, 4, std::string(80, ' ')}).data({1, 0, 0});
       },
       {"found an array of 1000000000000 cells, expected at most 134217728, for which there is memory"}},
      {"cells_beyond_counting",
       [] { return one("RLSPSE", std::vector<std::int32_t>(7, 2000000000)); },
       {"found an array of 18446744073709551615 cells"}},
      {"integers_claimed",
       [] {
         return one("2IFULL", {1000000, 1000000}).data({1, 1000000, 1000000, 1, 1, 1, 1, 5});
       },
       {"found an array of 1000000000000 cells"}},
      {"sizes_differ",
       [] {
         return regional("REFULL").data({3, 7, 3, 1, 1, 1, 1, 1, 1});
       },
       {"found 3, expected 2 (the size of a dimension)"}},
      {"cells_out_of_range",
       [] {
         return regional_full({1, 1.0F, 2.0F}, 1, 3);
       },
       {"found cells 1 to 3", "1 to 2"}},
      {"cells_backwards",
       [] {
         return regional_full({1, 1.0F, 2.0F}, 2, 1);
       },
       {"found cells 2 to 1"}},
      {"figures_missing",
       [] {
         return regional_full({1, 1.0F});
       },
       {"found 4 bytes, expected 8"}},
      {"cells_missing",
       [] {
         return regional_full({1, 1.0F}, 2, 2);
       },
       {"expected the figures of 1 more cells"}},
      {"cell_twice",
       [] {
         return regional("REFULL")
             .data({5, 7, 2, 1, 1, 1, 1, 1, 1})
             .data({4, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
             .data({3, 1.0F, 2.0F})
             .data({2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
             .data({1, 3.0F});
       },
       {"a second figure"}},
      {"records_beyond_the_last",
       [] {
         return regional("REFULL")
             .data({2, 7, 2, 1, 1, 1, 1, 1, 1})
             .data({1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
             .data({0, 1.0F, 2.0F});
       },
       {"found one more record"}},
      {"not_a_number",
       [nan] {
         return regional_full({1, 1.0F, nan});
       },
       {"header ONE", "found nan, expected a finite number"}},
      {"infinite",
       [infinite] {
         return sparse(1, {1, 1, 1, 2, infinite});
       },
       {"found inf, expected a finite number"}},
      {"bytes_of_figures",
       [] {
         return regional("RESPSE").data({0, 4, 8, std::string(80, ' ')});
       },
       {"found 8, expected 4 (the bytes of a figure)"}},
      {"more_than_cells",
       [] {
         return sparse(3, {1, 3, 3, 1, 2, 3, 1.0F, 2.0F, 3.0F});
       },
       {"found 3 cells that are not 0, expected at most 2"}},
      {"place_out_of_range",
       [] {
         return sparse(1, {1, 1, 1, 3, 1.0F});
       },
       {"found place 3, expected one of 1 to 2"}},
      {"place_0",
       [] {
         return sparse(1, {1, 1, 1, 0, 1.0F});
       },
       {"found place 0"}},
      {"place_twice",
       [] {
         return sparse(2, {1, 2, 2, 1, 1, 1.0F, 2.0F});
       },
       {"found place 1 twice"}},
      {"places_missing",
       [] {
         return sparse(2, {1, 2, 1, 1, 1.0F});
       },
       {"expected 1 more cells that are not 0"}},
      {"places_of_other_number",
       [] {
         return sparse(2, {1, 1, 1, 1, 1.0F});
       },
       {"found 1, expected 2 (the number of cells"}},
      {"record_after_the_last",
       [] {
         return sparse(0, {1, 0, 0}).data({1, 0, 0});
       },
       {"found 16 bytes, expected 4 (the name of a header)"}},
      {"header_twice",
       [] {
         return one("1CFULL", {0, 12}).data({1, 0, 0}).record({"one "});
       },
       {"header one is there twice"}}};
  return list;
}

class BrokenHar : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenHar, IsRefusedWhereItIs) {
  const std::string found = fault(GetParam().layout().bytes());
  EXPECT_THAT(found, HasSubstr("byte "));
  for (const std::string& said : GetParam().said) EXPECT_THAT(found, HasSubstr(said));
}

INSTANTIATE_TEST_SUITE_P(Faults, BrokenHar, ::testing::ValuesIn(broken_layouts()),
                         [](const auto& broken) { return broken.param.name; });

TEST(HarFaults, SparseArraysShareTheMemoryThereIs) {
  HarLayout file;
  for (const char letter : std::string("ABC"))
    file.header(std::string(1, letter), "RLSPSE", "", {1000, 1, 1, 1, 1, 1, 1})
        .data({0, 4, 4, std::string(80, ' ')})
        .data({1, 0, 0});
  EXPECT_EQ(parse_har(file.bytes(), "three.har", 24000).headers.size(), 3);
  EXPECT_THAT(fault(file.bytes(), 23999),
              HasSubstr("header C, byte 644: found an array of 1000 cells, expected at most 999"));
}

TEST(HarTexts, AreLatinOrUnicode) {
  const HarLayout file =
      one("1CFULL", {3, 6})
          .data({1, 3, 3, "Caf\xe9  " + std::string("\xc3\xa9t\xc3\xa9 ") + std::string("a\0b\0  ", 6)});
  const HarFile read = parse_har(file.bytes(), "texts.har");
  EXPECT_THAT(read.headers.front().lines, ElementsAre("Café", "été", "a b"));
}

HarHeader regional_header(const std::string& name) {
  return {name, "", "", HarKind::real, {{"REG", {"USA", "ROW"}, 2}}, {1, 2}, {}, {}};
}

/// What is said of arrays that the format cannot hold.
std::string refusal(const std::function<void(HarHeader&)>& change) {
  HarFile file{"out.har", {regional_header("GOOD"), regional_header("BAD")}};
  change(file.headers.back());
  try {
    har_bytes(file);
  } catch (const InputError& error) {
    return error.what();
  }
  return "written without a word";
}

TEST(HarWriting, RefusesWhatTheFormatCannotHold) {
  EXPECT_THAT(refusal([](HarHeader& h) { h.name = "LONGER"; }),
              HasSubstr("found 'LONGER' as the name, expected at most 4"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.name = ""; }), HasSubstr("has no name"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.name = "good"; }), HasSubstr("another header has this name"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.description = std::string(71, 'x'); }), HasSubstr("expected at most 70"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.coefficient = std::string(13, 'x'); }), HasSubstr("expected at most 12"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.dimensions[0].set = std::string(13, 'x'); }),
              HasSubstr("expected at most 12"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.dimensions[0].labels[1] = std::string(13, 'x'); }),
              HasSubstr("expected at most 12"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.dimensions[0].labels[1] = "a\nb"; }), HasSubstr("no text"));
  EXPECT_THAT(refusal([](HarHeader& h) { h.reals[1] = 1e39; }), HasSubstr("single precision"));
  EXPECT_THAT(refusal([](HarHeader& h) {
                h.dimensions.resize(8, {"X", {"x"}, 1});
              }),
              HasSubstr("found 8 dimensions, expected at most 7"));
  EXPECT_THAT(refusal([](HarHeader& h) {
                h.dimensions.push_back({"REG", {"USA", "EUR"}, 2});
                h.reals.resize(4, 0);
              }),
              HasSubstr("set REG has two lists of elements"));
  EXPECT_THAT(refusal([](HarHeader& h) {
                h.kind = HarKind::integer;
                h.integers = {1, 2};
              }),
              HasSubstr("integers have no sets"));
}

TEST(HarWriting, LongArraysAndListsTakeSeveralRecords) {
  HarHeader reals{"BIG", "", "BIG", HarKind::real, {{"A", {}, 90}, {"B", {}, 100}, {"C", {}, 3}}, {}, {}, {}};
  for (HarDimension& dimension : reals.dimensions)
    for (int k = 0; k < dimension.size; ++k) dimension.labels.push_back(dimension.set + std::to_string(k));
  for (int k = 0; k < 27000; ++k) reals.reals.push_back(k + 1);
  HarHeader mostly_nothing = reals;
  mostly_nothing.name = "FEW";
  for (std::size_t k = 0; k < mostly_nothing.reals.size(); ++k)
    if (k % 3 != 0) mostly_nothing.reals[k] = 0;
  HarHeader list{"LIST", "", "", HarKind::text, {{"", {}, 6000}}, {}, {}, Strings(6000, "an element")};
  HarHeader integers{"INTS", "", "", HarKind::integer, {{"", {}, 8000}, {"", {}, 2}}, {}, std::vector<int>(16000, -3),
                     {}};
  const HarFile file{"big.har", {reals, mostly_nothing, list, integers}};
  const std::string bytes = har_bytes(file);
  EXPECT_EQ(parse_har(bytes, "big.har").headers, file.headers);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = static_cast<unsigned char>(bytes[at]) +
                               256U * static_cast<unsigned char>(bytes[at + 1]) +
                               65536U * static_cast<unsigned char>(bytes[at + 2]);
    EXPECT_LE(length, 32016U);
    at += length + 8;
  }
}

TEST(HarWriting, ByteForByteAsGempackDoes) {
  HarLayout expected;
  expected.header("EFLG", "RESPSE", "binary flag", {2, 2, 1, 1, 1, 1, 1})
      .sets(2, "ENDOWFLAG", {"ENDW", "ENDWT"})
      .data({1, 2, 2, labels({"LAND", "LABOR"})})
      .data({1, 2, 2, labels({"mobile", "fixed"})})
      .data({1, 4, 4, std::string(80, ' ')})
      .data({1, 1, 1, 2, 1.0F});
  expected.header("ESBV", "REFULL", "CES between factors", {2, 1, 1, 1, 1, 1, 1})
      .sets(1, "ESUBVA", {"REG"})
      .data({1, 2, 2, labels({"USA", "ROW"})})
      .data({3, 7, 2, 1, 1, 1, 1, 1, 1})
      .data({2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 0.25F, 1.5F});
  expected.header("REG", "1CFULL", "Set REG", {2, 12}).data({1, 2, 2, labels({"USA", "ROW"})});
  const HarFile file{
      "flags.har",
      {{"EFLG",
        "binary flag",
        "ENDOWFLAG",
        HarKind::real,
        {{"ENDW", {"LAND", "LABOR"}, 2}, {"ENDWT", {"mobile", "fixed"}, 2}},
        {0, 1, 0, 0},
        {},
        {}},
       {"ESBV", "CES between factors", "ESUBVA", HarKind::real, {{"REG", {"USA", "ROW"}, 2}}, {0.25, 1.5}, {}, {}},
       {"REG", "Set REG", "", HarKind::text, {{"", {}, 2}}, {}, {}, {"USA", "ROW"}}}};
  EXPECT_EQ(har_bytes(file), expected.bytes());
}

TEST(HarSamples, FilesOfGempackAreReadAndWrittenWithTheSameContent) {
  if (!fs::is_directory(har_samples()))
    GTEST_SKIP() << "no header-array files of GEMPACK in " << har_samples()
                 << ": LEVEE_SHARED_DATA names the folder above";
  int files = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(har_samples())) {
    if (entry.path().extension() != ".har" && entry.path().extension() != ".prm") continue;
    SCOPED_TRACE(entry.path().string());
    const HarFile read = read_har(entry.path());
    EXPECT_NE(read.find("XXCR"), nullptr) << "GEMPACK's programs say who wrote a file";
    EXPECT_EQ(parse_har(har_bytes(read), "again.har").headers, read.headers);
    ++files;
  }
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace levee::testing
