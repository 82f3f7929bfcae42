#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/import/text_rows.hpp"
#include "data/import/zip_archive.hpp"

namespace levee {

/// A workbook in Office Open XML: its sheets and its table of strings. Sheets are read a row at a time (expat), so that
/// memory does not grow with them.
class XlsxFile {
 public:
  /// Throws InputError when this is no workbook.
  explicit XlsxFile(ZipArchive archive);

  const std::vector<std::string>& sheets() const { return sheets_; }  ///< in the order of the tabs
  const std::string& name() const { return archive_->name(); }
  /// The sheet's rows: numbers as they are written there, strings, empty cells where there is nothing. A formula has
  /// the value it had when the workbook was saved. Cells with an error (#REF!) are an InputError when they are reached.
  std::unique_ptr<TextRows> rows(const std::string& sheet) const;
  bool has_sheet(const std::string& sheet) const;

 private:
  void read_sheets();
  void read_strings();

  std::shared_ptr<ZipArchive> archive_;
  std::vector<std::string> sheets_, parts_;
  std::shared_ptr<std::vector<std::string>> strings_;
};

/// "AB12" for row 12, column 28 (from 1).
std::string cell_reference(int row, int column);

}  // namespace levee
