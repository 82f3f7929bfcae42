// A user's own table: the first byte chooses a map, or that the first file is one; the rest is two files, parted by the
// byte 30. Whatever they hold, reading them ends in a table or an InputError.
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "data/diagnostics.hpp"
#include "data/import/own_table.hpp"
#include "fuzz/fuzzed_files.hpp"

namespace {

const std::string head =
    "import: fuzz\ncurrency: EUR\nmoney_unit: million\nfinal_demand: {HH: household, INV: inventories}\n"
    "value_added: [VA, TAX]\noutput: OUT\nstressors: {CO2: kt}\nignore: SUM\n";

const std::array<std::string, 6> maps{
    head + "wide: {file: a.csv, from: {label: 1}, to: {label: 1}}\n",
    head +
        "decimal: comma\nthousands: point\nencoding: ISO-8859-1\nwide: {file: a.csv, skip: 1, fill: true, "
        "header_lines: 3, from: {region: 1, sector: 2}, to: {region: 1, sector: 2}}\n",
    head + "long: {file: a.csv, from: {region: r, sector: s}, to: {region: tr, sector: ts}, value: v}\n",
    head +
        "region: DEU\nwide:\n  - {file: a.csv, from: {sector: 1}, to: {sector: 1}}\n"
        "  - {file: b.csv, from: {stressor: 1, unit: 2}, to: {sector: 1}}\n",
    head +
        "encoding: UTF-16\nlong:\n  - {file: a.csv, sum: true, from: {label: 1}, to: {label: 2, as: \"{sector} "
        "({region})\"}, value: [3, 4]}\n",
    head +
        "long:\n  - {file: a.csv, from: {region: 1, sector: 2}, to: {region: 3, sector: 4}, value: 5}\n"
        "  - {file: b.csv, to: {region: 1, sector: 2}, value: {VA: 3, CO2: 4}}\n"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  static const std::filesystem::path folder = levee::fuzz::own_folder("own-table");
  const std::size_t chosen = bytes[0] % (maps.size() + 1);
  const std::string_view rest = levee::fuzz::text_of(bytes + 1, size - 1);
  if (chosen < maps.size()) {
    levee::fuzz::write_file(folder / "map.yaml", maps[chosen]);
    levee::fuzz::write_files(folder, {"a.csv", "b.csv"}, rest);
  } else {
    levee::fuzz::write_files(folder, {"map.yaml", "a.csv", "b.csv"}, rest);
  }
  try {
    levee::read_own_table(folder / "map.yaml", {});
  } catch (const levee::InputError&) {
  }
  return 0;
}
