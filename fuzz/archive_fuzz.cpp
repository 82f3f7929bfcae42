// A zip archive: it is refused, or its members expand to what they claim or end in an InputError.
#include <cstddef>
#include <cstdint>
#include <string>

#include "data/diagnostics.hpp"
#include "data/import/zip_archive.hpp"
#include "fuzz/fuzzed_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t most = 1 << 20;
  try {
    const levee::ZipArchive archive =
        levee::ZipArchive::in_memory(std::string(levee::fuzz::text_of(bytes, size)), "archive.zip");
    for (const levee::ZipArchive::Member& member : archive.members()) {
      try {
        levee::read_all(*archive.open(member), member.name, most);
      } catch (const levee::InputError&) {
      }
    }
  } catch (const levee::InputError&) {
  }
  return 0;
}
