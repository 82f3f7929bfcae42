#include "report/staged_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "data/diagnostics.hpp"
#include "report/disk_sync.hpp"

namespace levee {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& message) {
  throw InputError(Location{path.string(), 0, 0}, message);
}

[[noreturn]] void fail(const fs::path& path, const char* what, const std::error_code& error) {
  fail(path, fmt::format("{}: {}", what, error.message()));
}

std::error_code last_error() { return {errno, std::generic_category()}; }

constexpr const char* staging_purpose = "partial";

/// Beside the target, hence on the same file system; hidden, and told apart by process and by attempt.
std::string sibling_start(const fs::path& target, const char* purpose) {
  return fmt::format(".{}.{}-", target.filename().string(), purpose);
}

fs::path sibling(const fs::path& target, const char* purpose) {
  for (int attempt = 0;; ++attempt) {
    fs::path name = target.parent_path() / fmt::format("{}{}-{}", sibling_start(target, purpose), ::getpid(), attempt);
    if (!fs::exists(fs::symlink_status(name))) return name;
  }
}

/// Renames; the target must not exist. The kernel's own refusal closes the gap between looking and renaming.
std::error_code rename_new(const fs::path& from, const fs::path& to) {
#ifdef RENAME_NOREPLACE
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return last_error();
#endif
  std::error_code error;
  if (fs::exists(to, error)) return std::make_error_code(std::errc::file_exists);
  fs::rename(from, to, error);
  return error;
}

/// Exchanges two folders in one step where the file system can; otherwise in three, undone when the last fails.
std::error_code exchange(const fs::path& staging, const fs::path& target) {
#ifdef RENAME_EXCHANGE
  if (::renameat2(AT_FDCWD, staging.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return last_error();
#endif
  const fs::path aside = sibling(target, "old");
  std::error_code error;
  fs::rename(target, aside, error);
  if (error) return error;
  fs::rename(staging, target, error);
  std::error_code ignored;
  fs::rename(aside, error ? target : staging, ignored);
  return error;
}

/// Takes back folders that were made one in the other; one that is no longer empty stays.
void remove_innermost_first(const std::vector<fs::path>& folders) {
  std::for_each(folders.rbegin(), folders.rend(), [](const fs::path& folder) { ::rmdir(folder.c_str()); });
}

}  // namespace

// Its parent is then the folder that renaming happens in.
fs::path resolved_folder(const fs::path& path) {
  std::error_code error;
  fs::path full = fs::weakly_canonical(fs::absolute(path), error);
  if (error) fail(path, "cannot be used as an output folder", error);
  return full.has_filename() ? full : full.parent_path();
}

StagedFolder::StagedFolder(const fs::path& target, bool force, std::set<std::string> own)
    : target_(resolved_folder(target)), force_(force), own_(std::move(own)) {
  refuse_existing();
  make_parents();
  staging_ = sibling(target_, staging_purpose);
  std::error_code error;
  fs::create_directory(staging_, error);
  if (error) {
    remove_innermost_first(made_parents_);
    fail(target_, "cannot create the output folder", error);
  }
}

StagedFolder::~StagedFolder() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  if (published_) return;
  remove_innermost_first(made_parents_);
}

void StagedFolder::remove_remains(const fs::path& target) {
  const std::string start = sibling_start(target, staging_purpose);
  std::error_code ignored;
  std::vector<fs::path> remains;
  for (const auto& entry : fs::directory_iterator(target.parent_path(), ignored))
    if (entry.path().filename().string().starts_with(start)) remains.push_back(entry.path());
  for (const fs::path& path : remains) fs::remove_all(path, ignored);
}

void StagedFolder::refuse_existing() const {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(target_, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) fail(target_, "exists and is not a folder");
  if (!force_) fail(target_, "exists already; choose another folder or give --force to replace it");
  fs::directory_iterator entries(target_, error);
  if (error) fail(target_, "cannot be replaced", error);
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (!own_.contains(name))
      fail(target_, fmt::format("holds '{}', which is no part of a result: not replaced, --force or not", name));
  }
}

void StagedFolder::make_parents() {
  std::vector<fs::path> missing;
  for (fs::path at = target_.parent_path(); !fs::exists(at) && at != at.parent_path(); at = at.parent_path())
    missing.push_back(at);
  std::reverse(missing.begin(), missing.end());
  for (const auto& folder : missing) {
    std::error_code error;
    fs::create_directory(folder, error);
    if (!error) {
      made_parents_.push_back(folder);
      continue;
    }
    remove_innermost_first(made_parents_);
    fail(folder, "cannot create the folder", error);
  }
}

bool StagedFolder::replaces() const { return fs::exists(fs::symlink_status(target_)); }

void StagedFolder::write(const fs::path& relative, std::string_view content) {
  write(relative, [&](std::ostream& out) { out.write(content.data(), static_cast<std::streamsize>(content.size())); });
}

void StagedFolder::write(const fs::path& relative, const std::function<void(std::ostream&)>& content) {
  const fs::path path = staging_ / relative;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) fail(target_ / relative, "cannot be written", error);
  errno = 0;
  std::ofstream out(path, std::ios::binary);
  content(out);
  out.close();  // a full disk may show only when the buffer is flushed
  if (!out) fail(target_ / relative, "cannot be written", last_error());
  written_.push_back(relative);
}

/// A rename may reach the disk before what it names does.
void StagedFolder::sync() const {
  std::set<fs::path> paths{staging_};
  for (const fs::path& relative : written_) {
    paths.insert(staging_ / relative);
    paths.insert((staging_ / relative).parent_path());
  }
  for (const fs::path& path : paths) {
    if (const std::error_code error = sync_to_disk(path)) fail(target_, "cannot be written", error);
  }
}

void StagedFolder::publish() {
  refuse_existing();  // it may have appeared meanwhile
  sync();
  std::error_code error = rename_new(staging_, target_);
  if (error == std::errc::file_exists && force_) error = exchange(staging_, target_);
  if (error == std::errc::file_exists)
    fail(target_, "exists already; choose another folder or give --force to replace it");
  if (error) fail(target_, "cannot be put in place", error);
  published_ = true;
  sync_to_disk(target_.parent_path());
  std::error_code ignored;
  fs::remove_all(staging_, ignored);  // holds the replaced folder now, if there was one
}

}  // namespace levee
