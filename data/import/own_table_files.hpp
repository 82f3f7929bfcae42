#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/import/import_source.hpp"
#include "data/import/own_table_map.hpp"
#include "data/import/xlsx_file.hpp"

namespace levee {

/// Rows of one file of a user's table, below the lines that the map skips.
class OwnRows {
 public:
  OwnRows(std::unique_ptr<TextRows> rows, std::shared_ptr<XlsxFile> workbook, int skip);
  /// The first row below what is skipped, the next ones by rows(). Throws InputError when there is none.
  TextRow first(const std::string& what);
  TextRows& rows() { return *rows_; }
  const std::string& name() const { return rows_->name(); }

 private:
  std::shared_ptr<XlsxFile> workbook_;
  std::unique_ptr<TextRows> rows_;
  int skip_;
};

/// A map and the files that it names: beside it on disk, or with it in a folder or archive.
class OwnTableFiles {
 public:
  explicit OwnTableFiles(const std::filesystem::path& source);
  YamlView map() const;
  /// Throws InputError, at the map where there is no such file.
  OwnRows open(const OwnFile& file) const;

 private:
  const ImportSource::Member& member(const OwnFile& file) const;

  ImportSource source_;
  const ImportSource::Member* map_;
  bool alone_;  ///< the source is the map: files lie beside it
};

}  // namespace levee
