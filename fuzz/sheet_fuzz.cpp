// A workbook's parts: bytes up to the first zero are its strings, the rest is a sheet.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "data/diagnostics.hpp"
#include "data/import/xlsx_file.hpp"
#include "fuzz/packed_archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string all(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = std::min(all.find('\0'), all.size());
  const levee::fuzz::Parts parts{
      {"xl/workbook.xml", R"(<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", R"(<r><Relationship Id="a" Target="s.xml"/></r>)"},
      {"xl/sharedStrings.xml", all.substr(0, cut)},
      {"xl/s.xml", all.substr(std::min(cut + 1, all.size()))}};
  try {
    const levee::XlsxFile workbook(levee::ZipArchive::in_memory(levee::fuzz::packed(parts), "book.xlsx"));
    const auto rows = workbook.rows("S");
    levee::TextRow row;
    while (rows->next(row)) levee::read_figure(row.cell(0), true);
  } catch (const levee::InputError&) {
  }
  return 0;
}
