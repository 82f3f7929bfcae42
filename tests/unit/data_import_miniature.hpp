#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/import_format.hpp"

namespace levee::testing {

using Cells = std::vector<std::string>;
using Grid = std::vector<Cells>;

/// A world small enough to write down in any layout. Figures are multiples of 1/4, so that text keeps them as they are.
/// Its last node buys and sells nothing; the last category of final demand has negative figures.
struct World {
  int regions = 0, sectors = 0, categories = 0;
  Eigen::MatrixXd Z, Y;
  Eigen::MatrixXd value_added;      ///< rows x nodes, closes the columns
  Eigen::MatrixXd value_added_use;  ///< rows x (regions * categories)
  Eigen::VectorXd x;

  World(int region_count, int sector_count, int category_count, int rows)
      : regions(region_count), sectors(sector_count), categories(category_count) {
    const int n = nodes();
    const auto figure = [](int i, int j) { return 0.25 * static_cast<double>((i * 31 + j * 17 + i * j) % 23); };
    Z = Eigen::MatrixXd::NullaryExpr(
        n, n, [&](Eigen::Index i, Eigen::Index j) { return figure(static_cast<int>(i), static_cast<int>(j)); });
    Y = Eigen::MatrixXd::NullaryExpr(n, regions * categories, [&](Eigen::Index i, Eigen::Index j) {
      const bool stocks = j % categories == categories - 1;
      return stocks ? -figure(static_cast<int>(i) + 3, static_cast<int>(j))
                    : 8 + figure(static_cast<int>(i) + 1, static_cast<int>(j) + 2);
    });
    Z.row(n - 1).setZero();
    Z.col(n - 1).setZero();
    Y.row(n - 1).setZero();
    x = Z.rowwise().sum() + Y.rowwise().sum();
    value_added = Eigen::MatrixXd::NullaryExpr(rows, n, [&](Eigen::Index i, Eigen::Index j) {
      return figure(static_cast<int>(i) + 5, static_cast<int>(j) + 1);
    });
    value_added.col(n - 1).setZero();
    value_added.row(rows - 1) = x.transpose() - Z.colwise().sum() - value_added.topRows(rows - 1).colwise().sum();
    value_added_use = Eigen::MatrixXd::NullaryExpr(rows, regions * categories, [&](Eigen::Index i, Eigen::Index j) {
      return i == 0 ? figure(static_cast<int>(j), 4) : 0.0;
    });
  }
  int nodes() const { return regions * sectors; }
};

inline std::string text(double figure) { return fmt::format("{:.15g}", figure); }

/// One file of a distribution: cells, written as text or as the sheets of a workbook.
struct Document {
  std::string path;
  std::vector<Grid> sheets{{}};
  std::vector<std::string> sheet_names{"Sheet1"};
  std::string separator = ",";
  std::string line_end = "\n";
  std::string before;  ///< bytes in front: a byte order mark
  Grid& cells() { return sheets.front(); }
  bool workbook() const { return path.ends_with(".xlsx"); }
};

inline Document text_document(std::string path, Grid cells, std::string separator) {
  Document document;
  document.path = std::move(path);
  document.sheets = {std::move(cells)};
  document.separator = std::move(separator);
  return document;
}

/// A distribution and what is in it.
struct Miniature {
  std::string format;
  int year = 0;
  std::vector<Document> documents;
  std::string container;                  ///< name of the folder, or of the zip archive
  std::size_t main = 0;                   ///< the document with the transactions
  std::size_t first_row = 0, labels = 0;  ///< where its figures begin
  bool labelled_rows = true;              ///< whether rows of the main document carry their labels
  std::size_t seller = 0;                 ///< where each row is a flow, the cell with the seller's sector; else 0
  bool flows() const { return seller > 0; }
};

inline std::string as_text(const Document& document) {
  std::string result = document.before;
  for (const Cells& row : document.sheets.front()) {
    for (std::size_t k = 0; k < row.size(); ++k) result += (k == 0 ? "" : document.separator) + row[k];
    result += document.line_end;
  }
  return result;
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A zip archive of files, compressed.
inline void write_zip(const std::filesystem::path& path,
                      const std::vector<std::pair<std::string, std::string>>& files) {
  std::filesystem::create_directories(path.parent_path());
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (archive == nullptr) throw std::runtime_error("no archive");
  for (const auto& [name, bytes] : files)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
  if (zip_close(archive) != 0) throw std::runtime_error("archive not written");
}

inline std::string escaped(const std::string& word) {
  std::string result;
  for (const char c : word) result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return result;
}

inline std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

inline bool is_figure(const std::string& cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.-+eE") == std::string::npos &&
         cell.find_first_of("0123456789") != std::string::npos && cell.find_first_of("eE") != 0;
}

/// One sheet as Excel writes it: shared strings, no cell where there is nothing, the reference at each cell.
inline std::string sheet_xml(const Grid& grid, std::vector<std::string>& strings) {
  std::string xml =
      R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
      R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/><sheetData>)";
  for (std::size_t r = 0; r < grid.size(); ++r) {
    xml += fmt::format(R"(<row r="{}" spans="1:3">)", r + 1);
    for (std::size_t c = 0; c < grid[r].size(); ++c) {
      const std::string& cell = grid[r][c];
      if (cell.empty()) continue;
      const std::string reference = column_letters(c) + std::to_string(r + 1);
      if (is_figure(cell)) {
        xml += fmt::format(R"(<c r="{}" s="2"><v>{}</v></c>)", reference, cell);
      } else {
        xml += fmt::format(R"(<c r="{}" t="s"><v>{}</v></c>)", reference, strings.size());
        strings.push_back(cell);
      }
    }
    xml += "</row>";
  }
  return xml + "</sheetData></worksheet>";
}

inline std::vector<std::pair<std::string, std::string>> workbook_parts(const Document& document) {
  std::vector<std::pair<std::string, std::string>> parts;
  std::vector<std::string> strings;
  std::string sheets, relations;
  for (std::size_t k = 0; k < document.sheets.size(); ++k) {
    sheets += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", document.sheet_names[k], k + 1, k + 1);
    relations +=
        fmt::format(R"(<Relationship Id="rId{}" Type="worksheet" Target="worksheets/sheet{}.xml"/>)", k + 1, k + 1);
    parts.emplace_back(fmt::format("xl/worksheets/sheet{}.xml", k + 1), sheet_xml(document.sheets[k], strings));
  }
  const std::string head = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  parts.emplace_back("xl/workbook.xml",
                     head + R"(<workbook xmlns="m" xmlns:r="rel"><sheets>)" + sheets + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels",
                     head + R"(<Relationships xmlns="p">)" + relations + "</Relationships>");
  std::string table = head + R"(<sst xmlns="m">)";
  for (const std::string& word : strings) table += "<si><t>" + escaped(word) + "</t></si>";
  parts.emplace_back("xl/sharedStrings.xml", table + "</sst>");
  return parts;
}

/// Writes the distribution below `folder` and returns SOURCE.
inline std::filesystem::path write_miniature(const Miniature& miniature, const std::filesystem::path& folder) {
  std::vector<std::pair<std::string, std::string>> packed;
  const bool archive = miniature.container.ends_with(".zip");
  const std::filesystem::path place = archive ? folder / "unpacked" : folder / miniature.container;
  for (const Document& document : miniature.documents) {
    if (document.workbook()) {
      write_zip(place / document.path, workbook_parts(document));
    } else if (archive) {
      packed.emplace_back(document.path, as_text(document));
    } else {
      write_bytes(place / document.path, as_text(document));
    }
  }
  if (archive) write_zip(folder / miniature.container, packed);
  return folder / miniature.container;
}

inline ImportedTable read_with(const std::string& format, const std::filesystem::path& source, int year = 0) {
  const auto& formats = import_formats();
  const auto found = std::ranges::find(formats, format, &ImportFormat::name);
  if (found == formats.end()) throw std::runtime_error("no format " + format);
  return found->read(source, {.year = year, .version = ""});
}

/// A folder of the test's own, removed in the end.
class ImportTest : public ::testing::Test {
 public:
  ImportTest() {
    std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ranges::replace(name, '/', '-');
    folder_ = std::filesystem::path(::testing::TempDir()) /
              fmt::format("levee-import-{}-{}", ::testing::UnitTest::GetInstance()->current_test_suite()->name(), name);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~ImportTest() override { std::filesystem::remove_all(folder_); }
  ImportTest(const ImportTest&) = delete;
  ImportTest& operator=(const ImportTest&) = delete;

 protected:
  ImportedTable read(const Miniature& miniature) const {
    return read_with(miniature.format, write_miniature(miniature, folder_), miniature.year);
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// Every figure of the table is the world's.
inline void expect_world(const ImportedTable& table, const World& world) {
  ASSERT_EQ(static_cast<int>(table.regions.size()), world.regions);
  ASSERT_EQ(static_cast<int>(table.sectors.size()), world.sectors);
  ASSERT_EQ(static_cast<int>(table.final_demand.size()), world.categories);
  ASSERT_EQ(table.final_demand_kind.size(), table.final_demand.size());
  EXPECT_EQ(table.Z, world.Z);
  EXPECT_EQ(table.Y, world.Y);
  if (table.x.size() > 0) {
    EXPECT_EQ(table.x, world.x);
  }
  ASSERT_EQ(static_cast<Eigen::Index>(table.value_added.size()), world.value_added.rows());
  for (std::size_t k = 0; k < table.value_added.size(); ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    EXPECT_EQ(table.value_added[k].by_node, world.value_added.row(row).transpose()) << table.value_added[k].name;
    EXPECT_EQ(table.value_added[k].by_final_demand, world.value_added_use.row(row).transpose())
        << table.value_added[k].name;
  }
}

}  // namespace levee::testing
