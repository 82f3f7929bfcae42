// A plant file without a rule book. Whatever it holds, its methods are compared or it ends in an InputError.
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzzed_files.hpp"
#include "rules/allowance_comparison.hpp"
#include "rules/plant_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(levee::fuzz::text_of(bytes, size));
  try {
    levee::compare_allowances(levee::read_plant(levee::YamlView::parse(text, "plant")).study);
  } catch (const levee::InputError&) {
  }
  return 0;
}
