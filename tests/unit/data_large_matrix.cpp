// Large wide tables are read a piece at a time; what is wrong in them is said as in small ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "data/csv.hpp"
#include "data/large_matrix.hpp"
#include "tests/unit/data_world_folder.hpp"

namespace levee::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class LargeMatrix : public ::testing::Test {
 protected:
  LargeMatrix()
      : folder_(generate_world({.regions = 40, .sectors = 30, .seed = 4, .armington = {}, .substitution = {}}),
                TableLayout::wide) {
    std::ifstream stream(path(), std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(stream), {});
  }

  std::string path() const { return folder_.path("Z.csv"); }
  Dataset read() const { return folder_.read(); }

  /// What is said when the table's text is this.
  std::string fault(const std::string& text) const {
    std::ofstream(path(), std::ios::binary) << text;
    try {
      read();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  /// The text with its row (from 1) replaced.
  std::string with_row(int row, const std::string& by) const {
    std::size_t from = 0;
    for (int k = 1; k < row; ++k) from = text_.find('\n', from) + 1;
    std::string result = text_;
    return result.replace(from, text_.find('\n', from) - from, by);
  }

  std::string row(int number) const {
    const std::string cut = with_row(number, "");
    std::size_t from = 0;
    for (int k = 1; k < number; ++k) from = text_.find('\n', from) + 1;
    return text_.substr(from, text_.size() - cut.size());
  }

  WorldFolder folder_;
  std::string text_;
};

TEST_F(LargeMatrix, IsWhatStandsInTheFile) {
  ASSERT_GE(std::filesystem::file_size(path()), large_matrix_file);
  const Dataset dataset = read();
  const CsvFile file = CsvFile::load(path());
  ASSERT_EQ(file.rows(), dataset.node_count() + 1);
  const LabelSet nodes("node", [&] {
    std::vector<std::string> labels;
    for (int n = 0; n < dataset.node_count(); ++n) labels.push_back(dataset.node_label(n));
    return labels;
  }());
  const auto large = read_large_matrix(path(), nodes);
  ASSERT_TRUE(large.has_value());
  EXPECT_EQ(*large, dataset.table.Z.dense());
  bool same = true;
  for (int i = 1; i < file.rows(); ++i) {
    for (int j = 1; j < file.columns(); ++j) {
      const double here = (*large)(nodes.find(file.cell(i, 0)), nodes.find(file.cell(0, j)));
      same = same && here == file.number(i, j);
    }
  }
  EXPECT_TRUE(same);
  EXPECT_THAT(dataset.files, Contains(path()));
}

TEST_F(LargeMatrix, RowsInAnotherOrderAreTheSameTable) {
  const Dataset before = read();
  const std::string second = row(2), last = row(1201);
  text_ = with_row(2, last);
  std::ofstream(path(), std::ios::binary) << with_row(1201, second);
  EXPECT_EQ(read().table.Z.dense(), before.table.Z.dense());
}

TEST_F(LargeMatrix, FaultsAreSaidAsOfSmallTables) {
  const std::string label = row(3).substr(0, row(3).find(','));
  std::string bad = row(3);
  bad.replace(bad.find(',') + 1, bad.find(',', bad.find(',') + 1) - bad.find(',') - 1, "NaN");
  EXPECT_THAT(fault(with_row(3, bad)),
              HasSubstr("Z.csv:3:" + std::to_string(label.size() + 2) + ": found 'NaN', expected a finite"));
  bad = row(3);
  bad.replace(bad.find(',') + 1, bad.find(',', bad.find(',') + 1) - bad.find(',') - 1, "-1e9");
  EXPECT_THAT(fault(with_row(3, bad)), HasSubstr("expected an intermediate delivery >= 0"));
  EXPECT_THAT(fault(with_row(3, row(2))), HasSubstr("duplicate"));
  EXPECT_THAT(fault(with_row(3, "X" + row(3))), HasSubstr("unknown node 'X" + label));
  EXPECT_THAT(fault(with_row(3, row(3) + ",1")), HasSubstr("this row has 1202 fields, expected 1201"));
  EXPECT_EQ(fault(text_), "");
}

}  // namespace
}  // namespace levee::testing
