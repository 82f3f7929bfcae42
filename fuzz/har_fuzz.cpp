// Header-array files. What is read must be written and read again as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "data/diagnostics.hpp"
#include "data/import/har_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::uint64_t most = 1 << 24;
  levee::HarFile file;
  try {
    file = levee::parse_har({reinterpret_cast<const char*>(bytes), size}, "fuzz.har", most);
  } catch (const levee::InputError&) {
    return 0;
  }
  std::string written;
  try {
    written = levee::har_bytes(file);
  } catch (const levee::InputError&) {
    return 0;
  }
  if (levee::parse_har(written, "again.har", most).headers != file.headers) std::abort();
  return 0;
}
