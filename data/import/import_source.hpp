#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/byte_stream.hpp"
#include "data/import/zip_archive.hpp"

namespace levee {

/// What the user names as SOURCE: a file, a zip archive, or a folder of files and archives. An archive in a folder that
/// is no whole one is passed over unless something is missing.
class ImportSource {
 public:
  /// Lists what there is. Throws InputError when the path or an archive in it cannot be read.
  explicit ImportSource(const std::filesystem::path& path);

  /// A file, on disk or in an archive.
  struct Member {
    std::string name;  ///< for messages: folder/archive.zip/member
    std::string path;  ///< below SOURCE, archives counted as folders
    int archive = -1;  ///< -1 on disk
    ZipArchive::Member packed;
    std::string file() const { return std::filesystem::path(path).filename().string(); }
    /// The folder it lies in, a path below SOURCE that ends in / or is empty.
    std::string folder() const { return path.substr(0, path.size() - file().size()); }
  };
  const std::vector<Member>& members() const { return members_; }
  const std::string& name() const { return name_; }

  using Matches = std::function<bool(const Member&)>;
  const Member* find(const Matches& matches) const;  ///< the first by name; nullptr when there is none
  /// The one member that matches and, when there are several, has the year in its file's name (the last year there, or
  /// the first). Throws InputError that says `what` was expected, or names those it cannot choose from.
  const Member& only(const Matches& matches, const std::string& what, int year, bool last_year = true) const;

  /// An InputError, for the caller to throw: `what` was expected and is not among what there is.
  InputError missing(const std::string& what, int year = 0) const;

  std::unique_ptr<ByteStream> open(const Member& member) const;
  /// The member as an archive of its own (xlsx).
  ZipArchive open_archive(const Member& member) const;

 private:
  void add_file(const std::filesystem::path& file, const std::string& below);
  void add_archive(const std::filesystem::path& file, const std::string& below);
  void add_folder(const std::filesystem::path& folder);

  std::string name_;
  std::vector<ZipArchive> archives_;
  std::vector<Member> members_;
  Diagnostics unreadable_;  ///< archives in a folder
};

/// The first year from 1900 to 2100 that a name holds as four digits of their own, the last when `last`; 0 without one.
int year_in(const std::string& name, bool last = false);

}  // namespace levee
