// Published tables of one file: the first byte chooses the format, the rest is the file. Whatever it holds, reading it
// ends in a table or an InputError.
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "data/diagnostics.hpp"
#include "data/import/adb_mrio.hpp"
#include "data/import/figaro.hpp"
#include "data/import/oecd_icio.hpp"
#include "data/import/wiod.hpp"
#include "fuzz/fuzzed_files.hpp"

namespace {

using Read = levee::ImportedTable (*)(const std::filesystem::path&, const levee::ImportOptions&);

constexpr std::array<Read, 5> readers{levee::read_oecd_icio, levee::read_figaro, levee::read_wiod2013,
                                      levee::read_wiod2016, levee::read_adb_mrio};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  static const std::filesystem::path file = levee::fuzz::own_folder("import") / "table.csv";
  levee::fuzz::write_file(file, levee::fuzz::text_of(bytes + 1, size - 1));
  try {
    readers[bytes[0] % readers.size()](file, {});
  } catch (const levee::InputError&) {
  }
  return 0;
}
