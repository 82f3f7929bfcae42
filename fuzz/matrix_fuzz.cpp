// CSV: by the reader that keeps every cell's place, and by the fast reader of large matrices. What the fast one takes,
// both must read alike.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "data/csv.hpp"
#include "data/dataset_context.hpp"
#include "data/diagnostics.hpp"
#include "data/large_matrix.hpp"
#include "fuzz/fuzzed_files.hpp"

namespace {

void require(bool right) {
  if (!right) std::abort();
}

void compare(const Eigen::MatrixXd& fast, const levee::CsvFile& file, const levee::LabelSet& labels) {
  require(file.rows() == labels.size() + 1 && file.columns() == labels.size() + 1);
  for (int row = 1; row < file.rows(); ++row) {
    const int seller = labels.find(file.cell(row, 0));
    require(seller >= 0);
    for (int column = 1; column < file.columns(); ++column) {
      const int buyer = labels.find(file.cell(0, column));
      require(buyer >= 0 && fast(seller, buyer) == file.number(row, column));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const levee::LabelSet labels("node", {"A", "B", "C"});
  static const std::filesystem::path path = levee::fuzz::own_folder("matrix") / "matrix.csv";
  const std::string text(levee::fuzz::text_of(bytes, size));
  levee::fuzz::write_file(path, text);
  std::optional<Eigen::MatrixXd> fast;
  try {
    fast = levee::read_large_matrix(path.string(), labels);
  } catch (const levee::InputError&) {
  }
  try {
    const levee::CsvFile file = levee::CsvFile::parse(text, "matrix.csv");
    if (fast) compare(*fast, file, labels);
    for (int row = 0; row < file.rows(); ++row) {
      for (int column = 0; column < file.columns(); ++column) file.number(row, column);
    }
  } catch (const levee::InputError&) {
  }
  return 0;
}
