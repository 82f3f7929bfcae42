// What is not as a publisher lays it out ends in an InputError that says where, whatever the format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/unit/data_import_own.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

struct Published {
  std::string name;
  std::function<Miniature()> miniature;
};

void PrintTo(const Published& published, std::ostream* stream) { *stream << published.name; }

const std::vector<Published>& everything() {
  static const std::vector<Published> list{{"exiobase3", [] { return Exiobase().miniature(); }},
                                           {"oecd_icio", [] { return Icio().miniature(); }},
                                           {"figaro", [] { return Figaro().miniature(); }},
                                           {"figaro_flat", [] { return Figaro().flat(); }},
                                           {"wiod2013", wiod2013_miniature},
                                           {"wiod2016", wiod2016_miniature},
                                           {"adb_mrio", adb_miniature},
                                           {"eora26", [] { return Eora().miniature(); }},
                                           {"gloria", [] { return Gloria().miniature(); }},
                                           {"own_wide", [] { return OwnTable().wide(); }},
                                           {"own_long", [] { return OwnTable().long_form(); }}};
  return list;
}

class BrokenImport : public ImportTest, public ::testing::WithParamInterface<Published> {
 protected:
  Miniature intact() const { return GetParam().miniature(); }

  /// The cells of the transactions.
  static Grid& cells(Miniature& miniature) {
    Document& document = miniature.documents[miniature.main];
    return document.sheets.back();
  }

  /// What is said of a broken distribution: an InputError whose first place is in one of its files.
  Diagnostic fault(const Miniature& broken) const {
    try {
      read(broken);
    } catch (const InputError& error) {
      const Diagnostic first = error.diagnostics().front();
      EXPECT_THAT(first.where.file, HasSubstr(folder().string()));
      return first;
    }
    ADD_FAILURE() << "read without a word";
    return {};
  }

  /// Gives every region 70,000 sectors; a sheet, which has at most 16,384 columns, one column too many.
  static void widen(Miniature& miniature) {
    Grid& grid = cells(miniature);
    if (miniature.documents[miniature.main].workbook()) {
      grid[miniature.first_row].resize(16385, "");
      grid[miniature.first_row].back() = "1";
      return;
    }
    const bool two_rows = miniature.format == "exiobase3";
    for (const std::string region : {"AT", "CN", "WA"}) {
      for (int k = 0; k < 70000; ++k) {
        const std::string sector = "X" + std::to_string(k);
        grid[0].push_back(two_rows ? region : region + "_" + sector);
        if (two_rows) grid[1].push_back(sector);
      }
    }
    // The labels that were there belong to regions that would lack the new sectors.
    const auto drop = [&](Cells& row) {
      const std::size_t old = row.size() - 210000;
      row.erase(row.begin() + static_cast<std::ptrdiff_t>(miniature.labels),
                row.begin() + static_cast<std::ptrdiff_t>(old));
    };
    drop(grid[0]);
    if (two_rows) drop(grid[1]);
  }

  /// Writes the distribution, then changes the bytes of its main file (in a zip: of the archive).
  Diagnostic fault_of_bytes(const Miniature& miniature, const std::function<std::string(std::string)>& change) const {
    const std::filesystem::path source = write_miniature(miniature, folder());
    const bool archive = miniature.container.ends_with(".zip");
    const std::filesystem::path file = archive ? source : source / miniature.documents[miniature.main].path;
    std::ifstream stream(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    stream.close();
    write_bytes(file, change(bytes));
    try {
      read_with(miniature.format, source);
    } catch (const InputError& error) {
      return error.diagnostics().front();
    }
    ADD_FAILURE() << "read without a word";
    return {};
  }
};

TEST_P(BrokenImport, IntactItIsRead) { EXPECT_NO_THROW(read(intact())); }

TEST_P(BrokenImport, AFigureThatIsNoNumberIsNamedWithItsPlace) {
  for (const std::string word : {"NaN", "inf", "n/a", "1.2.3", "#REF!"}) {
    Miniature broken = intact();
    const std::size_t row = broken.first_row + 1, column = broken.labels;
    cells(broken)[row][column] = word;
    const Diagnostic found = fault(broken);
    EXPECT_THAT(found.message, HasSubstr("found '" + word + "', expected a"));
    EXPECT_EQ(found.where.line, static_cast<int>(row) + 1);
    EXPECT_GT(found.where.column, 0);
  }
}

TEST_P(BrokenImport, ARowTooFewOrTooManyIsSeen) {
  Miniature broken = intact();
  if (broken.flows()) return;  // zeros may be left out there
  cells(broken).erase(cells(broken).begin() + static_cast<std::ptrdiff_t>(broken.first_row) + 1);
  EXPECT_FALSE(fault(broken).message.empty());
  broken = intact();
  cells(broken).push_back(cells(broken)[broken.first_row]);
  EXPECT_FALSE(fault(broken).message.empty());
}

TEST_P(BrokenImport, ACellTooFewOrTooManyIsSeen) {
  Miniature broken = intact();
  Document& document = broken.documents[broken.main];
  if (document.workbook()) return;  // empty cells are not written in workbooks
  cells(broken)[broken.first_row + 1].pop_back();
  EXPECT_EQ(fault(broken).where.line, static_cast<int>(broken.first_row) + 2);
  if (broken.flows()) return;
  broken = intact();
  cells(broken)[broken.first_row + 1].emplace_back("1");
  EXPECT_EQ(fault(broken).where.line, static_cast<int>(broken.first_row) + 2);
}

TEST_P(BrokenImport, ADuplicateLabelIsSeen) {
  Miniature broken = intact();
  if (broken.labelled_rows) {
    Grid& grid = cells(broken);
    const Cells first = grid[broken.first_row];
    for (std::size_t k = 0; k < broken.labels; ++k) grid[broken.first_row + 1][k] = first[k];
    if (broken.flows()) grid[broken.first_row + 1] = first;
  } else if (GetParam().name == "eora26") {
    for (Document& document : broken.documents) {
      if (document.path == "labels_T.txt") document.cells()[1] = document.cells()[0];
    }
  } else {
    broken.documents.back().sheets[1][2] = broken.documents.back().sheets[1][1];
  }
  EXPECT_THAT(fault(broken).message, HasSubstr("duplicate"));
}

TEST_P(BrokenImport, AnUnknownLabelIsSeen) {
  Miniature broken = intact();
  if (!broken.labelled_rows) return;
  Cells& row = cells(broken)[broken.first_row + 1];
  for (std::size_t k = 0; k < broken.labels; ++k) row[k] = row[k].empty() ? "" : row[k] + "x";
  EXPECT_FALSE(fault(broken).message.empty());
}

TEST_P(BrokenImport, HalfAFileIsSeen) {
  const Diagnostic found =
      fault_of_bytes(intact(), [](std::string bytes) { return bytes.substr(0, bytes.size() / 2); });
  EXPECT_FALSE(found.message.empty());
}

TEST_P(BrokenImport, DamagedBytesAreSeen) {
  const Diagnostic found = fault_of_bytes(intact(), [](std::string bytes) {
    for (std::size_t k = bytes.size() / 5; k < bytes.size() / 5 + 40; ++k)
      bytes[k] = static_cast<char>(bytes[k] ^ 0x55);
    return bytes;
  });
  EXPECT_FALSE(found.message.empty());
}

TEST_P(BrokenImport, AnEmptyFileIsSeen) {
  Miniature broken = intact();
  cells(broken).clear();
  EXPECT_FALSE(fault(broken).message.empty());
}

TEST_P(BrokenImport, Utf16IsNamed) {
  Miniature broken = intact();
  Document& document = broken.documents[broken.main];
  if (document.workbook()) return;  // their parts are XML, which says what it is
  std::string wide = "\xFF\xFE";
  for (const char c : as_text(document)) wide += {c, '\0'};
  document.before = wide;
  document.cells().clear();
  const Diagnostic found = fault(broken);
  EXPECT_THAT(found.message, HasSubstr("UTF-16"));
  EXPECT_EQ(found.where.line, 1);
}

TEST_P(BrokenImport, Latin1IsRefused) {
  Miniature broken = intact();
  if (broken.labelled_rows) {
    cells(broken)[broken.first_row + 1][broken.flows() ? broken.seller - 1 : 0] += "\xF4";
  } else {
    for (Document& document : broken.documents) {
      if (document.path == "labels_T.txt" || document.workbook()) document.sheets[0][1][1] += "C\xF4te d'Ivoire";
    }
  }
  const Diagnostic found = fault(broken);
  EXPECT_GT(found.where.line, 0);
}

TEST_P(BrokenImport, ATableThatWouldNotFitIsRefusedBeforeItIsMade) {
  Miniature broken = intact();
  if (GetParam().name == "gloria") {
    Grid& sectors = broken.documents.back().sheets[1];
    for (int k = 0; k < 200000; ++k) sectors.push_back({std::to_string(k), "sector " + std::to_string(k)});
  } else if (GetParam().name == "eora26") {
    for (Document& document : broken.documents) {
      if (document.path != "labels_T.txt") continue;
      for (int k = 0; k < 200000; ++k)
        document.cells().push_back({"Country", "X", "Industries", "s" + std::to_string(k), ""});
    }
  } else if (broken.flows()) {
    std::erase_if(broken.documents.back().cells(), [](const Cells& row) { return row[0].starts_with("sectors:"); });
    const Cells first = cells(broken)[broken.first_row];
    for (int k = 0; k < 200000; ++k) {
      cells(broken).push_back(first);
      cells(broken).back()[broken.seller] = "B" + std::to_string(k);
    }
  } else {
    widen(broken);
  }
  const bool sheet = broken.documents[broken.main].workbook();
  EXPECT_THAT(fault(broken).message, HasSubstr(sheet ? "found cell 'XFE" : "more than half of this machine's memory"));
}

TEST_P(BrokenImport, AZipBombIsRefused) {
  Miniature broken = intact();
  Document& document = broken.documents[broken.main];
  const std::filesystem::path bomb = folder() / "bomb.zip";
  std::vector<std::pair<std::string, std::string>> files;
  for (Document& other : broken.documents) {
    if (&other == &document || other.workbook()) continue;
    files.emplace_back(other.path, as_text(other));
  }
  const std::string expanded(100 << 20, '0');
  if (document.workbook()) {
    std::vector<std::pair<std::string, std::string>> parts = workbook_parts(document);
    for (auto& [name, bytes] : parts) {
      if (name.starts_with("xl/worksheets")) bytes = bytes.substr(0, bytes.find("<row")) + expanded;
    }
    write_zip(folder() / "bomb.xlsx", parts);
    EXPECT_THROW(read_with(broken.format, folder() / "bomb.xlsx"), InputError);
    return;
  }
  files.emplace_back(document.path, as_text(document) + expanded);
  write_zip(bomb, files);
  if (GetParam().name == "gloria") {
    std::filesystem::create_directories(folder() / "gloria");
    std::filesystem::rename(bomb, folder() / "gloria" / "GLORIA_MRIOs_59_2011.zip");
    write_zip(folder() / "gloria" / "GLORIA_ReadMe_059.xlsx", workbook_parts(broken.documents.back()));
  }
  try {
    read_with(broken.format, broken.format == "gloria" ? folder() / "gloria" : bomb);
    ADD_FAILURE() << "read without a word";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("found a line of more than"));
  }
}

TEST_P(BrokenImport, ASourceThatIsNotThereOrSomethingElseIsNamed) {
  const std::string format = intact().format;
  EXPECT_THROW(read_with(format, folder() / "nothing"), InputError);
  write_bytes(folder() / "other" / "readme.txt", "nothing to read");
  EXPECT_THROW(read_with(format, folder() / "other"), InputError);
  write_bytes(folder() / "other.zip", "no archive");
  EXPECT_THROW(read_with(format, folder() / "other.zip"), InputError);
}

INSTANTIATE_TEST_SUITE_P(Formats, BrokenImport, ::testing::ValuesIn(everything()),
                         [](const auto& about) { return about.param.name; });

}  // namespace
}  // namespace levee::testing
