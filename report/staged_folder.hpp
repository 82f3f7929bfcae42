#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace levee {

/// The folder that is meant by a path: absolute, links followed, without a slash at the end. Throws InputError.
std::filesystem::path resolved_folder(const std::filesystem::path& path);

/// A folder that appears whole or not at all: files are written into a hidden sibling, which takes the folder's name in
/// one rename when everything is there. Destroyed unpublished, it leaves nothing behind. Failures of the disk
/// (permission, space, a file in the way) and an existing folder are InputErrors that name the path.
class StagedFolder {
 public:
  /// `own` are the names a folder of this kind may hold: with `force` an existing folder is replaced only when it holds
  /// nothing else, so that `--out . --force` cannot delete somebody's work.
  StagedFolder(const std::filesystem::path& target, bool force, std::set<std::string> own);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  /// Deletes what programs that were killed left of folders that were to have this name. Nobody else may be writing.
  static void remove_remains(const std::filesystem::path& target);

  bool published() const { return published_; }
  /// Whether publishing would replace an earlier folder.
  bool replaces() const;

  /// Where a file that was written lies until the folder is published.
  std::filesystem::path staged(const std::filesystem::path& relative) const { return staging_ / relative; }

  /// Writes a file (folders on the way are made), at once or in pieces.
  void write(const std::filesystem::path& relative, std::string_view content);
  void write(const std::filesystem::path& relative, const std::function<void(std::ostream&)>& content);

  /// Gives the folder its name once everything in it has reached the disk; the folder it replaces is swapped out in the
  /// same step and then removed.
  void publish();

 private:
  void refuse_existing() const;
  void make_parents();
  void sync() const;

  std::filesystem::path target_;
  std::filesystem::path staging_;
  bool force_;
  std::set<std::string> own_;
  std::vector<std::filesystem::path> made_parents_;  ///< outermost first; removed again when nothing is published
  std::vector<std::filesystem::path> written_;       ///< relative paths
  bool published_ = false;
};

}  // namespace levee
