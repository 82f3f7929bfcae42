#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "data/text_file.hpp"

namespace levee {

/// One dimension of an array of a header-array file.
struct HarDimension {
  std::string set;                  ///< name of the set, up to 12 characters; empty when the file gives none
  std::vector<std::string> labels;  ///< elements of the set in order; empty when the file gives none
  int size = 0;

  bool operator==(const HarDimension&) const = default;
};

/// Names of headers are the same in any case: `text` in capitals, letters of ASCII only.
std::string upper_case(std::string text);

enum class HarKind { text, real, integer };

/// One array of a header-array file (GEMPACK's binary format, extensions .har, .prm, .sl4).
struct HarHeader {
  std::string name;         ///< up to 4 characters, unique in a file without regard to case
  std::string description;  ///< up to 70 characters, `long name`
  std::string coefficient;  ///< up to 12 characters, reals with sets only
  HarKind kind = HarKind::real;
  std::vector<HarDimension> dimensions;  ///< up to 7; none: a scalar. A text's lines are one dimension
  std::vector<double> reals;             ///< the first index runs fastest; single precision in the file
  std::vector<int> integers;
  std::vector<std::string> lines;

  bool operator==(const HarHeader&) const = default;
};

struct HarFile {
  std::string path;
  std::vector<HarHeader> headers;  ///< in the order of the file

  /// The array of that name in any case; nullptr when there is none.
  const HarHeader* find(const std::string& name) const;
};

/// Reads header-array files of the layouts old and new (types 1C, 2I, 2R, RE, RL; full and sparse), of either byte
/// order. Memory is bounded by the size of the file and by `most`, the bytes that sparse arrays may take in full.
/// Throws InputError with the file, the header, the byte and what was found and expected.
HarFile read_har(const std::filesystem::path& path, std::uint64_t most = largest_text());

/// The same of bytes in memory; `name` stands for the file in messages.
HarFile parse_har(std::string_view bytes, const std::string& name, std::uint64_t most = largest_text());

/// A file's bytes as GEMPACK's programs read them, little endian: reals with sets as REFULL or, where most are 0,
/// RESPSE, without as RLFULL and RLSPSE; texts as 1CFULL, integers as 2IFULL. Reals lose what single precision does not
/// hold, texts their blanks at the end, and dimensions that no set is given for, of size 1 and last, are not kept.
/// `path` stands for the file in messages. Throws InputError where a name, label, figure or size is more than the
/// format holds.
std::string har_bytes(const HarFile& file);

/// Writes these bytes to a file. Throws InputError as above and when the file cannot be written.
void write_har(const HarFile& file, const std::filesystem::path& path);

}  // namespace levee
