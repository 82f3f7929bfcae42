// Random header-array files are read as they were written.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "data/import/har_file.hpp"

namespace levee {
namespace {

/// Random arrays of every kind, of names and texts as the format can hold.
class RandomHar {
 public:
  explicit RandomHar(unsigned seed) : random_(seed) {}

  HarFile file() {
    HarFile result{"random.har", {}};
    const int count = number(1, 12);
    for (int k = 0; k < count; ++k) {
      HarHeader header;
      header.name = "H" + std::to_string(k);
      header.description = text(number(0, 70));
      const int kind = number(0, 3);
      kind == 0 ? make_text(header) : kind == 1 ? make_integers(header) : make_reals(header);
      result.headers.push_back(header);
    }
    return result;
  }

 private:
  int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  /// Letters of one byte and of two in UTF-8, blanks within, of so many letters.
  std::string text(int letters) {
    static const std::vector<std::string> alphabet{"a", "Z", "9", "_", " ", "é", "ß", "Ã", "©"};
    std::string result;
    for (int k = 0; k < letters / 2; ++k) {
      const bool edge = k == 0 || k == letters / 2 - 1;
      result +=
          alphabet[static_cast<std::size_t>(edge ? number(0, 3) : number(0, static_cast<int>(alphabet.size()) - 1))];
    }
    return result;
  }

  void make_text(HarHeader& header) {
    header.kind = HarKind::text;
    const int count = number(0, 3) == 0 ? number(0, 4000) : number(0, 20), longest = number(1, 80);
    for (int k = 0; k < count; ++k) header.lines.push_back(text(number(0, longest)));
    header.dimensions = {{"", {}, count}};
  }

  void make_integers(HarHeader& header) {
    header.kind = HarKind::integer;
    const int rows = number(2, 300), columns = number(1, 100);
    header.dimensions = {{"", {}, rows}};
    if (columns > 1) header.dimensions.push_back({"", {}, columns});
    for (int k = 0; k < rows * columns; ++k) header.integers.push_back(number(-1000, 1000));
  }

  /// Sets of up to four, some twice, some without labels; figures of single precision, of which a share is 0.
  void make_reals(HarHeader& header) {
    header.kind = HarKind::real;
    if (number(0, 4) > 0) header.coefficient = text(12);
    const bool named = !header.coefficient.empty();
    std::size_t count = 1;
    const int rank = number(0, 4);
    for (int k = 0; k < rank; ++k) {
      if (k > 0 && number(0, 2) == 0) {
        header.dimensions.push_back(header.dimensions.back());
      } else {
        header.dimensions.push_back(dimension(k, named));
      }
      count *= static_cast<std::size_t>(header.dimensions.back().size);
    }
    const int share = number(0, 10);
    for (std::size_t k = 0; k < count; ++k)
      header.reals.push_back(
          number(1, 10) <= share ? 0.0 : static_cast<double>(static_cast<float>(number(-100000, 100000)) / 7));
  }

  HarDimension dimension(int k, bool named) {
    HarDimension result;
    result.size = number(0, 9) == 0 ? number(0, 1) : number(2, 14);
    if (!named) {
      result.size = std::max(result.size, 2);
      return result;
    }
    result.set = "S" + std::to_string(k);
    if (number(0, 3) == 0) return result;
    for (int element = 0; element < result.size; ++element)
      result.labels.push_back("e" + std::to_string(element) + text(8));
    return result;
  }

  std::mt19937 random_;
};

class HarRoundTrip : public testing::TestWithParam<unsigned> {};

TEST_P(HarRoundTrip, ReadsWhatWasWritten) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const HarFile file = RandomHar(GetParam()).file();
  const HarFile again = parse_har(har_bytes(file), file.path);
  ASSERT_EQ(again.headers.size(), file.headers.size());
  for (std::size_t k = 0; k < file.headers.size(); ++k) EXPECT_EQ(again.headers[k], file.headers[k]) << "header " << k;
}

INSTANTIATE_TEST_SUITE_P(Seeds, HarRoundTrip, testing::Range(1U, 61U));

}  // namespace
}  // namespace levee
