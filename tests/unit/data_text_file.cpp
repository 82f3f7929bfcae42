// Files of text that may be compressed: what is whole is read, what is not is refused where it breaks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "data/csv.hpp"
#include "data/diagnostics.hpp"
#include "data/text_file.hpp"

namespace levee {
namespace {

namespace streams = boost::iostreams;
using testing::HasSubstr;

template <class Filter>
std::string compressed(const std::string& text, Filter filter) {
  std::istringstream source(text);
  std::string result;
  streams::filtering_ostreambuf output;
  output.push(filter);
  output.push(streams::back_inserter(result));
  streams::copy(source, output);
  return result;
}

std::string gzip(const std::string& text) { return compressed(text, streams::gzip_compressor()); }
std::string xz(const std::string& text) { return compressed(text, streams::lzma_compressor()); }

/// A table of some 300 kB that does not compress to nothing.
std::string table() {
  std::string text = "a,b,c\n";
  for (int k = 1; k <= 20000; ++k) text += std::to_string(k) + "," + std::to_string(k * 7919 % 10007) + ",0.5\n";
  return text;
}

/// A folder of its own, removed in the end.
class TextFile : public testing::Test {
 public:
  TextFile() { std::filesystem::create_directories(folder_); }
  ~TextFile() override { std::filesystem::remove_all(folder_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

 protected:
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  /// The first fault of reading `bytes` from a file of this name; its line 0 and no text when there is none.
  Diagnostic fault(const std::string& name, const std::string& bytes) const {
    try {
      read_text(write(name, bytes));
    } catch (const InputError& error) {
      return error.diagnostics().front();
    }
    return {};
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      ("levee-text-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(TextFile, IsReadAsItIsOrExpanded) {
  const std::string text = table();
  EXPECT_EQ(read_text(write("a.csv", text)), text);
  EXPECT_EQ(read_text(write("a.csv.gz", gzip(text))), text);
  EXPECT_EQ(read_text(write("a.csv.xz", xz(text))), text);
  EXPECT_EQ(read_text(write("empty.csv.gz", gzip(""))), "");
  EXPECT_EQ(read_text(write("two.csv.gz", gzip("a\n") + gzip("b\n"))), "a\nb\n");
}

TEST_F(TextFile, TablesKeepTheirPositions) {
  const CsvFile file = CsvFile::load(write("t.csv.xz", xz("a,b\n1,oops\n")));
  try {
    file.number(1, 1);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("t.csv.xz:2:3: found 'oops', expected a number"));
  }
}

TEST_F(TextFile, TruncatedAnywhereIsRefused) {
  const std::string text = table();
  for (const auto& [name, whole] : {std::pair("t.gz", gzip(text)), std::pair("t.xz", xz(text))}) {
    for (const std::size_t missing : {1U, 4U, 8U, 9U, 13U, 500U, 20000U}) {
      const Diagnostic found = fault(name, whole.substr(0, whole.size() - missing));
      EXPECT_EQ(found.message, "the compressed file is truncated or damaged in or after this line")
          << name << " without its last " << missing << " bytes";
      EXPECT_GE(found.where.line, 1);
      EXPECT_LE(found.where.line, 20002);
    }
  }
}

TEST_F(TextFile, DamagedAnywhereIsRefused) {
  const std::string text = table();
  for (const auto& [name, whole] : {std::pair("d.gz", gzip(text)), std::pair("d.xz", xz(text))}) {
    for (const double part : {0.2, 0.5, 0.9}) {
      std::string bytes = whole;
      bytes[static_cast<std::size_t>(part * static_cast<double>(bytes.size()))] ^= 4;
      EXPECT_THAT(fault(name, bytes).message, HasSubstr("damaged")) << name << " at " << part;
    }
    EXPECT_THAT(fault(name, whole + "more").message, HasSubstr("damaged")) << name << " with more behind its end";
  }
}

TEST_F(TextFile, NamesSayHowFilesAreCompressed) {
  EXPECT_EQ(fault("a.csv.gz", "a,b\n1,2\n").message, "is not compressed as the end of its name says (.gz)");
  EXPECT_EQ(fault("a.csv.xz", gzip("a\n")).message, "is compressed: its name must end in .gz");
  EXPECT_EQ(fault("a.csv", gzip("a\n")).message, "is compressed: its name must end in .gz");
  EXPECT_EQ(fault("a.csv", xz("a\n")).message, "is compressed: its name must end in .xz");
  EXPECT_EQ(fault("a.csv.gz", "").message, "is not compressed as the end of its name says (.gz)");
}

TEST_F(TextFile, ExpandsToNoMoreThanItMay) {
  const std::string bomb(64 << 20, '0');  // some 60 kB as gzip
  const std::string path = write("bomb.csv.gz", gzip(bomb));
  EXPECT_LT(std::filesystem::file_size(path), 100000U);
  EXPECT_EQ(read_text(path).size(), bomb.size());
  try {
    read_text(path, 1 << 20);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().front().message,
              "holds more than 1 MiB of text when expanded: too large to read here");
  }
  EXPECT_THROW(read_text(write("plain.csv", std::string(2 << 20, 'x')), 1 << 20), InputError);
  EXPECT_GT(largest_text(), 1U << 28U);
  EXPECT_LT(largest_text(), 1ULL << 32U);
}

}  // namespace
}  // namespace levee
