// A workbook's parts: bytes up to the first zero are its strings, the rest is a sheet.
#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/xlsx_file.hpp"

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

/// An archive in memory.
std::string packed(const Parts& parts) {
  zip_error_t error;
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_source_keep(target);
  for (const auto& [name, bytes] : parts) {
    const zip_int64_t index = zip_file_add(archive, name.c_str(),
                                           zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  zip_close(archive);
  zip_source_open(target);
  zip_stat_t about;
  zip_source_stat(target, &about);
  std::string result(about.size, '\0');
  zip_source_read(target, result.data(), result.size());
  zip_source_close(target);
  zip_source_free(target);
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string all(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = std::min(all.find('\0'), all.size());
  Parts parts{{"xl/workbook.xml", R"(<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>)"},
              {"xl/_rels/workbook.xml.rels", R"(<r><Relationship Id="a" Target="s.xml"/></r>)"},
              {"xl/sharedStrings.xml", all.substr(0, cut)},
              {"xl/s.xml", all.substr(std::min(cut + 1, all.size()))}};
  try {
    const levee::XlsxFile workbook(levee::ZipArchive::in_memory(packed(parts), "book.xlsx"));
    const auto rows = workbook.rows("S");
    levee::TextRow row;
    while (rows->next(row)) levee::read_figure(row.cell(0), true);
  } catch (const levee::InputError&) {
  }
  return 0;
}
