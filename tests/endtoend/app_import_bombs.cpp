// What claims to be larger than it may be ends in an error, in little memory: archives that expand without end and
// headers of tables that no machine holds. The program runs with a limit on its memory far below what they would take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/endtoend/app_program.hpp"
#include "tests/unit/data_import_own.hpp"

namespace levee::testing {
namespace {

using ::testing::HasSubstr;

/// Bytes of zeros as text, 1 MiB, which an archive repeats.
constexpr std::size_t chunk_size = 1 << 20;

/// A member of an archive: what it begins with, then chunks of '0'.
struct Member {
  std::string name, head;
  int chunks = 0;
};

/// Deflates text in such a way that the bytes of a later call stand alone: they may be repeated.
std::string deflated(z_stream& stream, const std::string& text, int flush) {
  std::string result(text.size() + 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, flush);
  result.resize(result.size() - stream.avail_out);
  return result;
}

uLong checksum(const std::string& text) {
  return crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
}

void put(std::string& bytes, std::uint64_t number, int width) {
  for (int k = 0; k < width; ++k) bytes += static_cast<char>(number >> (8 * k) & 0xFFU);
}

/// A zip archive written by hand, since no library repeats what it has compressed.
class HandMadeArchive {
 public:
  void add(const Member& member) {
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::runtime_error("no deflate");
    const std::string zeros(chunk_size, '0');
    std::string packed = deflated(stream, member.head, Z_FULL_FLUSH);
    const std::string chunk = deflated(stream, zeros, Z_FULL_FLUSH);
    uLong sum = checksum(member.head);
    for (int k = 0; k < member.chunks; ++k) {
      packed += chunk;
      sum = crc32_combine(sum, checksum(zeros), static_cast<z_off_t>(chunk_size));
    }
    packed += deflated(stream, "", Z_FINISH);
    deflateEnd(&stream);
    std::string about;
    put(about, 20, 2);  // version
    put(about, 0, 2);   // flags
    put(about, 8, 2);   // deflated
    put(about, 0, 4);   // time and date
    put(about, sum, 4);
    put(about, packed.size(), 4);
    put(about, member.head.size() + static_cast<std::size_t>(member.chunks) * chunk_size, 4);
    put(about, member.name.size(), 2);
    put(about, 0, 2);
    directory_ += std::string("PK\x01\x02") + std::string{20, 0};
    directory_ += about;
    put(directory_, 0, 10);  // comment, disk, attributes
    put(directory_, bytes_.size(), 4);
    directory_ += member.name;
    bytes_ += "PK\x03\x04" + about + member.name + packed;
    ++members_;
  }

  std::string finish() {
    const std::size_t at = bytes_.size();
    bytes_ += directory_ + std::string("PK\x05\x06");
    put(bytes_, 0, 4);
    put(bytes_, members_, 2);
    put(bytes_, members_, 2);
    put(bytes_, directory_.size(), 4);
    put(bytes_, at, 4);
    put(bytes_, 0, 2);
    return bytes_;
  }

 private:
  std::string bytes_, directory_;
  std::uint64_t members_ = 0;
};

struct Layout {
  std::string name;
  std::function<Miniature()> miniature;
};

void PrintTo(const Layout& layout, std::ostream* stream) { *stream << layout.name; }

class ImportLimited : public ::testing::Test {
 protected:
  /// Runs the import with at most 1.5 GiB of memory, all libraries and stacks of threads included.
  Ran import_limited(const std::string& format, const std::string& source) const {
    return Program(
               "/bin/sh",
               {"-c", "ulimit -v 1500000; exec \"$0\" \"$@\"", LEVEE_BINARY, "import", format, source, "--out", "out"},
               folder_.folder())
        .wait();
  }

  Workspace folder_;
};

class ImportBomb : public ImportLimited, public ::testing::WithParamInterface<Layout> {
 protected:
  static constexpr int expanded_mib = 3000;
};

TEST_P(ImportBomb, ExpandsInLittleMemoryAndIsRefused) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer reserves more memory than the limit";
#endif
  const Miniature miniature = GetParam().miniature();
  HandMadeArchive archive;
  std::string source = "bomb.zip";
  const Document& main = miniature.documents[miniature.main];
  if (main.workbook()) {
    source = "bomb.xlsx";
    for (const auto& [name, bytes] : workbook_parts(main)) {
      const bool sheet = name.starts_with("xl/worksheets");
      archive.add(
          {name, sheet ? bytes.substr(0, bytes.find("<row")) + "<row><c><v>" : bytes, sheet ? expanded_mib : 0});
    }
  } else {
    for (const Document& document : miniature.documents) {
      if (!document.workbook()) archive.add({document.path, as_text(document), &document == &main ? expanded_mib : 0});
    }
  }
  if (miniature.format == "gloria") {
    source = "gloria";
    write_bytes(folder_.path("gloria/GLORIA_MRIOs_59_2011.zip"), archive.finish());
    write_zip(folder_.path("gloria/GLORIA_ReadMe_059.xlsx"), workbook_parts(miniature.documents.back()));
  } else {
    write_bytes(folder_.path(source), archive.finish());
  }
  const Ran ran = import_limited(miniature.format, source);
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  EXPECT_THAT(ran.err, HasSubstr(source)) << "the archive is named";
  EXPECT_FALSE(std::filesystem::exists(folder_.path("out")));
}

INSTANTIATE_TEST_SUITE_P(Formats, ImportBomb,
                         ::testing::Values(Layout{"exiobase3", [] { return Exiobase().miniature(); }},
                                           Layout{"oecd_icio", [] { return Icio().miniature(); }},
                                           Layout{"figaro", [] { return Figaro().miniature(); }},
                                           Layout{"figaro_flat", [] { return Figaro().flat(); }},
                                           Layout{"wiod2013", wiod2013_miniature},
                                           Layout{"wiod2016", wiod2016_miniature}, Layout{"adb_mrio", adb_miniature},
                                           Layout{"eora26", [] { return Eora().miniature(); }},
                                           Layout{"gloria", [] { return Gloria().miniature(); }},
                                           Layout{"own_wide", [] { return OwnTable().wide(); }},
                                           Layout{"own_long", [] { return OwnTable().long_form(); }}),
                         [](const auto& about) { return about.param.name; });

/// A header of a million nodes, of which the table would have 10^12 cells.
TEST_F(ImportLimited, AHeaderOfAMillionNodesIsRefused) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer reserves more memory than the limit";
#endif
  std::string header;
  for (int k = 0; k < 1000000; ++k) header += fmt::format(",AUS_{}", k);
  write_bytes(folder_.path("ICIO2021_2011.csv"), header + ",OUT\nAUS_0,1\n");
  const Ran icio = import_limited("oecd-icio", "ICIO2021_2011.csv");
  EXPECT_EQ(icio.status, 1) << icio.err;
  EXPECT_THAT(icio.err, HasSubstr("a table of 1000000 nodes takes 7.45e+03 GiB"));
  write_bytes(folder_.path("own/table.csv"), header + "\nAUS_0,1\n");
  write_bytes(folder_.path("own/map.yaml"),
              OwnTable::head() + "wide: {file: table.csv, from: {label: 1}, to: {label: 1}}\n");
  const Ran own = import_limited("csv", "own/map.yaml");
  EXPECT_EQ(own.status, 1) << own.err;
  EXPECT_THAT(own.err, HasSubstr("more than half of this machine's memory"));
}

}  // namespace
}  // namespace levee::testing
