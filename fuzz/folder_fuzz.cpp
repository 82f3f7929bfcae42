// Published tables of several files: the first byte chooses the format, the rest is its files in the order below,
// parted by the byte 30. Whatever they hold, reading them ends in a table or an InputError.
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/eora26.hpp"
#include "data/import/exiobase3.hpp"
#include "data/import/gloria.hpp"
#include "fuzz/fuzzed_files.hpp"
#include "fuzz/packed_archive.hpp"

namespace {

struct Format {
  levee::ImportedTable (*read)(const std::filesystem::path&, const levee::ImportOptions&);
  std::vector<std::string> files;
};

std::string gloria_file(const std::string& folder, const std::string& kind) {
  return folder + "/20240111_120secMother_AllCountries_002_" + kind + "-Results_2011_059_Markup001(full).csv";
}

const std::array<Format, 3> formats{
    {{levee::read_exiobase3, {"Z.txt", "Y.txt", "x.txt", "satellite/F.txt", "satellite/F_Y.txt", "satellite/unit.txt"}},
     {levee::read_eora26,
      {"Eora26_2011_bp_T.txt", "Eora26_2011_bp_FD.txt", "Eora26_2011_bp_VA.txt", "Eora26_2011_bp_Q.txt",
       "Eora26_2011_bp_QY.txt", "labels_T.txt", "labels_FD.txt", "labels_VA.txt", "labels_Q.txt"}},
     {levee::read_gloria,
      {gloria_file("GLORIA_MRIOs_59_2011", "T"), gloria_file("GLORIA_MRIOs_59_2011", "Y"),
       gloria_file("GLORIA_MRIOs_59_2011", "V"), gloria_file("GLORIA_SatelliteAccounts_059_2011", "TQ"),
       gloria_file("GLORIA_SatelliteAccounts_059_2011", "YQ")}}}};

using Sheet = std::vector<std::vector<std::string>>;

/// GLORIA's labels are in a workbook, which is always the same here: sheet_fuzz breaks workbooks.
std::string gloria_labels() {
  const std::vector<std::pair<std::string, Sheet>> sheets{
      {"Regions", {{"Lfd_Nr", "Region_acronyms", "Region_names"}, {"1", "AFG", "Afghanistan"}, {"2", "XAF", "Africa"}}},
      {"Sectors", {{"Lfd_Nr", "Sector_names"}, {"1", "Wheat"}, {"2", "Power"}}},
      {"Value added and final demand",
       {{"Lfd_Nr", "Value_added_names", "Final_demand_names"},
        {"1", "Compensation of employees D.1", "Household final consumption P.3h"},
        {"2", "Net operating surplus B.2n", "Changes in inventories P.52"}}},
      {"Satellites",
       {{"Lfd_Nr", "Sat_head_indicator", "Sat_indicator", "Sat_unit"}, {"1", "Emissions", "'CO2'", "kt"}}}};
  std::string list, targets;
  levee::fuzz::Parts parts;
  for (const auto& [name, rows] : sheets) {
    const std::string id = std::to_string(parts.size());
    list += "<sheet name=\"" + name + "\" r:id=\"" + id + "\"/>";
    targets += "<Relationship Id=\"" + id + "\" Target=\"" + id + ".xml\"/>";
    std::string cells;
    for (const auto& row : rows) {
      cells += "<row>";
      for (const std::string& cell : row) cells += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
      cells += "</row>";
    }
    parts.emplace_back("xl/" + id + ".xml", "<worksheet><sheetData>" + cells + "</sheetData></worksheet>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<r>" + targets + "</r>");
  return levee::fuzz::packed(parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t chosen = bytes[0] % formats.size();
  static const std::filesystem::path all = levee::fuzz::own_folder("folder");
  const std::filesystem::path folder = all / std::to_string(chosen);
  std::filesystem::create_directories(folder);
  if (formats[chosen].read == levee::read_gloria) {
    static const std::string labels = gloria_labels();
    levee::fuzz::write_file(folder / "GLORIA_ReadMe_059.xlsx", labels);
  }
  levee::fuzz::write_files(folder, formats[chosen].files, levee::fuzz::text_of(bytes + 1, size - 1));
  try {
    formats[chosen].read(folder, {});
  } catch (const levee::InputError&) {
  }
  return 0;
}
