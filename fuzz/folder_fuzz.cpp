// Published tables of several files: the first byte chooses the format, the rest is its files in the order below,
// parted by the byte 30. Whatever they hold, reading them ends in a table or an InputError.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/eora26.hpp"
#include "data/import/exiobase3.hpp"

namespace {

struct Format {
  levee::ImportedTable (*read)(const std::filesystem::path&, const levee::ImportOptions&);
  std::vector<std::string> files;
};

const std::array<Format, 2> formats{
    {{levee::read_exiobase3, {"Z.txt", "Y.txt", "x.txt", "satellite/F.txt", "satellite/F_Y.txt", "satellite/unit.txt"}},
     {levee::read_eora26,
      {"Eora26_2011_bp_T.txt", "Eora26_2011_bp_FD.txt", "Eora26_2011_bp_VA.txt", "Eora26_2011_bp_Q.txt",
       "Eora26_2011_bp_QY.txt", "labels_T.txt", "labels_FD.txt", "labels_VA.txt", "labels_Q.txt"}}}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t chosen = bytes[0] % formats.size();
  const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                       ("levee-fuzz-" + std::to_string(::getpid()) + "-" + std::to_string(chosen));
  const std::string all(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  std::size_t from = 0;
  for (const std::string& name : formats[chosen].files) {
    const std::size_t to = std::min(all.find('\x1e', from), all.size());
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary).write(all.data() + from, static_cast<std::streamsize>(to - from));
    from = std::min(to + 1, all.size());
  }
  try {
    formats[chosen].read(folder, {});
  } catch (const levee::InputError&) {
  }
  return 0;
}
