#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "data/import/import_source.hpp"
#include "data/import/imported_table.hpp"
#include "data/import/table_builder.hpp"
#include "data/import/text_rows.hpp"
#include "data/import/xlsx_file.hpp"

namespace levee {

/// How the sheets of WIOD and of ADB differ. They have four columns of labels (code, name, region, running code c1...)
/// and as many rows of header above the running codes; figures begin at the cell right below the first running code,
/// c1.
struct WorldSheetLayout {
  enum class SectorCode { running, classification };  ///< c1 or what stands three rows above it
  SectorCode sector_code = SectorCode::running;
  std::vector<PublishedCategory>
      categories;  ///< by the code in the row that `category_row` counts above the running codes
  int category_row = 0;
  std::vector<PublishedRow> rows;        ///< of value added, by the code in column `row_code`
  std::vector<std::string> passed_over;  ///< rows of totals
  std::string needed_row;                ///< the one of them that every table has; others may be missing
  int row_code = 3;
  std::map<std::string, std::string> row_names;  ///< other codes that such rows have
};

/// Value added by the running codes of WIOD's release of 2013, which ADB kept.
std::vector<PublishedRow> running_code_rows();

/// Reads such a sheet into the table and returns the words in its upper left corner. Throws InputError.
std::string read_world_sheet(TextRows& rows, const WorldSheetLayout& layout, ImportedTable& table);

/// A sheet of a workbook, or CSV text, of the source's one table of this year. `sheet_begins` says how the sheet's name
/// begins; where none does it is the first.
struct OpenedSheet {
  std::unique_ptr<TextRows> rows;
  std::string file;                    ///< name of the file
  std::shared_ptr<XlsxFile> workbook;  ///< nullptr: CSV
};
OpenedSheet open_world_sheet(const ImportSource& source, const std::string& what, int year, bool last_year,
                             const std::string& sheet_begins);

}  // namespace levee
