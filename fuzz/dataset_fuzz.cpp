// A dataset's folder: its files in the order below, parted by the byte 30. Whatever they hold, reading them ends in a
// dataset or an InputError.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset_reader.hpp"
#include "data/diagnostics.hpp"
#include "fuzz/fuzzed_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::vector<std::string> names{"dataset.yaml", "sectors.csv",      "Z.csv",       "Y.csv",
                                              "x_va.csv",     "co2.csv",          "process.csv", "hh.csv",
                                              "tariffs.csv",  "elasticities.csv", "labour.csv",  "shares.csv",
                                              "fossil.csv",   "weights.csv",      "fuel_use.csv"};
  static const std::filesystem::path folder = levee::fuzz::own_folder("dataset");
  levee::fuzz::write_files(folder, names, levee::fuzz::text_of(bytes, size));
  try {
    levee::read_dataset((folder / "dataset.yaml").string());
  } catch (const levee::InputError&) {
  }
  return 0;
}
