// Maps in YAML that are held against a dataset: the first byte chooses the kind, the rest is the file. Whatever it
// holds, reading it ends in a map or an InputError.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "calibration/table_balancing.hpp"
#include "calibration/table_split.hpp"
#include "data/aggregation.hpp"
#include "data/dataset_reader.hpp"
#include "data/diagnostics.hpp"
#include "data/import/own_table_map.hpp"
#include "fuzz/fuzzed_files.hpp"

namespace {

levee::Dataset small_dataset() {
  const std::filesystem::path folder = levee::fuzz::own_folder("maps");
  levee::fuzz::write_file(folder / "dataset.yaml",
                          "name: small\nyear: 2011\ncurrency: USD\nmoney_unit: million\nregions: [EUR, CHN]\n"
                          "sectors: [{code: STEEL, groups: [goods]}, {code: MAC, groups: [goods]}]\n"
                          "table: {Z: Z.csv, Y: Y.csv, final_demand: {HH: household}, x: {file: x.csv, column: x}, "
                          "value_added: {file: x.csv, column: va}}\n"
                          "stressors: {CO2: {unit: kt, industry: co2.csv, households: hh.csv}}\n");
  levee::fuzz::write_file(folder / "Z.csv",
                          ",EUR.STEEL,EUR.MAC,CHN.STEEL,CHN.MAC\nEUR.STEEL,1,2,0,1\nEUR.MAC,1,1,1,0\n"
                          "CHN.STEEL,0,1,2,3\nCHN.MAC,1,0,1,2\n");
  levee::fuzz::write_file(folder / "Y.csv", ",EUR.HH,CHN.HH\nEUR.STEEL,1,1\nEUR.MAC,5,2\nCHN.STEEL,1,1\nCHN.MAC,2,4\n");
  levee::fuzz::write_file(folder / "x.csv", ",x,va\nEUR.STEEL,6,3\nEUR.MAC,10,6\nCHN.STEEL,8,4\nCHN.MAC,10,4\n");
  levee::fuzz::write_file(folder / "co2.csv", ",kt\nEUR.STEEL,3\nEUR.MAC,1\nCHN.STEEL,8\nCHN.MAC,2\n");
  levee::fuzz::write_file(folder / "hh.csv", ",kt\nEUR,1\nCHN,1\n");
  return levee::read_dataset((folder / "dataset.yaml").string());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const levee::Dataset dataset = small_dataset();
  if (size == 0) return 0;
  try {
    const auto document = levee::YamlView::parse(std::string(levee::fuzz::text_of(bytes + 1, size - 1)), "map.yaml");
    switch (bytes[0] % 4) {
      case 0:
        levee::aggregate(dataset, levee::read_aggregation(document, dataset));
        break;
      case 1:
        levee::read_own_table_map(document);
        break;
      case 2:
        levee::read_split(document, dataset);
        break;
      default:
        levee::read_table_targets(document, dataset);
    }
  } catch (const levee::InputError&) {
  }
  return 0;
}
