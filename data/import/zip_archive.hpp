#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "data/import/byte_stream.hpp"

namespace levee {

/// A zip archive, by libzip. Members are expanded a piece at a time, so that memory does not grow with what they claim.
class ZipArchive {
 public:
  /// Throws InputError when the file is no whole archive.
  static ZipArchive open(const std::string& path);
  /// An archive within an archive; `name` stands for it in messages.
  static ZipArchive in_memory(std::string bytes, const std::string& name);

  struct Member {
    std::string name;
    std::uint64_t index = 0;
    std::uint64_t size = 0;  ///< expanded, as the archive says
  };
  /// Files that are to be read: no folders, nothing hidden.
  const std::vector<Member>& members() const { return members_; }
  const Member* find(const std::string& name) const;
  /// Throws InputError when the member claims to be larger than any table, is encrypted or damaged; the stream throws
  /// when its bytes are not those that were packed.
  std::unique_ptr<ByteStream> open(const Member& member) const;
  const std::string& name() const { return name_; }

 private:
  struct Handle;
  ZipArchive(std::shared_ptr<Handle> handle, std::string name);

  std::shared_ptr<Handle> handle_;
  std::string name_;
  std::vector<Member> members_;
};

}  // namespace levee
