#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace levee {

/// Bytes in order: of a file, of a member of a zip archive, of a text in memory. What is read need not fit in memory.
class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// The next bytes, `most` of them unless the end comes first; 0 at the end. Throws InputError when they cannot be
  /// had.
  virtual std::size_t read(char* to, std::size_t most) = 0;
};

/// A file as it is, or expanded when its name ends in .gz or .xz (read_text). Throws InputError.
std::unique_ptr<ByteStream> open_file(const std::string& path);

/// Everything that is left. Throws InputError at `name` when that is more than `most` bytes.
std::string read_all(ByteStream& stream, const std::string& name, std::size_t most);

}  // namespace levee
